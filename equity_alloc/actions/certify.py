"""Checks a choice of interventions in cents and whole units, from the district's own data; no solver is imported.

It reads the catalog, the causes and the counts again and trusts nothing that the search has prepared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from equity_alloc.actions.choice import Bought, Choice
from equity_alloc.actions.effects import bands_of, effect_of
from equity_alloc.actions.menu import group_pupils, steps_between
from equity_alloc.actions.pots import pots_of
from equity_alloc.actions.prices import unit_costs
from equity_alloc.actions.standing import CauseStanding, cause_standings
from equity_alloc.domain.district import District
from equity_alloc.domain.intervention import Intervention
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words, print_percent
from equity_alloc.evidence.catalog import in_force
from equity_alloc.scenario import Scenario

#: What is said of a check that has no amounts.
KEPT = "Kept."


@dataclass(frozen=True, slots=True)
class ActionReport:
    """One thing that was checked."""

    title: str
    is_kept: bool
    words: str


@dataclass(frozen=True)
class _Facts:
    district: District
    scenario: Scenario
    choice: Choice
    known: Mapping[str, Intervention]
    standings: Mapping[str, CauseStanding]

    def pupils_reached(self, each: Bought) -> int:
        intervention, standing = self.known[each.intervention], self.standings[each.cause]
        if intervention.reach:
            return each.steps * intervention.step * intervention.reach
        return group_pupils(standing, intervention, self.district.school_of[each.school]) or 0


def certify_choice(district: District, scenario: Scenario, choice: Choice) -> tuple[ActionReport, ...]:
    """Return what was checked, each with its amounts or with the first thing that is wrong.

    Parameters
    ----------
    district : District
        As read.
    scenario : Scenario
    choice : Choice
    """
    known = {each.code: each for each in in_force(scenario.actions.own)}
    standings = {each.cause.code: each for each in cause_standings(district, scenario)}
    facts = _Facts(district, scenario, choice, known, standings)
    strange = [
        f"{each.intervention} for cause {each.cause} at school {each.school} is not known here."
        for each in choice.bought
        if each.intervention not in known or each.cause not in standings or each.school not in district.school_of
    ]
    strange += [
        f"There is no fund {fund}, which pays {each.intervention} at school {each.school}."
        for each in choice.bought
        for fund, _ in each.pay
        if fund not in district.fund_of
    ]
    if strange:
        return (ActionReport("Everything bought is known", False, strange[0]),)
    checks = (
        ("Money: what is set aside, fund by fund", _money),
        ("Every price is the price of what is bought", _prices),
        ("A named cause behind every dollar", _causes),
        ("No access standard bought by its effect", _standards),
        ("Evidence as strong as each fund asks for", _tiers),
        ("No one-time money for what costs every year", _one_time),
        ("Supply", _supply),
        ("Sizes that work, at schools it is made for", _sizes),
        ("Small pilots while a cause is not tested", _pilots),
        ("Nothing that does the same work twice", _apart),
        ("Limits for each intervention and each pupil", _limits),
        # A table of purchases alone counts no gain, and nothing is called kept that was not looked at.
        *((("What pupils gain is what was counted", _gains),) if choice.goals or not choice.bought else ()),
    )
    return tuple(_report(title, list(check(facts)), _said(title, facts)) for title, check in checks)


def _report(title: str, wrong: list[str], kept: str) -> ActionReport:
    return ActionReport(title, not wrong, wrong[0] if wrong else kept)


def _said(title: str, facts: _Facts) -> str:
    if not title.startswith("Money"):
        return KEPT
    parts = [
        f"{facts.district.fund_of[pot.money.fund].title} {print_dollars(facts.choice.spent_in(pot.money.fund))} of "
        f"{print_dollars(pot.amount)}"
        for pot in pots_of(facts.district, facts.scenario)
    ]
    return "; ".join(parts) + "." if parts else "No money is set aside."


def _money(facts: _Facts) -> Iterator[str]:
    amounts: dict[str, int] = defaultdict(int)
    for pot in pots_of(facts.district, facts.scenario):
        amounts[pot.money.fund] += pot.amount
    for fund in sorted({fund for each in facts.choice.bought for fund, _ in each.pay}):
        if facts.choice.spent_in(fund) > amounts[fund]:
            spent, has = print_dollars(facts.choice.spent_in(fund)), print_dollars(amounts[fund])
            yield f"{fund} pays {spent} and has set {has} aside."
    for each in facts.choice.bought:
        for fund, cents in each.pay:
            if cents < 0 or not facts.district.fund_of[fund].serves(each.school):
                yield f"{fund} may not pay {print_dollars(cents)} at school {each.school}."


def _prices(facts: _Facts) -> Iterator[str]:
    for each in facts.choice.bought:
        intervention = facts.known[each.intervention]
        costs = unit_costs(intervention)
        units = each.steps * (intervention.step if intervention.reach else 1)
        if costs is None or each.cost != units * costs[1]:
            yield f"{intervention.title} at school {each.school} is paid {print_dollars(each.cost)} for {units} units."


def _causes(facts: _Facts) -> Iterator[str]:
    for each in facts.choice.bought:
        standing, intervention = facts.standings[each.cause], facts.known[each.intervention]
        if not standing.opens:
            yield f"Cause {each.cause}: {standing.words}"
        elif not standing.cause.holds_at(each.school) or standing.cause.kind not in intervention.causes:
            yield f"{intervention.title} at school {each.school} does not act on cause {each.cause}."


def _standards(facts: _Facts) -> Iterator[str]:
    for each in facts.choice.bought:
        if facts.known[each.intervention].is_standard:
            yield f"{facts.known[each.intervention].title} at school {each.school} is an access standard: a rule on posts holds it."


def _tiers(facts: _Facts) -> Iterator[str]:
    floors = {pot.money.fund: pot.money.weakest_tier for pot in pots_of(facts.district, facts.scenario)}
    for each in facts.choice.bought:
        tier = facts.known[each.intervention].tier
        for fund, cents in each.pay:
            floor = floors.get(fund)
            if cents and floor is not None and (tier is None or tier > floor):
                yield f"{fund} asks for tier {floor} or stronger and pays {facts.known[each.intervention].title}."


def _one_time(facts: _Facts) -> Iterator[str]:
    barred = {
        pot.money.fund
        for pot in pots_of(facts.district, facts.scenario)
        if pot.is_one_time and not pot.money.exit_plan.strip()
    }
    for each in facts.choice.bought:
        paid = [fund for fund, cents in each.pay if cents and fund in barred]
        if paid and facts.known[each.intervention].recurring:
            yield f"{paid[0]} is one-time money and pays {facts.known[each.intervention].title}, which costs every year."


def _supply(facts: _Facts) -> Iterator[str]:
    units: dict[str, int] = defaultdict(int)
    for each in facts.choice.bought:
        intervention = facts.known[each.intervention]
        units[each.intervention] += each.steps * (intervention.step if intervention.reach else 1)
    for code, count in sorted(units.items()):
        supply = facts.known[code].supply
        if supply is not None and count > supply:
            yield f"{facts.known[code].title}: {count} units, and {supply} can be had."


def _sizes(facts: _Facts) -> Iterator[str]:
    for each in facts.choice.bought:
        intervention, school = facts.known[each.intervention], facts.district.school_of[each.school]
        if school.kind in intervention.harm_kinds or (intervention.kinds and school.kind not in intervention.kinds):
            yield f"{intervention.title} is not for the {school.kind} school {each.school}."
            continue
        standing = facts.standings[each.cause]
        pupils = group_pupils(standing, intervention, school) if standing.group is not None else None
        if pupils is None:
            yield f"The pupils for {intervention.title} are not counted at school {each.school}."
            continue
        least, most = steps_between(intervention, pupils)
        if not least <= each.steps <= most:
            yield f"{intervention.title} at school {each.school}: {each.steps} steps, from {least} to {most} can work."


def _pilots(facts: _Facts) -> Iterator[str]:
    schools: dict[str, set[str]] = defaultdict(set)
    for each in facts.choice.bought:
        if not facts.standings[each.cause].is_tested:
            schools[each.intervention].add(each.school)
    least, most = facts.choice.settings.pilot_least, facts.choice.settings.pilot_most
    for code, found in sorted(schools.items()):
        if not least <= len(found) <= most:
            yield f"{facts.known[code].title} starts at {count_words(len(found), 'school')}; a pilot has {least} to {most}."


def _apart(facts: _Facts) -> Iterator[str]:
    seen: dict[str, list[Intervention]] = defaultdict(list)
    for each in facts.choice.bought:
        new = facts.known[each.intervention]
        for old in seen[each.school]:
            if old.code == new.code or old.code in new.apart_from or new.code in old.apart_from:
                yield f"{old.title} and {new.title} do the same work at school {each.school}."
        seen[each.school].append(new)


def _limits(facts: _Facts) -> Iterator[str]:
    settings = facts.choice.settings
    total = sum(pot.amount for pot in pots_of(facts.district, facts.scenario))
    spent: dict[str, int] = defaultdict(int)
    gains: dict[tuple[str, str, str], int] = defaultdict(int)
    pupils: dict[tuple[str, str, str], int] = defaultdict(int)
    for each in facts.choice.bought:
        intervention, standing = facts.known[each.intervention], facts.standings[each.cause]
        spent[each.intervention] += each.cost
        if intervention.effect is not None and intervention.effect.unit == "SD" and standing.group is not None:
            cell = (each.school, standing.group.code, intervention.effect.outcome)
            gains[cell] += facts.pupils_reached(each) * max(e for _, e in bands_of(intervention, settings))
            here = group_pupils(standing, intervention, facts.district.school_of[each.school]) or 0
            pupils[cell] = max(pupils[cell], here)
    for code, cents in sorted(spent.items()):
        if settings.most_share is not None and cents > settings.most_share * total:
            yield f"{facts.known[code].title} takes {print_percent(cents / total)} of the money."
    for cell, gain in sorted(gains.items()):
        if settings.most_gain is not None and gain > settings.most_gain * pupils[cell]:
            title = facts.district.group_of[cell[1]].title
            yield f"School {cell[0]}: more than {settings.most_gain / 10_000:.2f} standard deviations for the average pupil, {title}."


def _gains(facts: _Facts) -> Iterator[str]:
    served: dict[str, int] = defaultdict(int)
    for each in facts.choice.bought:
        served[each.intervention] += facts.pupils_reached(each)
    found: dict[str, int] = defaultdict(int)
    for code, pupils in served.items():
        intervention = facts.known[code]
        effect = effect_of(intervention, facts.choice.settings, pupils)
        if effect is None or intervention.effect is None:
            yield f"{intervention.title} has no range of effects."
            return
        found[intervention.effect.outcome] += effect * pupils
    for goal in facts.choice.goals:
        if found[goal.outcome] != goal.gain:
            yield f"{goal.outcome}: {goal.gain} was counted and {found[goal.outcome]} follows from what is bought."
