"""A pooled fund's least spending is exact where funds with a rule of their own pay for the same posts and lines.

What a fund can pay at most is asked of the plain model, which has a variable for who pays what.
"""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pulp
import pytest

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.terms import FundTerms
from equity_alloc.planning.plan import Impossible, OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import build_cuts
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.carryover_forward import CarryoverForward
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.line_band import LineBand
from equity_alloc.rules.position_band import PositionBand
from equity_alloc.scenario import Scenario
from equity_alloc.solver.highs import ArrayHighs
from equity_alloc.solver.plain import build_plain
from equity_alloc.solver.possible import fit_cuts
from tests.draws import odd_district

RULES = (HoldHarmless(Decimal("0.8")), PositionBand(share=Decimal("0.5")), LineBand())


def rich(seed: int, fund: str) -> District:
    """Return a district in which this fund holds more than its posts and lines can take."""
    district = odd_district(seed)
    funds = tuple(dataclasses.replace(f, amount=20 * f.amount) if f.code == fund else f for f in district.funds)
    return dataclasses.replace(district, funds=funds)


def cells_of(seed: int, fund: str, least: int) -> Cells | None:
    view = Scenario(rules=RULES).view(rich(seed, fund))
    try:
        problem = build_problem(view)
        problem.spend_fund(fund, least)
        cells = build_cells(problem)
    except EquityAllocError:
        return None
    return None if cells.has_crossed_bounds or not build_cuts(cells).is_feasible else cells


def most_paid(cells: Cells, fund: str, *, open_shares: bool = False) -> int | None:
    """Return the most cents that a fund can pay, None where no plan exists; own shares are used up unless open."""
    plain = build_plain(cells, open_shares=open_shares)
    plain.problem.sense = pulp.LpMaximize
    plain.problem += pulp.lpSum(paid for (_, _, code), paid in plain.pays.items() if code == fund)
    plain.problem.solve(ArrayHighs())
    if plain.problem.status != pulp.LpStatusOptimal:
        return None
    return round(float(pulp.value(plain.problem.objective)) * 1_000_000)


def shared_funds(seed: int) -> list[str]:
    """Return the pooled funds that pay for something that a fund with a rule of its own may pay for as well."""
    cells = cells_of(seed, odd_district(seed).funds[0].code, 0)
    if cells is None:
        return []
    both = cells.local_mask > 0
    return [fund for f, fund in enumerate(cells.pooled) if ((cells.pooled_mask >> f & 1 > 0) & both).any()]


def test_own_shares_give_way_only_where_a_fund_cannot_pay_its_least_beside_them():
    beside, instead = 0, 0
    for seed in range(40):
        for fund in shared_funds(seed):
            free = cells_of(seed, fund, 0)
            most = None if free is None else most_paid(free, fund)
            alone = None if free is None else most_paid(free, fund, open_shares=True)
            if free is None or not most or not alone:
                continue
            enough = cells_of(seed, fund, most - 100)
            assert enough is not None
            cuts = build_cuts(enough)
            assert fit_cuts(enough, cuts) is cuts, (seed, fund)
            beside += 1
            if alone > most + 10_000:
                more = cells_of(seed, fund, most + 10_000)
                assert more is not None
                fitted = fit_cuts(more, build_cuts(more))
                assert fitted is not None, (seed, fund)
                # Some dollars of own shares stay unused: those that the fund takes their place for.
                assert 9_000 <= int((cuts.used - fitted.used).sum()) <= 11_000
                instead += 1
            too_much = cells_of(seed, fund, alone + 10_000)
            assert too_much is None or fit_cuts(too_much, build_cuts(too_much)) is None, (seed, fund)
    assert beside >= 15
    assert instead >= 5


@pytest.mark.parametrize("part", [Decimal("0.9"), Decimal("0.98"), Decimal("0.995")])
def test_a_plan_in_steps_and_cents_spends_it_or_is_proven_away(part):
    """The rule asks for appropriation less what may be kept; here nothing may be kept of a smaller award."""
    kept = 0
    for seed in range(40):
        for fund in shared_funds(seed):
            free = cells_of(seed, fund, 0)
            most = None if free is None else most_paid(free, fund)
            if not most:
                continue
            district = rich(seed, fund)
            asked = int(most * part)
            terms = (FundTerms(fund, False, "never", asked + district.central_of(fund), 0, 0),)
            rule = CarryoverForward(fund, Decimal(0), Decimal(0))
            answer = plan(dataclasses.replace(district, terms=terms), Scenario(rules=(*RULES, rule)))
            if isinstance(answer, Plan):
                assert () == answer.certificate.breaches
                assert answer.allocation.fund_dollars(fund) >= asked
                kept += 1
            else:
                assert isinstance(answer, Impossible)
                assert answer.outcome is OutcomeKind.IMPOSSIBLE, (seed, fund, answer.words)
    assert kept >= 15
