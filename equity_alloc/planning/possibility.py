"""Whether some of a scenario's rules can be kept together, asked many times over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cuts import build_cuts
from equity_alloc.problem.problem import Problem
from equity_alloc.problem.recorded import Recording, problem_of, record
from equity_alloc.rules.base import Rule
from equity_alloc.scenario import ScenarioView
from equity_alloc.solver.possible import fit_cuts, whole_plan
from equity_alloc.solver.status import Status


class Possibility:
    """Answers for sets of rules over one district; what each rule asks for is worked out once.

    Parameters
    ----------
    view : ScenarioView
        The district with the scenario's funds.
    in_steps : bool
        Ask for plans in the positions' own steps, not only in fractions of posts.
    """

    def __init__(self, view: ScenarioView, *, in_steps: bool = False) -> None:
        self.view, self.in_steps = view, in_steps
        #: How many answers were neither a plan nor the proof that there is none; they count as possible.
        self.undecided = 0
        self._recordings: dict[int, tuple[Rule, Recording]] = {}

    def problem(self, rules: Iterable[Rule]) -> Problem:
        """Return the problem that these rules pose."""
        return problem_of(self.view.district, [self._recording(rule) for rule in rules])

    def can_hold(self, rules: Sequence[Rule]) -> bool:
        """Whether some plan keeps these rules, as far as anything is proven."""
        found = self.status(rules)
        if found is Status.STOPPED:
            self.undecided += 1
        return found is not Status.INFEASIBLE

    def is_kept(self, rules: Sequence[Rule]) -> bool:
        """Whether a plan that keeps these rules was found; what is not decided does not count."""
        return self.status(rules) is Status.OPTIMAL

    def status(self, rules: Sequence[Rule], *, in_steps: bool | None = None) -> Status:
        """Return whether a plan keeps these rules: found, proven not to exist, or undecided."""
        problem = self.problem(rules)
        cells = build_cells(problem)
        if problem.overdrawn or cells.has_crossed_bounds:
            return Status.INFEASIBLE
        cuts = build_cuts(cells)
        if not cuts.is_feasible:
            return Status.INFEASIBLE
        try:
            fitted = fit_cuts(cells, cuts)
        except SolverFailed:
            return Status.STOPPED
        if fitted is None:
            return Status.INFEASIBLE
        if not (self.in_steps if in_steps is None else in_steps):
            return Status.OPTIMAL
        whole = whole_plan(cells, fitted)
        if whole is Status.INFEASIBLE:
            return whole
        return Status.OPTIMAL if whole in (Status.OPTIMAL, Status.BEST_FOUND) else Status.STOPPED

    def _recording(self, rule: Rule) -> Recording:
        # By identity: two equal rules may stand in one scenario, and some rules hold what cannot be hashed.
        known = self._recordings.get(id(rule))
        if known is None:
            known = self._recordings[id(rule)] = (rule, record(rule, self.view.district))
        return known[1]
