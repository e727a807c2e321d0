"""Order of use, least spending and smallest posts by kind of school: kept in whole plans, or named as what cannot be."""

from __future__ import annotations

import dataclasses
import random
from decimal import Decimal

import pytest

from equity_alloc.catalogue import rule_classes
from equity_alloc.domain.errors import EquityAllocError, InvalidValue
from equity_alloc.domain.shipped import DATA
from equity_alloc.domain.terms import FundTerms
from equity_alloc.planning.plan import Impossible, OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.orders import in_order
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.base import Rule
from equity_alloc.rules.carryover_forward import CarryoverForward
from equity_alloc.rules.order_of_use import LINES, POSTS, OrderOfUse
from equity_alloc.rules.smallest_post import SmallestPost
from equity_alloc.scenario import Scenario
from equity_alloc.sources.csv_folder import read_csv_folder
from equity_alloc.sources.sample import sample_reading
from tests.districts import plain_scenario, random_district
from tests.draws import draw_member, odd_district


def with_rules(*rules: Rule) -> Scenario:
    return dataclasses.replace(plain_scenario(), rules=(*plain_scenario().rules, *rules))


@pytest.mark.parametrize("code", ["carryover-forward", "order-of-use", "smallest-post"])
@pytest.mark.parametrize("seed", range(16))
def test_a_plan_keeps_the_rule_or_is_proven_away(code, seed):
    district = odd_district(seed) if seed % 2 else random_district(seed, 6)
    terms = tuple(FundTerms(f.code, False, "never", f.amount, f.amount // 10, f.amount) for f in district.funds)
    district = dataclasses.replace(district, terms=terms)
    rule = draw_member(random.Random(seed), rule_classes()[code], district)
    if rule is None:
        return
    try:
        answer = plan(district, with_rules(rule) if seed % 2 == 0 else Scenario(rules=(rule,)))
    except EquityAllocError:
        return  # A count is unknown or nobody has pupils: that is told elsewhere.
    if isinstance(answer, Plan):
        assert () == answer.certificate.breaches
        assert not any(stage.title.startswith("keep last year") for stage in answer.stages)
    else:
        assert answer.outcome is OutcomeKind.IMPOSSIBLE


def test_the_sample_keeps_all_three_and_its_lowest_school_loses_nothing():
    reading = sample_reading()
    assert reading.district is not None and reading.scenario is not None
    free = plan(reading.district, reading.scenario)
    rules = (
        *reading.scenario.rules,
        OrderOfUse("COMP", "GEN"),
        CarryoverForward("T1A"),
        SmallestPost("NURSE", Decimal("0.6"), "high"),
    )
    held = plan(reading.district, dataclasses.replace(reading.scenario, rules=rules))
    assert isinstance(free, Plan) and isinstance(held, Plan)
    assert held.certificate.is_kept
    assert held.outcome is OutcomeKind.PROVEN
    assert free.stages[0].value == pytest.approx(held.stages[0].value)
    assert held.allocation.fund_dollars("COMP") == 6_853_000_00


def test_the_fund_that_goes_first_takes_over_what_it_may_and_no_more():
    district = random_district(5, 3, federal=False)
    rows = [row for row in district.staffing if row.position == "counselor"]
    cells = build_cells(build_problem(Scenario(rules=(OrderOfUse("levy", "general"),)).view(district)))
    i, budget = cells.items.index("counselor"), cells.budget[cells.pooled.index("levy")]
    cost = dict.fromkeys(range(len(rows)), 9600000)
    found = in_order(cells, {(s, i, "general"): cents for s, cents in cost.items()})
    paid = {s: sum(c for (at, _, _), c in found.items() if at == s) for s in cost}
    assert cost == paid
    assert min(budget, sum(cost.values())) == sum(c for (_, _, fund), c in found.items() if fund == "levy")


def test_a_fund_that_cannot_spend_enough_is_named():
    district = random_district(2, 4)
    general = district.fund_of["general"].amount
    # Ten million dollars more came in than were appropriated.
    terms = (FundTerms("general", False, "never", general + 10**9, 0, general),)
    answer = plan(dataclasses.replace(district, terms=terms), with_rules(CarryoverForward("general", Decimal("0.01"))))
    assert isinstance(answer, Impossible)
    assert "cannot be kept even if no other rule held" in answer.words
    assert "General: of this year's" in answer.words
    assert any("most carried over" in repair.words for repair in answer.repairs)


def test_a_school_type_whose_smallest_post_does_not_fit_has_none():
    district = random_district(6, 6)
    free = plan(district, plain_scenario())
    assert isinstance(free, Plan)
    kinds = {school.kind for school in district.schools if free.allocation.fte_of.get((school.code, "counselor"))}
    kind = sorted(kinds)[0]
    schools = [school.code for school in district.schools if school.kind == kind]
    # Far above what any school may have, so that only none is left; the band around last year must let them go.
    scenario = Scenario(
        need_weights=plain_scenario().need_weights, rules=(SmallestPost("counselor", Decimal(10), kind),)
    )
    held = plan(district, scenario)
    assert isinstance(held, Plan)
    has = [held.allocation.fte_of.get((code, "counselor"), 0) for code in schools]
    assert all(fte == 0 or fte >= 1000 for fte in has)
    assert 0 in has


@pytest.mark.parametrize(
    ("pairs", "circle"),
    [
        (("AB", "BA"), "A before B; B before A"),
        (("AB", "BC", "CA"), "A before B; B before C; C before A"),
        (("AD", "BC", "CB", "DB"), "B before C; C before B"),
    ],
)
def test_orders_of_use_in_a_circle_are_refused_with_their_funds_and_the_ways_out(pairs, circle):
    with pytest.raises(InvalidValue) as refused:
        with_rules(*(OrderOfUse(first, then) for first, then in pairs))
    assert f"contradict each other for posts: {circle}. Take one of them away" in str(refused.value)


def test_orders_that_agree_a_pair_for_posts_and_lines_and_a_fund_before_itself_are_no_circle():
    with_rules(OrderOfUse("A", "B"), OrderOfUse("A", "C"), OrderOfUse("B", "C"), OrderOfUse("B", "B"))
    with_rules(OrderOfUse("A", "B", POSTS), OrderOfUse("B", "A", LINES))
    with pytest.raises(InvalidValue, match="for lines: A before B; B before A"):
        with_rules(OrderOfUse("A", "B"), OrderOfUse("B", "A", LINES))


@pytest.mark.parametrize("seed", range(4))
def test_one_fund_goes_first_for_posts_and_the_other_for_lines(seed):
    district = random_district(seed, 5)
    funds = [fund.code for fund in district.funds if not fund.shared_by][:2]
    made = plan(district, with_rules(OrderOfUse(*funds, POSTS), OrderOfUse(*reversed(funds), LINES)))
    assert isinstance(made, Plan)
    assert () == made.certificate.breaches
    assert not any(stage.title.startswith("keep last year") for stage in made.stages)


def test_a_file_whose_orders_contradict_each_other_says_which_and_what_to_do():
    files = {path.name: path.read_bytes() for path in (DATA / "sample_district").glob("*.csv")}
    orders = ((900, "COMP", "GEN"), (901, "GEN", "COMP"))
    rows = [
        f"{number},order-of-use,{name},{fund}"
        for number, first, then in orders
        for name, fund in (("Used first", first), ("Used after it", then))
    ]
    files["rules.csv"] += "\n".join([*rows, ""]).encode()
    reading = read_csv_folder(files)
    (found,) = reading.errors
    assert found.code == "orders-contradict"
    assert "COMP before GEN; GEN before COMP" in found.what
    assert "Take one of them away" in found.remedy
