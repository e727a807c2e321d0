"""Which part of a plan's distance from the bound was given up on purpose, so that fewer posts move, and which is unproven."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from equity_alloc.domain.money import print_dollars
from equity_alloc.objectives.base import RaiseLowest
from equity_alloc.planning.nearness import hundredths_up
from equity_alloc.planning.plan import Plan, StageLog
from equity_alloc.planning.settle import Rounded, round_settled
from equity_alloc.planning.wanted import Wanted
from equity_alloc.problem.arrays import Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.problem.filling import fill
from equity_alloc.problem.funding import Funding
from equity_alloc.problem.proof import level_weights
from equity_alloc.scenario import ScenarioView

TITLE = "raise the lowest level in whole posts, before moves are saved"
METHOD = "posts in their steps within the fund sets, in cents"
#: The same where a district has no posts.
CENTS_TITLE, CENTS_METHOD = (
    "raise the lowest level in whole cents, before moves are saved",
    "whole cents within the fund sets",
)
SCALE = 100
#: Cents per unit of weight by which a level may stay below the best without being looked for again.
NEAR = 1


@dataclass(frozen=True, slots=True)
class GivenUp:
    """The two parts of how much higher the lowest school could stand at most; they add up to it.

    Parameters
    ----------
    chosen : Fraction
        A plan in whole posts stands so much higher, and moves more.
    unproven : Fraction
        So much further no plan can be ruled out.
    unit : str
    """

    chosen: Fraction
    unproven: Fraction
    unit: str


def whole_level_logs(
    view: ScenarioView, cells: Cells, cuts: Cuts, wanted: Wanted, rounded: Rounded
) -> tuple[StageLog, ...]:
    """Return the lowest level that whole posts reach where no tolerance saves moves; nothing where it was not looked for.

    It was looked for while posts alone were chosen. Where lines take up what posts leave, the plan's own posts stay and
    its lines are shared out anew; where that does not reach the best level, schools are rounded once more without tolerance.

    Parameters
    ----------
    view : ScenarioView
    cells : Cells
    cuts : Cuts
        Feasible, of the same cells.
    wanted : Wanted
        The plan in fractions of posts.
    rounded : Rounded
        What became of it on its steps.

    Returns
    -------
    tuple of StageLog
        One log or none; it claims no bound.
    """
    stage = next(view.scenario.objective.stages(view))
    if not view.scenario.tolerance or cells.is_coupled or cells.leasts or not isinstance(stage, RaiseLowest):
        return ()
    weights = level_weights(view, cells.schools)
    if rounded.highest is not None:
        lowest = _lowest(_counted(cells, cuts, rounded.highest), weights)
    else:
        lowest = _lowest(_shared_anew(cells, rounded.amounts, np.array([float(each) for each in weights])), weights)
        best = _lowest(np.floor(wanted.best + cuts.counted_local).astype(np.int64), weights)
        if lowest + NEAR < best:
            pooled = np.minimum(wanted.best, cuts.highest)
            again = round_settled(cells, cuts, replace(wanted, pooled=pooled, tolerance=np.ones(len(pooled))))
            lowest = lowest if again is None else max(lowest, _lowest(_counted(cells, cuts, again), weights))
    if not lowest:
        return ()
    reached = float(lowest / stage.levels.cents_per_unit)
    title, method = (TITLE, METHOD) if cells.n_positions else (CENTS_TITLE, CENTS_METHOD)
    return (StageLog(title, reached, stage.levels.unit, None, method),)


def given_up(plan: Plan) -> GivenUp | None:
    """Return the parts of the distance between a plan's lowest level and its bound, None where only their sum is known."""
    log = next((log for log in plan.stages if log.title in (TITLE, CENTS_TITLE)), None)
    proof = plan.certificate.proof
    if log is None or proof is None:
        return None
    level, bound = Fraction(proof.level), Fraction(proof.bound)
    reached = min(max(level, Fraction(log.value)), bound)
    return GivenUp(reached - level, bound - reached, proof.unit)


def given_up_words(plan: Plan) -> str:
    """Return the two parts as a clause in brackets that follows the whole distance; "" where nothing was given up."""
    parts = given_up(plan)
    if parts is None:
        return ""
    # In hundredths, so that the parts that are told add up to the whole that is told.
    size = SCALE * SCALE if parts.unit.startswith("share") else SCALE
    # What whole posts reach is kept as a float, so what is left of the bound beyond it may be a crumb of arithmetic.
    whole, unproven = hundredths_up((parts.chosen + parts.unproven) * size), hundredths_up(float(parts.unproven * size))
    if whole == unproven:
        return ""
    if not unproven:
        return f" (all of it was given up on purpose, {purpose(plan)})"
    chosen, rest = _print(whole - unproven, parts.unit), _print(unproven, parts.unit)
    return f" (of this, {chosen} was given up on purpose, {purpose(plan)}, and at most {rest} is unproven)"


def purpose(plan: Plan) -> str:
    """Return what a part of the distance was given up for: posts that stay where they are, or money where there are no posts."""
    return f"so that {'fewer posts move' if plan.district.positions else 'less money moves'}"


def _print(hundredths: int, unit: str) -> str:
    return f"{hundredths / SCALE:.2f} %" if unit.startswith("share") else print_dollars(hundredths, with_cents=True)


def _lowest(counted: Ints | None, weights: tuple[Fraction, ...]) -> Fraction:
    """Return the lowest level of schools that have one, in cents per unit of weight; zero where there are no dollars."""
    if counted is None:
        return Fraction(0)
    return min(Fraction(int(cents)) / weight for cents, weight in zip(counted, weights, strict=True) if weight)


def _counted(cells: Cells, cuts: Cuts, amounts: Ints) -> Ints:
    cost = (amounts * cells.price // 100)[:, None]
    counted: Ints = Funding(cells, cuts).paid(np.arange(len(cost)), cost)[2][:, 0]
    return counted


def _shared_anew(cells: Cells, amounts: Ints, weights: np.ndarray) -> Ints | None:
    """Return counted cents with the posts as they are and lines shared out for the highest levels, to the cent."""
    n = cells.n_positions
    least, most = cells.least.copy(), cells.most.copy()
    least[:, :n] = most[:, :n] = amounts[:, :n]
    cuts = build_cuts(replace(cells, least=least, most=most))
    if not cuts.is_feasible:
        return None
    pooled = np.maximum(np.floor(fill(cuts, weights).pooled).astype(np.int64), cuts.lowest)
    needs = np.maximum(cuts.must_pay, pooled - cuts.others_can).sum(1)
    if (needs > np.array(cuts.budget)).any() or (pooled > cuts.highest).any():
        return None
    counted: Ints = pooled + cuts.counted_local
    return counted
