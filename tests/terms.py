"""Terms of funds, central lines, vacant posts and pupils by grade, drawn for any district."""

from __future__ import annotations

import dataclasses
import random
from decimal import Decimal

from equity_alloc.domain.district import CentralSpending, District
from equity_alloc.domain.terms import NEVER, FundTerms, Vacancy


def with_terms(district: District, seed: int) -> District:
    """Return the district with terms of its funds, some unknown, a central line, and some vacant posts.

    The central line comes on top of the appropriation, so that schools have what they had.
    """
    draw = random.Random(seed)
    terms = tuple(
        FundTerms(
            fund.code,
            draw.choice((True, False, False, None)),
            draw.choice((NEVER, "2026-06-30", "2026-12-31", "2027-06-30", "")),
            draw.choice((None, fund.amount, int(fund.amount * 1.1))),
            draw.choice((None, 0, fund.amount // 5)),
            draw.choice((None, fund.amount, 4_000_000)),
            draw.choice((None, Decimal(0), Decimal("0.045"))),
        )
        for fund in district.funds
        if draw.random() < 0.9
    )
    held = {row.school: row for row in district.staffing}
    vacancies = tuple(
        Vacancy(row.school, row.position, draw.randint(0, row.fte)) for row in held.values() if draw.random() < 0.5
    )
    first = district.funds[0]
    richer = dataclasses.replace(first, amount=first.amount + 1_000_003)
    return dataclasses.replace(
        district,
        funds=(richer, *district.funds[1:]),
        central=(*district.central, CentralSpending("Contingency", first.code, 1_000_003)),
        terms=terms,
        vacancies=vacancies,
    )
