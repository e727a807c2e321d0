"""What keeping one more rule costs, and the cheapest ways to keep it: with other rules as they are, or with more money."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from equity_alloc.domain.district import District
from equity_alloc.domain.money import Cents
from equity_alloc.planning.conflicts import find_conflicts
from equity_alloc.planning.plan import Plan, Repair, Result
from equity_alloc.planning.possibility import Possibility
from equity_alloc.planning.prices import TOLD, usual_level
from equity_alloc.planning.relaxation import relax
from equity_alloc.planning.repaired import with_amount
from equity_alloc.planning.repairs import missing_money, smallest_change
from equity_alloc.planning.search import plan
from equity_alloc.planning.unit_prices import UnitPrice, unit_prices
from equity_alloc.rules.base import Force, Rule
from equity_alloc.scenario import Scenario, ScenarioView

#: So many sets of rules are tried for the partners in a conflict, which is one sentence here.
QUESTIONS = 400
#: Where fractions of posts fit the money and whole posts do not, so often the money is raised by the dearest step.
RAISES = 6


@dataclass(frozen=True)
class Keeping:
    """What keeping a rule takes.

    Parameters
    ----------
    number : int
        Place of the rule in `scenario`, from 1.
    scenario : Scenario
        The one whose plans must keep it.
    made : Plan or Impossible
        Of `scenario`.
    lowest : float or None
        By how much the lowest level is lower for keeping it, in cents per unit of weight; None where it cannot be kept.
    gain, pay : tuple of str
        Codes of the schools whose level is higher, or lower, for it.
    alone : bool
        It cannot be kept even if no other rule held.
    partners : tuple of int
        Rules that together with it cannot be kept, by place.
    missing : mapping of str to Cents
        Money that would let every rule and this one be kept, by fund; a plan was found with it. Empty where none is
        needed, or money alone was not found to do it.
    nearest : Repair or None
        How near to its own words it can be kept with every other rule.
    step : UnitPrice or None
        What one step of its first number does to levels; None where it cannot be kept, or has no number.
    without : tuple of int
        Rules against it, by place, of which leaving out any one alone is enough, and that neither law nor contract asks for.
    """

    number: int
    scenario: Scenario
    made: Result
    lowest: float | None
    gain: tuple[str, ...]
    pay: tuple[str, ...]
    alone: bool
    partners: tuple[int, ...]
    missing: Mapping[str, Cents]
    nearest: Repair | None
    step: UnitPrice | None
    without: tuple[int, ...] = ()

    @property
    def can_be_kept(self) -> bool:
        """Whether a plan that keeps it and every other rule was found."""
        return isinstance(self.made, Plan)


def keeping_of(district: District, scenario: Scenario, test: Rule) -> Keeping:
    """Return what keeping a rule takes, beside all others of a scenario.

    Parameters
    ----------
    district : District
    scenario : Scenario
    test : Rule
        Whether the scenario has it already makes no difference.

    Raises
    ------
    EquityAllocError
        If a rule asks for what the district does not have.
    """
    others = tuple(rule for rule in scenario.rules if rule != test)
    is_bound = test in scenario.rules
    keeping = scenario if is_bound else dataclasses.replace(scenario, rules=(*scenario.rules, test))
    number = keeping.rules.index(test) + 1
    made = plan(district, keeping)
    if isinstance(made, Plan):
        return _kept(district, made, number, others)
    view = keeping.view(district)
    found = find_conflicts(district, keeping, most_questions=QUESTIONS, whole=False)
    beside = sorted({n for members in found.conflicts if number in members for n in members} - {number})
    possibility = Possibility(view, in_steps=found.in_steps)
    nearest = smallest_change(possibility, others, test, number) if possibility.is_kept(others) else None
    return Keeping(
        number,
        keeping,
        made,
        None,
        (),
        (),
        number in found.alone,
        tuple(beside),
        _money(district, keeping, view),
        nearest,
        None,
        tuple(n for n in beside if _may_go(keeping.rules[n - 1]) and possibility.is_kept(_but(keeping.rules, n))),
    )


def _may_go(rule: Rule) -> bool:
    """Whether the district itself can do without a rule: neither law nor contract asks for it."""
    return not rule.always and rule.force not in (Force.LAW, Force.CONTRACT)


def _but(rules: Sequence[Rule], number: int) -> list[Rule]:
    return [rule for place, rule in enumerate(rules, start=1) if place != number]


def with_money(scenario: Scenario, district: District, more: Mapping[str, Cents]) -> Scenario:
    """Return the scenario that supposes more money in some funds.

    Parameters
    ----------
    scenario : Scenario
    district : District
        As read, before the scenario's changes to funds.
    more : mapping of fund code to Cents
        On top of what the scenario plans with.
    """
    amounts = {fund.code: fund.amount for fund in scenario.apply(district).funds}
    for fund, cents in more.items():
        scenario = with_amount(scenario, district, fund, amounts[fund] + cents)
    return scenario


def _kept(district: District, made: Plan, number: int, others: tuple[Rule, ...]) -> Keeping:
    keeping, view = made.scenario, made.view
    here, free = relax(view), relax(view, others)
    step = next(iter(unit_prices(district, keeping, (number,))), None)
    if here is None or free is None:
        return Keeping(number, keeping, made, None, (), (), False, (), {}, None, step)
    change = np.nan_to_num(here.levels - free.levels)
    told = usual_level(here) * TOLD
    schools = here.cells.schools
    return Keeping(
        number,
        keeping,
        made,
        max(0.0, float(np.nanmin(free.levels) - np.nanmin(here.levels))),
        tuple(schools[s] for s in np.flatnonzero(change >= told)),
        tuple(schools[s] for s in np.flatnonzero(change <= -told)),
        False,
        (),
        {},
        None,
        step,
    )


def _money(district: District, keeping: Scenario, view: ScenarioView) -> Mapping[str, Cents]:
    """Return the money with which a plan keeps everything, proven by that plan; empty where none was found."""
    missing = missing_money(view, keeping.rules)
    if not missing and not Possibility(view).is_kept(keeping.rules):
        return {}
    if not missing:
        # Fractions of posts would do; money for the next whole posts goes where most of it may be used.
        broadest = max((f for f in view.district.funds if f.counts), key=lambda f: f.amount, default=None)
        missing = {} if broadest is None else {broadest.code: 0}
    if not missing:
        return {}
    step = max((p.cost * p.step // 100 for p in district.positions), default=0)
    first = next(iter(missing))
    for raises in range(RAISES):
        more = {**missing, first: missing[first] + (step * (2**raises - 1))}
        if any(more.values()) and isinstance(plan(district, with_money(keeping, district, more)), Plan):
            return {fund: cents for fund, cents in more.items() if cents}
    return {}
