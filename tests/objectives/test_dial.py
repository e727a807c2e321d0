"""The dial as a whole: what it reaches is best, what must not matter does not, and what cannot be is refused."""

from __future__ import annotations

import dataclasses
import itertools
from decimal import Decimal
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from equity_alloc.domain.district import District, Fund, GroupUse, Position, School, Spending, StudentGroup
from equity_alloc.domain.errors import EmptyDistribution, InvalidValue, UnknownNeed
from equity_alloc.domain.fund_change import FundChange
from equity_alloc.domain.need import NeedWeight
from equity_alloc.objectives.base import RaiseEquivalent
from equity_alloc.objectives.dial import MOST_AVERSION, NAMED, OWN, aversion_of, dial_card
from equity_alloc.objectives.level_dial import RaiseByDial, Scale
from equity_alloc.objectives.raise_lowest import RaiseLowestFirst
from equity_alloc.objectives.units import Whose, equivalent_of, units_of
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.raising import raise_by_dial
from equity_alloc.planning.search import plan
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cuts import build_cuts
from equity_alloc.problem.problem import build_problem
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.scenario import Scenario, ScenarioView
from equity_alloc.solver.projected import build_projected
from equity_alloc.solver.welfare import raise_equivalent
from tests.districts import plain_scenario, random_district

FEW = range(8)
FINITE = ("0", "1", "2", "5", OWN)
ALL = (*NAMED, OWN)
HALF = Decimal("0.5")


def dialed(aversion: str = "2", **settings: object) -> RaiseByDial:
    return RaiseByDial(aversion, HALF, **settings)  # type: ignore[arg-type]


def stage_of(view: ScenarioView) -> RaiseEquivalent:
    stage = next(view.scenario.objective.stages(view))
    assert isinstance(stage, RaiseEquivalent)
    return stage


def best(district: District, scenario: Scenario) -> float:
    """Return the highest equivalent in dollars and fractional posts."""
    view = scenario.view(district)
    cells = build_cells(build_problem(view))
    return raise_by_dial(cells, build_cuts(cells), stage_of(view)).log.value


@cache
def lowest_first(seed: int) -> Plan:
    made = plan(random_district(seed, 6), plain_scenario())
    assert isinstance(made, Plan)
    return made


@pytest.mark.parametrize("aversion", [a for a in ALL if a != "0"])
@pytest.mark.parametrize("scale", Scale)
@pytest.mark.parametrize("seed", FEW)
def test_for_money_through_funds_every_aversion_above_zero_gives_one_plan(seed, scale, aversion):
    """Least majorization (Veinott 1971; Frank and Murota 2018): one plan is best for every index at once."""
    made = plan(random_district(seed, 6), plain_scenario(objective=dialed(aversion, scale=scale)))
    assert isinstance(made, Plan)
    assert lowest_first(seed).allocation == made.allocation
    assert made.certificate.proof == lowest_first(seed).certificate.proof


@pytest.mark.parametrize("aversion", FINITE)
@pytest.mark.parametrize("scale", Scale)
@pytest.mark.parametrize("seed", FEW)
def test_filling_reaches_what_tangents_reach_and_tangents_never_pass_it(seed, scale, aversion):
    district, scenario = random_district(seed, 6), plain_scenario(objective=dialed(aversion, scale=scale))
    view = scenario.view(district)
    cells = build_cells(build_problem(view))
    cuts = build_cuts(cells)
    filled = raise_by_dial(cells, cuts, stage_of(view)).log
    tangents = raise_equivalent(build_projected(cells, cuts), stage_of(view))
    assert filled.value == pytest.approx(tangents.equivalent, abs=1e-3)
    assert filled.value <= tangents.bound + 1e-4
    assert filled.bound is not None and filled.value <= filled.bound <= filled.value * (1 + 1e-9)


@pytest.mark.parametrize("whose", Whose)
@pytest.mark.parametrize("aversion", ALL)
@pytest.mark.parametrize("seed", FEW)
def test_no_random_plan_that_keeps_the_rules_is_worth_more(seed, aversion, whose):
    """Corners of the rules in random directions, and mixtures of them, in dollars and fractional posts."""
    draw = np.random.default_rng(seed)
    view = plain_scenario(objective=dialed(aversion, unit=whose)).view(random_district(seed, 6))
    cells = build_cells(build_problem(view))
    cuts = build_cuts(cells)
    stage = stage_of(view)
    log = raise_by_dial(cells, cuts, stage).log
    bound = log.value if log.bound is None else log.bound
    model = build_projected(cells, cuts)
    corners = []
    for _ in range(12):
        cost = np.zeros(model.solver.n_columns)
        cost[model.pooled] = draw.normal(size=len(model.pooled))
        model.solver.set_objective(cost, maximize=True)
        corners.append(model.pooled_cents(model.solve()))
    row = {code: s for s, code in enumerate(cells.schools)}
    for _ in range(40):
        mix = draw.dirichlet(np.ones(len(corners))) if draw.random() < 0.7 else np.eye(len(corners))[draw.integers(12)]
        counted = mix @ np.array(corners) + cuts.counted_local
        levels = [sum(float(part) * counted[row[code]] for code, part in unit.parts) for unit in stage.units]
        assert equivalent_of(stage, levels) <= bound + 1e-4


@pytest.mark.parametrize("whose", Whose)
@pytest.mark.parametrize("aversion", ALL)
@pytest.mark.parametrize("seed", range(3))
def test_plans_are_certified_near_their_bound_and_the_same_twice(seed, aversion, whose):
    district, scenario = random_district(seed, 6), plain_scenario(objective=dialed(aversion, unit=whose))
    made, again = plan(district, scenario), plan(district, scenario)
    assert isinstance(made, Plan) and isinstance(again, Plan)
    assert made.certificate.is_kept
    assert OutcomeKind.PROVEN is made.outcome
    assert (made.digest, made.stages) == (again.digest, again.stages)
    stage = stage_of(made.view)
    reached = scenario.objective.score(made.view, made.allocation)[0]
    assert float(reached) == pytest.approx(equivalent_of(stage, [float(x) for x in _levels(made, stage)]), rel=1e-9)


def _levels(made: Plan, stage: RaiseEquivalent) -> list[Fraction]:
    counted = {code: made.view.district.counted_dollars(made.allocation, code) for code, _ in made.view.levels.weights}
    return [sum((part * counted[code] for code, part in unit.parts), Fraction(0)) for unit in stage.units]


def test_the_same_plan_is_the_same_bytes():
    district, scenario = random_district(1, 5), plain_scenario(objective=dialed(unit=Whose.GROUP))
    first, second = plan(district, scenario), plan(district, scenario)
    assert isinstance(first, Plan) and isinstance(second, Plan)
    assert plan_workbook(first) == plan_workbook(second)


@pytest.mark.parametrize("whose", Whose)
@pytest.mark.parametrize("aversion", ALL)
@pytest.mark.parametrize("seed", range(4))
def test_more_money_never_lowers_and_a_further_rule_never_raises_the_best(seed, aversion, whose):
    district, scenario = random_district(seed, 5), plain_scenario(objective=dialed(aversion, unit=whose))
    before = best(district, scenario)
    for fund in district.funds:
        if fund.counts:
            richer = dataclasses.replace(scenario, funds=(FundChange(fund.code, amount=fund.amount + 50_000_00),))
            assert best(district, richer) >= before - 1e-4
    stricter = dataclasses.replace(scenario, rules=(*scenario.rules, HoldHarmless(Decimal("0.985"))))
    assert best(district, stricter) <= before + 1e-4


def with_prices(district: District, factor: int) -> District:
    """Return the district with every amount of money so many times as large."""
    return dataclasses.replace(
        district,
        positions=tuple(dataclasses.replace(p, cost=p.cost * factor) for p in district.positions),
        funds=tuple(dataclasses.replace(f, amount=f.amount * factor) for f in district.funds),
        spending=tuple(dataclasses.replace(s, amount=s.amount * factor) for s in district.spending),
    )


@pytest.mark.parametrize("whose", Whose)
@pytest.mark.parametrize("seed", range(4))
def test_cents_dollars_and_thousands_give_the_same_posts(seed, whose):
    """Under tangents, best levels carry the last digits of a solver, so there only what the plan is worth is the same."""
    district, posts, worth = random_district(seed, 5), [], []
    for factor in (1, 10, 100):
        scenario = plain_scenario(objective=dialed(unit=whose), tolerance=100 * factor)
        made = plan(with_prices(district, factor), scenario)
        assert isinstance(made, Plan)
        posts.append(made.allocation.fte)
        worth.append(float(scenario.objective.score(made.view, made.allocation)[0]) / factor)
    assert max(worth) - min(worth) <= 1.0
    if whose is Whose.SCHOOL:
        assert posts[0] == posts[1] == posts[2]


@pytest.mark.parametrize("whose", Whose)
@pytest.mark.parametrize("seed", range(4))
def test_twice_the_same_schools_with_twice_the_money_are_worth_the_same(seed, whose):
    district, scenario = random_district(seed, 4), plain_scenario(objective=dialed("1", unit=whose))
    twin = lambda code: f"x{code}"  # noqa: E731
    doubled = dataclasses.replace(
        district,
        schools=(*district.schools, *(dataclasses.replace(s, code=twin(s.code)) for s in district.schools)),
        staffing=(*district.staffing, *(dataclasses.replace(s, school=twin(s.school)) for s in district.staffing)),
        spending=(*district.spending, *(dataclasses.replace(s, school=twin(s.school)) for s in district.spending)),
        funds=tuple(
            dataclasses.replace(
                f,
                amount=2 * f.amount,
                schools=f.schools if f.schools == ("*",) else (*f.schools, *(twin(c) for c in f.schools)),
            )
            for f in district.funds
        ),
    )
    assert best(doubled, scenario) == pytest.approx(best(district, scenario), rel=1e-6)


@pytest.mark.parametrize("aversion", ["1", "2", "5", OWN])
@pytest.mark.parametrize("scale", Scale)
def test_a_dollar_moved_from_a_higher_to_a_lower_level_is_worth_more(scale, aversion):
    view = plain_scenario(objective=dialed(aversion, scale=scale)).view(random_district(2, 6))
    stage = stage_of(view)
    draw = np.random.default_rng(3)
    for _ in range(50):
        levels = draw.uniform(2000, 9000, len(stage.units))
        low, high = sorted(draw.choice(len(levels), 2, replace=False), key=lambda k: levels[k])
        moved = 0.3 * (levels[high] - levels[low])
        masses = [float(stage.units[k].mass) for k in (low, high)]
        after = levels.copy()
        after[low] += moved * min(masses) / masses[0]
        after[high] -= moved * min(masses) / masses[1]
        assert equivalent_of(stage, after.tolist()) > equivalent_of(stage, levels.tolist())


def seats(pupils: tuple[int, ...], count: int) -> District:
    """Return schools that share whole posts of one dollar."""
    return District(
        "Seats",
        "2026-27",
        tuple(School(f"{k}", f"School {k}", "any", n, n) for k, n in enumerate(pupils)),
        positions=(Position("seat", "Seat", 100, step=100),),
        funds=(Fund("general", "General", 100 * count),),
    )


@pytest.mark.parametrize("aversion", ["0", "1", "2", "5", "infinity", OWN])
@pytest.mark.parametrize(("pupils", "count"), [((3, 5, 9), 9), ((1, 4, 10), 8), ((2, 3, 7, 8), 11), ((6, 6, 5), 7)])
def test_no_way_to_share_whole_posts_passes_the_bound_and_a_proven_plan_is_within_its_gap(pupils, count, aversion):
    district = seats(pupils, count)
    scenario = Scenario(objective=dialed(aversion), tolerance=0)
    made = plan(district, scenario)
    assert isinstance(made, Plan)
    stage = stage_of(made.view)
    worth = []
    for posts in itertools.product(range(count + 1), repeat=len(pupils)):
        if sum(posts) > count or (aversion not in ("0", "infinity", OWN) and 0 in posts):
            continue
        worth.append(equivalent_of(stage, [n / p for n, p in zip(posts, pupils, strict=True)]))
    reached = float(scenario.objective.score(made.view, made.allocation)[0])
    bound = made.stages[0].bound
    assert bound is not None
    assert reached <= max(worth) + 1e-12
    assert max(worth) <= bound + 1e-9
    if made.outcome is OutcomeKind.PROVEN:
        assert max(worth) - reached <= 0.01 + 1e-9


@pytest.mark.parametrize("seed", range(4))
def test_a_ceiling_stops_at_enough_and_leaves_the_rest_in_the_fund_by_name(seed):
    """T4: money that the goal has no use for is shown by fund, and nobody below the ceiling could have had it."""
    district = random_district(seed, 5)
    enough = Decimal(round(float(lowest_first(seed).stages[0].value)))
    made = plan(district, plain_scenario(objective=dialed("2", ceiling=enough), tolerance=100))
    assert isinstance(made, Plan)
    score = float(made.scenario.objective.score(made.view, made.allocation)[0])
    assert score <= float(enough)
    assert score >= best(district, made.scenario) - 1.01
    left = sum(fund.unallocated for fund in made.certificate.funds)
    assert left == sum(f.appropriation - f.central - f.schools for f in made.certificate.funds)
    assert left >= 0


def test_groups_stand_where_their_schools_stand():
    """Two schools, 100 pupils each; English learners 80 and 20: at 10 and 20 dollars they stand at 12, others at 18."""
    district = District(
        "Groups",
        "2026-27",
        tuple(School(c, c, "any", 100, 100, (("el", n),)) for c, n in (("a", 80), ("b", 20))),
        (StudentGroup("el", "English learners"), StudentGroup("race", "Race", GroupUse.AUDIT)),
        funds=(Fund("general", "General", 3_000_00),),
        spending=(Spending("a", "Supplies", "general", 1_000_00), Spending("b", "Supplies", "general", 2_000_00)),
    )
    view = Scenario(objective=dialed("infinity", unit=Whose.GROUP)).view(district)
    units = units_of(view, Whose.GROUP)
    assert ["English learners", "Everybody but English learners"] == [unit.name for unit in units]
    score = view.scenario.objective.score(view, district.today)
    assert (12, 18) == score
    made = plan(district, dataclasses.replace(view.scenario, tolerance=0))
    assert isinstance(made, Plan)
    assert (15, 15) == pytest.approx([float(x) for x in view.scenario.objective.score(view, made.allocation)], abs=0.02)


def with_groups(*counts: int | None) -> District:
    return District(
        "Groups",
        "2026-27",
        tuple(School(f"{k}", f"School {k}", "any", 100, 100, (("el", n),)) for k, n in enumerate(counts)),
        (StudentGroup("el", "English learners"),),
        funds=(Fund("general", "General", 3_000_00),),
        spending=(Spending("0", "Supplies", "general", 1_000_00),),
    )


@pytest.mark.parametrize(
    ("district", "objective", "error", "words"),
    [
        (with_groups(0, 0), dialed(unit=Whose.GROUP), EmptyDistribution, "Nobody belongs to English learners"),
        (with_groups(5, None), dialed(unit=Whose.GROUP), UnknownNeed, "English learners at school 1 is unknown"),
        (
            dataclasses.replace(with_groups(3), schools=(School("0", "0", "any", 0),)),
            dialed(),
            EmptyDistribution,
            "no level",
        ),
        (seats((3, 4), 1), dialed(unit=Whose.GROUP), EmptyDistribution, "no student group"),
        (seats((3, 4), 0), dialed("1"), InvalidValue, "below 1 or to infinity"),
        (seats((3, 4), 0), dialed("5"), InvalidValue, "Kolm-Pollak"),
        (seats((3, 4), 2), dialed("5", scale=Scale.DOLLARS), InvalidValue, "mean level of last year is zero"),
    ],
    ids=["empty group", "unknown count", "no pupils", "no group", "nothing, one", "nothing, five", "no last year"],
)
def test_what_cannot_be_is_refused_with_the_reason(district, objective, error, words):
    with pytest.raises(error, match=words):
        plan(district, Scenario(objective=objective))


def test_a_dial_out_of_range_and_a_negative_weight_are_refused():
    for wrong in (Decimal(-1), Decimal(MOST_AVERSION) + 1, Decimal("NaN")):
        with pytest.raises(InvalidValue, match="aversion"):
            RaiseByDial(OWN, wrong)
    for aversion in ("3", "", "inf"):
        with pytest.raises(InvalidValue, match="Choose one of"):
            RaiseByDial(aversion)
    with pytest.raises(InvalidValue):
        NeedWeight("el", Decimal("-0.1"))


@pytest.mark.parametrize("aversion", ["0", OWN, "infinity"])
def test_where_somebody_must_have_nothing_the_dial_still_works_below_one_and_at_infinity(aversion):
    made = plan(seats((3, 4), 0), Scenario(objective=dialed(aversion)))
    assert isinstance(made, Plan)
    assert 0 == made.allocation.total


def test_every_named_setting_has_a_card_and_a_value():
    assert [Fraction(0), Fraction(1), Fraction(2), Fraction(5), None] == [aversion_of(n, HALF) for n in NAMED]
    assert Fraction(1, 2) == aversion_of(OWN, HALF)
    cards = [dial_card(name) for name in ALL]
    assert len(cards) == len({card.name for card in cards}) == len({card.field_name for card in cards})
    for card in cards:
        for words in (card.good_for, card.ignores, card.misleads):
            assert words[0].isupper() and words.endswith(".")


def test_the_explanation_names_the_setting_in_both_languages():
    view = plain_scenario().view(random_district(1, 4))
    said = dialed("1").explain(view)
    assert "Proportional" in said and "Nash" in said and "4 levels" in said
    assert "up to 5,000" in dialed("2", ceiling=Decimal(5000)).explain(view)


def test_the_dial_at_infinity_is_the_objective_lowest_first():
    district = random_district(5, 5)
    dial, named = (plan(district, plain_scenario(objective=o)) for o in (dialed("infinity"), RaiseLowestFirst()))
    assert isinstance(dial, Plan) and isinstance(named, Plan)
    assert dial.allocation == named.allocation
    assert dial.scenario.objective.score(dial.view, dial.allocation) == named.scenario.objective.score(
        named.view, named.allocation
    )
