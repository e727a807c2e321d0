"""Promises that cannot all be kept: the sets of a published study, proven by brute force, and ways out that lead to plans."""

from __future__ import annotations

import dataclasses
import itertools
from decimal import Decimal
from functools import cache

import numpy as np
import pulp
import pytest

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Unit
from equity_alloc.planning.conflict_words import headline, how_sure, repair_words, settled_words
from equity_alloc.planning.conflicts import Conflicts, Whole, find_conflicts
from equity_alloc.planning.plan import Impossible, Plan
from equity_alloc.planning.possibility import Possibility
from equity_alloc.planning.repaired import repaired
from equity_alloc.planning.search import plan
from equity_alloc.planning.ways_out import changes_of_sets, changes_within, ways_out
from equity_alloc.problem.problem import build_problem
from equity_alloc.problem.recorded import problem_of, record
from equity_alloc.rules.base import Force, Limit, Posts
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.protected_schools import ProtectedSchools
from equity_alloc.rules.setting import settings_of
from equity_alloc.scenario import Scenario
from equity_alloc.sources.sample import sample_district, sample_reading
from tests.contracts.test_road_properties import is_possible
from tests.couplings import HeldTogether
from tests.districts import plain_scenario, random_district
from tests.draws import odd_district, odd_scenario
from tests.promises import district_of, draw, scenario_of

#: Printed by the study for 60 schools: C1 alone; then the sets of two and three; then what each choice gives up.
ALONE = {"C1"}
CONFLICTS = {("C4", "C6"), ("C2", "C3", "C4"), ("C2", "C3", "C5"), ("C2", "C3", "C6"), ("C3", "C4", "C5")}
N_CHOICES = 5
FIRST = 6  # Place of C1 in the scenario: four rules that always hold and the least that a school can run on come first.


def names(numbers):
    return tuple(f"C{number - FIRST + 1}" for number in numbers)


@cache
def seven() -> Conflicts:
    drawn = draw()
    return find_conflicts(district_of(drawn), scenario_of(drawn))


def by_pulp(drawn):
    """Return for every set of the seven promises whether it can be kept: the study's own program, in dollars."""
    pov, n, base = drawn.poor, drawn.pupils, drawn.base / 100
    schools, total = range(len(n)), drawn.total / 100
    hi, lo = pov >= np.quantile(pov, 0.75), pov <= np.quantile(pov, 0.25)

    def holds(promises):
        model = pulp.LpProblem("promises", pulp.LpMinimize)
        a = [model.add_variable(f"a{s:03d}", 0.6 * base[s]) for s in schools]
        rows = {
            "C1": lambda: [a[s] >= 0.99 * base[s] for s in schools],
            "C2": lambda: [
                pulp.lpSum(a[s] for s in schools if hi[s]) / n[hi].sum()
                >= 1.25 * pulp.lpSum(a[s] for s in schools if lo[s]) / n[lo].sum()
            ],
            "C3": lambda: [a[s] >= 10600 * n[s] for s in schools],
            "C4": lambda: [a[s] >= 12900 * n[s] for s in schools if pov[s] >= 0.6],
            "C5": lambda: [pulp.lpSum(a) <= 0.99 * total],
            "C6": lambda: [a[s] <= 1.08 * base[s] for s in schools],
            "C7": lambda: [a[s] >= 0.94 * 12000 * n[s] for s in schools if hi[s]],
        }
        model += pulp.lpSum(a) <= total
        for promise in promises:
            for row in rows[promise]():
                model += row
        model.solve(pulp.HiGHS(msg=False))
        return model.status == pulp.LpStatusOptimal

    every = [f"C{k}" for k in range(1, 8)]
    sets = [members for size in range(8) for members in itertools.combinations(every, size)]
    return {members: holds(members) for members in sets}


def test_seven_promises_over_sixty_schools_give_the_published_sets():
    found = seven()
    assert ALONE == set(names(found.alone))
    assert CONFLICTS == {names(numbers) for numbers in found.conflicts}
    assert N_CHOICES == len(found.choices)
    assert found.is_complete


def test_the_sets_are_those_that_a_solver_finds_by_trying_all_128():
    holds = by_pulp(draw())
    smallest = {m for m, kept in holds.items() if not kept and all(holds[m[:k] + m[k + 1 :]] for k in range(len(m)))}
    kept_sets = [set(m) for m, kept in holds.items() if kept]
    largest = {tuple(sorted(m)) for m in kept_sets if not any(m < other for other in kept_sets)}
    found = seven()
    assert smallest == {names((number,)) for number in found.alone} | {names(c) for c in found.conflicts}
    assert largest == {tuple(sorted(names(choice.kept))) for choice in found.choices}


def test_a_promise_that_cannot_be_kept_alone_is_named_even_where_leaving_out_ends_elsewhere():
    drawn = draw()
    answer = plan(district_of(drawn), scenario_of(drawn))
    assert isinstance(answer, Impossible)
    assert ("C1",) == names(answer.conflict)
    assert "cannot be kept even if no other rule held" in answer.words


def test_the_money_named_for_a_promise_keeps_it_and_a_cent_less_does_not():
    found = seven()
    [money] = changes_within(found, found.alone)
    alone = dataclasses.replace(
        found.scenario, rules=tuple(r for r in found.scenario.rules if r.always or r is found.rule(found.alone[0]))
    )
    assert isinstance(plan(found.district, repaired(alone, found.district, money)), Plan)
    less = dataclasses.replace(money, value=str(int(money.value) - 1))
    assert isinstance(plan(found.district, repaired(alone, found.district, less)), Impossible)
    # By hand: 99 percent of today, each school rounded up to a cent, less what there is.
    drawn = draw()
    asked = sum(-(-cents * 99 // 100) for cents in drawn.base.tolist())
    assert asked == int(money.value)


def promised() -> Conflicts:
    """The sample and a promise of 120 percent for two schools, against its ceiling of 108 percent."""
    scenario, schools = sample_reading().scenario, tuple(school.code for school in sample_district().schools[:2])
    rules = (*scenario.rules, ProtectedSchools(schools, Decimal("1.2")))
    return find_conflicts(sample_district(), dataclasses.replace(scenario, rules=rules), whole=False)


@pytest.mark.parametrize(("case", "expected"), [(seven, 1), (promised, 2)])
def test_single_changes_settle_their_set_and_a_step_less_does_not(case, expected):
    """The rules of the study have no number of their own, so only money is named; the sample's two rules have one each."""
    found = case()
    always = [rule for rule in found.scenario.rules if rule.always]
    changes = changes_of_sets(found)
    assert len(found.conflicts) == len(changes)
    assert expected == sum(map(len, changes))
    for numbers, ways in zip(found.conflicts, changes, strict=True):
        held = dataclasses.replace(found.scenario, rules=(*always, *(found.rule(number) for number in numbers)))
        place = {number: len(always) + k for k, number in enumerate(numbers, start=1)}
        for way in ways:
            assert settled_words(way).endswith(way.words)
            if way.rule_number is None:
                moved = way
                less = dataclasses.replace(way, value=str(int(way.value) - 1))
            else:
                moved = dataclasses.replace(way, rule_number=place[way.rule_number])
                rule = found.rule(way.rule_number)
                before, step = getattr(rule, way.setting), settings_of(rule)[way.setting].step
                back = step if before > Decimal(way.value) else -step
                less = dataclasses.replace(moved, value=str(Decimal(way.value) + back))
            for each, settles in ((moved, True), (less, False)):
                view = repaired(held, found.district, each).view(found.district)
                assert settles == Possibility(view).is_kept(view.scenario.rules), (numbers, each)


def test_a_limit_of_one_way_out_gives_the_weakest_rule_s_and_not_the_money():
    """Money comes last, so a short list begins with rules; a limit is a limit."""
    scenario = sample_reading().scenario
    rules = tuple(
        dataclasses.replace(rule, share=Decimal("1.03")) if isinstance(rule, HoldHarmless) else rule
        for rule in scenario.rules
    )
    found = find_conflicts(sample_district(), dataclasses.replace(scenario, rules=rules))
    every = ways_out(found)
    assert [True, False] == [every[0].repair.rule_number is not None, every[-1].repair.rule_number is not None]
    assert [every[0].repair] == [way.repair for way in ways_out(found, most=1)]


def test_what_is_not_decided_is_not_told_as_possible():
    found = find_conflicts(sample_district(), sample_reading().scenario, whole=False)
    assert "was not decided: neither a plan nor a proof" in headline(dataclasses.replace(found, undecided=1))


def test_every_way_out_of_the_seven_leads_to_a_certified_plan():
    found = seven()
    ways = ways_out(found)
    assert N_CHOICES == len(ways)
    for way in ways:
        again = plan(found.district, repaired(found.scenario, found.district, way.repair))
        assert isinstance(again, Plan)
        assert not again.certificate.breaches


def test_conflicts_of_drawn_scenarios_are_those_of_trying_every_set():
    compared = 0
    for seed in range(300):
        district = odd_district(seed)
        scenario = odd_scenario(seed, district)
        chosen = [rule for rule in scenario.rules if not rule.always]
        if not 1 <= len(chosen) <= 5:
            continue
        try:
            view = scenario.view(district)
            if is_possible(view, scenario.rules) or not district.schools:
                continue
            always = tuple(rule for rule in scenario.rules if rule.always)
            numbers = [n for n, rule in enumerate(scenario.rules, 1) if not rule.always]
            sets = [m for size in range(len(numbers) + 1) for m in itertools.combinations(numbers, size)]
            holds = {m: is_possible(view, (*always, *(scenario.rules[n - 1] for n in m))) for m in sets}
        except EquityAllocError:
            continue
        smallest = {m for m, k in holds.items() if not k and all(holds[m[:i] + m[i + 1 :]] for i in range(len(m)))}
        kept = [set(m) for m, k in holds.items() if k]
        largest = {tuple(sorted(m)) for m in kept if not any(m < other for other in kept)}
        found = find_conflicts(district, scenario, whole=False)
        ours = {(number,) for number in found.alone} | {tuple(sorted(c)) for c in found.conflicts}
        assert smallest == ours | ({()} if found.nothing_holds else set()), seed
        assert largest == {tuple(sorted(choice.kept)) for choice in found.choices}, seed
        compared += 1
    assert compared >= 12


def test_what_only_whole_steps_make_impossible_is_told_apart():
    """Two schools share four to six tenths of a principal, and principals come whole."""
    district = random_district(3, 2, federal=False)
    at = tuple((1, Posts(school.code, "principal")) for school in district.schools)
    rule = HeldTogether((Limit("held-together", "principals", at, 40, 60, Unit.FTE),))
    scenario = Scenario(rules=(rule,))
    found = find_conflicts(district, scenario)
    assert found.in_steps
    assert (5,) == found.alone
    assert "In fractions of posts all of them could be kept" in headline(found)
    [choice] = found.choices
    assert Whole.YES is choice.whole
    answer = plan(district, scenario)
    assert isinstance(answer, Impossible)
    assert "in the positions' own steps" in answer.words


def test_fractions_and_whole_steps_are_told_apart_in_each_choice():
    """Half a principal by promise; a floor that no money covers: what can be kept without it is kept in fractions only."""
    district = random_district(3, 2, federal=False)
    at = tuple((1, Posts(school.code, "principal")) for school in district.schools)
    half = HeldTogether((Limit("held-together", "principals", at, 40, 60, Unit.FTE),))
    found = find_conflicts(district, Scenario(rules=(half, HoldHarmless(Decimal("1.5")))))
    assert not found.in_steps
    assert "Not even fractions of posts would do." in headline(found)
    [choice] = found.choices
    assert Whole.NO is choice.whole
    assert () == tuple(way for way in ways_out(found) if not way.repair.also)


@pytest.mark.parametrize("force", [Force.POLICY, Force.LAW])
def test_a_law_is_loosened_only_where_nothing_else_would_do(force):
    """A floor of 105 percent against a ceiling of 102: money cannot help, so one of the two gives way."""
    district = random_district(5, 4, growth=1.2)
    rules = (HoldHarmless(Decimal("1.05"), force=Force.LAW), GainCap(Decimal("0.02"), force=force))
    found = find_conflicts(district, Scenario(rules=rules))
    loosened = {way.repair.rule_number for way in ways_out(found)}
    assert loosened == ({6} if force is Force.POLICY else {5, 6})


def test_the_weakest_authority_gives_way_first():
    district = random_district(5, 4, growth=1.2)
    rules = (HoldHarmless(Decimal("1.05"), force=Force.CONTRACT), GainCap(Decimal("0.02"), force=Force.CHOICE))
    ways = ways_out(find_conflicts(district, Scenario(rules=rules)))
    assert [6, 5] == [way.repair.rule_number for way in ways][:2]


def test_of_two_choices_with_an_equally_strong_rule_the_one_with_the_weaker_other_comes_first():
    """The seven promises under other authorities: choices are compared by their strongest rule, then by the next."""
    found = seven()
    forces = (Force.CONTRACT, Force.CHOICE, Force.POLICY, Force.PROMISE, Force.POLICY, Force.CHOICE, Force.LAW)
    promises = [
        dataclasses.replace(rule, force=force) for rule, force in zip(found.scenario.rules[5:], forces, strict=True)
    ]
    again = find_conflicts(
        found.district, dataclasses.replace(found.scenario, rules=(*found.scenario.rules[:5], *promises))
    )
    lost = [sorted((again.rule(n).force.strength for n in c.given_up), reverse=True) for c in again.choices]
    assert sorted(lost) == lost
    assert N_CHOICES == len(lost)


def test_a_scenario_that_has_a_plan_has_no_conflict():
    district = sample_district()
    scenario = sample_reading().scenario
    found = find_conflicts(district, scenario)
    assert found.all_hold
    assert "can be kept together" in headline(found)


def test_a_search_cut_short_says_so():
    drawn = draw()
    found = find_conflicts(district_of(drawn), scenario_of(drawn), most_questions=12)
    assert "More may exist" in how_sure(found)
    assert ALONE == set(names(found.alone))


def test_each_change_of_a_way_out_names_its_rule():
    for way in ways_out(seven()):
        numbers = [change.rule_number for change in (way.repair, *way.repair.also)]
        assert all(words.startswith(f"Rule {n}. ") for n, words in zip(numbers, repair_words(way.repair), strict=True))


def test_what_rules_ask_for_is_the_same_noted_once_as_asked_each_time():
    for seed in range(40):
        district = odd_district(seed)
        scenario = odd_scenario(seed, district)
        try:
            view = scenario.view(district)
            asked = build_problem(view)
        except EquityAllocError:
            continue
        noted = problem_of(view.district, [record(rule, view.district) for rule in scenario.rules])
        assert asked == noted
    view = plain_scenario().view(random_district(1))
    assert Possibility(view).problem(view.scenario.rules) == build_problem(view)
