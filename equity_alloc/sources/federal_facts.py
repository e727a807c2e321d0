"""The sheet Federal: one row for each choice and figure that federal tests ask of the district."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, get_type_hints

from equity_alloc.domain.district import District, School
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.federal import Band, Fact, FactInfo, Federal, facts_asked
from equity_alloc.domain.money import read_dollars
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.build_funds import SHARED_TITLE_ONE
from equity_alloc.sources.cell_words import dollars, yes_no
from equity_alloc.sources.cells import MOST_PUPILS, Cells, plain_number
from equity_alloc.sources.declare import Kind, slug
from equity_alloc.sources.read_tables import Table

_BAND = re.compile(r"\s*(?:(?P<above>[\d.]+)\s*%\s*:)?\s*(?P<dollars>[$\d.,]+)\s*")


def read_federal(table: Table, funds: Collection[str], schools: Iterable[School], findings: FindingList) -> Federal:
    """Return what the sheet says; a row that cannot be read is a finding, a blank value stays unknown."""
    asked = {slug(info.title): (field, info) for field, info in facts_asked().items()}
    spans = {school.grade_span for school in schools}
    found: dict[str, Any] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        setting, text = (cells.text("setting") or ""), cells.exact("value").strip()
        if slug(setting) not in asked:
            _refuse(
                cells,
                "setting",
                f"There is no federal setting {setting}.",
                f"Write one of: {', '.join(info.title for _, info in asked.values())}.",
            )
            continue
        field, info = asked[slug(setting)]
        if field in found:
            _refuse(cells, "setting", f"{info.title} is given twice.", "Delete one of the two rows.")
            continue
        if not text:
            continue
        try:
            found[field] = _read(info, text, funds, spans)
        except InvalidValue as error:
            _refuse(cells, "value", str(error), info.help)
    try:
        return _made(found)
    except InvalidValue as error:
        findings.error(
            "federal-value",
            table.shown,
            "",
            what=str(error),
            why="The law lets no school with fewer low-income children get more for each of them.",
            remedy="Correct the row Title I dollars per child.",
        )
        return Federal()


def ask_for_title_one_counts(district: District, table: Table, findings: FindingList) -> None:
    """Name every low-income count that is blank although a fund is shared out by Title I ranking."""
    ranked = next((fund for fund in district.funds if fund.shared_by == SHARED_TITLE_ONE), None)
    if ranked is None:
        return
    for row in table.rows:
        school = district.school_of.get(table.raw(row, "code").strip())
        for field in ("low_income", "private_low_income") if school and school.enrollment else ():
            if table.raw(row, field).strip():
                continue
            column = table.sheet.column(field)
            findings.error(
                "title-one-count-needed",
                table.where(row, field) if field in table.columns else table.where(row, "code"),
                "",
                what=f"{column.title} is blank for {table.subject(row)}, and {ranked.title} is shared out by rank.",
                why="Unknown is not zero: the school could be ranked too low without anyone noticing.",
                remedy=f"Enter {column.title}, zero if there are none, or share the fund out in another way.",
            )


def federal_rows(federal: Federal) -> Iterator[tuple[str, str]]:
    """Yield setting and value of everything that is not as it is without the sheet."""
    plain = Federal()
    for field, info in facts_asked().items():
        value = getattr(federal, field)
        if value != getattr(plain, field):
            yield info.title, _text(info, value)


def federal_kind(setting: str) -> Kind:
    """Return what the value of a setting is.

    Examples
    --------
    >>> federal_kind("ESEA spending, preceding year"), federal_kind("Title I fund")
    (<Kind.DOLLARS: 'dollars'>, <Kind.ANY: 'text or number'>)
    """
    fact = next(info.fact for info in facts_asked().values() if info.title == setting)
    return {Fact.DOLLARS: Kind.DOLLARS, Fact.PUPILS: Kind.PUPILS}.get(fact, Kind.ANY)


def _made(found: dict[str, Any]) -> Federal:
    hints = get_type_hints(Federal)
    return Federal(**{field: hints[field](value) if isinstance(hints[field], type) and issubclass(hints[field], str)
                      else value for field, value in found.items()})  # fmt: skip


def _read(info: FactInfo, text: str, funds: Collection[str], spans: Collection[str]) -> Any:
    match info.fact:
        case Fact.TEXT:
            return text
        case Fact.CODE:
            return _one_of(info, text, funds, "fund")
        case Fact.CODES:
            parts = tuple(part.strip() for part in text.split(";") if part.strip())
            return tuple(_one_of(info, part, spans, "grade span") for part in parts)
        case Fact.OPTION:
            return _one_of(info, text.lower(), info.options, "choice")
        case Fact.YES_NO:
            return _one_of(info, text.lower(), ("yes", "no"), "answer") == "yes"
        case Fact.DOLLARS:
            cents = read_dollars(text)
            if cents < 0:
                raise InvalidValue(f"{info.title} is {text}. Enter zero or more.")
            return cents
        case Fact.PUPILS:
            number = plain_number(text)
            if number is None or not 0 <= number <= MOST_PUPILS or number != number.to_integral_value():
                raise InvalidValue(f"{info.title} is {text}. Enter a whole number of pupils, zero or more.")
            return int(number)
        case Fact.BANDS:
            # Commas may part thousands, so bands are parted by semicolons.
            return tuple(_band(info, part) for part in text.split(";") if part.strip())


def _band(info: FactInfo, text: str) -> Band:
    match = _BAND.fullmatch(text)
    if match is None:
        raise InvalidValue(f"{info.title} has '{text.strip()}'. Write 700, or 65 %: 950; 50 %: 900; 0 %: 850.")
    try:
        return Band(Decimal(match["above"] or 0) / 100, read_dollars(match["dollars"]))
    except InvalidOperation:
        raise InvalidValue(f"{info.title} has '{match['above']} %', which is not a share.") from None


def _one_of(info: FactInfo, text: str, known: Collection[str], kind: str) -> str:
    if text not in known:
        raise InvalidValue(f"{info.title} is {text}, which is not a {kind} here. Known: {', '.join(sorted(known))}.")
    return text


def _text(info: FactInfo, value: Any) -> str:
    match info.fact:
        case Fact.DOLLARS:
            return dollars(value)
        case Fact.YES_NO:
            return yes_no(value)
        case Fact.CODES:
            return "; ".join(value)
        case Fact.BANDS:
            return "; ".join(f"{band.above * 100:f} %: {dollars(band.per_child)}" for band in value)
        case _:
            return str(value)


def _refuse(cells: Cells, field: str, what: str, remedy: str) -> None:
    cells.findings.error(
        f"federal-{field}",
        cells.where(field),
        cells.exact(field).strip(),
        what=what,
        why="A federal test would rest on something else than what the district means.",
        remedy=remedy,
    )
