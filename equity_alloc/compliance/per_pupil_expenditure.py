"""Dollars per pupil at each school last year, at actual salaries, by source of money."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.compliance.base import Case, Cell, ComplianceTest, Outcome, Verdict, Worksheet, not_testable
from equity_alloc.domain.district import District
from equity_alloc.domain.federal import FundSource
from equity_alloc.domain.finding import Gap, Unit
from equity_alloc.domain.fte import pay_of
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.domain.source import Source
from equity_alloc.rules.comparability_groups import source_gaps


def judge(case: Case) -> Verdict:
    """Work out each school's personnel and other dollars per pupil, federal apart from state and local."""
    district = case.district
    gaps = tuple(_gaps(district))
    if gaps:
        return not_testable(gaps)
    rows: list[tuple[Cell, ...]] = []
    totals: list[Cents] = []
    total = average = 0
    spent = _spent(district)
    for school in district.schools:
        pupils = school.enrollment_last_year
        if not pupils:
            continue
        parts = spent[school.code]
        priced = district.today.school_dollars(school.code)
        total, average = total + sum(parts), average + priced
        totals.append(sum(parts) // pupils)
        per_pupil = [cents // pupils for cents in parts]
        rows.append(
            (school.code, school.name, pupils, *per_pupil, sum(parts) // pupils, (sum(parts) - priced) // pupils)
        )
    if not rows:
        return not_testable((Gap("Staffing", "FTE", "last year's posts"),))
    sheet = Worksheet(
        (
            "Code", "School", "Pupils last year", "Personnel, federal", "Other, federal", "Personnel, state and local",
            "Other, state and local", "All, actual", "Actual less average cost",
        ),
        (None, None, Unit.PUPILS, *(Unit.CENTS,) * 6),
        tuple(rows),
    )  # fmt: skip
    words = (
        f"{count_words(len(rows), 'school')} can be reported at actual salaries, from {print_dollars(min(totals))} to "
        f"{print_dollars(max(totals))} per pupil. Central spending is not in it; states say how it is shared out."
    )
    by = f"actual cost is {print_dollars(abs(total - average))} {'above' if total > average else 'below'} average cost in all"
    return Verdict(Outcome.PASSED, words, by, sheet)


def _spent(district: District) -> dict[str, list[Cents]]:
    """Return last year's federal personnel and other, then state and local personnel and other, by school in cents."""
    federal = {fund.code for fund in district.funds if fund.source is FundSource.FEDERAL}
    parts = {school.code: [0, 0, 0, 0] for school in district.schools}
    for row in district.staffing:
        parts[row.school][0 if row.fund in federal else 2] += pay_of(row.fte, row.actual or 0)
    for line in district.spending:
        parts[line.school][1 if line.fund in federal else 3] += line.amount
    return parts


def _gaps(district: District) -> Iterator[Gap]:
    if not district.staffing:
        yield Gap("Staffing", "FTE", "last year's posts")
    told = set()
    for row in district.staffing:
        if row.actual is None and row.school not in told:
            told.add(row.school)
            yield Gap("Staffing", "Actual cost per FTE", district.school_of[row.school].label)
    for school in district.schools:
        if school.enrollment_last_year is None:
            yield Gap("Schools", "Enrollment last year", school.label)
    paid = {row.fund for row in district.staffing} | {line.fund for line in district.spending}
    yield from source_gaps(fund for fund in district.funds if fund.code in paid)


TEST = ComplianceTest(
    90,
    "per-pupil-expenditure",
    "Dollars per pupil can be reported for every school",
    "Report cards show each school's federal, and state and local, dollars per pupil of the preceding year, with actual "
    "personnel and other spending apart.",
    Source(
        "Elementary and Secondary Education Act as amended by ESSA",
        "section 1111(h)(1)(C)(x), 20 U.S.C. 6311(h)(1)(C)(x); 34 CFR 200.35",
        "https://www.law.cornell.edu/uscode/text/20/6311",
    ),
    judge,
)
