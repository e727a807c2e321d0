"""The bound on the equal level that is worth as much: never below what is there, however its digits fall."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from typer.testing import CliRunner

from equity_alloc.cli import app
from equity_alloc.domain.allocation import Allocation
from equity_alloc.objectives.base import Unit
from equity_alloc.objectives.level_dial import RaiseByDial, Scale
from equity_alloc.objectives.units import Whose
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.problem.equivalent_bound import equivalent_bound
from equity_alloc.problem.filling import Filled, fill
from equity_alloc.problem.problem import build_problem
from equity_alloc.reports.recertify import recertify
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.scenario import Scenario
from tests.coupled import dial
from tests.districts import random_district
from tests.objectives.test_coupled_bound import changed, scenario_with


def in_many_digits(dollars: list[int], weights: list[int], aversion: Fraction) -> Fraction:
    """Return Atkinson's equivalent in sixty digits, by its definition."""
    with localcontext(prec=60):
        eps = Decimal(aversion.numerator) / Decimal(aversion.denominator)
        total = Decimal(sum(weights))
        levels = [(Decimal(w) / total, Decimal(d) / Decimal(w)) for d, w in zip(dollars, weights, strict=True)]
        if eps == 1:
            return Fraction(sum(share * level.ln() for share, level in levels).exp())
        return Fraction(sum(share * level ** (1 - eps) for share, level in levels) ** (1 / (1 - eps)))


@pytest.mark.parametrize("aversion", ["0.5", "0.9999999", "1", "1.0000001", "1.001", "2", "10"])
@pytest.mark.parametrize("count", [3, 2000])
def test_where_nothing_can_change_the_bound_is_what_is_there_and_never_less(aversion, count):
    draw = random.Random(count)
    weights = [draw.randint(50, 3000) for _ in range(count)]
    dollars = [w * draw.randint(400_000, 1_900_000) // 100 for w in weights]
    there, none = np.array(dollars), np.zeros(count, np.int64)
    cuts = Cuts((0,), (0,), np.zeros((1, count), int), there[None, :], there, there, np.zeros((count, 0)), none)
    filled = Filled(there.astype(float), ())
    schools = [f"{s:04d}" for s in range(count)]
    units = [Unit(code, Fraction(w), ((code, Fraction(1, w)),)) for code, w in zip(schools, weights, strict=True)]
    bound = equivalent_bound(cuts, schools, dial(units, Fraction(aversion)), filled)
    true = in_many_digits(dollars, weights, Fraction(aversion))
    assert true <= bound
    assert float(bound / true - 1) < (1e-4 if "9999" in aversion or "0000" in aversion else 1e-8)


def scenario_of(aversion: str | None, scale: Scale, ceiling: int, whose: Whose = Whose.SCHOOL) -> Scenario:
    named = "infinity" if aversion is None else "own value"
    objective = RaiseByDial(named, Decimal(aversion or 2), whose, scale, Decimal(ceiling))
    return replace(scenario_with(), objective=objective)


DIALS = [
    (aversion, scale, ceiling)
    for aversion in ("0", "0.5", "1", "2", "5", None)
    for scale in Scale
    for ceiling in (0, 5300)
    if aversion is not None or ceiling
]


@pytest.mark.parametrize("setting", DIALS, ids=[f"{a}-{s.value[:6]}-{c}" for a, s, c in DIALS])
def test_where_nothing_couples_the_certificate_works_the_bound_out_again_without_prices(setting):
    """No plan drawn at random passes it, and it is what the search reached in dollars and fractions."""
    district, scenario = random_district(5, 8), scenario_of(*setting)
    made = plan(district, scenario)
    assert isinstance(made, Plan)
    proof = certify(district, scenario, made.allocation).equal
    assert made.stages[0].value == pytest.approx(float(Fraction(proof.bound)), rel=1e-8)
    assert made.stages[0].value <= float(Fraction(proof.bound)) * (1 + 1e-12)
    draw = random.Random(7)
    for _ in range(20):
        other = shuffled(made, draw)
        found = certify(district, scenario, other)
        if not found.breaches:
            assert Fraction(found.equal.level) <= Fraction(proof.bound)


def shuffled(made: Plan, draw: random.Random) -> Allocation:
    """Return a plan's allocation with some dollars of one school and fund moved to another school's same line."""
    dollars = dict(made.allocation.dollars)
    (school, line, fund), most = draw.choice(sorted((key, cents) for key, cents in dollars.items() if cents))
    moved, to = draw.randint(1, most), draw.choice([s.code for s in made.district.schools])
    dollars[school, line, fund] -= moved
    dollars[to, line, fund] = dollars.get((to, line, fund), 0) + moved
    return replace(made.allocation, dollars=tuple(sorted(dollars.items())))


def test_wherever_the_tangent_is_drawn_the_bound_holds():
    district, scenario = random_district(9, 10), scenario_of("2", Scale.SHARES, 0)
    view = scenario.view(district)
    cells = build_cells(build_problem(view))
    cuts, stage = build_cuts(cells), next(scenario.objective.stages(view))
    weights = np.array([float(1 / unit.parts[0][1]) for unit in stage.units])
    best = fill(cuts, weights)
    tight = equivalent_bound(cuts, cells.schools, stage, best)
    draw = np.random.default_rng(3)
    for _ in range(30):
        spoilt = replace(
            best,
            pooled=best.pooled * draw.uniform(0.5, 1.5, len(best.pooled)),
            rounds=tuple((level * draw.uniform(0.5, 1.5), index) for level, index in best.rounds),
        )
        assert equivalent_bound(cuts, cells.schools, stage, spoilt) >= tight * (1 - Fraction(1, 10**9))


def test_dollars_compared_where_a_school_can_have_nothing_have_the_bound_worked_out_by_hand():
    """a and b of one weight: b is closed, a can have 100. With kappa ln 2 / 100 that is worth -100 log2(3 / 4) = 41.50."""
    nobody, none = np.zeros((2, 2), np.int64), np.zeros(2, np.int64)
    cuts = Cuts(
        (0, 1), (0, 100), nobody, np.array([[100, 0], [0, 0]]), none, np.array([100, 0]), np.zeros((2, 0)), none
    )
    units = [Unit(code, Fraction(1), ((code, Fraction(1)),)) for code in "ab"]
    stage = dial(units, Fraction(1), reference=100 / math.log(2))
    bound = equivalent_bound(cuts, "ab", stage, fill(cuts, np.ones(2)))
    assert float(bound) == pytest.approx(-100 * math.log2(3 / 4), abs=1e-8)


@pytest.fixture(scope="module")
def exported() -> tuple[Plan, bytes]:
    made = plan(random_district(5, 8), scenario_of("2", Scale.SHARES, 0))
    assert isinstance(made, Plan)
    return made, plan_workbook(made)


def test_a_file_alone_proves_the_bound_where_nothing_couples(exported):
    made, data = exported
    found = recertify(data)
    assert () == found.findings
    assert made.certificate.equal == found.certificate.equal


FALSE = {
    "Bound": "bound-differs",
    "Lowest level": "level-differs",
    "Gap: no plan brings the lowest level higher by more": "gap-differs",
    "Bound of the equal level": "bound-differs",
    "Equal level that is worth as much": "level-differs",
    "Gap: no plan brings the equal level higher by more": "gap-differs",
}


@pytest.mark.parametrize("label", FALSE)
@pytest.mark.parametrize("value", ["0.000001", "proven"])
def test_what_somebody_changed_in_the_proof_is_refused_for_itself_and_not_only_for_its_seal(exported, label, value):
    """A forger can seal rows again; what they claim is worked out again all the same."""
    _, data = exported
    found = recertify(changed(data, label, value, "B"))
    assert ["row-changed", FALSE[label]] == [finding.code for finding in found.findings]
    assert not found.is_unchanged


@pytest.mark.parametrize(("less", "codes"), [("1/100", ["row-changed", "bound-differs"]), ("-1/100", ["row-changed"])])
def test_a_bound_a_cent_too_tight_is_false_and_one_a_cent_looser_is_only_changed(exported, less, codes):
    made, data = exported
    stated = str(Fraction(made.certificate.equal.bound) - Fraction(less))
    assert codes == [f.code for f in recertify(changed(data, "Bound of the equal level", stated, "B")).findings]


def test_the_command_tells_the_bound_that_it_worked_out_again(exported, tmp_path):
    made, data = exported
    path = tmp_path / "plan.xlsx"
    path.write_bytes(data)
    told = CliRunner().invoke(app, ["certify", str(path)])
    # Rounded up: a bound that is told must not be passed by part of a cent.
    gap = f"${ceil(made.certificate.equal.gap * 100) / 100:.2f}"
    assert 0 == told.exit_code
    assert f"brings the equal level more than {gap} higher" in " ".join(told.output.split())
