"""A map as TOML: what a district hands on to its colleague next year."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from equity_alloc.domain.errors import InvalidValue, StoredFormat
from equity_alloc.domain.source import Source
from equity_alloc.sources.mapped.table_map import (
    FORMAT,
    Category,
    CodeParts,
    MoneyColumn,
    RowKind,
    RowSum,
    RowTest,
    TableMap,
)
from equity_alloc.sources.mapped.values import Suppressed

#: A map of a wide table takes a few thousand characters.
MOST_CHARACTERS = 100_000


def read_map(text: str, name: str = "The map") -> TableMap:
    """Return the map that a TOML text describes.

    Parameters
    ----------
    text : str
    name : str
        The file's name, for messages.

    Raises
    ------
    StoredFormat
        With what is wrong and where, fit for a visitor.
    """
    if len(text) > MOST_CHARACTERS:
        raise StoredFormat(f"{name} is longer than {MOST_CHARACTERS:,} characters and is no map of a table.")
    try:
        plain = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise StoredFormat(f"{name} is not a map: it is not TOML ({error}).") from error
    if plain.get("format") != FORMAT:
        raise StoredFormat(f"{name} is not a map of this version: format = {FORMAT} is missing.")
    try:
        return _table_map(plain)
    except KeyError as error:
        raise StoredFormat(f"{name} cannot be used as a map: {error} is missing.") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise StoredFormat(f"{name} cannot be used as a map: a value is of the wrong kind ({error}).") from error
    except InvalidValue as error:
        raise StoredFormat(f"{name} cannot be used as a map. {error}") from error


def _table_map(plain: dict[str, Any]) -> TableMap:
    unknown = set(plain) - _KEYS
    if unknown:
        raise InvalidValue(f"It has keys that a map does not have: {', '.join(sorted(unknown))}.")
    source = plain.get("source")
    account = plain.get("account")
    return TableMap(
        code=_text(plain["code"]),
        title=_text(plain["title"]),
        rows=RowKind(plain["rows"]),
        columns=tuple((name, _texts(headings)) for name, headings in plain["columns"].items()),
        recognize=_texts(plain.get("recognize", [])),
        missing=_texts(plain.get("missing", [])),
        suppressed=tuple(Suppressed(_text(s["text"]), int(s.get("low", 0)), s.get("high")) for s in _list(plain, "suppressed")),
        leave_out=tuple(_test(item) for item in _list(plain, "leave_out")),
        keep=tuple(_test(item) for item in _list(plain, "keep")),
        categories=tuple(
            Category(_text(item["field"]), tuple(RowTest(c, _texts(v)) for c, v in item["where"].items()))
            for item in _list(plain, "categories")
        ),
        row_sums=tuple(
            RowSum(_text(item["total"]), _texts(item["parts"]), int(item.get("within", 0)))
            for item in _list(plain, "row_sums")
        ),
        money=tuple(MoneyColumn(**_only(item, MoneyColumn.__slots__)) for item in _list(plain, "money")),
        account=None if account is None else CodeParts(
            _text(account["column"]), _texts(account["fields"]), _text(account.get("separator", "")),
            tuple(int(width) for width in account.get("widths", [])),
        ),
        widths=tuple((name, int(width)) for name, width in plain.get("widths", {}).items()),
        first_digits=tuple((name, int(width)) for name, width in plain.get("first_digits", {}).items()),
        last_digits=tuple((name, int(width)) for name, width in plain.get("last_digits", {}).items()),
        code_of=_texts(plain.get("code_of", [])),
        code_widths=tuple(int(width) for width in plain.get("code_widths", [])),
        scales=tuple((name, int(scale)) for name, scale in plain.get("scales", {}).items()),
        titles=tuple(
            (name, tuple((_text(code), _text(title)) for code, title in codes.items()))
            for name, codes in plain.get("titles", {}).items()
        ),
        federal=_texts(plain.get("federal", [])),
        unverified=_texts(plain.get("unverified", [])),
        source=None if source is None else Source(**_only(source, Source.__slots__)),
        is_seen=bool(plain.get("is_seen", True)),
        note=_text(plain.get("note", "")),
    )  # fmt: skip


_KEYS = frozenset(
    [
        "format",
        "code",
        "title",
        "rows",
        "columns",
        "recognize",
        "missing",
        "suppressed",
        "leave_out",
        "keep",
        "categories",
        "row_sums",
        "money",
        "account",
        "widths",
        "first_digits",
        "last_digits",
        "code_of",
        "code_widths",
        "scales",
        "titles",
        "federal",
        "unverified",
        "source",
        "is_seen",
        "note",
    ]
)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} should be a text in quotation marks")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        raise TypeError(f"{value!r} should be a list of texts")
    return tuple(_text(item) for item in value)


def _list(plain: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = plain.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise TypeError(f"{key} should be written as [[{key}]]")
    return found


def _only(item: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    unknown = set(item) - set(names)
    if unknown:
        raise InvalidValue(f"There is no setting {', '.join(sorted(unknown))} here. Known: {', '.join(names)}.")
    return item


def _test(item: dict[str, Any]) -> RowTest:
    return RowTest(
        _text(item["column"]),
        _texts(item["values"]),
        _text(item.get("why", "")),
        bool(item.get("is_printed_total", False)),
    )


def write_map(table_map: TableMap) -> str:
    """Return a map as TOML; read back it is the same map.

    Examples
    --------
    >>> columns = (("school", ("Site",)), ("enrollment", ("Pupils",)))
    >>> text = write_map(TableMap("ours", "Our table", RowKind.SCHOOL, columns))
    >>> read_map(text).headings("enrollment")
    ('Pupils',)
    """
    lines = [f"format = {FORMAT}", f"code = {_quoted(table_map.code)}", f"title = {_quoted(table_map.title)}"]
    lines += [f"rows = {_quoted(table_map.rows.value)}", f"recognize = {_quoted_list(table_map.recognize)}"]
    lines += [f"missing = {_quoted_list(table_map.missing)}"] if table_map.missing else []
    lines += [f"code_of = {_quoted_list(table_map.code_of)}"] if table_map.code_of else []
    lines += [f"code_widths = {list(table_map.code_widths)}"] if table_map.code_widths else []
    lines += [f"federal = {_quoted_list(table_map.federal)}"] if table_map.federal else []
    lines += [f"unverified = {_quoted_list(table_map.unverified)}"] if table_map.unverified else []
    lines += [] if table_map.is_seen else ["is_seen = false"]
    lines += [f"note = {_quoted(table_map.note)}"] if table_map.note else []
    lines += ["", "[columns]"]
    lines += [f"{_key(name)} = {_quoted_list(headings)}" for name, headings in table_map.columns]
    for title, numbers in (
        ("widths", table_map.widths), ("first_digits", table_map.first_digits), ("last_digits", table_map.last_digits),
        ("scales", table_map.scales),
    ):  # fmt: skip
        lines += ["", f"[{title}]", *(f"{_key(name)} = {number}" for name, number in numbers)] if numbers else []
    for name, codes in table_map.titles:
        lines += ["", f"[titles.{_key(name)}]", *(f"{_quoted(code)} = {_quoted(title)}" for code, title in codes)]
    if table_map.source:
        source = table_map.source
        lines += ["", "[source]", f"title = {_quoted(source.title)}", f"locator = {_quoted(source.locator)}"]
        lines += [f"url = {_quoted(source.url)}", f"as_of = {_quoted(source.as_of)}"]
    if table_map.account:
        account = table_map.account
        lines += ["", "[account]", f"column = {_quoted(account.column)}", f"fields = {_quoted_list(account.fields)}"]
        lines += [f"separator = {_quoted(account.separator)}", f"widths = {list(account.widths)}"]
    for sign in table_map.suppressed:
        lines += ["", "[[suppressed]]", f"text = {_quoted(sign.text)}", f"low = {sign.low}"]
        lines += [] if sign.high is None else [f"high = {sign.high}"]
    for title, tests in (("leave_out", table_map.leave_out), ("keep", table_map.keep)):
        for test in tests:
            lines += ["", f"[[{title}]]", f"column = {_quoted(test.column)}", f"values = {_quoted_list(test.values)}"]
            lines += [f"why = {_quoted(test.why)}"] if test.why else []
            lines += ["is_printed_total = true"] if test.is_printed_total else []
    for category in table_map.categories:
        where = ", ".join(f"{_quoted(test.column)} = {_quoted_list(test.values)}" for test in category.tests)
        lines += ["", "[[categories]]", f"field = {_quoted(category.field)}", f"where = {{ {where} }}"]
    for row_sum in table_map.row_sums:
        lines += ["", "[[row_sums]]", f"total = {_quoted(row_sum.total)}", f"parts = {_quoted_list(row_sum.parts)}"]
        lines += [f"within = {row_sum.within}"]
    for money in table_map.money:
        lines += ["", "[[money]]", f"column = {_quoted(money.column)}", f"fund = {_quoted(money.fund)}"]
        lines += [f"title = {_quoted(money.title)}", f"line = {_quoted(money.line)}"]
        lines += [f"per_pupil = {str(money.per_pupil).lower()}", f"counts = {str(money.counts).lower()}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's, but for the delete sign, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _quoted_list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(_quoted(text) for text in texts)}]"


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else _quoted(name)
