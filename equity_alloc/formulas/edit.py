"""Changes to a formula's text, line by line, so that comments, order and sources of everything else stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.parameters.places import places_in

_NUMBER = re.compile(r"(\bvalue\s*=\s*)[+-]?[\d_.]+")
_COMPONENT = re.compile(r"^\s*\[\[\s*component\s*\]\]")
_OTHER_TABLE = re.compile(r"^\s*\[(?!\[?\s*component\b)")


def with_value(text: str, name: str, value: Decimal) -> str:
    r"""Return the text with another number for a named value; its unit, date and source stay as they are.

    Parameters
    ----------
    text : str
    name : str
        A value of the file's [value] table that stands on one line.
    value : Decimal

    Raises
    ------
    UnknownCode
        If there is no such value on one line.
    InvalidValue
        If the number is not finite.

    Examples
    --------
    >>> print(with_value('[value]\nbase = { value = 6000, unit = "dollars per pupil" }  # board', "base", Decimal("6150.5")))
    [value]
    base = { value = 6150.5, unit = "dollars per pupil" }  # board
    """
    if not value.is_finite():
        raise InvalidValue(f"{value} is not a number that can be written down.")
    lines = text.splitlines()
    at = places_in(text, "").lines.get(("value", name))
    if at is None or not _NUMBER.search(lines[at - 1]):
        raise UnknownCode(f"There is no value '{name}' on a line of its own.")
    lines[at - 1] = _NUMBER.sub(rf"\g<1>{value:f}", lines[at - 1], count=1)
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


def _with_comment(lines: Sequence[str], header: int) -> int:
    while header > 0 and lines[header - 1].lstrip().startswith("#"):
        header -= 1
    return header
