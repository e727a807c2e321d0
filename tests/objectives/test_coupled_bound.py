"""The bound under coupling rules, rebuilt without a solver: tight, never broken by any prices, and a false one is found."""

from __future__ import annotations

import dataclasses
import io
from decimal import Decimal
from fractions import Fraction

import numpy as np
import openpyxl
import pytest

from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.raise_lowest import RaiseLowestFirst
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.coupled_bound import Prices, charged_bound, coupled_bound
from equity_alloc.problem.coupled_equivalent import coupled_equivalent_bound
from equity_alloc.problem.cuts import build_cuts
from equity_alloc.problem.problem import build_problem
from equity_alloc.problem.proof import level_weights, lowest_level_bound
from equity_alloc.reports.recertify import recertify
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.rules.moved_posts import MovedPosts
from equity_alloc.rules.need_slope_least import NeedSlopeLeast
from equity_alloc.scenario import Scenario
from equity_alloc.solver.leximin import proven_leximin
from equity_alloc.solver.projected import build_projected
from tests.coupled import coupled, dial
from tests.districts import plain_scenario, random_district
from tests.objectives.test_coupled import NAMES, by_candidates, drawn

FEW_MOVES = (MovedPosts(Decimal(3)),)


def scenario_with(*rules: object, **changes: object) -> Scenario:
    base = plain_scenario(**changes)
    return dataclasses.replace(base, rules=(*base.rules, *rules))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(40))
def test_with_the_first_rounds_prices_the_bound_is_the_highest_lowest_level(seed):
    """The lowest level itself comes from a program of its own for each school, straight on HiGHS."""
    rows = drawn(seed)
    cells, cuts = coupled(NAMES, rows)
    prices = proven_leximin(build_projected(cells, cuts), np.ones(len(NAMES))).prices
    bound = coupled_bound(cells, cuts, [Fraction(1)] * len(NAMES), prices)
    lowest = min(by_candidates(rows)) * 1e6
    assert lowest == pytest.approx(float(bound), rel=1e-6, abs=1)
    assert float(bound) >= lowest - 1


def test_a_bound_of_hundreds_of_schools_stays_short_and_is_no_lower_than_its_exact_fraction():
    """400 schools whose weights and prices share no denominator: in full the fraction has thousands of digits."""
    names = [f"{n:03}" for n in range(400)]
    cells, cuts = coupled(names, [(dict.fromkeys(names, 1), 0.0001)])
    primes = [n for n in range(20_000, 25_000) if all(n % k for k in range(2, 159))][:400]
    parts = [Fraction(1, prime) for prime in primes]
    prices = Prices(tuple(zip(names, parts, strict=True)), (), ())
    weights = [Fraction(prime, 100) for prime in reversed(primes)]
    worth = {n: part / sum(parts) / weight for n, (part, weight) in enumerate(zip(parts, weights, strict=True))}
    exact, told = charged_bound(cells, cuts, worth, prices), coupled_bound(cells, cuts, weights, prices)
    assert exact.denominator > 10**1000
    assert told is not None and len(str(told)) < 60
    assert 0 <= told - exact < Fraction(1, 10**18)
    equal = coupled_equivalent_bound(cells, cuts, dial(names, None), prices)
    assert equal is not None and len(str(equal)) < 60


def spoilt(prices: Prices, draw: np.random.Generator) -> Prices:
    def off(price: Fraction) -> Fraction:
        return price * Fraction(float(draw.uniform(0, 2))) if draw.random() < 0.8 else Fraction(0)

    return Prices(
        tuple((code, off(q)) for code, q in prices.schools),
        tuple((codes, off(price)) for codes, price in prices.funds),
        tuple((place, off(price) * (-1 if draw.random() < 0.2 else 1)) for place, price in prices.limits),
    )


@pytest.mark.parametrize("rules", [FEW_MOVES, (NeedSlopeLeast("poor", Decimal(300)),)], ids=["moves", "slope"])
@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_prices_are_no_plan_passes_the_bound(seed, rules):
    view = scenario_with(*rules).view(random_district(seed, 8))
    cells = build_cells(build_problem(view))
    cuts, weights = build_cuts(cells), level_weights(view, cells.schools)
    raised = proven_leximin(build_projected(cells, cuts), np.array([float(w) for w in weights]))
    reached = min(float(c) / float(w) for c, w in zip(raised.pooled + cuts.counted_local, weights, strict=True) if w)
    assert reached == pytest.approx(float(coupled_bound(cells, cuts, weights, raised.prices)), rel=1e-7)
    draw = np.random.default_rng(seed)
    for _ in range(25):
        bound = coupled_bound(cells, cuts, weights, spoilt(raised.prices, draw))
        assert bound is None or float(bound) >= reached * (1 - 1e-9)


def test_prices_that_name_no_school_prove_nothing():
    cells, cuts = coupled(NAMES, drawn(1))
    assert coupled_bound(cells, cuts, [Fraction(1)] * len(NAMES), Prices((), (), ())) is None


@pytest.mark.parametrize("objective", [RaiseLowestFirst(), RaiseByDial("infinity")])
def test_the_certificate_proves_the_coupled_bound_and_names_the_rule(objective):
    made = plan(random_district(3, 8), scenario_with(*FEW_MOVES, objective=objective, tolerance=0))
    assert isinstance(made, Plan)
    view = made.view
    cells = build_cells(build_problem(view))
    funds_only = lowest_level_bound(build_cuts(cells), level_weights(view, cells.schools))[0]
    proof = made.certificate.proof
    assert Fraction(proof.bound) < funds_only / 100 - 50, "a hundred dollars lower than funds alone say"
    assert "Only so many posts are moved" in proof.words
    assert Fraction(proof.level) <= Fraction(proof.bound)
    assert certify(made.district, made.scenario, made.allocation).proof.bound == str(funds_only / 100)


def changed(data: bytes, label: str, value: str, column: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Certificate"]
    row = next(cell.row for cell in sheet["A"] if cell.value == label)
    sheet[f"{column}{row}"] = value
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


@pytest.fixture(scope="module")
def exported() -> tuple[Plan, bytes]:
    made = plan(random_district(3, 8), scenario_with(*FEW_MOVES))
    assert isinstance(made, Plan)
    return made, plan_workbook(made)


def test_the_file_alone_proves_the_same_bound(exported):
    made, data = exported
    found = recertify(data)
    assert () == found.findings
    assert made.certificate.proof == found.certificate.proof


@pytest.mark.parametrize("less", [Fraction(1, 100), Fraction(60)])
def test_a_bound_that_claims_too_much_is_found(exported, less):
    made, data = exported
    false = changed(data, "Bound", str(Fraction(made.certificate.proof.bound) - less), "B")
    assert "bound-differs" in [finding.code for finding in recertify(false).findings]


def test_spoilt_prices_in_a_file_only_loosen_the_bound_and_the_stated_one_is_found_too_tight(exported):
    made, data = exported
    found = recertify(changed(data, "Price of limit", "1/1000000", "C"))
    assert Fraction(found.certificate.proof.bound) > Fraction(made.certificate.proof.bound)
    assert "bound-differs" in [finding.code for finding in found.findings]


def test_a_plan_within_its_tolerance_is_proven_by_the_auditors_own_bound(exported):
    made, _ = exported
    assert OutcomeKind.PROVEN is made.outcome
    assert made.certificate.proof.gap <= Fraction(6)
