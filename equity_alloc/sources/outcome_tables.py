"""The sheets Indicators and Outcomes: what the audit compares beside dollars and posts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from equity_alloc.domain.district import District, StudentGroup
from equity_alloc.domain.outcome import ALL_PUPILS, Area, Better, Indicator, OutcomeCount
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.codes import check_code
from equity_alloc.sources.declare import Column, Kind, Sheet, slug
from equity_alloc.sources.district_tables import SCHOOL
from equity_alloc.sources.read_tables import Table

#: Indicator, school, student group and earlier year.
_Key: TypeAlias = tuple[str, str, str, str]
#: How the row of all pupils of a school is named.
EVERYBODY = "all pupils"

INDICATORS = Sheet(
    "Indicators",
    "One row for each thing that is counted by student group, for the audit only: it never drives an allocation.",
    (
        Column("Indicator", "title", Kind.TEXT, "What holds for a pupil.", example="Enrolled in algebra by grade 8"),
        Column("Area", "area", Kind.OPTION, "Access or outcome.", example="access", options=tuple(Area)),
        Column(
            "Better",
            "better",
            Kind.OPTION,
            "Whether more or fewer pupils would be better.",
            example="more",
            options=tuple(Better),
        ),
        Column("Year", "year", Kind.TEXT, "Of the counts.", required=False, example="2025-26"),
        Column("Source", "source", Kind.TEXT, "Where the counts are printed.", required=False, example="Report card"),
    ),
    ("title",),
)
OUTCOMES = Sheet(
    "Outcomes",
    "One row for each indicator, school and student group, with a row of all pupils for each school.",
    (
        Column("Indicator", "indicator", Kind.TEXT, "As on Indicators.", example="Enrolled in algebra by grade 8"),
        SCHOOL,
        Column(
            "Student group",
            "group",
            Kind.TEXT,
            f"A group that has a column on Schools, or {EVERYBODY}.",
            example=EVERYBODY,
        ),
        Column(
            "Cases",
            "cases",
            Kind.PUPILS,
            "Pupils for whom it holds; blank if unknown or withheld.",
            required=False,
            unit="pupils",
            example="21",
        ),
        Column(
            "Pupils",
            "pupils",
            Kind.PUPILS,
            "Pupils of whom it could hold; blank if unknown or withheld.",
            required=False,
            unit="pupils",
            example="96",
        ),
        Column(
            "Year",
            "year",
            Kind.TEXT,
            "Blank for the year on Indicators; an earlier year tells how gaps changed.",
            required=False,
            example="2023-24",
        ),
    ),
    ("indicator", "school", "group"),
)


def read_indicators(table: Table, findings: FindingList) -> tuple[Indicator, ...]:
    """Return every indicator whose row can be read."""
    found: dict[str, Indicator] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        title, area, better = cells.text("title"), _option(cells, "area"), _option(cells, "better")
        if title is None or area is None or better is None:
            continue
        if title in found:
            _twice(cells, "title", f"The indicator {title}")
            continue
        year, source = cells.exact("year").strip(), cells.exact("source").strip()
        found[title] = Indicator(title, Area(area), Better(better), year, source)
    return tuple(found.values())


def read_outcomes(
    table: Table,
    indicators: Collection[Indicator],
    schools: Collection[str],
    groups: Collection[StudentGroup],
    findings: FindingList,
) -> tuple[OutcomeCount, ...]:
    """Return every count whose row can be read."""
    titles = {indicator.title: indicator.title for indicator in indicators}
    years = {indicator.title: indicator.year for indicator in indicators}
    codes = {slug(name): group.code for group in groups for name in (group.title, group.code)}
    codes[slug(EVERYBODY)] = ALL_PUPILS
    found: dict[_Key, OutcomeCount] = {}
    rows: dict[_Key, Cells] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        title = _known(cells, "indicator", titles, "Add a row for it to the sheet Indicators, or correct its spelling.")
        group = _known(
            cells,
            "group",
            codes,
            f"Add a column for it to Schools (Pupils: ... or Audit only: ...), or write {EVERYBODY}.",
        )
        school = cells.code("school")
        cases, pupils = cells.pupils("cases"), cells.pupils("pupils")
        if school is not None and not check_code(
            school, schools, cells.where("school"), "school", table.shown, findings
        ):
            school = None
        if title is None or group is None or school is None:
            continue
        year = _earlier(cells, years[title])
        if year is None:
            continue
        key = title, school, group, year
        if key in found:
            _twice(cells, "group", f"{title} of school {school} for {cells.exact('group').strip()}")
        elif cases is not None and pupils is not None and cases > pupils:
            findings.error(
                "cases-more-than-pupils",
                cells.where("cases"),
                str(cases),
                what=f"{cases} cases among {pupils} pupils of school {school}: {title}.",
                why="A share above one cannot be, so one of the two counts is wrong.",
                remedy="Correct it, or leave both blank if unknown.",
            )
        else:
            found[key] = OutcomeCount(title, school, group, cases, pupils, year)
            rows[key] = cells
    _check_groups(found, rows, {group.code: group.title for group in groups}, findings)
    return tuple(found.values())


def indicator_rows(district: District) -> Iterator[tuple[str, ...]]:
    """Yield one row of text for each indicator."""
    for each in district.indicators:
        yield each.title, each.area.value, each.better.value, each.year, each.source


def outcome_rows(district: District) -> Iterator[tuple[str, ...]]:
    """Yield one row of text for each count."""
    for count in (*district.outcomes, *district.earlier_outcomes):
        group = EVERYBODY if count.group == ALL_PUPILS else district.group_of[count.group].title
        cases, pupils = ("" if n is None else str(n) for n in (count.cases, count.pupils))
        yield count.indicator, count.school, group, cases, pupils, count.year


def _earlier(cells: Cells, own: str) -> str | None:
    """Return the year of a row, blank for the indicator's own; None, with a finding, where it is not before that."""
    year = cells.exact("year").strip()
    if year in ("", own):
        return ""
    starts = [int(each[:4]) if re.match(r"\d{4}", each) else None for each in (year, own)]
    if starts[0] is not None and starts[1] is not None and starts[0] < starts[1]:
        return year
    cells.findings.error(
        "outcome-year",
        cells.where("year"),
        year,
        what=f"The counts are of {year}, and those of the indicator of {own or 'a year that is not given'}.",
        why="Gaps are compared from an earlier year to the indicator's own, and it must be clear which is which.",
        remedy="Begin both years with four digits, like 2023-24, put the latest on the sheet Indicators, or leave it blank here.",
    )
    return None


def _option(cells: Cells, field: str) -> str | None:
    """Return one of the words of a required column."""
    return cells.option(field) if cells.text(field) is not None else None


def _known(cells: Cells, field: str, known: Mapping[str, str], remedy: str) -> str | None:
    found = cells.text(field)
    if found is None:
        return None
    code = known.get(found, known.get(slug(found)))
    if code is None:
        cells.findings.error(
            f"outcome-{field}-unknown",
            cells.where(field),
            found,
            what=f"{cells.table.shown} names {found}, which is not known here.",
            why="Counts that belong to nothing would be left out without anyone noticing.",
            remedy=remedy,
        )
    return code


def _check_groups(
    found: Mapping[_Key, OutcomeCount],
    rows: Mapping[_Key, Cells],
    titles: Mapping[str, str],
    findings: FindingList,
) -> None:
    """Name the first group that has more pupils, more cases or more pupils without a case than its school."""
    for key, count in found.items():
        title, school, group, year = key
        everybody = found.get((title, school, ALL_PUPILS, year))
        if everybody is None or group == ALL_PUPILS:
            continue
        parts = (
            ("cases", "cases", count.cases, everybody.cases),
            ("pupils", "pupils", count.pupils, everybody.pupils),
            ("cases", "pupils without a case", _without(count), _without(everybody)),
        )
        for field, words, part, whole in parts:
            if part is not None and whole is not None and part > whole:
                findings.error(
                    "group-more-than-school",
                    rows[key].where(field),
                    str(getattr(count, field)),
                    what=f"{title}, school {school}: {part} {words} in the group {titles[group]}, and {whole} of all pupils.",
                    why="A group is a part of the school, so one of the counts is wrong.",
                    remedy=f"Correct the row of the group or the row of {EVERYBODY}.",
                )
                return


def _without(count: OutcomeCount) -> int | None:
    """Return the pupils for whom it does not hold; None where a count is blank."""
    return None if count.cases is None or count.pupils is None else count.pupils - count.cases


def _twice(cells: Cells, field: str, what: str) -> None:
    cells.findings.error(
        "row-twice",
        cells.where(field),
        cells.exact(field).strip(),
        what=f"{what} stands twice.",
        why="It is not clear which of the two rows is meant.",
        remedy="Delete one of them.",
    )
