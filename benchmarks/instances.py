"""Seeded districts of 12 positions and 6 funds, as large as asked for."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from equity_alloc.domain.district import District, Fund, Position, School, Spending, Staffing, StudentGroup
from equity_alloc.domain.need import NeedWeight
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.line_band import LineBand
from equity_alloc.rules.position_band import PositionBand
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.scenario import Scenario

# Title, cents of a full-time post, step, smallest post, pupils per post, funds that paid last year (first that may).
_POSITIONS = (
    ("teacher", 9_000_000, 50, 50, 19, ("general",)),
    ("special teacher", 9_400_000, 50, 50, 95, ("idea", "general")),
    ("bilingual teacher", 9_200_000, 50, 50, 160, ("bilingual", "general")),
    ("interventionist", 8_800_000, 20, 20, 380, ("compensatory", "general")),
    ("coach", 9_700_000, 20, 20, 600, ("title1", "general")),
    ("aide", 4_200_000, 25, 50, 110, ("title1", "compensatory", "general")),
    ("special aide", 4_400_000, 25, 50, 130, ("idea", "general")),
    ("counselor", 9_600_000, 20, 20, 350, ("levy", "general")),
    ("nurse", 8_100_000, 20, 20, 700, ("levy", "general")),
    ("librarian", 8_900_000, 50, 50, 800, ("levy", "general")),
    ("clerk", 5_100_000, 25, 50, 300, ("general",)),
    ("principal", 15_000_000, 100, 100, 900, ("general",)),
)
_PAYS = {
    "levy": ("teacher", "counselor", "nurse", "librarian"),
    "compensatory": ("teacher", "interventionist", "aide", "coach"),
    "bilingual": ("bilingual teacher", "aide"),
    "title1": ("interventionist", "aide", "coach"),
    "idea": ("special teacher", "special aide"),
}


def make_district(seed: int, n_schools: int, *, growth: float = 1.02, federal_apart: bool = True) -> District:
    """Return a district whose last year keeps its funds' rules and whose counted money grows.

    With `federal_apart` Title I and IDEA are shared out by rules of their own, as in a real plan; otherwise all six
    funds are shared out by the plan, which is the hardest case for the fund sets.
    """
    draw = random.Random(seed)
    schools, staffing, spending = [], [], []
    for n in range(n_schools):
        code = f"{n:05d}"
        pupils = min(2_400, max(120, int(draw.lognormvariate(6.2, 0.45))))
        poor = int(pupils * draw.betavariate(1.6, 1.6))
        english = int(pupils * draw.choice((0.0, 0.03, 0.12, 0.35)))
        disabled = int(pupils * draw.uniform(0.08, 0.2))
        groups = (("poor", poor), ("english", english), ("disabled", disabled))
        kind = draw.choice(("elementary", "elementary", "middle", "high"))
        schools.append(School(code, f"School {n}", kind, pupils, int(pupils * draw.uniform(0.92, 1.08)), groups))
    served = {
        "general": tuple(s.code for s in schools),
        "levy": tuple(s.code for s in schools),
        "idea": tuple(s.code for s in schools),
        "title1": tuple(s.code for s in schools if (s.group("poor") or 0) >= 0.5 * s.enrollment),
        "compensatory": tuple(s.code for s in schools if (s.group("poor") or 0) >= 0.35 * s.enrollment),
        "bilingual": tuple(s.code for s in schools if (s.group("english") or 0) >= 0.1 * s.enrollment),
    }
    at = {fund: set(codes) for fund, codes in served.items()}
    for school in schools:
        for title, _, step, smallest, ratio, payers in _POSITIONS:
            wish = school.enrollment / ratio * draw.uniform(0.85, 1.15) * 100
            fte = max(smallest, round(wish / step) * step)
            fund = next(fund for fund in payers if school.code in at[fund])
            staffing.append(Staffing(school.code, title, fund, fte))
        for line, low, high in (("Services", 6_000, 15_000), ("Supplies", 12_000, 30_000)):
            amount = school.enrollment * draw.randint(low, high)
            spending.append(Spending(school.code, line, "general", amount))
    apart = {"title1": "last-year", "idea": "disabled"} if federal_apart else {}
    funds = tuple(
        Fund(
            code,
            code.title(),
            10**13,
            counts=code not in apart,
            shared_by=apart.get(code, ""),
            schools=("*",) if len(codes) == n_schools else codes,
            positions=_PAYS.get(code, ("*",)),
            lines=() if code in _PAYS else ("*",),
        )
        for code, codes in served.items()
    )
    first = District(
        "Invented",
        "2026-27",
        tuple(schools),
        (
            StudentGroup("poor", "Economically disadvantaged"),
            StudentGroup("english", "English learners"),
            StudentGroup("disabled", "Students with disabilities"),
        ),
        tuple(Position(title, title.title(), cost, step, smallest) for title, cost, step, smallest, _, _ in _POSITIONS),
        funds,
        tuple(staffing),
        tuple(spending),
        invented=True,
    )
    spent: dict[str, int] = {}
    for (_, fund), cents in first.today.by_school_fund.items():
        spent[fund] = spent.get(fund, 0) + cents
    sized = tuple(
        replace(fund, amount=int(spent.get(fund.code, 0) * (growth if fund.counts else 1.0))) for fund in funds
    )
    return replace(first, funds=sized)


def make_scenario(*, floor: str = "0.95") -> Scenario:
    """Return a scenario with one rule of most kinds; `floor` is the slider that the benchmarks move."""
    return Scenario(
        need_weights=(
            NeedWeight("poor", Decimal("0.25")),
            NeedWeight("english", Decimal("0.2")),
            NeedWeight("disabled", Decimal("0.5")),
        ),
        rules=(
            HoldHarmless(Decimal(floor)),
            GainCap(Decimal("0.12")),
            LineBand(),
            PositionBand(),
            StaffingLeast("principal", least_fte=Decimal(1)),
        ),
    )
