"""State and local spending is at least the share of the year before that the law asks for, in total or per pupil."""

from __future__ import annotations

from fractions import Fraction

from equity_alloc.compliance.base import (
    Case,
    ComplianceTest,
    Outcome,
    Verdict,
    Worksheet,
    federal_gap,
    not_testable,
)
from equity_alloc.domain.federal import Federal, facts_asked
from equity_alloc.domain.finding import Gap, Unit
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import print_percent
from equity_alloc.domain.source import Source
from equity_alloc.rules.federal_values import percent, threshold

SHARE = "esea-effort"


def judge(case: Case) -> Verdict:
    """Compare the preceding year with a share of the second preceding one, by the measure that favors the district."""
    facts = case.district.federal
    gaps = _lacking(facts, "esea_second_year", "esea_year")
    if gaps:
        return not_testable(gaps)
    share = threshold(SHARE)
    before, spent = facts.esea_second_year or 0, facts.esea_year or 0
    required = share * before
    pupils = facts.esea_second_pupils, facts.esea_pupils
    per_pupil = (Fraction(before, pupils[0]), Fraction(spent, pupils[1])) if pupils[0] and pupils[1] else None
    sheet = _worksheet(before, spent, required, per_pupil, share)
    if spent >= required:
        words = f"Total spending is {print_dollars(spent)}, at least {percent(SHARE)} of {print_dollars(before)}."
        return Verdict(Outcome.PASSED, words, f"{print_dollars(int(spent - required))} to spare", sheet)
    if per_pupil is None:
        words = "Total spending is too low; spending per pupil may still do."
        return not_testable(_lacking(facts, "esea_second_pupils", "esea_pupils"), words)
    least = share * per_pupil[0]
    if per_pupil[1] >= least:
        first, second = (print_dollars(int(amount)) for amount in per_pupil)
        words = f"Spending per pupil is {second}, at least {percent(SHARE)} of {first}."
        return Verdict(Outcome.PASSED, words, f"{print_dollars(int(per_pupil[1] - least))} per pupil to spare", sheet)
    cut = min((required - spent) / required, (least - per_pupil[1]) / least)
    words = (
        f"Total spending of {print_dollars(spent)} is {print_dollars(int(required - spent))} below the required "
        f"{print_dollars(int(required))}, and spending per pupil is too low as well. {_consequence(facts)}"
    )
    return Verdict(
        Outcome.FAILED,
        words,
        f"{print_dollars(int(required - spent))} ({print_percent(float(cut), 2)} of the allocation)",
        sheet,
    )


def _consequence(facts: Federal) -> str:
    if facts.esea_failed_before is None:
        return "Programs are cut in proportion if effort was missed in the five years before too; that is unknown here."
    if facts.esea_failed_before:
        return "Effort was missed in the five years before too, so covered programs are cut in proportion."
    return "Effort was kept in the five years before, so nothing is cut this time."


def _lacking(facts: Federal, *fields: str) -> tuple[Gap, ...]:
    asked = facts_asked()
    return tuple(federal_gap(asked[field].title) for field in fields if getattr(facts, field) is None)


def _worksheet(
    before: int, spent: int, required: Fraction, per_pupil: tuple[Fraction, Fraction] | None, share: Fraction
) -> Worksheet:
    rows: list[tuple[str, int, int, int, Fraction]] = [
        ("Total", before, int(required), spent, Fraction(spent, before) if before else Fraction(0))
    ]
    if per_pupil is not None:
        first, second = per_pupil
        rows.append(
            ("Per pupil", int(first), int(share * first), int(second), second / first if first else Fraction(0))
        )
    return Worksheet(
        ("Measure", "Second preceding year", f"Required ({percent(SHARE)})", "Preceding year", "Share"),
        (None, Unit.CENTS, Unit.CENTS, Unit.CENTS, Unit.SHARE),
        tuple(rows),
    )


TEST = ComplianceTest(
    70,
    "effort-esea",
    "State and local effort is maintained (ESEA)",
    "State and local spending for free public education, in total or per pupil, is at least "
    f"{percent(SHARE)} of the year before.",
    Source(
        "Elementary and Secondary Education Act as amended by ESSA",
        "section 8521, 20 U.S.C. 7901",
        "https://www.law.cornell.edu/uscode/text/20/7901",
    ),
    judge,
)
