"""Every rule that the catalogue finds: what it asks of a model and what it checks on a plan are one and the same."""

from __future__ import annotations

import importlib
import random
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from equity_alloc import rules
from equity_alloc.catalogue import rule_classes
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError, UnknownCode, UnknownNeed
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.problem.problem import Problem, quantity_in
from equity_alloc.rules.base import Rule
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.scenario import Scenario
from tests.districts import plain_scenario, random_district
from tests.draws import at_the_limits, draw_member, emptied_and_doubled, odd_district, perturbed
from tests.terms import with_terms

SEEDS = range(16)
#: Rules that are kept or not, and have no room to report.
YES_OR_NO = {"fund-eligibility", "fund-end", "one-time-money", "position-steps", "shared-posts"}


def recorded(rule: Rule, district: District) -> Problem:
    """Return what one rule alone asks of a model."""
    problem = Problem(district)
    rule.constrain(problem)
    return problem


def witnesses(problem: Problem, district: District, allocation: Allocation) -> Counter[tuple[str, int]]:
    """Return (who, by how much) for everything that was asked for and is not so, counted here, not by the rule."""
    found: Counter[tuple[str, int]] = Counter()
    for limit in problem.limits:
        value = sum(c * quantity_in(district, allocation, quantity) for c, quantity in limit.terms)
        if limit.least is not None and value < limit.least:
            found[limit.subject, -((value - limit.least) // limit.per)] += 1
        if limit.most is not None and value > limit.most:
            found[limit.subject, -((limit.most - value) // limit.per)] += 1
    for whole in problem.wholes:
        over = sum(quantity_in(district, allocation, post) for post in whole.posts) % whole.step
        if over:
            found[whole.subject, over] += 1
    for floors in problem.floors:
        missed = sum(quantity_in(district, allocation, post) < least for post, least in floors.floors)
        if missed > floors.missed:
            found[floors.subject, missed - floors.missed] += 1
    for code, cap in problem.caps.items():
        over = allocation.fund_dollars(code) - cap
        if over > 0:
            found[f"{district.fund_of[code].title} (code {code})", over] += 1
    for code, least in problem.leasts.items():
        short = least - allocation.fund_dollars(code)
        if short > 0:
            found[f"{district.fund_of[code].title} (code {code})", short] += 1
    for order in problem.orders:
        for subject, only, holds in order.holds:
            schools = {only} if only else {school.code for school in district.schools}
            mine = {(s, i) for s in schools & order.schools for i in order.positions}
            lines = {(s, i) for s in schools & order.schools for i in order.lines}
            entries = (*allocation.pay, *allocation.dollars)
            left = holds - sum(c for (s, _, f), c in entries if f == order.first and s in schools)
            other = sum(c for (s, i, f), c in allocation.pay if f == order.then and (s, i) in mine)
            other += sum(c for (s, i, f), c in allocation.dollars if f == order.then and (s, i) in lines)
            if min(left, other) > 0:
                found[subject, min(left, other)] += 1
    for (code, position), smallest in problem.smallest_at.items():
        fte = allocation.fte_of.get((code, position), 0)
        if 0 < fte < smallest:
            found[district.school_of[code].label, smallest - fte] += 1
    for code, shares in problem.shares.items():
        for school in district.schools:
            over = allocation.by_school_fund.get((school.code, code), 0) - shares.get(school.code, 0)
            if over > 0:
                found[school.label, over] += 1
    for entries, part in ((allocation.pay, 1), (allocation.dollars, 2)):
        for (school, item, fund), cents in entries:
            opened = problem.opened.get(fund)
            closed = problem.closed.get(fund, (frozenset(), frozenset()))[part - 1]
            if item in closed or (opened and (school not in opened[0] or item not in opened[part] or cents < 0)):
                found[district.school_of[school].label, abs(cents)] += 1
    paid: Counter[tuple[str, str]] = Counter()
    for (school, position, _), cents in allocation.pay:
        paid[school, position] += cents
    for school, position in {*allocation.fte_of, *paid}:
        if position in problem.steps:
            step, smallest = problem.steps[position]
            fte, label = allocation.fte_of.get((school, position), 0), district.school_of[school].label
            if fte % step or fte < 0:
                found[label, fte % step or -fte] += 1
            elif 0 < fte < smallest:
                found[label, smallest - fte] += 1
            cost = (max(fte, 0) * district.position_of[position].cost + 50) // 100
            if cost != paid[school, position]:
                found[label, abs(cost - paid[school, position])] += 1
    return found


def broken_promise(rule: Rule, district: District, allocation: Allocation) -> str:
    """Return what is wrong between builder, checker and slack of a rule on one allocation; blank when they agree."""
    problem = recorded(rule, district)
    breaches, admits = list(rule.check(district, allocation)), problem.admits(allocation)
    if admits != (not breaches):
        return f"the model {'admits' if admits else 'refuses'} a plan with {len(breaches)} breaches"
    if any(breach.rule != rule.code or breach.short_by <= 0 or not breach.words.endswith(".") for breach in breaches):
        return "a breach without the rule's code, an amount above zero or a sentence"
    named, expected = Counter((b.subject, b.short_by) for b in breaches), witnesses(problem, district, allocation)
    if named != expected:
        return f"breaches name {dict(named - expected)} where {dict(expected - named)} was to be named"
    rooms = [room for _, room, _ in rule.slack(district, allocation)]
    if rooms and (min(rooms) < 0) != bool(breaches):
        return f"the least room is {min(rooms)} with {len(breaches)} breaches"
    return ""


@cache
def district_of(seed: int) -> District:
    return with_terms(odd_district(seed) if seed % 2 else random_district(seed, 4), seed)


@cache
def planned(seed: int) -> tuple[Allocation, ...]:
    """Return today's allocation and what plans propose under rules of their own."""
    district = district_of(seed)
    found = [district.today]
    for scenario in (Scenario(), plain_scenario()) if seed % 2 == 0 else (Scenario(),):
        try:
            result = plan(district, scenario)
        except EquityAllocError:
            continue  # A count is unknown, or nobody has pupils; tests/contracts/test_road_properties.py looks at it.
        if isinstance(result, Plan):
            found.append(result.allocation)
    return tuple(found)


def allocations(seed: int, rule: Rule) -> Iterator[Allocation]:
    """Yield plans, plans with a few entries changed, and plans on either side of each of the rule's limits."""
    district, draw = district_of(seed), random.Random(seed)
    for allocation in planned(seed):
        yield allocation
        yield from (perturbed(draw, district, allocation) for _ in range(8))
        yield from emptied_and_doubled(district, allocation)
    yield from at_the_limits(district, recorded(rule, district), planned(seed)[-1])


def first_broken(rule: Rule, seed: int) -> str:
    district = district_of(seed)
    return next(filter(None, (broken_promise(rule, district, each) for each in allocations(seed, rule))), "")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("code", rule_classes())
def test_what_a_rule_asks_for_is_what_it_checks(code, seed):
    district, draw = district_of(seed), random.Random(1000 * seed + len(code))
    for _ in range(2):
        rule = draw_member(draw, rule_classes()[code], district)
        if rule is None:
            continue
        try:
            recorded(rule, district)
        except UnknownNeed:
            continue  # A count is unknown here; the next test holds the rule to saying so everywhere.
        assert "" == first_broken(rule, seed), rule


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("code", rule_classes())
def test_an_unknown_count_is_refused_by_builder_and_checker_alike(code, seed):
    district = district_of(seed)
    rule = draw_member(random.Random(seed), rule_classes()[code], district)
    if rule is None:
        return
    try:
        recorded(rule, district)
    except UnknownNeed:
        with pytest.raises(UnknownNeed):
            list(rule.check(district, district.today))
        with pytest.raises(UnknownNeed):
            rule.explain(district) if code != "fund-sharing" else list(rule.slack(district, district.today))


@pytest.mark.parametrize("code", rule_classes())
def test_every_rule_is_seen_kept_and_seen_broken(code):
    seen = set()
    for seed in SEEDS:
        district = district_of(seed)
        rule = draw_member(random.Random(seed), rule_classes()[code], district)
        try:
            seen |= {bool(list(rule.check(district, each))) for each in allocations(seed, rule)} if rule else set()
        except UnknownNeed:
            continue
        if len(seen) == 2:
            return
    assert {False, True} == seen


@pytest.mark.parametrize("code", sorted(set(rule_classes()) - YES_OR_NO))
def test_rules_with_room_report_it(code):
    for seed in SEEDS:
        district = district_of(seed)
        rule = draw_member(random.Random(seed), rule_classes()[code], district)
        try:
            if rule is not None and list(rule.slack(district, district.today)):
                return
        except UnknownNeed:
            continue  # A draw that cannot be compared here; some other one can.
    pytest.fail(f"{code} never says how much room there is")


class ForgetsASchool(HoldHarmless):
    """A builder that leaves the last school without its floor."""

    def constrain(self, model):
        problem = recorded(HoldHarmless(self.share, self.per), model.district)
        for limit in problem.limits[:-1]:
            model.require(limit)


class OverlooksASchool(HoldHarmless):
    """A checker that never looks at the first school."""

    def check(self, district, allocation):
        for breach in HoldHarmless.check(self, district, allocation):
            if breach.subject != district.schools[0].label:
                yield breach


class ForgivesACent(GainCap):
    """A checker that lets a cent pass."""

    def check(self, district, allocation):
        return (breach for breach in GainCap.check(self, district, allocation) if breach.short_by > 1)


class RoundsItsWitness(GainCap):
    """A checker that finds every breach and names whole dollars."""

    def check(self, district, allocation):
        for breach in GainCap.check(self, district, allocation):
            yield type(breach)(breach.rule, breach.subject, breach.short_by // 100 + 1, breach.unit, breach.words)


@pytest.mark.parametrize("kind", [ForgetsASchool, OverlooksASchool, ForgivesACent, RoundsItsWitness])
@pytest.mark.parametrize("seed", SEEDS[:6:2])
def test_a_rule_that_forgets_forgives_or_rounds_is_caught(kind, seed):
    assert first_broken(kind(), seed)
    assert "" == first_broken(kind.__mro__[1](), seed)


NEW_RULE = '''
"""A rule that somebody adds tomorrow."""
from dataclasses import dataclass
from equity_alloc.domain.source import Source
from equity_alloc.rules.fund_appropriation import FundAppropriation
class AddedTomorrow(FundAppropriation):
    code = "added-tomorrow"
'''


def test_a_rule_added_as_one_file_is_held_to_the_contract_without_an_edit_here(tmp_path, monkeypatch):
    (tmp_path / "added_tomorrow.py").write_text(NEW_RULE, encoding="utf-8")
    monkeypatch.setattr(rules, "__path__", [*rules.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    rule_classes.cache_clear()
    try:
        assert "added-tomorrow" in rule_classes()
        assert "" == first_broken(rule_classes()["added-tomorrow"](), 2)
    finally:
        monkeypatch.undo()
        rule_classes.cache_clear()
        sys.modules.pop("equity_alloc.rules.added_tomorrow", None)
        vars(rules).pop("added_tomorrow", None)


def test_two_rules_of_one_code_are_refused(tmp_path, monkeypatch):
    (tmp_path / "copied.py").write_text(NEW_RULE.replace("added-tomorrow", "gain-cap"), encoding="utf-8")
    monkeypatch.setattr(rules, "__path__", [*rules.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    rule_classes.cache_clear()
    try:
        with pytest.raises(UnknownCode, match="share a code"):
            rule_classes()
    finally:
        monkeypatch.undo()
        rule_classes.cache_clear()
        sys.modules.pop("equity_alloc.rules.copied", None)
        vars(rules).pop("copied", None)
