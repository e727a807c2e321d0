"""What keeps money from schools: what its fund may pay for, and which rule or goal lets more of it go when it is left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.fund import ALL, Fund
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.objectives.raise_lowest import RaiseLowestFirst
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.repaired import without_rules
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.scenario import Scenario

#: So many rules are left out in turn, those at their limit at most places first: each is a plan made anew.
TRIED = 24
#: So many are named.
NAMED = 4


@dataclass(frozen=True, slots=True)
class Holder:
    """A rule, or the goal, without which schools get more of what stays unallocated.

    Parameters
    ----------
    number : int
        Of the rule; 0 for the goal.
    words : str
        What it asks for.
    placed : Cents
        What schools get more when it alone is left out; found by planning again.
    """

    number: int
    words: str
    placed: Cents


def left_over(plan: Plan) -> Cents:
    """Return what no school gets, over all funds."""
    return sum(max(0, fund.unallocated) for fund in plan.certificate.funds)


def purpose_words(plan: Plan) -> tuple[str, ...]:
    """Return of each fund with money left, in one sentence, what it may pay for; none of a fund that may pay for everything."""
    funds = plan.view.district.fund_of
    left = sorted(plan.certificate.funds, key=lambda fund: -fund.unallocated)
    told = (_purpose(plan, funds[fund.code]) for fund in left if fund.unallocated > 0)
    return tuple(words for words in told if words)


def holders(plan: Plan) -> tuple[Holder, ...]:
    """Return the rules, and the goal, that keep money from schools each by itself; most first, found by planning again."""
    before = left_over(plan)
    found = [
        Holder(number, words, before - left_over(other))
        for number, words, scenario in _trials(plan)
        if (other := _planned(plan, scenario)) is not None
    ]
    return tuple(sorted((each for each in found if each.placed > 0), key=lambda each: (-each.placed, each.number)))


def holder_words(found: tuple[Holder, ...], left: Cents) -> tuple[str, ...]:
    """Return in sentences what holds the money, or that nothing holds it alone."""
    if not found:
        words = (
            "No single rule holds it: without any one of them, and with the lowest school raised first, as much stays "
            "unallocated. Several rules hold it together, or what is left fits no whole post."
        )
        return (words,)
    return tuple(
        f"{_name(each)}: without it, schools would get {_part(each.placed, left)} of it." for each in found[:NAMED]
    )


def _name(holder: Holder) -> str:
    return f"Rule {holder.number}, {holder.words}" if holder.number else f"The goal, {holder.words}"


def _part(placed: Cents, left: Cents) -> str:
    return f"all {print_dollars(left)}" if placed >= left else print_dollars(placed)


def _trials(plan: Plan) -> Iterator[tuple[int, str, Scenario]]:
    """Yield the scenario with another goal, and without each rule that may be left out; those without room come first."""
    scenario = plan.scenario
    if not isinstance(scenario.objective, RaiseLowestFirst):
        yield 0, scenario.objective.title, dataclasses.replace(scenario, objective=RaiseLowestFirst())
    reports = [
        report
        for report in plan.certificate.rules[: len(scenario.rules)]
        if not scenario.rules[report.number - 1].always
    ]
    for report in sorted(reports, key=lambda each: -len(each.binding))[:TRIED]:
        words = report.explain.split(". ", maxsplit=1)[0].rstrip(".")
        yield report.number, words, without_rules(scenario, {report.number})


def _planned(plan: Plan, scenario: Scenario) -> Plan | None:
    try:
        made = make_plan(plan.district, scenario)
    except EquityAllocError:
        return None
    return made if isinstance(made, Plan) else None


def _purpose(plan: Plan, fund: Fund) -> str:
    district = plan.view.district
    parts = []
    if fund.positions != ALL or fund.lines != ALL:
        posts = (
            "every post" if fund.positions == ALL else _listed(district.position_of[p].title for p in fund.positions)
        )
        lines = "every line" if fund.lines == ALL else _listed(fund.lines)
        parts.append(" and ".join(part for part in (posts, lines) if part) or "nothing that schools have")
    if fund.schools != ALL:
        parts.append(f"at {len(fund.schools)} of {count_words(len(district.schools), 'school')}")
    if fund.shared_by:
        parts.append("each school its share at most")
    return f"{fund.title} may pay only for {', '.join(parts)}." if parts else ""


def _listed(names: Iterator[str] | tuple[str, ...]) -> str:
    return ", ".join(names)
