"""What one more dollar would buy, for whom, and how far that holds; what a rule costs, and who pays for it.

Levels are those of the scenario without its steps, the lowest raised first. Money goes to the lowest schools that can
still rise, so its price is how fast they rise together; it is the same for every dollar until another school joins them
or one of them is stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from equity_alloc.domain.district import District
from equity_alloc.domain.money import Cents
from equity_alloc.planning.relaxation import Relaxation, relax
from equity_alloc.rules.base import Rule
from equity_alloc.scenario import Scenario

#: Part of a usual level below which a change is the arithmetic's, not the money's; a linear program has fewer digits.
NOTHING, NOTHING_COUPLED = 1e-10, 1e-7
#: Part of a usual level from which a change is told: about a cent per weighted pupil.
TOLD = 1e-6
#: Part of itself within which one slope is the same as another.
SAME = 1e-3


@dataclass(frozen=True, slots=True)
class Slope:
    """What each further dollar does.

    Parameters
    ----------
    schools : tuple of str
        Schools whose level moves, lowest first; empty where no level does.
    level : float
        Where the lowest of them stands, in cents per unit of weight.
    per_dollar : float
        Cents per unit of weight by which it moves with each dollar, up or down.
    holds : Cents
        How far each dollar does the same, to the dollar (to a hundred-thousandth of all money where
        rules hold schools together).
    is_at_least : bool
        Whether nobody looked further than all the money there is, so that each dollar may do the same beyond.
    beyond : float or None
        What each dollar does just beyond, likewise; None where no plan can exist there, or nobody looked.
    """

    schools: tuple[str, ...]
    level: float
    per_dollar: float
    holds: Cents
    is_at_least: bool = False
    beyond: float | None = None


@dataclass(frozen=True, slots=True)
class FundPrice:
    """What a dollar more in a fund would add, and what a dollar less would take; None where no plan can exist then."""

    fund: str
    more: Slope | None
    less: Slope | None


@dataclass(frozen=True, slots=True)
class RulePrice:
    """What a rule does to levels, in cents per unit of weight.

    Parameters
    ----------
    number : int
        Place in the scenario, from 1.
    lowest : float
        By how much the lowest level would be higher without the rule.
    gain, pay : tuple of (str, float)
        Schools whose level is higher, or lower, because of the rule.
    dollars : Cents
        Core dollars that schools have because of the rule and would not have without it.
    """

    number: int
    lowest: float
    gain: tuple[tuple[str, float], ...]
    pay: tuple[tuple[str, float], ...]
    dollars: Cents


def fund_prices(district: District, scenario: Scenario) -> Iterator[FundPrice]:
    """Yield the price of every fund that the plan shares out, for a caller who shows progress; none without a plan.

    A fund with a rule of its own is not among them: that rule says what one more dollar does.
    """
    start = relax(scenario.view(district))
    if start is None:
        return
    pot = sum(fund.amount for fund in start.view.district.funds)
    pooled = [fund for fund in start.view.district.funds if fund.code in start.cells.pooled]
    for fund in pooled:
        yield FundPrice(fund.code, _slope(start, fund.code, pot), _slope(start, fund.code, -fund.amount))


def alike(prices: Iterable[FundPrice]) -> tuple[tuple[FundPrice, ...], ...]:
    """Return the prices in groups of funds in which a dollar does the very same, in the order of the first of each."""
    groups: list[list[FundPrice]] = []
    for price in prices:
        for group in groups:
            if _same(group[0].more, price.more) and _same(group[0].less, price.less):
                group.append(price)
                break
        else:
            groups.append([price])
    return tuple(tuple(group) for group in groups)


def _same(a: Slope | None, b: Slope | None) -> bool:
    if a is None or b is None:
        return a is b
    near = abs(a.per_dollar - b.per_dollar) <= SAME * abs(a.per_dollar)
    return near and (a.schools, a.holds, a.is_at_least) == (b.schools, b.holds, b.is_at_least)


def rule_prices(district: District, scenario: Scenario) -> Iterator[RulePrice]:
    """Yield the price of every rule that can be left out, one after the other; none without a plan."""
    start = relax(scenario.view(district))
    if start is None:
        return
    for number, rule in enumerate(scenario.rules, 1):
        if not rule.always:
            yield _rule_price(start, number, rule)


def probe_of(start: Relaxation) -> Cents:
    """Return the money by which slopes are measured: whole dollars, and more where a linear program's digits are fewer."""
    part = 10**5 if start.cells.is_coupled else 10**8
    return max(1, sum(fund.amount for fund in start.view.district.funds) // part // 100) * 100


def usual_level(start: Relaxation) -> float:
    """Return the middle one of the levels, in cents per unit of weight; one where no school has any."""
    known = start.levels[np.isfinite(start.levels)]
    return float(np.median(known)) if len(known) else 1.0


def _slope(start: Relaxation, fund: str, end: Cents) -> Slope | None:
    """Return what each dollar towards an end does, as far as each does the same."""
    sign, probe = 1 if end > 0 else -1, probe_of(start)
    nothing = usual_level(start) * (NOTHING_COUPLED if start.cells.is_coupled else NOTHING)
    near = start.with_more(fund, sign * probe)
    if near is None:
        return None
    change = near.levels - start.levels
    moved = np.flatnonzero(sign * change > nothing)
    moved = moved[np.argsort(start.levels[moved], kind="stable")]
    watched = moved[:1]
    per_probe = change[watched]

    def holds(probes: int) -> bool:
        far = start.with_more(fund, sign * probes * probe)
        if far is None:
            return False
        if not len(watched):
            return bool((np.abs(np.nan_to_num(far.levels - start.levels)) <= nothing).all())
        moves = (far.levels - start.levels)[watched] / probes
        return bool((np.abs(moves - per_probe) <= SAME * np.abs(per_probe)).all())

    most = max(1, abs(end) // probe)
    far = furthest(holds, most)
    return Slope(
        tuple(start.cells.schools[s] for s in moved.tolist()),
        float(start.levels[watched[0]]) if len(watched) else float("nan"),
        float(per_probe[0]) * 100 / probe if len(watched) else 0.0,
        far * probe,
        far == most and sign > 0,
        _beyond(start, fund, sign * far * probe, sign * probe, watched) if far < most else None,
    )


def _beyond(start: Relaxation, fund: str, at: Cents, by: Cents, watched: NDArray[np.int64]) -> float | None:
    """Return what each dollar does from two probes beyond the end of a price on; zero where nobody was watched."""
    near, far = (start.with_more(fund, at + times * by) for times in (2, 3))
    if near is None or far is None:
        return None
    return float((far.levels - near.levels)[watched[0]]) * 100 / abs(by) if len(watched) else None


def furthest(holds: Callable[[int], bool], end: int) -> int:
    """Return the largest number up to an end for which something that holds at one still holds."""
    if holds(end):
        return end
    low, high = 1, end
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _rule_price(start: Relaxation, number: int, rule: Rule) -> RulePrice:
    others = [other for other in start.view.scenario.rules if other is not rule]
    free = relax(start.view, others, weights=start.weights)
    if free is None:
        raise AssertionError(f"{rule.title}: no plan without it, though there is one with it.")
    change = np.nan_to_num(start.levels - free.levels)
    told = usual_level(start) * TOLD
    moved = [(code, float(change[s])) for s, code in enumerate(start.cells.schools) if abs(change[s]) >= told]
    weights = np.array([float(weight) for weight in start.weights])
    return RulePrice(
        number,
        max(0.0, float(np.nanmin(free.levels) - np.nanmin(start.levels))),
        tuple(pair for pair in moved if pair[1] > 0),
        tuple(pair for pair in moved if pair[1] < 0),
        round(float((change.clip(0) * weights).sum())),
    )
