"""The bound on the equal level rebuilt from the rules at finite aversion: against programs straight on HiGHS, with spoilt prices."""

from __future__ import annotations

import io
import math
from decimal import Decimal
from fractions import Fraction

import highspy
import numpy as np
import openpyxl
import pytest

from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.units import Whose
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.raising import raise_by_dial
from equity_alloc.planning.search import plan
from equity_alloc.problem.coupled_bound import Prices
from equity_alloc.problem.coupled_equivalent import coupled_equivalent_bound
from equity_alloc.reports.recertify import recertify
from equity_alloc.reports.workbook import plan_workbook
from tests.coupled import ONE, coupled, dial
from tests.districts import random_district
from tests.objectives.test_coupled import NAMES, by_candidates, drawn
from tests.objectives.test_coupled_bound import FEW_MOVES, changed, scenario_with, spoilt

#: Aversion, and the reference of Kolm-Pollak where it is that.
DIALS = [("1/2", None), ("1", None), ("2", None), ("8", None), ("101/100", None), ("2", 3.0)]


def welfare(aversion: float, kappa: float | None, level: float) -> tuple[float, float]:
    """Return welfare and its slope, from their definitions."""
    if kappa is not None:
        return -math.exp(-kappa * level) / kappa, math.exp(-kappa * level)
    if aversion == 1:
        return math.log(level), 1 / level
    return level ** (1 - aversion) / (1 - aversion), level**-aversion


def level_of(aversion: float, kappa: float | None, mean: float) -> float:
    if kappa is not None:
        return -math.log(-kappa * mean) / kappa
    return math.exp(mean) if aversion == 1 else ((1 - aversion) * mean) ** (1 / (1 - aversion))


def straight_on_highs(
    rows: list[tuple[dict[str, int], float]], aversion: float, kappa: float | None, ceiling: float | None = None
) -> float:
    """Return the highest equal level of six schools by cutting planes written here, straight on HiGHS."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    for tolerance in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
        solver.setOptionValue(tolerance, 1e-10)
    infinite, n, start = highspy.kHighsInf, len(NAMES), min(by_candidates(rows))
    # Welfare in units of its slope at the highest lowest level, so that the program's digits see it.
    unit = welfare(aversion, kappa, start)[1]
    for _ in NAMES:
        least, most = start / 50 if kappa is None else 0.0, ceiling or infinite
        solver.addCol(0.0, least, most, 0, np.zeros(0, np.int32), np.zeros(0))
    for _ in NAMES:
        solver.addCol(1.0 / n, -infinite, infinite, 0, np.zeros(0, np.int32), np.zeros(0))
    for weights, most in rows:
        index = np.array([NAMES.index(name) for name in weights], np.int32)
        solver.addRow(-infinite, most, len(index), index, np.array(list(weights.values()), float))
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    points, best = [[start * 1.5**k] * n for k in range(-2, 10)], -math.inf
    for _ in range(300):
        for point in points:
            for s, level in enumerate(point):
                value, slope = (each / unit for each in welfare(aversion, kappa, level))
                entries = np.array([n + s, s], np.int32)
                solver.addRow(-infinite, value - slope * level, 2, entries, np.array([1, -slope]))
        solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        point = list(solver.getSolution().col_value)[:n]
        best = max(best, sum(welfare(aversion, kappa, level)[0] / unit for level in point) / n)
        if solver.getInfo().objective_function_value - best < 1e-9:
            break
        points = [point]
    return level_of(aversion, kappa, best * unit)


@pytest.mark.parametrize("setting", DIALS, ids=[f"{a}-{r}" for a, r in DIALS])
@pytest.mark.parametrize("seed", range(12))
def test_with_the_last_tangents_prices_the_bound_is_the_highest_equal_level(seed, setting):
    aversion, reference = setting
    rows = drawn(seed)
    # Little more than the last limit lets through: what one school might get multiplies what prices are off by.
    cells, cuts = coupled(NAMES, rows, fund=25 * ONE)
    stage = dial(NAMES, Fraction(aversion), reference=reference)
    prices = raise_by_dial(cells, cuts, stage).prices
    bound = coupled_equivalent_bound(cells, cuts, stage, prices)
    kappa = None if reference is None else float(Fraction(aversion)) / reference
    best = straight_on_highs(rows, float(Fraction(aversion)), kappa)
    assert best == pytest.approx(float(bound), rel=2e-6)
    assert float(bound) >= best * (1 - 1e-9)
    draw = np.random.default_rng(seed)
    for _ in range(15):
        other = coupled_equivalent_bound(cells, cuts, stage, spoilt(prices, draw))
        assert other is None or float(other) >= best * (1 - 1e-9)


@pytest.mark.parametrize("aversion", ["1/4", "1", "3"])
def test_two_schools_at_prices_of_one_and_four_have_the_bound_worked_out_by_hand(aversion):
    """One dollar from a and four from b share 8: the best is q with q ~ (1 / price)^(1 / e), and its own equal level."""
    cells, cuts = coupled(["a", "b"], [({"a": 1, "b": 4}, 8.0)])
    e = float(Fraction(aversion))
    ratio = 4 ** (-1 / e)
    a = 8 / (1 + 4 * ratio)
    worth = level_of(e, None, (welfare(e, None, a)[0] + welfare(e, None, a * ratio)[0]) / 2)
    prices = Prices((("a", Fraction(1)), ("b", Fraction(4))), (), ((0, Fraction(1, 1_000_000)),))
    bound = coupled_equivalent_bound(cells, cuts, dial(["a", "b"], Fraction(aversion)), prices)
    assert worth == pytest.approx(float(bound), rel=1e-9)


@pytest.mark.parametrize("setting", [("0", None), *DIALS], ids=[f"{a}-{r}" for a, r in [("0", None), *DIALS]])
@pytest.mark.parametrize("seed", range(4))
def test_under_a_ceiling_the_bound_is_the_highest_equal_level_of_levels_counted_up_to_it(seed, setting):
    aversion, reference = setting
    rows = drawn(seed)
    # Levels above the lowest but one meet it, so that some schools stop there and others do not.
    ceiling = 1.5 * min(by_candidates(rows))
    cells, cuts = coupled(NAMES, rows, fund=25 * ONE)
    stage = dial(NAMES, Fraction(aversion), reference=reference, ceiling=ceiling)
    prices = raise_by_dial(cells, cuts, stage).prices
    bound = coupled_equivalent_bound(cells, cuts, stage, prices)
    kappa = None if reference is None else float(Fraction(aversion)) / reference
    best = straight_on_highs(rows, float(Fraction(aversion)), kappa, ceiling)
    assert best == pytest.approx(float(bound), rel=2e-6)
    assert best < ceiling * (1 - 1e-6)
    draw = np.random.default_rng(seed)
    for _ in range(15):
        other = coupled_equivalent_bound(cells, cuts, stage, spoilt(prices, draw))
        assert other is None or best * (1 - 1e-9) <= float(other) <= ceiling * (1 + 1e-12)


def test_prices_that_leave_a_level_out_prove_nothing():
    cells, cuts = coupled(NAMES, drawn(1))
    some = Prices((("a", Fraction(1)),), (), ())
    every = Prices(tuple((name, Fraction(1)) for name in NAMES), (), ())
    assert coupled_equivalent_bound(cells, cuts, dial(NAMES, Fraction(2)), some) is None
    assert coupled_equivalent_bound(cells, cuts, dial(NAMES, Fraction(2), ceiling=3), Prices((), (), ())) == 3
    assert coupled_equivalent_bound(cells, cuts, dial(NAMES, None), Prices((), (), ())) is None
    assert coupled_equivalent_bound(cells, cuts, dial(NAMES, None), every) is not None


@pytest.fixture(scope="module")
def exported() -> tuple[Plan, bytes]:
    made = plan(random_district(3, 8), scenario_with(*FEW_MOVES, objective=RaiseByDial("2")))
    assert isinstance(made, Plan)
    return made, plan_workbook(made)


@pytest.mark.parametrize("whose", list(Whose))
@pytest.mark.parametrize("aversion", [Decimal("0"), Decimal("0.5"), Decimal("1"), Decimal("5")])
def test_the_certificate_rebuilds_the_bound_that_the_search_claims(whose, aversion):
    objective = RaiseByDial("own value", own_aversion=aversion, unit=whose)
    made = plan(random_district(5, 8), scenario_with(*FEW_MOVES, objective=objective))
    assert isinstance(made, Plan)
    proof = made.certificate.equal
    assert made.stages[0].bound == pytest.approx(float(Fraction(proof.bound)), rel=1e-6)
    assert Fraction(proof.level) <= Fraction(proof.bound)
    priced = "Only so many posts are moved" in proof.words
    assert priced == any(price for _, price in proof.prices.limits)
    assert priced or aversion == 0, "in total the money is all that holds; otherwise moves are few"


def test_without_prices_no_proof_of_the_equal_level_is_claimed_where_rules_couple_schools(exported):
    made, _ = exported
    assert certify(made.district, made.scenario, made.allocation).equal is None


@pytest.mark.parametrize("whose", list(Whose))
@pytest.mark.parametrize("aversion", ["0", "2", "infinity"])
def test_under_a_ceiling_the_certificate_rebuilds_the_bound_as_well(whose, aversion):
    objective = RaiseByDial(aversion, unit=whose, ceiling=Decimal(5450))
    made = plan(random_district(5, 8), scenario_with(*FEW_MOVES, objective=objective))
    assert isinstance(made, Plan)
    proof = made.certificate.equal
    assert made.stages[0].bound == pytest.approx(float(Fraction(proof.bound)), rel=1e-6)
    assert Fraction(proof.level) <= Fraction(proof.bound)
    assert "counted up to 5,450" in proof.words


def test_the_file_alone_proves_the_same_bound_on_the_equal_level(exported):
    made, data = exported
    found = recertify(data)
    assert () == found.findings
    assert made.certificate.equal == found.certificate.equal
    labels = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(data))["Certificate"]["A"]]
    assert 1 == labels.count("Bound of the equal level")
    assert len(made.view.levels.weights) == labels.count("Price of a level in the equal level")


@pytest.mark.parametrize("less", [Fraction(1, 100), Fraction(60)])
def test_a_false_bound_on_the_equal_level_planted_in_a_file_is_found(exported, less):
    made, data = exported
    false = changed(data, "Bound of the equal level", str(Fraction(made.certificate.equal.bound) - less), "B")
    found = recertify(false).findings
    assert ["row-changed", "bound-differs"] == [finding.code for finding in found]
    assert "the equal level that is worth as much" in found[1].what


@pytest.mark.parametrize(
    "label", ["Price of limit", "Price of a cent in these funds", "Price of a level in the equal level"]
)
@pytest.mark.parametrize("price", ["1/1000000000", "-3", "no price"])
def test_spoilt_prices_in_a_file_make_the_stated_bound_too_tight(exported, label, price):
    made, data = exported
    found = recertify(changed(data, label, price, "C"))
    now = found.certificate.equal
    assert now is None or Fraction(now.bound) > Fraction(made.certificate.equal.bound)
    assert "bound-differs" in [finding.code for finding in found.findings]
