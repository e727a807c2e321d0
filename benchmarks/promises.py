"""Seven promises over sixty schools: every conflict, every largest choice, and ways out that are planned."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from benchmarks.clock import Row, report, timed, within
from benchmarks.instances import make_district, make_scenario
from equity_alloc.domain.district import District
from equity_alloc.planning.conflicts import Conflicts, find_conflicts
from equity_alloc.planning.ways_out import ways_out
from equity_alloc.rules.base import Force
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.group_ratio import GroupRatio
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.need_slope_least import NeedSlopeLeast
from equity_alloc.rules.protected_schools import ProtectedSchools
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.scenario import Scenario

SCHOOLS, SEED = 60, 11
SOONEST = 3_000.0


def seven_promises(district: District) -> Scenario:
    """Return seven promises of which not all can be kept; three of them hold schools together."""
    first = tuple(school.code for school in district.schools[:6])
    rules = (
        HoldHarmless(Decimal("0.99"), force=Force.PROMISE),
        GainCap(Decimal("0.04"), force=Force.PROMISE),
        ProtectedSchools(first, Decimal("1.05")),
        GroupRatio("poor", Decimal("1.15"), force=Force.PROMISE),
        GroupRatio("english", Decimal("1.1"), force=Force.PROMISE),
        NeedSlopeLeast("poor", force=Force.PROMISE),
        StaffingLeast("counselor", Decimal(260), force=Force.PROMISE),
    )
    return dataclasses.replace(make_scenario(), rules=rules)


def rows(repeats: int) -> list[Row]:
    """Return the time to find all sets, and to plan the ways out of them."""
    district = make_district(SEED, SCHOOLS)
    scenario = seven_promises(district)
    kept: list[Conflicts] = []
    taken = 1e3 * timed(lambda: None, lambda _: kept.append(find_conflicts(district, scenario)), repeats)
    found = kept[-1]
    sets = f"{len(found.alone)} alone, {len(found.conflicts)} sets, {len(found.choices)} choices, all in steps tried"
    planned = 1e3 * timed(lambda: None, lambda _: ways_out(found), 1)
    name = f"conflicts of 7 promises, {SCHOOLS} schools"
    return [within(name, taken, SOONEST, "ms", sets), report(f"{name}: ways out, planned", planned, "ms")]
