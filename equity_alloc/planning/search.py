"""The road from a district and a scenario to a certified plan, or to the news that none can exist."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EmptyDistribution
from equity_alloc.objectives.base import (
    LowerDistance,
    LowerLargestLoad,
    LowerLoads,
    Optimum,
    RaiseEquivalent,
    RaiseLowest,
    RaiseWorstDraws,
    Stage,
)
from equity_alloc.planning.certify import certify
from equity_alloc.planning.conflict import explain_impossible
from equity_alloc.planning.even_loads import place_evenly
from equity_alloc.planning.given_up import whole_level_logs
from equity_alloc.planning.level_gap import judge_levels
from equity_alloc.planning.load import Placed, place_posts
from equity_alloc.planning.lowest import raise_lowest
from equity_alloc.planning.nearness import is_near
from equity_alloc.planning.no_answer import out_of_reach, without_answer
from equity_alloc.planning.plan import OutcomeKind, Plan, Result, StageLog, better, is_proven
from equity_alloc.planning.raising import Reached, raise_by_dial
from equity_alloc.planning.settle import at_targets, narrowed, round_best
from equity_alloc.planning.unmet import unmet_amount
from equity_alloc.planning.wanted import Wanted
from equity_alloc.planning.whole import find_whole, improve, widest_below
from equity_alloc.planning.worst_draws import DrawsReached, reach_worst_draws
from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.bound import distance_bound
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.coupled_bound import Prices
from equity_alloc.problem.cuts import Cuts, build_cuts
from equity_alloc.problem.flow import allocation_of, split_funds
from equity_alloc.problem.funding import Funding
from equity_alloc.problem.payers import keep_payers
from equity_alloc.problem.problem import build_problem
from equity_alloc.problem.proof import level_weights
from equity_alloc.scenario import Scenario, ScenarioView
from equity_alloc.solver.possible import fit_cuts, whole_plan
from equity_alloc.solver.projected import build_projected
from equity_alloc.solver.rows import MONEY
from equity_alloc.solver.stages import DOLLARS_MOVED, POSTS_MOVED, Driver
from equity_alloc.solver.status import Status


def plan(district: District, scenario: Scenario) -> Result:
    """Return the plan of a scenario, certified, or say that no plan can exist.

    Parameters
    ----------
    district : District
    scenario : Scenario

    Returns
    -------
    Plan or Impossible

    Raises
    ------
    EquityAllocError
        If the scenario names what the district does not have, or asks for a count that is unknown.
    """
    if not district.schools:
        raise EmptyDistribution("This district has no schools, so there is nothing to plan. Enter its schools.")
    view = scenario.view(district)
    problem = build_problem(view)
    cells = build_cells(problem)
    if problem.overdrawn or cells.has_crossed_bounds:
        return explain_impossible(district, scenario)
    cuts = build_cuts(cells)
    fitted = fit_cuts(cells, cuts) if cuts.is_feasible else None
    if fitted is None:
        return explain_impossible(district, scenario)
    unmet = unmet_amount(view, cells)
    if unmet is not None:
        return unmet
    return Road(district, view, cells, fitted).run()


class Road:
    """One run: stages, the chain after them, rounding, split and certificate."""

    def __init__(
        self, district: District, view: ScenarioView, cells: Cells, cuts: Cuts, *, in_steps: bool = False
    ) -> None:
        self.district, self.view, self.cells, self.cuts = district, view, cells, cuts
        self.given, self.in_steps, self.room = (cells, cuts), in_steps, np.zeros(len(cells.schools))
        self.logs: list[StageLog] = []
        self.levels: Floats | None = None
        self.reached: Reached | None = None
        self.drawn: DrawsReached | None = None
        self.distance: LowerDistance | None = None
        self.load: Placed | None = None
        self.prices: Prices | None = None

    def run(self) -> Result:
        """Walk the road."""
        if not self.reach():
            return out_of_reach(self.district, self.view.scenario)
        first, best, logs = None, None, self.logs
        for cells, gives in narrowed(self.cells, can_give=self.levels is not None):
            self.logs = logs[:]
            wanted = self.fractional(cells, gives=gives)
            if wanted is None:
                continue
            first = first or (wanted, self.logs[:])
            rounded = round_best(self.cells, self.cuts, wanted, self._level_weights(), self.view.scenario.tolerance)
            if rounded is None:
                continue
            self.logs.extend(whole_level_logs(self.view, self.cells, self.cuts, wanted, rounded))
            found = self._finish(rounded.amounts, self.cuts)
            best = found if best is None else better(best, found)
            if is_proven(best):
                return best
            if gives:
                break
        if first is None:
            return without_answer(self.district, self.view.scenario, "the search for the fewest moves gave no answer")
        wanted, self.logs = first
        if best is not None:
            return self._improved(best, wanted)
        found_whole = find_whole(self.cells, self.cuts, wanted, self._hold_in_steps, self.levels)
        return self._finish(*found_whole) if found_whole is not None else self._nothing_in_steps()

    def reach(self) -> bool:
        """Reach for what the objective raises, stage by stage; False where a stage cannot be reached at all."""
        stages = self.view.scenario.objective.stages(self.view)
        stage = next(stages, None)
        while stage is not None:
            value = self._equity(stage)
            if value is None:
                return False
            try:
                stage = stages.send(Optimum(value))
            except StopIteration:
                stage = None
        return True

    def _improved(self, result: Result, wanted: Wanted) -> Result:
        """Return a better plan in steps where the rounded one is not within its tolerance and one is found."""
        if self.levels is None or not isinstance(result, Plan) or is_proven(result) or is_near(result):
            return result
        found = improve(self.cells, self.cuts, wanted, self.levels, self._tolerance(), self._level_weights())
        return result if found is None else better(result, self._finish(*found))

    def _nothing_in_steps(self) -> Result:
        """Say that no plan in steps exists, where that is proven, or ask harder for a load that one can have."""
        if whole_plan(*self.given) is Status.INFEASIBLE:
            return explain_impossible(self.district, self.view.scenario, in_steps=True)
        if self.load is not None and not self.in_steps:
            return Road(self.district, self.view, *self.given, in_steps=True).run()
        return self._last_year_or("a plan exists in fractions of posts, but none was found in the positions' own steps")

    def _equity(self, stage: Stage) -> float | None:
        if isinstance(stage, RaiseLowest):
            lowest = raise_lowest(self.view, self.cells, self.cuts, stage)
            self.levels, self.room, self.prices = lowest.pooled, lowest.room, lowest.prices
            self.logs.append(lowest.log)
            return lowest.log.value
        if isinstance(stage, RaiseWorstDraws):
            self.drawn = reach_worst_draws(self.view, self.cells, self.cuts, stage)
            self.levels = self.drawn.pooled
            self.logs.append(self.drawn.log)
            return self.drawn.log.value
        if isinstance(stage, RaiseEquivalent):
            self.reached = raise_by_dial(self.cells, self.cuts, stage)
            self.levels, self.prices = self.reached.pooled, self.reached.prices
            self.logs.append(self.reached.log)
            return self.reached.log.value
        if isinstance(stage, LowerLargestLoad | LowerLoads):
            if isinstance(stage, LowerLoads):
                placed = place_evenly(self.view, self.cells, stage, in_steps=self.in_steps)
            else:
                placed = place_posts(self.view, self.cells, stage, in_steps=self.in_steps)
            if placed is None:
                return None
            self.cells, self.cuts, self.load = placed.cells, placed.cuts, placed
            self.logs.append(placed.log)
            return placed.log.value
        self.distance = stage
        return 0.0

    def fractional(self, cells: Cells, *, gives: bool = False) -> Wanted | None:
        """Return the plan in fractions of posts that keeps some cells' limits, None where the search has no answer.

        Least change comes first, then the best levels as near as can be (or least cost), then the tie-break. Where
        levels give way, all are held as far below the best as the worst must be.
        """
        room, below = self._tolerance(), np.zeros(len(cells.schools))
        if gives and self.levels is not None:
            weights = self._level_weights()
            widest = widest_below(cells, self.cuts, self.levels, weights)
            if widest is None:
                return None
            below = widest * weights
        model = build_projected(cells, self.cuts)
        driver = Driver(model)
        self._hold(driver, below + room / 2)
        if self.distance is not None:
            solved = driver.lower_distance(self.distance)
            if not solved.is_accepted:
                return None
            prices = {
                index: Fraction(-float(solved.duals[row])).limit_denominator(10**6)
                for index, row in model.cut_rows.items()
            }
            bound = distance_bound(self.cuts, self.cells.schools, self.distance, prices) / 100
            reached = solved.objective * MONEY / 100
            words = "linear program; bound re-checked in exact fractions without a solver"
            self.logs.append(StageLog(self.distance.title, reached, "dollars", float(bound), words))
        solved = driver.least_change()
        if not solved.is_accepted:
            return None
        title, size, unit = POSTS_MOVED if cells.n_positions else DOLLARS_MOVED
        self.logs.append(StageLog(title, solved.objective * size, unit, None, "linear program"))
        spends_all = self.reached is not None and self.reached.spends_all
        aim = self.levels if self.reached is None or spends_all else None
        last = driver.most_spent if spends_all else driver.least_cost
        solved = last() if aim is None else driver.nearest_to(aim)
        if not solved.is_accepted:
            return None
        tied = driver.tie_break()
        final = tied if tied.is_accepted else solved
        tolerance = np.ones(len(room)) if self.distance is not None or self.load is not None else room / 2
        pooled = at_targets(model.pooled_cents(final), self.distance, self.cells.schools, self.cuts)
        return Wanted(model.amounts(final), pooled, tolerance, model.base, pooled if aim is None else aim)

    def _hold(self, driver: Driver, room: Floats) -> None:
        """Hold the levels reached, less so many cents at each school."""
        if self.levels is not None:
            driver.hold_levels(self.levels - room)
        elif self.reached is not None:
            self.reached.hold(driver.model, room)

    def _hold_in_steps(self, driver: Driver) -> bool:
        """Hold what was reached, less what one step may take from each school; False where that cannot be."""
        self._hold(driver, self._tolerance() + float(self.cells.step_cents.max()))
        return self.distance is None or driver.lower_distance(self.distance).is_accepted

    def _level_weights(self) -> Floats:
        """Weight of each school in order; zeros where no levels of schools are held."""
        weights = np.array([float(weight) for weight in level_weights(self.view, self.cells.schools)])
        return weights if self.levels is not None else np.zeros(len(weights))

    def _tolerance(self) -> Floats:
        """Cents that each school's dollars may stay below the best, by its weighted pupils."""
        per_pupil = self.view.scenario.tolerance
        return np.array([float(self.view.weighted_pupils[code] * per_pupil) for code in self.cells.schools])

    def _finish(self, amounts: Ints, cuts: Cuts) -> Result:
        split, unpaid = split_funds(self.cells, amounts, cuts.used, Funding(self.cells, cuts).counted_first(amounts))
        today = self.view.district.today
        split = keep_payers(self.cells, split, today.pay_of | today.dollars_of)
        allocation = allocation_of(self.cells, amounts, split)
        certificate = certify(self.district, self.view.scenario, allocation, self.prices)
        if unpaid or certificate.breaches:
            return self._last_year_or("the rounded plan did not pass the auditor")
        return Plan(
            self.district, self.view.scenario, allocation, certificate, self._outcome(allocation), tuple(self.logs)
        )

    def _outcome(self, allocation: Allocation) -> OutcomeKind:
        """Whether the rounded plan is within the tolerance of what is proven to be the best."""
        score = self.view.scenario.objective.score(self.view, allocation)
        by_goal = self.drawn or (self.reached if self.levels is None else None)
        judged = None if by_goal is None else by_goal.judge(score, self.view, self._tolerance())
        if judged is None and self.levels is not None:
            judged = judge_levels(self.view, self.cells, self.cuts, self.levels + self.room, allocation)
        if judged is not None:
            self.logs.append(judged[0])
            return OutcomeKind.PROVEN if judged[1] else OutcomeKind.BEST_FOUND
        if self.distance is not None:
            reached, bound = -float(score[0]), self.logs[0].bound or 0.0
            self.logs.append(StageLog("round to steps and cents", reached, "dollars", bound, "search by school"))
            # Whole cents alone put up to two cents a school between a plan and the bound.
            room = 2 * len(self.cells.schools) / 100
            return OutcomeKind.PROVEN if reached - bound <= room else OutcomeKind.BEST_FOUND
        return OutcomeKind.PROVEN if self.load is not None and self.load.judge(score[0]) else OutcomeKind.BEST_FOUND

    def _last_year_or(self, why: str) -> Result:
        """Return last year's allocation where it keeps every rule, for lack of a better one; else say what failed."""
        today = self.view.district.today
        certificate = certify(self.district, self.view.scenario, today)
        if certificate.breaches or self.load is not None:
            return without_answer(self.district, self.view.scenario, why)
        self.logs.append(
            StageLog("keep last year, because the search found nothing better", 0.0, "FTE moved", None, why)
        )
        return Plan(self.district, self.view.scenario, today, certificate, OutcomeKind.BEST_FOUND, tuple(self.logs))
