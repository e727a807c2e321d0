"""Terms of funds, central lines, vacant posts and pupils by grade, drawn for any district."""

from __future__ import annotations

import dataclasses
import random
from decimal import Decimal

from equity_alloc.domain.district import CentralSpending, District, School
from equity_alloc.domain.terms import NEVER, FundTerms, Vacancy
from equity_alloc.rules.class_caps import GRADES


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
    schools = tuple(
        school if draw.random() < 0.2 else dataclasses.replace(school, grades=_grades(draw, school))
        for school in district.schools
    )
    first = district.funds[0]
    richer = dataclasses.replace(first, amount=first.amount + 1_000_003)
    return dataclasses.replace(
        district,
        schools=schools,
        funds=(richer, *district.funds[1:]),
        central=(*district.central, CentralSpending("Contingency", first.code, 1_000_003)),
        terms=terms,
        vacancies=vacancies,
    )


def _grades(draw: random.Random, school: School) -> tuple[tuple[str, int | None], ...]:
    """Return the pupils of each grade, adding up to enrollment; sometimes one is unknown."""
    taught = {"elementary": GRADES[1:8], "middle": GRADES[8:11], "high": GRADES[11:]}[school.kind]
    each, rest = divmod(school.enrollment, len(taught))
    counts: dict[str, int | None] = {grade: each * (grade in taught) for grade in GRADES[1:]}
    counts[taught[0]] = each + rest
    if draw.random() < 0.1:
        counts[taught[-1]] = None
    return tuple(counts.items())
