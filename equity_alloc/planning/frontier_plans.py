"""The plans along a line: which scenarios they come from, and what each becomes once it is certified."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, Decimal

from equity_alloc.domain.number import print_percent
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.raise_lowest import RaiseLowestFirst
from equity_alloc.planning.frontier import LOWEST, Axis, Line, Point, Tracer
from equity_alloc.planning.plan import Plan, Result
from equity_alloc.rules.moved_posts import MovedPosts
from equity_alloc.rules.spending_together import Money, Side, SpendingTogether
from equity_alloc.scenario import LevelBasis, Scenario
from equity_alloc.solver.moving_limit import Look

#: Between a scenario's name and what a line asks of it.
SEPARATOR = " · "
#: Parts of a line's span by which a sum of dollars is eased where whole steps do not fit into it.
EASED = (0.01, 0.03)
#: Plans that are made and certified along a line, if nothing else is said.
POINTS = 9


def stated_scenarios(
    line: Line, scenario: Scenario, points: int = POINTS, setting: str = LOWEST
) -> tuple[Scenario, ...]:
    """Return the scenarios of the plans along a line: at its corners where they are few, spread over levels where not.

    Parameters
    ----------
    line : Line
    scenario : Scenario
    points : int
        At least two.
    setting : str
        Of the dial, by which the line was traced.

    Returns
    -------
    tuple of Scenario
        From the fewest moves or dollars to the best level; each has a name that says where it stands.
    """
    low, high = line.corners[0], line.corners[-1]
    looks = {0: low, points - 1: high}
    for k in range(1, points - 1):
        wanted = low.level + (high.level - low.level) * k / (points - 1)
        near = min(line.corners, key=lambda look: abs(look.level - wanted))
        close = abs(near.level - wanted) <= (high.level - low.level) / (points - 1) / 2
        looks[k] = near if close and near not in looks.values() else _between(line, wanted)
    ordered = [looks[k] for k in sorted(looks)]
    made = dict.fromkeys(_scenario(line, scenario, look, setting) for look in ordered)
    return tuple(made)


def comes_from_line(scenario: Scenario, base: Scenario) -> bool:
    """Return whether a scenario is what a plan on a line of another one is loaded as, by all that a line changes.

    Parameters
    ----------
    scenario, base : Scenario
        The one that may have been loaded, and the one whose line it may stand on.
    """
    if SEPARATOR not in scenario.name or scenario == base:
        return False
    as_base = dataclasses.replace(scenario, name=base.name, objective=base.objective)
    goal = scenario.objective
    if isinstance(goal, RaiseByDial) and goal.ceiling > 0 and scenario.rules == base.rules:
        return scenario.tolerance == 0 and dataclasses.replace(as_base, tolerance=base.tolerance) == base
    if not scenario.rules or not isinstance(scenario.rules[-1], SpendingTogether | MovedPosts):
        return False
    if isinstance(scenario.rules[-1], MovedPosts) and scenario.tolerance == 0:
        as_base = dataclasses.replace(as_base, tolerance=base.tolerance)
    return dataclasses.replace(as_base, rules=scenario.rules[:-1]) == base


def certified_point(tracer: Tracer, line: Line, scenario: Scenario, make: Callable[[Scenario], Result]) -> Point | None:
    """Return the certified plan of a stated scenario as a point, or None where no plan in whole steps was found.

    Whole steps may not fit into a sum of dollars that fractions of posts just fit into; then the sum is eased a little.

    Parameters
    ----------
    tracer : Tracer
    line : Line
    scenario : Scenario
        Of the line.
    make : callable (scenario) -> Plan or Impossible
    """
    found = []
    for tried in (scenario, *_eased(line, scenario)):
        result = make(tried)
        if isinstance(result, Plan):
            found.append(tracer.point(result))
            # What is within its moves needs no more of them; a sum of dollars may be too tight for whole posts.
            if found[-1].is_proven or line.axis is Axis.MOVES:
                return found[-1]
    return max(found, key=lambda point: point.level, default=None)


def _between(line: Line, level: float) -> Look:
    for left, right in zip(line.corners, line.corners[1:], strict=False):
        if left.level <= level <= right.level and right.level > left.level:
            share = (level - left.level) / (right.level - left.level)
            return Look(left.limit + (right.limit - left.limit) * share, level, right.price)
    return line.corners[-1]


def _scenario(line: Line, scenario: Scenario, look: Look, setting: str) -> Scenario:
    own, plain_name = scenario.objective, scenario.name.split(SEPARATOR)[0][:40]
    dial = dataclasses.replace(own, ceiling=Decimal(0)) if isinstance(own, RaiseByDial) else RaiseByDial()
    lowest = RaiseByDial("infinity", unit=dial.unit)
    if line.axis is Axis.MOVES and setting == LOWEST:
        # A level as a ceiling asks for no more than is needed to reach it, and so for the fewest moves.
        digits = Decimal("0.0001") if scenario.basis is LevelBasis.TARGET else Decimal("0.01")
        ceiling = max(Decimal(repr(look.level)).quantize(digits, ROUND_DOWN), digits)
        name = f"{plain_name}{SEPARATOR}lowest first up to {_print_level(ceiling, line.unit)}"
        goal = dataclasses.replace(lowest, ceiling=ceiling)
        return dataclasses.replace(scenario, name=name, objective=goal, tolerance=0)
    objective = own if isinstance(own, RaiseLowestFirst) else lowest
    if setting != LOWEST:
        objective = dataclasses.replace(dial, aversion=setting)
    named = dataclasses.replace(scenario, name=plain_name, objective=objective)
    if line.axis is Axis.MOVES:
        # Within the moves that are allowed none need be saved, so nothing of the level is given for fewer.
        posts = Decimal(repr(look.limit)).quantize(Decimal(1), ROUND_CEILING) / 100
        return _under(dataclasses.replace(named, tolerance=0), MovedPosts(max(Decimal(0), posts)))
    is_cost = line.axis is Axis.COST
    cents = Decimal(repr(look.limit)).quantize(Decimal(1), ROUND_CEILING if is_cost else ROUND_FLOOR)
    rule = SpendingTogether(max(Decimal(0), cents / 100))
    if not is_cost:
        rule = dataclasses.replace(rule, side=Side.LEAST, money=Money.CORE)
    return _under(named, rule)


def _under(scenario: Scenario, rule: SpendingTogether | MovedPosts) -> Scenario:
    """Return a scenario with a sum of dollars or of moves held, and a name that says so."""
    if isinstance(rule, MovedPosts):
        held = f"at most {rule.fte:,.2f} FTE moved"
    else:
        held = (
            f"{rule.side.value} ${rule.dollars:,.0f}{' of core money' if rule.money is Money.CORE else ''} at schools"
        )
    return dataclasses.replace(scenario, name=f"{scenario.name}{SEPARATOR}{held}", rules=(*scenario.rules, rule))


def _eased(line: Line, scenario: Scenario) -> Iterator[Scenario]:
    """Yield the scenario with its sum of dollars or moves eased by parts of what the line spans."""
    span = abs(line.corners[-1].limit - line.corners[0].limit) / 100
    *rules, rule = scenario.rules or (None,)
    for part in EASED:
        plain = dataclasses.replace(scenario, name=scenario.name.split(SEPARATOR)[0], rules=tuple(rules))
        if isinstance(rule, SpendingTogether):
            by = Decimal(round(span * part)) * (1 if rule.side is Side.MOST else -1)
            yield _under(plain, dataclasses.replace(rule, dollars=max(Decimal(0), rule.dollars + by)))
        elif isinstance(rule, MovedPosts) and line.axis is Axis.MOVES and not line.is_exact:
            yield _under(plain, dataclasses.replace(rule, fte=rule.fte + Decimal(repr(round(span * part, 2)))))


def _print_level(level: Decimal, unit: str) -> str:
    return f"{print_percent(float(level), 2)} of target" if unit.startswith("share") else f"${level:,.0f}"
