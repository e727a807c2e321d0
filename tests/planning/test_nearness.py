"""Every goal says how near its plan is to what no plan can pass, with rules that couple schools and without."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from equity_alloc.objectives.even_loads import EvenLoads, LoadScale
from equity_alloc.objectives.least_deviation import LeastDeviation
from equity_alloc.objectives.least_shortfall import LeastShortfall
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.raise_lowest import RaiseLowestFirst
from equity_alloc.objectives.smallest_load import SmallestLargestLoad
from equity_alloc.objectives.units import Whose
from equity_alloc.planning.nearness import nearness_of
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.reports.certificate_rows import certificate_rows
from equity_alloc.rules.need_slope_least import NeedSlopeLeast
from equity_alloc.scenario import Scenario
from equity_alloc.solver import welfare
from equity_alloc.solver.projected import build_projected
from tests.coupled import coupled, dial
from tests.districts import plain_scenario, random_district

GOALS = [
    RaiseLowestFirst(),
    *(RaiseByDial(aversion, unit=whose) for aversion in ("0", "1", "5", "infinity") for whose in Whose),
    RaiseByDial("2", ceiling=Decimal(6000)),
    LeastShortfall(),
    LeastDeviation(),
    SmallestLargestLoad("counselor"),
    *(EvenLoads("counselor", aversion, scale=scale) for aversion in ("0", "2", "infinity") for scale in LoadScale),
]
NAMES = list("abcd")


@pytest.mark.parametrize("is_coupled", [False, True], ids=["flow", "coupled"])
@pytest.mark.parametrize("goal", GOALS, ids=[f"{g.code}-{n}" for n, g in enumerate(GOALS)])
def test_every_goal_is_proven_within_a_gap_and_the_certificate_says_so(goal, is_coupled):
    base = plain_scenario()
    rules = (*base.rules, *((NeedSlopeLeast("poor", Decimal(300)),) if is_coupled else ()))
    made = plan(random_district(4, 8), Scenario(need_weights=base.need_weights, rules=rules, objective=goal))
    assert isinstance(made, Plan)
    near = nearness_of(made)
    assert near is not None
    assert 0 <= near.gap
    if near.unit == "dollars per weighted pupil":
        assert near.gap <= 6, "the tolerance of $5 and whole steps"
    [row] = [row for row in certificate_rows(made) if row and row[0] == "Goal"]
    assert row[1].startswith("Proven within ")


@pytest.mark.parametrize("aversion", [Fraction(0), Fraction(1, 2), Fraction(1), Fraction(3)])
def test_spoilt_prices_loosen_the_bound_and_never_break_it(monkeypatch, aversion):
    """The solver only suggests prices: with any others the re-check still gives a bound, above the tight one."""
    rows = [({"a": 1, "b": 2}, 6.0), ({"c": 3, "d": 1, "a": 1}, 9.0), (dict.fromkeys(NAMES, 1), 11.0)]
    cells, cuts = coupled(NAMES, rows)
    tight = welfare.raise_equivalent(build_projected(cells, cuts), dial(NAMES, aversion))
    exact, draw = welfare.proven_bound, np.random.default_rng(5)

    def spoilt(solver, solved):
        factors = draw.uniform(0.9, 1.1, len(solved._duals))
        object.__setattr__(solved, "_duals", solved._duals * factors)
        return exact(solver, solved)

    monkeypatch.setattr(welfare, "proven_bound", spoilt)
    loose = welfare.raise_equivalent(build_projected(cells, cuts), dial(NAMES, aversion))
    assert loose.equivalent == pytest.approx(tight.equivalent, rel=1e-4)
    assert tight.equivalent <= tight.bound * (1 + 1e-12)
    assert tight.bound <= loose.bound
