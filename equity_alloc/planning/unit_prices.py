"""What one unit more or less of each rule's settings would do to levels, for whom, and how far that holds.

A setting is moved by the step that its field on screen has; levels are those of the scenario without its steps.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.prices import SAME, TOLD, furthest, usual_level
from equity_alloc.planning.relaxation import Relaxation, relax
from equity_alloc.rules.base import Rule
from equity_alloc.rules.setting import SettingInfo, typed_settings_of, with_setting
from equity_alloc.scenario import Scenario

#: Steps beyond which nobody moves a setting in one go.
MOST_STEPS = 64


@dataclass(frozen=True, slots=True)
class Step:
    """What one step of a setting does.

    Parameters
    ----------
    lowest : float
        By how much the lowest level moves, in cents per unit of weight.
    gain, pay : tuple of (str, float)
        Schools whose level rises or falls, and by how much.
    holds : Decimal
        The value of the setting up to which each step moves the lowest of these schools by the same.
    ends_plans : bool
        Whether the setting can go no further, or no plan exists beyond.
    is_at_least : bool
        Whether nobody looked further, so that each step may do the same beyond.
    """

    lowest: float
    gain: tuple[tuple[str, float], ...]
    pay: tuple[tuple[str, float], ...]
    holds: Decimal
    ends_plans: bool
    is_at_least: bool = False


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """One setting of one rule, moved up and down by one step; None where it cannot go there or no plan would exist.

    Parameters
    ----------
    number : int
        Place of the rule in the scenario, from 1.
    name : str
        Of the setting's field.
    info : SettingInfo
    value, step : Decimal
    up, down : Step or None
    no_plan : tuple of int
        1 where the rule could be one step higher and no plan exists then, -1 where it could be one step lower.
    """

    number: int
    name: str
    info: SettingInfo
    value: Decimal
    step: Decimal
    up: Step | None
    down: Step | None
    no_plan: tuple[int, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether some level moves either way."""
        return any(side is not None and (side.gain or side.pay) for side in (self.up, self.down))


def unit_prices(district: District, scenario: Scenario, numbers: Collection[int] | None = None) -> Iterator[UnitPrice]:
    """Yield the price of one step of every numeric setting of every rule, for a caller who shows progress.

    Parameters
    ----------
    district : District
    scenario : Scenario
    numbers : collection of int or None
        Places of the rules that are priced, from 1; None for all.
    """
    start = relax(scenario.view(district))
    if start is None:
        return
    for number, rule in enumerate(scenario.rules, 1):
        for name, info in typed_settings_of(rule).items() if numbers is None or number in numbers else ():
            value = getattr(rule, name)
            if isinstance(value, Decimal) and info.step is not None and _is_one(info, value):
                up, down = (_step(start, number, name, sign * info.step) for sign in (1, -1))
                ends = tuple(
                    sign
                    for sign, side in ((1, up), (-1, down))
                    if side is None and _rules_with(start, number, name, sign * info.step) is not None
                )
                yield UnitPrice(number, name, info, value, info.step, up, down, ends)


def _step(start: Relaxation, number: int, name: str, by: Decimal) -> Step | None:
    near = _moved(start, number, name, by)
    if near is None:
        return None
    change = np.nan_to_num(near.levels - start.levels)
    told = usual_level(start) * TOLD
    at = [(code, float(change[s])) for s, code in enumerate(start.cells.schools) if abs(change[s]) >= told]
    watched = min(
        (s for s in range(len(change)) if abs(change[s]) >= told), key=lambda s: start.levels[s], default=None
    )

    def holds(steps: int) -> bool:
        far = _moved(start, number, name, by * steps)
        if far is None:
            return False
        moved = np.nan_to_num(far.levels - start.levels)
        return watched is None or bool(abs(moved[watched] / steps - change[watched]) <= SAME * abs(change[watched]))

    far = furthest(holds, MOST_STEPS) if watched is not None else 1
    value = getattr(start.view.scenario.rules[number - 1], name) + by * far
    return Step(
        _lowest(near) - _lowest(start),
        tuple(pair for pair in at if pair[1] > 0),
        tuple(pair for pair in at if pair[1] < 0),
        value,
        watched is not None and far < MOST_STEPS and _moved(start, number, name, by * (far + 1)) is None,
        watched is not None and far == MOST_STEPS,
    )


def _rules_with(start: Relaxation, number: int, name: str, by: Decimal) -> list[Rule] | None:
    """Return the rules with a setting moved, or None where the rule takes no such value, or another kind of it."""
    rules: list[Rule] = list(start.view.scenario.rules)
    rule = rules[number - 1]
    value = getattr(rule, name) + by
    if not _is_one(typed_settings_of(rule)[name], value):
        return None
    try:
        rules[number - 1] = with_setting(rule, name, value)
    except EquityAllocError:
        return None
    return rules


def _is_one(info: SettingInfo, value: Decimal) -> bool:
    """Return whether a value is one that steps lead to and from; no ratio is none, and so has no next."""
    return info.lower is None or value >= info.lower


def _moved(start: Relaxation, number: int, name: str, by: Decimal) -> Relaxation | None:
    """Return the relaxation with a setting moved, or None where it cannot go there or no plan would exist."""
    rules = _rules_with(start, number, name, by)
    try:
        return None if rules is None else relax(start.view, rules, weights=start.weights)
    except EquityAllocError:
        return None


def _lowest(relaxation: Relaxation) -> float:
    return float(np.nanmin(relaxation.levels))
