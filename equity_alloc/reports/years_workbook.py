"""Several years as a workbook: the years side by side, balances, turning points, assumptions, rules and schools."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from equity_alloc.decisions.book import Book
from equity_alloc.domain.ahead import UNITS
from equity_alloc.domain.day import days_in_words
from equity_alloc.domain.money import Cents
from equity_alloc.domain.number import count_words
from equity_alloc.reports.draft import IN_ORDER, MARK, assessment_reasons, draft_line, draft_reasons
from equity_alloc.reports.public_counts import UNKNOWN
from equity_alloc.sources.cell_words import dollars, posts
from equity_alloc.sources.declare import Column, Kind, Sheet
from equity_alloc.sources.sheet_layout import set_up_print
from equity_alloc.sources.write_sheet import new_workbook, put_table
from equity_alloc.sources.write_tables import Written
from equity_alloc.years.course import Course, YearOf
from equity_alloc.years.turns import turns, unknown_terms
from equity_alloc.years.words import figures_of, knows_posts

_Columns = tuple[tuple[str, Kind], ...]
_YEARS: _Columns = (
    ("Year", Kind.TEXT), ("Pupils", Kind.PUPILS), ("Core funds leave schools", Kind.DOLLARS),
    ("Last year's posts and lines take", Kind.DOLLARS), ("FTE in the plan", Kind.FTE), ("Lowest level", Kind.DOLLARS),
    ("Unit of the level", Kind.TEXT), ("Rules kept", Kind.PUPILS), ("Rules", Kind.PUPILS), ("Plan", Kind.TEXT),
)  # fmt: skip
_STATUS: _Columns = (
    ("Year", Kind.TEXT), ("Status", Kind.TEXT), ("Fingerprint of the data", Kind.TEXT), ("Fingerprint of the plan", Kind.TEXT),
)  # fmt: skip
_BALANCES: _Columns = (
    ("Year", Kind.TEXT), ("Fund", Kind.CODE), ("Title", Kind.TEXT), ("Carried in", Kind.DOLLARS),
    ("Taken in", Kind.DOLLARS), ("Appropriation", Kind.DOLLARS), ("Spent centrally", Kind.DOLLARS),
    ("Spent at schools", Kind.DOLLARS), ("Gone back", Kind.DOLLARS), ("Left at the end", Kind.DOLLARS),
    ("Reserve asked for", Kind.DOLLARS), ("Beyond the reserve", Kind.DOLLARS), ("Ends", Kind.TEXT),
)  # fmt: skip
_TURNS: _Columns = (("Year", Kind.TEXT), ("What", Kind.TEXT), ("In words", Kind.TEXT))
_ASSUMED: _Columns = (
    ("For the year", Kind.TEXT), ("Assumption", Kind.TEXT), ("Of", Kind.TEXT), ("Value", Kind.WEIGHT),
    ("Unit", Kind.TEXT), ("Source", Kind.TEXT), ("Dated", Kind.TEXT),
)  # fmt: skip
_RULES: _Columns = (
    ("Year", Kind.TEXT), ("Rule", Kind.TEXT), ("Verdict", Kind.TEXT), ("Authority", Kind.TEXT),
    ("With this year's numbers", Kind.TEXT),
)  # fmt: skip
_SCHOOLS: _Columns = (
    ("Year", Kind.TEXT), ("Code", Kind.CODE), ("Name", Kind.TEXT), ("Enrollment", Kind.PUPILS),
    ("Core dollars", Kind.DOLLARS), ("All dollars", Kind.DOLLARS), ("FTE", Kind.FTE),
)  # fmt: skip


def years_workbook(course: Course, book: Book | None = None) -> bytes:
    """Return the course as .xlsx bytes; the same course gives the same bytes.

    Parameters
    ----------
    course : Course
    book : Book or None
        The district's records of decisions: a year's plan that nobody has assessed is told as a draft. None for no records.

    Returns
    -------
    bytes
        For reading by people: each year's own plan has a workbook of its own, which opens again.
    """
    first, known = course.years[0], book or Book(course.years[0].district.name)
    sheets = (
        _table("Years", "The years side by side.", _YEARS, _year_rows(course)),
        _table("Turning points", "Where money ends and rules break.", _TURNS, _turn_rows(course)),
        _table("Ending balances", "What each fund has left; blank is unknown.", _BALANCES, _balance_rows(course)),
        _assumed(course),
        _table("Rules each year", "What the auditor found.", _RULES, _rule_rows(course)),
        _table("Schools each year", "Pupils, dollars and posts; full counts.", _SCHOOLS, _school_rows(course)),
        _table("Status", "Whether each plan can be adopted, and what names it.", _STATUS, _status_rows(course, known)),
    )
    title = f"{first.district.name}, {count_words(len(course.years), 'year')} from {first.year}"
    is_draft = any(_draft(year, known) for year in course.years)
    with new_workbook(title[:200]) as (workbook, formats, stream):
        for table in sheets:
            put_table(workbook, table, formats)
        held = {table.sheet.name: f"{table.sheet.name}: {table.sheet.help}" for table in sheets}
        set_up_print(workbook, title, f"{MARK}  INTERNAL" if is_draft else "INTERNAL", held)
    return stream.getvalue()


def _table(name: str, words: str, columns: _Columns, rows: Iterator[Sequence[str]]) -> Written:
    whole = [tuple(row) for row in rows]
    # Posts that the data do not hold would be a column of one word; a blank one tells what nobody has stated.
    kept = [place for place in range(len(columns)) if not whole or any(row[place] != UNKNOWN for row in whole)]
    shown = [columns[place] for place in kept]
    declared = tuple(Column(title, title.lower(), kind, title, required=False) for title, kind in shown)
    told = tuple(tuple(row[place] for place in kept) for row in whole)
    return Written(Sheet(name, words, declared, ()), tuple(t for t, _ in shown), tuple(k for _, k in shown), told)


def _year_rows(course: Course) -> Iterator[Sequence[str]]:
    for year in course.years:
        seen, plan = figures_of(year), year.plan
        yield (
            year.year,
            str(seen.pupils),
            dollars(seen.pot),
            dollars(seen.keeping),
            "" if seen.fte is None else posts(seen.fte) if knows_posts(year) else UNKNOWN,
            "" if seen.lowest is None else f"{seen.lowest:.4f}",
            seen.unit,
            str(seen.kept) if plan is not None else "",
            str(seen.rules),
            "no plan exists" if plan is None else plan.outcome.value,
        )


def _status_rows(course: Course, book: Book) -> Iterator[Sequence[str]]:
    for year in course.years:
        plan = year.plan
        status = "no plan exists" if plan is None else _draft(year, book) or IN_ORDER
        named = "" if plan is None else plan.certificate.allocation_digest
        yield year.year, status, year.district.digest, named


def _draft(year: YearOf, book: Book) -> str:
    """Return why a year's plan is a draft; "" where it is none, or there is no plan."""
    plan = year.plan
    return "" if plan is None else draft_line(draft_reasons(plan, assessment_reasons(plan, book)))


def _turn_rows(course: Course) -> Iterator[Sequence[str]]:
    yield from ((turn.year, turn.kind.value, days_in_words(turn.words)) for turn in turns(course))
    yield from (("", "not known", str(lack)) for lack in unknown_terms(course.years[0].district))
    if course.gaps:
        lack = count_words(len(course.gaps), "assumption")
        yield "", "not planned", f"The years end here, for want of {lack}. The first: {course.gaps[0]}"


def _balance_rows(course: Course) -> Iterator[Sequence[str]]:
    for year in course.years:
        for f in year.funds:
            yield (
                year.year,
                f.fund.code,
                f.fund.title,
                _known(f.carried_in),
                _known(f.revenue),
                dollars(f.fund.amount),
                dollars(f.central),
                dollars(f.schools),
                _known(f.gone_back),
                _known(f.left),
                _known(f.reserve),
                _known(f.over_reserve),
                days_in_words(f.ends.isoformat()) if f.ends else "",
            )


def _assumed(course: Course) -> Written:
    table = _table("Assumptions", "What each year rests on.", _ASSUMED, _assumed_rows(course))
    values = tuple(
        Kind.DOLLARS if row[table.headings.index("Unit")] == "dollars" else Kind.WEIGHT for row in table.rows
    )
    return replace(table, values=values)


def _assumed_rows(course: Course) -> Iterator[Sequence[str]]:
    for year in course.years:
        for a in year.used:
            value = f"{a.value.normalize():f}" if a.value else "0"
            yield year.year, a.what.value, a.of, value, UNITS[a.what], a.source or "no source given", a.dated


def _rule_rows(course: Course) -> Iterator[Sequence[str]]:
    for year in course.years:
        for rule in year.plan.certificate.rules if year.plan is not None else ():
            yield year.year, rule.title, rule.verdict.value, rule.force.value, rule.explain


def _school_rows(course: Course) -> Iterator[Sequence[str]]:
    for year in course.years:
        plan = year.plan
        for school in year.district.schools:
            told = (year.year, school.code, school.name, str(school.enrollment))
            if plan is None:
                yield told
                continue
            counted = plan.view.district.counted_dollars(plan.allocation, school.code)
            fte = plan.allocation.by_school_fte.get(school.code, 0)
            yield (
                *told,
                dollars(counted),
                dollars(plan.allocation.school_dollars(school.code)),
                (posts(fte) if knows_posts(year) else UNKNOWN),
            )


def _known(cents: Cents | None) -> str:
    return "" if cents is None else dollars(cents)
