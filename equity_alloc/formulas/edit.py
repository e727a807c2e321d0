"""Changes to a formula's text, line by line, so that comments, order and sources of everything else stay."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from decimal import Decimal

from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.parameters.amount import Amount
from equity_alloc.parameters.places import places_in

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_COMPONENT = re.compile(r"^\s*\[\[\s*component\s*\]\]")
#: The source of values that a person entered, and what stands between its words and what they replaced.
_ENTERED, _TITLE, _NO_SOURCE, _IN_PLACE = (
    "entered-on-screen",
    "Entered on screen",
    "no source given",
    "; in place of ",
)
_OTHER_TABLE = re.compile(r"^\s*\[(?!\[?\s*component\b)")


def with_value(text: str, amount: Amount, value: Decimal, *, source: str | None = None) -> str:
    r"""Return the text with a number of the district's own for a named value, and with its own source.

    Name, unit and date stay. The former source does not vouch for another number: the value is marked as entered on
    screen, says where the district has written it down, and keeps in words what it replaced.

    Parameters
    ----------
    text : str
    amount : Amount
        As it is now; where the text has no such value, it comes from a parameter file and is added.
    value : Decimal
    source : str or None
        Where the district has written the number down, blank for nowhere; None keeps what was said before.

    Raises
    ------
    UnknownCode
        If the value does not stand on one line.
    InvalidValue
        If the number is not finite.

    Examples
    --------
    >>> import datetime as dt
    >>> from equity_alloc.domain.source import Source
    >>> base = Amount(Decimal(6000), "dollars per pupil", "base", dt.date(2025, 7, 1), Source("Manual", "page 4"))
    >>> print(with_value("[value]\nbase = { value = 6000 }  # all", base, Decimal("6150.5"), source="Minutes of May 4"))
    [source.entered-on-screen]
    title = "Entered on screen"
    locator = "no source given"
    <BLANKLINE>
    [value]
    base = { value = 6150.5, unit = "dollars per pupil", from = 2025-07-01, source = "entered-on-screen", locator = "Minutes of May 4; in place of 6000 (Manual, page 4)" }  # all
    """
    if not value.is_finite():
        raise InvalidValue(f"{value} is not a number that can be written down.")
    said = own_source(amount) if source is None else " ".join(source.split())
    locator = _quoted(f"{said or _NO_SOURCE}{_IN_PLACE}{_replaced(amount)}")
    name = amount.name if _BARE.fullmatch(amount.name) else _quoted(amount.name)
    entry = (
        f'{name} = {{ value = {value:f}, unit = "{amount.unit}", from = {amount.from_date}, source = "{_ENTERED}", '
        f"locator = {locator} }}"
    )
    places = places_in(text, "").lines
    at = places.get(("value", amount.name))
    if at is None:
        changed = _in_table(text, "value", entry)
    else:
        lines = text.splitlines()
        lines[at - 1] = entry + _behind(lines[at - 1], amount.name)
        changed = "\n".join(lines) + ("\n" if text.endswith("\n") else "")
    if ("source", _ENTERED) in places:
        return changed
    return _with_table(changed, f"source.{_ENTERED}", f'title = "{_TITLE}"\nlocator = "{_NO_SOURCE}"')


def own_source(amount: Amount) -> str:
    """Return where the district has written down a number that it entered; blank for nowhere, or another's number.

    Examples
    --------
    >>> from equity_alloc.domain.source import Source
    >>> own_source(Amount(Decimal(1), "weight", source=Source("Entered on screen", "Policy 3; in place of 2 (Manual, 4)")))
    'Policy 3'
    """
    if amount.source is None or amount.source.title != _TITLE:
        return ""
    said = amount.source.locator.rsplit(_IN_PLACE, 1)[0]
    return "" if said == _NO_SOURCE else said


def with_number(text: str, component: int, field: str, value: Decimal, *, count: str = "") -> str:
    r"""Return the text with another number where a component has one of its own, without a name.

    Parameters
    ----------
    text : str
    component : int
        Its number from zero.
    field : str
    value : Decimal
    count : str
        For a field with a number for each of several counts: whose number; blank otherwise.

    Raises
    ------
    UnknownCode
        If there is no such number on one line.
    InvalidValue
        If the number is not finite.

    Examples
    --------
    >>> print(with_number('[[component]]\ncaps = { "grade K" = 29, "grade 1" = 31 }', 0, "caps", Decimal(28), count="grade K"))
    [[component]]
    caps = { "grade K" = 28, "grade 1" = 31 }
    """
    if not value.is_finite():
        raise InvalidValue(f"{value} is not a number that can be written down.")
    lines = text.splitlines()
    at = places_in(text, "").lines.get(("component", component, field))
    key = rf"[\"']?{re.escape(count)}[\"']?" if count else rf"^\s*{re.escape(field)}"
    number = re.compile(rf"({key}\s*=\s*)[+-]?[\d_.]+")
    if at is None or not number.search(lines[at - 1]):
        raise UnknownCode(f"There is no number for '{count or field}' on a line of its own.")
    lines[at - 1] = number.sub(rf"\g<1>{value:f}", lines[at - 1], count=1)
    return "\n".join(lines) + ("\n" if text.endswith("\n") else "")


def with_meaning(text: str, table: str, name: str, meanings: Sequence[str]) -> str:
    r"""Return the text in which a name of the formula stands for names of the district.

    Parameters
    ----------
    text : str
    table : str
        "columns", "kinds", "flags" or "positions".
    name : str
    meanings : sequence of str
        One or more; their order is kept.

    Raises
    ------
    InvalidValue
        If there is no meaning, or the name stands there over several lines.

    Examples
    --------
    >>> print(with_meaning('name = "a"\n[[component]]', "columns", "gifted", ["GATE"]))
    name = "a"
    <BLANKLINE>
    [columns]
    "gifted" = ["GATE"]
    <BLANKLINE>
    [[component]]
    """
    if not meanings:
        raise InvalidValue(f"Say what '{name}' stands for.")
    entry = f"{json.dumps(name)} = {json.dumps(list(meanings))}"
    at = places_in(text, "").lines.get((table, name))
    if at is None:
        return _in_table(text, table, entry)
    lines = text.splitlines()
    if not lines[at - 1].rstrip().endswith(("]", '"', "'")):
        raise InvalidValue(f"'{name}' stands there over several lines. Change it in the text.")
    lines[at - 1] = entry
    return "\n".join(lines) + ("\n" if text.endswith("\n") else "")


def component_texts(text: str) -> tuple[str, tuple[str, ...], str]:
    """Return what stands before the components, each component's text, and what stands after them.

    Raises
    ------
    InvalidValue
        If other tables stand between components, so that they cannot be moved as text.
    """
    lines = text.splitlines(keepends=True)
    places = places_in(text, "").lines
    headers = [number - 1 for path, number in places.items() if path[0] == "component" and len(path) == 2]
    if not headers:
        return text, (), ""
    after = next((n for n in range(headers[-1] + 1, len(lines)) if _OTHER_TABLE.match(lines[n])), len(lines))
    if any(_OTHER_TABLE.match(line) for line in lines[headers[0] : headers[-1]]):
        raise InvalidValue("Other tables stand between the components. Move them before the first component.")
    # A comment right above a header belongs to that component.
    headers = [_with_comment(lines, header) for header in headers]
    ends = [*headers[1:], after]
    pieces = tuple("".join(lines[start:end]) for start, end in zip(headers, ends, strict=True))
    return "".join(lines[: headers[0]]), pieces, "".join(lines[after:])


def in_new_order(text: str, order: Sequence[int]) -> str:
    """Return the text with its components in another order, or without those that the order leaves out.

    Parameters
    ----------
    text : str
    order : sequence of int
        Numbers of components from zero, each at most once.

    Raises
    ------
    InvalidValue
        If a number is repeated or is not one of a component.
    """
    before, pieces, after = component_texts(text)
    if len(set(order)) != len(order) or any(not 0 <= number < len(pieces) for number in order):
        raise InvalidValue(f"The order names components from 0 to {len(pieces) - 1}, each at most once.")
    blocks = [pieces[number].rstrip("\n") for number in order]
    return before + "\n\n".join(blocks) + ("\n" if blocks else "") + (f"\n{after}" if after else "")


def with_component(text: str, component: str) -> str:
    """Return the text with one more component behind the last.

    Raises
    ------
    InvalidValue
        If the text does not start as a component does.
    """
    if not _COMPONENT.match(component):
        raise InvalidValue("A component starts with [[component]] on a line of its own.")
    before, pieces, after = component_texts(text)
    blocks = [piece.rstrip("\n") for piece in (*pieces, component)]
    lead = before if before.endswith("\n\n") or pieces else f"{before.rstrip()}\n\n"
    return lead + "\n\n".join(blocks) + "\n" + (f"\n{after}" if after else "")


def _replaced(amount: Amount) -> str:
    """Return the number and source that an entered number replaced; the first ones, however often it is entered."""
    if amount.source is None:
        return f"{amount.value:f} (no source)"
    _, mark, replaced = amount.source.locator.rpartition(_IN_PLACE)
    if amount.source.title == _TITLE and mark:
        return replaced
    unverified = "" if amount.is_verified else ", unverified"
    return f"{amount.value:f} ({amount.source.title}, {amount.source.locator}{unverified})"


def _behind(line: str, name: str) -> str:
    """Return what stands on a line behind the value: a comment, or nothing."""
    for end in (at for at, sign in enumerate(line, start=1) if sign in "}]"):
        try:
            tomllib.loads(line[:end])
        except tomllib.TOMLDecodeError:
            continue
        return line[end:].rstrip()
    raise UnknownCode(f"There is no value '{name}' on a line of its own.")


def _quoted(words: str) -> str:
    return json.dumps("".join(sign for sign in words if sign.isprintable()), ensure_ascii=False)


def _in_table(text: str, table: str, entry: str) -> str:
    """Return the text with one more line in a table, which is added where there is none."""
    header = places_in(text, "").lines.get((table,))
    if header is None:
        return _with_table(text, table, entry)
    lines = text.splitlines()
    lines.insert(header, entry)
    return "\n".join(lines) + ("\n" if text.endswith("\n") else "")


def _with_table(text: str, table: str, body: str) -> str:
    """Return the text with one more table before all others."""
    lines = text.splitlines()
    first = next((n for n, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    first = _with_comment(lines, first) if first < len(lines) else first
    lead = [""] if first and lines[first - 1].strip() else []
    lines[first:first] = [*lead, f"[{table}]", *body.splitlines(), ""]
    return "\n".join(lines) + ("\n" if text.endswith("\n") else "")


def _with_comment(lines: Sequence[str], header: int) -> int:
    while header > 0 and lines[header - 1].lstrip().startswith("#"):
        header -= 1
    return header
