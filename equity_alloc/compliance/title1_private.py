"""Private-school children of served attendance areas get their proportion of Title I-A."""

from __future__ import annotations

from fractions import Fraction

from equity_alloc.compliance.base import Case, ComplianceTest, Outcome, Verdict, Worksheet, not_testable
from equity_alloc.compliance.title1_served import Row, served_gaps, served_rows
from equity_alloc.domain.errors import CannotServe
from equity_alloc.domain.federal import PrivateShare, Purpose
from equity_alloc.domain.finding import Unit
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.source import Source
from equity_alloc.rules.title1_cuts import whole_cents
from equity_alloc.rules.title1_shares import TITLE_ONE


def judge(case: Case) -> Verdict:
    """Compare what is held for private-school children with their proportion."""
    gaps = served_gaps(case)
    if gaps:
        return not_testable(gaps)
    try:
        fund, rows = served_rows(case)
    except CannotServe as error:
        return Verdict(Outcome.FAILED, str(error))
    served = [row for row in rows if row.is_served]
    private, children = sum(r.ranked.private for r in served), sum(r.ranked.children for r in served)
    by_area = case.district.federal.private_share is PrivateShare.AREA
    if by_area:
        due = int(sum((Fraction(r.area * r.ranked.private, r.children) for r in served if r.children), Fraction(0)))
    else:
        due = whole_cents(Fraction(fund.amount * private, children)) if children else 0
    budgeted = sum(
        block.amount
        for block in case.district.central
        if block.fund == fund.code and block.purpose is Purpose.PRIVATE_SCHOOLS
    )
    # Where the plan shares Title I-A out by its law, what the lines lack is held back from the schools.
    held = max(budgeted, due) if fund.shared_by == TITLE_ONE else budgeted
    sheet = _worksheet(served, due, budgeted)
    if held < due:
        words = (
            f"{private:,} of {children:,} low-income children of the served areas go to private schools: "
            f"{print_dollars(due)}. Reserved are {print_dollars(budgeted)}."
        )
        return Verdict(Outcome.FAILED, words, f"lacks {print_dollars(due - held)}", sheet)
    apart = f" {print_dollars(held - budgeted)} of it is held back from schools." if held > budgeted else ""
    words = (
        f"{private:,} of {children:,} low-income children of the served areas go to private schools: {print_dollars(due)} "
        f"{'of the areas' if by_area else 'of the whole allocation'}.{apart}"
    )
    return Verdict(Outcome.PASSED, words, f"{print_dollars(held - due)} to spare" if held > due else "", sheet)


def _worksheet(rows: list[Row], due: Cents, budgeted: Cents) -> Worksheet:
    return Worksheet(
        ("Code", "School", "Public-school children", "Private-school children", "Dollars"),
        (None, None, Unit.PUPILS, Unit.PUPILS, Unit.CENTS),
        (
            *((r.ranked.school.code, r.ranked.school.name, r.ranked.public, r.ranked.private, None) for r in rows),
            (
                "",
                "All areas served",
                sum(r.ranked.public for r in rows),
                sum(r.ranked.private for r in rows),
                None,
            ),
            ("", "Proportional share", None, None, due),
            ("", "Reserved on the sheet Central", None, None, budgeted),
        ),
    )


TEST = ComplianceTest(
    20,
    "title-1-private-schools",
    "Private-school children get their proportion of Title I-A",
    "Services for eligible private-school children get the proportion of the allocation that low-income private-school "
    "children are of all low-income children in the served areas, before other reservations.",
    Source(
        "Elementary and Secondary Education Act as amended by ESSA",
        "section 1117(a)(4), 20 U.S.C. 6320(a)(4)",
        "https://www.law.cornell.edu/uscode/text/20/6320",
    ),
    judge,
)
