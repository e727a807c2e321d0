"""The options of a decision side by side: last year, the plan, and what else was looked at, each with its figures."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from equity_alloc.commitments.scoreboard import State, scoreboard
from equity_alloc.decisions.look import Look, look
from equity_alloc.decisions.parts import Option
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.objectives.agreed_dollars import AgreedDollars, agreed_text
from equity_alloc.objectives.base import Objective
from equity_alloc.planning.certify import certify
from equity_alloc.planning.forgone_words import print_forgone
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import totals
from equity_alloc.rules.moved_posts import fte_moved
from equity_alloc.scenario import Scenario

LAST_YEAR = "Keep last year"
COMPROMISE = "The compromise between lenses"
#: Stands in the place of what is not public.
HIDDEN = "*"


def option_of(plan: Plan, name: str, *, is_chosen: bool, look: Look | None, with_levels: bool) -> Option:
    """Return a plan as an option.

    Parameters
    ----------
    plan : Plan
    name : str
    is_chosen : bool
    look : Look or None
        By whose lenses it is judged; only where its rules are those of the look.
    with_levels : bool
        Whether the lowest level may be told.
    """
    sums = totals(plan)
    return Option(
        name,
        is_last_year=False,
        is_chosen=is_chosen,
        lowest=_level(plan, sums.lowest_plan, with_levels),
        moved=sums.fte_added + sums.fte_given_up,
        given_up=sums.dollars_moved,
        schools_giving_up=sums.schools_giving_up,
        rules_broken=sum(1 for rule in plan.certificate.rules if rule.breaches),
        promises_broken=_broken(plan, plan.allocation),
        worst=_worst(plan, plan.allocation, look),
        note=plan.scenario.note,
    )


def last_year(plan: Plan, *, look: Look | None, with_levels: bool, is_chosen: bool = False) -> Option:
    """Return last year's posts and dollars as an option: what staying would mean under this plan's rules."""
    today = plan.view.district.today
    try:
        broken = sum(1 for rule in certify(plan.district, plan.scenario, today).rules if rule.breaches)
        note = (
            f"It breaks {broken} of {count_words(len(plan.scenario.rules), 'rule')}."
            if broken
            else "It breaks no rule."
        )
    except EquityAllocError as error:
        broken, note = len(plan.scenario.rules), str(error)
    return Option(
        LAST_YEAR,
        is_last_year=True,
        is_chosen=is_chosen,
        lowest=_level(plan, totals(plan).lowest_today, with_levels),
        moved=fte_moved(plan.district, today),
        given_up=0,
        schools_giving_up=0,
        rules_broken=broken,
        promises_broken=_broken(plan, today),
        worst=_worst(plan, today, look),
        note=note,
    )


def lens_scenarios(scenario: Scenario, look: Look) -> dict[str, Scenario]:
    """Return a scenario for the compromise and for each lens's plan, by the name of the option."""
    goals: dict[str, Objective] = {COMPROMISE: AgreedDollars(agreed_text(look.between.amounts(look.goals)))}
    goals |= {goal.name: goal.objective for goal in look.goals.goals}
    return {
        name: dataclasses.replace(scenario, name=name, objective=objective, note=_goal_words(name))
        for name, objective in goals.items()
    }


def _goal_words(name: str) -> str:
    """Return what a plan was looked at for, which stands as its reason until somebody writes another one."""
    if name == COMPROMISE:
        return "It lies between what the lenses ask for."
    return f"One view of what is right asks for it by itself: {name[:1].lower()}{name[1:]}."


def usual_options(plan: Plan) -> tuple[Scenario, ...]:
    """Return what stands beside a plan before anybody has chosen options: the compromise between lenses.

    There is none where no lens has anything to gain, or where the plan itself is that compromise, whatever it is called.
    """
    found = look(plan.view)
    asked = [] if found is None else [lens_scenarios(plan.scenario, found)[COMPROMISE]]
    return tuple(each for each in asked if each.objective != plan.scenario.objective)


def print_worst(worst: Decimal | None) -> str:
    """Return the largest part of a lens's gain that is forgone, in percent."""
    return "not judged" if worst is None else print_forgone(float(worst))


def _worst(plan: Plan, allocation: Allocation, look: Look | None) -> Decimal | None:
    if look is None:
        return None
    return Decimal(str(round(max(0.0, float(look.regrets_of(plan.view, allocation).max())), 4)))


def _broken(plan: Plan, allocation: Allocation) -> int:
    broken = (State.BROKEN, State.DROPPED)
    return sum(1 for each in scoreboard(plan.district, plan.scenario, allocation) if each.state in broken)


def _level(plan: Plan, level: float, with_levels: bool) -> str:
    unit = plan.view.levels.unit
    if unit.startswith("share"):
        return f"{level * 100:.1f} %"
    return print_dollars(round(level * 100)) if with_levels else HIDDEN
