"""Title I-A reserves what it must before schools get theirs."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.compliance.base import (
    Case,
    ComplianceTest,
    Outcome,
    Verdict,
    Worksheet,
    federal_gap,
    not_testable,
    title_one_fund,
)
from equity_alloc.domain.district import District, Fund
from equity_alloc.domain.federal import Purpose
from equity_alloc.domain.finding import Gap, Unit
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.source import Source
from equity_alloc.rules.federal_values import threshold


def judge(case: Case) -> Verdict:
    """Compare the family engagement line with 1 %, and look for a line for homeless children."""
    fund = title_one_fund(case.district)
    if fund is None:
        return not_testable((federal_gap("Title I fund"),))
    gaps = tuple(_gaps(case.district, fund))
    if gaps:
        return not_testable(gaps)
    lines = [block for block in case.district.central if block.fund == fund.code]
    sheet = Worksheet(
        ("Line", "Reserved for", "Dollars"),
        (None, None, Unit.CENTS),
        (
            (f"{fund.title}: allocation", "", fund.amount),
            *((block.line, str(block.purpose), block.amount) for block in lines),
            ("Reserved in all", "", sum(block.amount for block in lines)),
            ("Left for schools", "", case.district.school_pot(fund)),
        ),
    )
    families = sum(block.amount for block in lines if block.purpose is Purpose.FAMILIES)
    is_large = fund.amount > threshold("title-1-families-above") * 100
    least = -(-fund.amount * threshold("title-1-families") // 1) if is_large else 0
    if families < least:
        words = (
            f"Family engagement has {print_dollars(families)}; an allocation of {print_dollars(fund.amount)} reserves at "
            f"least 1 %, {print_dollars(int(least))}."
        )
        return Verdict(Outcome.FAILED, words, f"lacks {print_dollars(int(least) - families)}", sheet)
    if not any(block.purpose is Purpose.HOMELESS for block in lines):
        words = "No line is reserved for homeless children. The law asks for what their services need."
        return Verdict(Outcome.LOOK, words, "", sheet)
    reserved = case.district.central_of(fund.code)
    words = f"Reserved before schools: {print_dollars(reserved)} of {print_dollars(fund.amount)}."
    return Verdict(
        Outcome.PASSED, words, f"{print_dollars(families - int(least))} above 1 %" if is_large else "", sheet
    )


def _gaps(district: District, fund: Fund) -> Iterator[Gap]:
    for block in district.central:
        if block.fund == fund.code and block.purpose is None:
            yield Gap("Central", "Reserved for", f"the line {block.line}")


TEST = ComplianceTest(
    30,
    "title-1-reservations",
    "Title I-A reserves what it must before schools",
    "An allocation above $500,000 reserves at least 1 % for family engagement; every district reserves what homeless "
    "children need.",
    Source(
        "Elementary and Secondary Education Act as amended by ESSA",
        "sections 1113(c)(3) and 1116(a)(3), 20 U.S.C. 6313(c)(3) and 6318(a)(3)",
        "https://www.law.cornell.edu/uscode/text/20/6318",
    ),
    judge,
)
