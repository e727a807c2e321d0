"""Title I-A reaches eligible schools in rank order of poverty."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from equity_alloc.compliance.base import Case, ComplianceTest, Outcome, Verdict, Worksheet, not_testable
from equity_alloc.compliance.title1_served import Row, served_gaps, served_rows
from equity_alloc.domain.errors import CannotServe
from equity_alloc.domain.federal import Ranking, TitleOne
from equity_alloc.domain.finding import Gap, Unit
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import print_percent
from equity_alloc.domain.source import Source
from equity_alloc.rules.federal_values import percent
from equity_alloc.rules.title1_ranking import is_exempt


def judge(case: Case) -> Verdict:
    """Look for served schools that are not eligible, schools passed over, and skipped schools left with less."""
    gaps = served_gaps(case) or tuple(_skipped_gaps(case))
    if gaps:
        return not_testable(gaps)
    try:
        _, rows = served_rows(case)
    except CannotServe as error:
        return Verdict(Outcome.FAILED, str(error))
    faults = [*_not_eligible(rows), *_passed_over(case, rows), *_skipped(rows)]
    sheet = _worksheet(rows)
    served = sum(1 for row in rows if row.is_served)
    if faults:
        more = f" {len(faults) - 3} more like these." if len(faults) > 3 else ""
        count = f"{len(faults)} school{'' if len(faults) == 1 else 's'}"
        return Verdict(Outcome.FAILED, " ".join(faults[:3]) + more, count, sheet)
    apart = [row for row in rows if _marked_apart(row)]
    if apart:
        words = (
            f"{apart[0].ranked.school.label} is marked '{apart[0].ranked.school.title_one}' on the sheet Schools and "
            + ("gets Title I-A money." if apart[0].is_served else "gets no Title I-A money.")
        )
        return Verdict(Outcome.LOOK, f"{words} {len(apart)} such marks.", f"{len(apart)} marks", sheet)
    measure = case.district.federal.poverty_measure.strip()
    if not measure:
        words = (
            "Schools are served in rank order, but the measure behind the low-income counts is not named: enter Title I "
            "poverty measure on the sheet Federal. The law asks for one measure for all schools."
        )
        return Verdict(Outcome.LOOK, words, "", sheet)
    exempt = " Ranking does not bind so small a district." if is_exempt(case.district) else ""
    reach = min((row.ranked.share for row in rows if row.is_served), default=Fraction(0))
    words = f"{served} of {len(rows)} schools are served, in rank order by one measure ({measure}).{exempt}"
    return Verdict(Outcome.PASSED, words, f"reaches down to {_percent(reach)} low-income children", sheet)


def _not_eligible(rows: tuple[Row, ...]) -> Iterator[str]:
    for row in rows:
        if row.is_served and not row.ranked.is_eligible:
            yield f"{row.ranked.school.label} is served at {_percent(row.ranked.share)}, and it is not eligible."


def _passed_over(case: Case, rows: tuple[Row, ...]) -> Iterator[str]:
    """Yield each school that is not served although one further down its order is."""
    if is_exempt(case.district):
        return
    by_span = case.district.federal.ranking is Ranking.SPANS
    served = [r for r in rows if r.is_served and r.ranked.school.title_one is not TitleOne.ONE_MORE_YEAR]
    last = served[-1] if served else None
    last_in_span = {row.ranked.school.grade_span: row for row in served}
    for row in rows:
        ranked = row.ranked
        if row.is_served or not ranked.may_be_reached or ranked.school.title_one is TitleOne.ONE_MORE_YEAR:
            continue
        behind = last_in_span.get(ranked.school.grade_span) if by_span and not ranked.comes_first else last
        if behind is not None and _place(behind) > _place(row):
            yield (
                f"{ranked.school.label} ({_percent(ranked.share)}) is passed over, while {behind.ranked.school.label} "
                f"({_percent(behind.ranked.share)}) is served."
            )


def _place(row: Row) -> tuple[bool, Fraction]:
    """Return what ranks a school; equal shares have one place."""
    return not row.ranked.comes_first, -row.ranked.share


def _skipped(rows: tuple[Row, ...]) -> Iterator[str]:
    for place, row in enumerate(rows):
        school = row.ranked.school
        if school.title_one is not TitleOne.SKIPPED:
            continue
        rates = [r.per_child for r in (*rows[place:], *reversed(rows[:place])) if r.is_served and r.per_child]
        due = int((rates[0] if rates else Fraction(0)) * row.children)
        has = school.instead_of_title_one or 0
        if has < due:
            yield (
                f"{school.label} is skipped and gets {print_dollars(has)} of state and local money instead; at the amounts "
                f"of the schools around it Title I-A would be {print_dollars(due)}."
            )


def _skipped_gaps(case: Case) -> Iterator[Gap]:
    for school in case.district.schools:
        if school.title_one is TitleOne.SKIPPED and school.instead_of_title_one is None:
            yield Gap("Schools", "Supplement instead of Title I", school.label)


def _marked_apart(row: Row) -> bool:
    status = row.ranked.school.title_one
    return status is not None and status.is_served != row.is_served


def _worksheet(rows: tuple[Row, ...]) -> Worksheet:
    return Worksheet(
        (
            "Rank", "Code", "School", "Grade span", "Enrollment", "Low-income children", "In private schools",
            "Low-income share", f"Above {percent('title-1-first')}: first", "Eligible", "Served", "Title I-A", "Per child",
        ),
        (
            Unit.PUPILS, None, None, None, Unit.PUPILS, Unit.PUPILS, Unit.PUPILS, Unit.SHARE, None, None, None,
            Unit.CENTS, Unit.CENTS,
        ),
        tuple(
            (
                place, r.ranked.school.code, r.ranked.school.name, r.ranked.school.grade_span,
                r.ranked.school.enrollment, r.ranked.public, r.ranked.private, r.ranked.share,
                _yes(r.ranked.comes_first), _yes(r.ranked.is_eligible), _yes(r.is_served), r.share,
                int(r.per_child) if r.per_child and r.is_served else None,
            )
            for place, r in enumerate(rows, start=1)
        ),
    )  # fmt: skip


def _yes(claim: bool) -> str:
    return "yes" if claim else "no"


def _percent(share: Fraction) -> str:
    return print_percent(float(share))


TEST = ComplianceTest(
    10,
    "title-1-rank",
    "Title I-A reaches eligible schools in rank order",
    f"Schools above {percent('title-1-first')} come first; the others follow in rank order of poverty, in the district or in a grade span.",
    Source(
        "Elementary and Secondary Education Act as amended by ESSA",
        "section 1113(a) and (b), 20 U.S.C. 6313(a) and (b)",
        "https://www.law.cornell.edu/uscode/text/20/6313",
    ),
    judge,
)
