"""Seeded districts for tests: small, odd, and with money that flows through funds of every kind."""

from __future__ import annotations

import dataclasses
import random
from decimal import Decimal

from equity_alloc.domain.district import District, Fund, GroupUse, Position, School, Spending, Staffing, StudentGroup
from equity_alloc.domain.federal import FundSource, TitleOne
from equity_alloc.domain.need import NeedWeight
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.line_band import LineBand
from equity_alloc.rules.position_band import PositionBand
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.scenario import Scenario

KINDS = ("elementary", "middle", "high")
NEEDS = (NeedWeight("poor", Decimal("0.25")), NeedWeight("el", Decimal("0.2")))


def random_district(seed: int, n_schools: int = 8, *, growth: float = 1.02, federal: bool = True) -> District:
    """Return a district whose last year keeps its funds' rules and whose counted money grows by a factor."""
    draw = random.Random(seed)
    positions = (
        Position("teacher", "Teacher", 9_000_000, step=50, smallest=50, compares=True),
        Position("aide", "Aide", 4_200_000, step=25, smallest=50, compares=False),
        Position("counselor", "Counselor", 9_600_000, step=20, smallest=20, compares=True),
        Position("principal", "Principal", 15_000_000, step=100, smallest=100, compares=False),
    )
    schools, staffing, spending = [], [], []
    for n in range(n_schools):
        code = f"{n * 7 % 1000:04d}"
        pupils = draw.randint(120, 900)
        poor, el = int(pupils * draw.uniform(0.05, 0.95)), int(pupils * draw.choice((0, 0.05, 0.3)))
        schools.append(
            School(
                code,
                f"School {n}",
                draw.choice(KINDS),
                pupils,
                int(pupils * draw.uniform(0.9, 1.1)),
                (("poor", poor), ("el", el), ("black", int(pupils * draw.random()))),
                title_one=TitleOne.SERVED if federal and poor / pupils >= 0.5 else TitleOne.NOT_SERVED,
                low_income=poor,
                private_low_income=n,
            )
        )
        teachers = max(100, round(pupils / draw.uniform(15, 20) * 2) * 50)
        staffing.append(Staffing(code, "teacher", "general", teachers))
        staffing.append(Staffing(code, "principal", "general", 100))
        staffing.append(Staffing(code, "counselor", "levy", max(20, round(pupils / 350 * 5) * 20)))
        title1 = federal and poor / pupils >= 0.5
        staffing.append(Staffing(code, "aide", "title1" if title1 else "general", max(50, round(pupils / 60) * 25)))
        spending.append(Spending(code, "Supplies", "general", pupils * draw.randint(15_000, 30_000)))
    groups = (
        StudentGroup("poor", "Poor"),
        StudentGroup("el", "English learners"),
        StudentGroup("black", "Black", GroupUse.AUDIT),
    )
    served = tuple(s.code for s in schools if federal and (s.group("poor") or 0) / s.enrollment >= 0.5)
    plain = (
        Fund("general", "General", 10**12, source=FundSource.STATE_AND_LOCAL),
        Fund("levy", "Levy", 10**12, positions=("counselor", "teacher"), lines=(), source=FundSource.LOCAL),
        *((_title_one(served),) if federal else ()),
    )
    rows = tuple(staffing), tuple(spending)
    first = District("Random", "2026-27", tuple(schools), groups, positions, plain, *rows)
    funds = tuple(
        dataclasses.replace(fund, amount=int(first.today.fund_dollars(fund.code) * (growth if fund.counts else 1.0)))
        for fund in plain
    )
    return District("Random", "2026-27", tuple(schools), groups, positions, funds, *rows)


def _title_one(served: tuple[str, ...]) -> Fund:
    return Fund("title1", "Title I", 10**12, False, "last-year", served, ("aide", "teacher"), source=FundSource.FEDERAL)


def plain_scenario(**changes: object) -> Scenario:
    """Return a scenario with one rule of most kinds."""
    rules = (
        HoldHarmless(Decimal("0.95")),
        GainCap(Decimal("0.12")),
        LineBand(),
        PositionBand(),
        StaffingLeast("principal", least_fte=Decimal(1)),
    )
    return Scenario(need_weights=NEEDS, rules=rules, **changes)  # type: ignore[arg-type]
