"""Why the lowest level cannot rise: an exact bound, found and re-checked in rationals without a solver."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.objectives.base import RaiseEquivalent, RaiseLowest, Stage
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.coupled_bound import Prices, coupled_bound
from equity_alloc.problem.cuts import Cuts, build_cuts, build_loose_cuts
from equity_alloc.problem.filling import fill
from equity_alloc.problem.problem import build_problem
from equity_alloc.problem.whole_bound import whole_level_bound
from equity_alloc.scenario import Scenario, ScenarioView

#: Of whom the bound speaks where a school's own shares, left unused, would make room for more core money.
SHARES_USED = "The proof is about plans that use money with a sharing rule of its own as far as it can be used."
#: Two bounds in cents per unit, or in any unit, that lie no further apart are told as one.
SAME_BOUND = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class BoundProof:
    """Why no plan can raise the lowest level further, or the equal level that is worth as much.

    Parameters
    ----------
    level : str
        Level of the plan, exact fraction as text, in `unit`.
    bound : str
        Proven upper bound for that level of any plan under the same rules, exact fraction as text.
    unit : str
    funds : tuple of str
        Titles of the funds that limit it; empty where a school's own ceiling does.
    words : str
        The argument.
    prices : Prices or None
        Where rules hold several schools together: what the bound was found with. It can be found again with them by
        anybody, from the rules alone.
    """

    level: str
    bound: str
    unit: str
    funds: tuple[str, ...]
    words: str
    prices: Prices | None = None

    @property
    def scope(self) -> str:
        """Which plans the bound leaves out, to follow what it says of all others; blank where it leaves out none."""
        return ", unless it left money with a sharing rule of its own unused" if SHARES_USED in self.words else ""

    @property
    def gap(self) -> Fraction:
        """Bound minus level, in `unit`; what better planning could still gain at most."""
        return max(Fraction(0), Fraction(self.bound) - Fraction(self.level))


def prove_lowest_level(
    district: District, scenario: Scenario, allocation: Allocation, prices: Prices | None = None
) -> BoundProof | None:
    """Return the proof for a plan, or None where the scenario does not raise the lowest level.

    Where rules hold several schools together their limits are built anew from the scenario, and prices that a search
    suggests give a lower bound than funds alone; whatever the prices are, the bound holds.

    The bound holds for posts in any fraction, so all the more for posts in their steps; where no line takes up what posts
    leave, the sums that whole steps can make give a lower one. It holds for every plan, whatever that uses of funds with a
    rule of their own, unless the words say otherwise.
    """
    view = scenario.view(district)
    stages = scenario.objective.stages(view)
    if not _raises_schools(next(stages)) or not view.levels.weights:
        return None
    cells = build_cells(build_problem(view))
    if cells.has_crossed_bounds:
        return None
    cuts = build_cuts(cells)
    if not cuts.is_feasible:
        return None
    weights = level_weights(view, cells.schools)
    bound, index, row = lowest_level_bound(cuts, weights)
    loose = build_loose_cuts(cells) if cells.local else None
    for_all = bound if loose is None else lowest_level_bound(loose, weights)[0]
    level = min(
        Fraction(view.district.counted_dollars(allocation, code)) / weight for code, weight in view.levels.weights
    )
    per_unit = view.levels.cents_per_unit
    funds = () if index is None else _titles(view, cells, cuts.sets[index])
    words = _words_of_funds(view, funds, row, is_reached=level >= bound)
    coupled = None if prices is None or not cells.coupling else coupled_bound(cells, cuts, weights, prices)
    if prices is not None and coupled is not None and level <= coupled < bound:
        if loose is not None:
            for_all = min(for_all, coupled_bound(cells, loose, weights, prices) or for_all)
        bound, funds = coupled, tuple(view.district.fund_of[c].title for c in priced_funds(prices, cells))
        kept = kept_words(scenario, cells, prices, funds)
        words = (
            f"To raise the lowest school further, schools could not keep all of this{kept}. The limits were built anew from the "
            "rules, and the bound worked out in exact fractions, without the solver."
        )
    else:
        prices = None
    whole = whole_level_bound(cells, cuts, weights, level, bound)
    if whole is not None:
        bound, funds, prices = whole.bound, (), None
        if whole.index is not None:
            funds = _titles(view, cells, cuts.sets[whole.index])
        words = _whole_words(funds, "" if whole.row is None else view.district.schools[whole.row].label)
    if cells.is_coupled and prices is None:
        words += (
            " Rules that tie several schools or amounts together may hold it lower still; this proof leaves them out."
        )
    told = bound if loose is None else told_bound(bound, for_all, SAME_BOUND)
    if told is None:
        words += f" {SHARES_USED} No other plan can pass {float(for_all / per_unit):,.2f} {view.levels.unit}."
    return BoundProof(str(level / per_unit), str((told or bound) / per_unit), view.levels.unit, funds, words, prices)


def _words_of_funds(view: ScenarioView, funds: tuple[str, ...], row: int, *, is_reached: bool) -> str:
    """Say what holds the lowest level down: funds that are used up, or the own limits of the school in a row."""
    if funds:
        return f"To raise the lowest school further, schools would need more from {' and '.join(funds)} than is there."
    school = view.district.schools[row].label
    if is_reached:
        return f"{school} has reached the most that its own limits allow."
    saves = "saves moves and keeps posts whole" if view.district.positions else "moves less money"
    return (
        f"{school} can rise only as far as its own limits allow; the plan stops a little short of that, which {saves}."
    )


def told_bound(bound: Fraction, for_all: Fraction, same: Fraction) -> Fraction | None:
    """Return the bound that holds for all plans where it is as near as that of plans that use their shares; else None.

    Examples
    --------
    >>> told_bound(Fraction(741_500), Fraction(741_500), SAME_BOUND), told_bound(Fraction(7), Fraction(9), SAME_BOUND)
    (Fraction(741500, 1), None)
    """
    return for_all if for_all <= bound + same else None


def _titles(view: ScenarioView, cells: Cells, members: int) -> tuple[str, ...]:
    """Return the titles of a set of pooled funds."""
    return tuple(view.district.fund_of[code].title for bit, code in enumerate(cells.pooled) if members >> bit & 1)


def _whole_words(funds: tuple[str, ...], school: str) -> str:
    """Return why posts in whole steps let the lowest level rise no further: money of funds, or a school without a sum."""
    if school:
        stops = f"no posts of {school} come to more within its own limits"
    else:
        stops = f"the next sums of all schools together need more from {' and '.join(funds)} than is there"
    return (
        "Posts come in whole steps, and no other line takes up what they leave, so a school's dollars are one of the sums that "
        f"its steps can make. To raise the lowest school further, {stops}. All sums were listed in exact integers, without the "
        "solver."
    )


def priced_funds(prices: Prices, cells: Cells) -> list[str]:
    """Return the codes of the funds that prices name, of those that the problem has."""
    return sorted({code for codes, price in prices.funds if price > 0 for code in codes if code in cells.pooled})


def kept_words(scenario: Scenario, cells: Cells, prices: Prices, funds: tuple[str, ...]) -> str:
    """Return which funds and rules prices name together, to follow "all of this"."""
    titles = {rule.code: rule.title for rule in scenario.rules}
    codes = dict.fromkeys(cells.coupling[k].rule for k, price in prices.limits if price and k < len(cells.coupling))
    rules = [titles[code] for code in codes if code in titles]
    held = "; ".join(rules) or "rules that hold several schools together"
    money = (
        f" with what {' and '.join(funds)} hold" if len(funds) > 1 else f" with what {funds[0]} holds" if funds else ""
    )
    return f"{money}: {held}"


def _raises_schools(stage: Stage) -> bool:
    """Whether the lowest level of a school is what a stage raises, alone or before others."""
    if isinstance(stage, RaiseEquivalent):
        return stage.one_a_school and stage.ceiling is None and stage.aversion != 0
    return isinstance(stage, RaiseLowest)


def level_weights(view: ScenarioView, schools: tuple[str, ...]) -> tuple[Fraction, ...]:
    """Return the level weight of each school in order, zero where it has none."""
    known = dict(view.levels.weights)
    return tuple(known.get(code, Fraction(0)) for code in schools)


def lowest_level_bound(cuts: Cuts, weights: tuple[Fraction, ...]) -> tuple[Fraction, int | None, int]:
    """Return an exact upper bound on the lowest level, in cents per unit of weight, with its witness.

    Returns
    -------
    Fraction
    int or None
        Index of the fund set that proves it; None when a school's own ceiling does.
    int
        Row of the school with the lowest ceiling.
    """
    ceilings = [
        (Fraction(int(high) + int(local)) / weight, row)
        for row, (high, local, weight) in enumerate(zip(cuts.highest, cuts.counted_local, weights, strict=True))
        if weight
    ]
    bound, row = min(ceilings)
    rounds = fill(cuts, np.array([float(weight) for weight in weights])).rounds
    if not rounds or rounds[0][1] < 0:
        return bound, None, row
    level, index = rounds[0]
    proven = _exact_level(cuts, weights, index, Fraction(level))
    if proven is None or proven >= bound:
        return bound, None, row
    return proven, index, row


def _exact_level(cuts: Cuts, weights: tuple[Fraction, ...], index: int, near: Fraction) -> Fraction | None:
    """Return the level at which a fund set is exactly used up, solved near a float and then checked in rationals.

    Above the returned level the set's needs exceed its budget, because needs never fall as the level rises.
    """
    budget = cuts.budget[index]
    level = near
    for _ in range(8):
        slope, need = _need(cuts, weights, index, level)
        if slope:
            if need == budget:
                break
            level += (budget - need) / slope
            continue
        # Nobody draws more yet: go on to where the next school begins to.
        later = [start for start in _starts(cuts, weights, index) if start > level]
        if not later:
            return None
        level = min(later)
    slope, need = _need(cuts, weights, index, level)
    if need < budget or slope == 0:
        return None
    return level


def _starts(cuts: Cuts, weights: tuple[Fraction, ...], index: int) -> list[Fraction]:
    """Return the levels from which each school draws more and more from a fund set."""
    draws = np.maximum(cuts.lowest, cuts.must_pay[index] + cuts.others_can[index])
    starts = zip(weights, (draws + cuts.counted_local).tolist(), (draws < cuts.highest).tolist(), strict=True)
    return [start / weight for weight, start, can_rise in starts if weight and can_rise]


def _need(cuts: Cuts, weights: tuple[Fraction, ...], index: int, level: Fraction) -> tuple[Fraction, Fraction]:
    """Return the slope to the right and the value of a fund set's need at a level."""
    slope, total = Fraction(0), Fraction(0)
    rows = zip(
        weights,
        cuts.lowest.tolist(),
        cuts.highest.tolist(),
        cuts.counted_local.tolist(),
        cuts.must_pay[index].tolist(),
        cuts.others_can[index].tolist(),
        strict=True,
    )
    for weight, low, high, local, must, others in rows:
        wanted = weight * level - local
        pooled = min(max(wanted, Fraction(low)), Fraction(max(low, high)))
        total += max(Fraction(must), pooled - others)
        if weight and low <= wanted < high and wanted - others >= must:
            slope += weight
    return slope, total
