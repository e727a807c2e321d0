"""What holds for every formula: exact sums, traces that add up, order and names that decide nothing."""

from __future__ import annotations

import dataclasses
import random
from fractions import Fraction

import pytest

from equity_alloc.domain.district import District, GroupUse, School, Spending, StudentGroup
from equity_alloc.domain.fund import Fund
from equity_alloc.formulas.base import Component, Gives
from equity_alloc.formulas.cliff import cliff_map
from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.facts import DistrictFacts, SchoolFacts
from equity_alloc.formulas.facts_of import facts_of
from equity_alloc.formulas.family import component_classes
from equity_alloc.formulas.field import fields_of
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.moved import moved_school
from equity_alloc.formulas.references import counts_used
from equity_alloc.formulas.result import FormulaResult
from equity_alloc.formulas.rounding import How, read_rounding
from equity_alloc.formulas.salary import salary_differences
from equity_alloc.formulas.step import re_adds
from tests.formulas.facts_for_tests import EVERY_KIND, formula_of, random_facts

ROUNDINGS = [
    ("half-up to 0.01", "none"),
    ("half-even to 1", "up to 0.2"),
    ("truncate to 1", "truncate to 0.01"),
    ("up to 100", "nearest to 0.5"),
    ("half-up to 10", "half-even to 0.25"),
]


def every_kind(facts: DistrictFacts, dollars: str = "half-up to 0.01", fte: str = "none") -> Formula:
    return formula_of(EVERY_KIND.format(dollars=dollars, fte=fte, school=facts.schools[0].code))


def test_the_formula_of_these_tests_holds_every_kind() -> None:
    kinds = {component.kind for component in every_kind(random_facts(0)).components}
    assert set(component_classes()) == kinds


@pytest.mark.parametrize("kind", component_classes().values(), ids=lambda kind: str(kind.kind))
def test_every_kind_says_what_it_is_and_describes_its_fields(kind: type[Component]) -> None:
    assert kind.heading
    assert kind.says
    assert kind.__doc__
    declared = {item.name for item in dataclasses.fields(kind) if item.name != "frame"}  # type: ignore[arg-type]
    assert declared == set(fields_of(kind))
    assert set(kind.rises_with) <= declared


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("dollars", "fte"), ROUNDINGS)
def test_totals_are_exact_under_every_rounding(seed: int, dollars: str, fte: str) -> None:
    facts = random_facts(seed)
    result = evaluate(every_kind(facts, dollars, fte), facts)
    assert result.is_complete
    for school in facts.schools:
        lines = [line for line in result.lines_of[school.code] if line.adds]
        money = sum((line.value or Fraction(0) for line in lines if line.gives is Gives.DOLLARS), Fraction(0))
        assert money * 100 == result.dollars(school.code)
        posts = [result.fte(school.code, position) or Fraction(0) for position in result.formula.positions]
        assert sum(posts, Fraction(0)) == result.fte(school.code)
    adding = [c for c in result.formula.components if not c.frame.is_part and c.gives is Gives.DOLLARS]
    totals = [result.component_total(component.frame.name) or Fraction(0) for component in adding]
    assert sum(totals, Fraction(0)) * 100 == result.total_dollars
    assert Fraction("1000000.01") == result.component_total("pot")


@pytest.mark.parametrize("seed", range(6))
def test_every_trace_adds_up_again(seed: int) -> None:
    facts = random_facts(seed)
    for line in evaluate(every_kind(facts, *ROUNDINGS[seed % 5]), facts).lines:
        assert line.trace is not None
        assert re_adds(line.trace), line.component


def test_a_trace_with_one_changed_number_does_not_add_up() -> None:
    facts = random_facts(1)
    trace = evaluate(every_kind(facts), facts).line_of[facts.schools[0].code, "slide"].trace
    assert trace is not None
    spoilt = dataclasses.replace(trace, value=trace.value + Fraction(1, 100))
    assert not re_adds(spoilt)
    assert not re_adds(dataclasses.replace(trace, of=(dataclasses.replace(trace.of[0], value=Fraction(0)),)))


def amounts(result: FormulaResult) -> dict[tuple[str, str], Fraction | None]:
    return {(line.school, line.component): line.value for line in result.lines}


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_schools_and_their_names_decide_nothing(seed: int) -> None:
    facts = random_facts(seed)
    shuffled = list(facts.schools)
    random.Random(seed).shuffle(shuffled)
    renamed = tuple(dataclasses.replace(school, name=f"Z{n}") for n, school in enumerate(shuffled))
    formula = every_kind(facts)
    first, second = (evaluate(formula, dataclasses.replace(facts, schools=s)) for s in (facts.schools, renamed))
    assert amounts(first) == amounts(second)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_components_decides_nothing(seed: int) -> None:
    facts = random_facts(seed)
    formula = every_kind(facts)
    turned = dataclasses.replace(formula, components=formula.components[::-1])
    assert amounts(evaluate(formula, facts)) == amounts(evaluate(turned, facts))


@pytest.mark.parametrize("seed", range(4))
def test_results_never_fall_where_a_kind_says_that_they_rise(seed: int) -> None:
    facts = random_facts(seed, n_schools=4)
    formula = every_kind(facts, "half-up to 0.01", "up to 0.2")
    before = evaluate(formula, facts)
    for school in facts.schools:
        for column in sorted(facts.columns):
            counts = tuple((n, c + 1 if n == column and c is not None else c) for n, c in school.counts)
            more = dataclasses.replace(school, counts=counts)
            others = tuple(more if s.code == school.code else s for s in facts.schools)
            after = evaluate(formula, dataclasses.replace(facts, schools=others))
            for component in formula.components:
                rises = {use.name for use in counts_used(component) if use.field in component.rises_with}
                other_uses = {use.name for use in counts_used(component) if use.field not in component.rises_with}
                if column in rises and column not in other_uses:
                    name = component.frame.name
                    low, high = before.amount(school.code, name), after.amount(school.code, name)
                    assert low is not None
                    assert high is not None
                    assert low <= high, (name, column)


@pytest.mark.parametrize("seed", range(3))
def test_every_cliff_is_what_the_whole_formula_gives_after_the_move(seed: int) -> None:
    facts = random_facts(seed, n_schools=3)
    formula = every_kind(facts, "half-up to 100", "up to 0.2")
    # A pot moves with every pupil anywhere; the map holds it still, so it is left out of this comparison.
    formula = dataclasses.replace(formula, components=tuple(c for c in formula.components if c.frame.name != "pot"))
    result = evaluate(formula, facts)
    for cliff in cliff_map(result, reach=12):
        step = 1 if cliff.pupils > 0 else -1
        moved = []
        for pupils in (cliff.pupils - step, cliff.pupils):
            school = moved_school(facts.school_of[cliff.school], cliff.count, pupils)
            assert school is not None
            others = tuple(school if s.code == cliff.school else s for s in facts.schools)
            moved.append(evaluate(formula, dataclasses.replace(facts, schools=others)))
        (dollars, more), (fte, posts) = (
            (moved[0].dollars(cliff.school), moved[1].dollars(cliff.school)),
            (moved[0].fte(cliff.school), moved[1].fte(cliff.school)),
        )
        assert dollars is not None
        assert more is not None
        assert fte is not None
        assert posts is not None
        assert Fraction(more - dollars, 100) == cliff.dollars
        assert posts - fte == cliff.fte


@pytest.mark.parametrize("words", ["half-up", "half-even", "truncate", "up", "largest-remainder"])
@pytest.mark.parametrize("seed", range(5))
def test_shares_are_within_one_step_and_the_largest_remainder_meets_the_pot(words: str, seed: int) -> None:
    draw = random.Random(seed)
    weights = {f"{n:02d}": Fraction(draw.randint(0, 500), draw.choice((1, 3, 7))) for n in range(20)}
    rounding, pot = read_rounding(f"{words} to 0.25"), Fraction(draw.randint(1, 4000), 4)
    shares, total = rounding.share_out(pot, weights), sum(weights.values(), Fraction(0))
    for code, weight in weights.items():
        assert abs(shares[code] - pot * weight / total) < Fraction(1, 4)
        assert shares[code] % Fraction(1, 4) == 0
    if rounding.how is How.LARGEST_REMAINDER:
        assert pot == sum(shares.values(), Fraction(0))


def test_salary_differences_are_shown_whatever_the_formula_pays() -> None:
    facts = random_facts(3)
    for difference in salary_differences(evaluate(every_kind(facts), facts)):
        school = facts.school_of[difference.school]
        actual = dict(school.actual_costs)["TCH"]
        assert difference.fte * Fraction(actual - 9_000_000, 100) == difference.difference


def test_facts_leave_audit_only_counts_outside_and_flag_served_schools() -> None:
    district = District(
        "D",
        "2025-26",
        (School("2", "Two", "high", 300, 290, (("poor", 30), ("black", 5))), School("1", "One", "high", 200)),
        groups=(StudentGroup("poor", "Poor"), StudentGroup("black", "Black", GroupUse.AUDIT)),
        funds=(Fund("GEN", "General", 100), Fund("T1A", "Title I", 50, False, "poor", ("2",))),
        spending=(Spending("2", "Supplies", "GEN", 70),),
    )
    facts = facts_of(district)
    assert (
        SchoolFacts(
            "2",
            "Two",
            "high",
            (("enrollment", 300), ("enrollment last year", 290), ("poor", 30)),
            ("served by T1A",),
            70,
        )
        == facts.schools[1]
    )
    assert (("enrollment", 200), ("enrollment last year", None), ("poor", None)) == facts.schools[0].counts
    assert ("black",) == facts.audit_only
