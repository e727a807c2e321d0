"""The fall re-allocation: an adopted plan, new counts, and the fewest moves that keep law and contract again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import SolverFailed
from equity_alloc.domain.finding import Breach
from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents
from equity_alloc.domain.recount import Recount, recounted
from equity_alloc.planning.certify import certify
from equity_alloc.planning.fall_money import feasible_cuts, money_missing
from equity_alloc.planning.fall_moves import Moves, moves_between
from equity_alloc.planning.fall_problem import FallProblem, fall_problem, fewest_possible
from equity_alloc.planning.fall_terms import FallTerms, released
from equity_alloc.planning.plan import OutcomeKind, Plan, StageLog
from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import build_cuts
from equity_alloc.problem.flow import allocation_of, split_funds
from equity_alloc.problem.funding import Funding
from equity_alloc.problem.payers import keep_payers
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.base import Rule
from equity_alloc.rules.fall_contingency import FallContingency
from equity_alloc.scenario import Scenario, ScenarioView
from equity_alloc.solver.fewest import Fewest, fewest_moves


@dataclass(frozen=True)
class Fall:
    """What the fall re-allocation does, and what it leaves.

    Parameters
    ----------
    plan : Plan
        The re-allocated plan for the district with the new counts, certified under the rules that it keeps.
    adopted : Allocation
    terms : FallTerms
    broken : tuple of Breach
        What the adopted plan breaks under the new counts, of the rules that are to be repaired.
    unrepaired : tuple of Breach
        What the re-allocated plan still breaks of them.
    moves : Moves
    used : Cents
        What the reserve pays.
    fewest : Hundredths
        Posts that must come from schools whatever is done, proven without a solver.
    gave_way : tuple of Breach
        The first breach of each weaker rule that the adopted plan keeps and this one does not.
    missing : Cents or None
        Money beyond the reserve with which all could be repaired; None where it all is, or where none was found to do.
    is_settled : bool
        Whether every search came to its end, so that no plan does with less, or gives more.
    """

    plan: Plan
    adopted: Allocation
    terms: FallTerms
    broken: tuple[Breach, ...]
    unrepaired: tuple[Breach, ...]
    moves: Moves
    used: Cents
    fewest: Hundredths
    gave_way: tuple[Breach, ...]
    missing: Cents | None
    is_settled: bool

    @property
    def is_repaired(self) -> bool:
        """Whether every rule that was to be repaired is kept."""
        return not self.unrepaired

    @property
    def is_fewest(self) -> bool:
        """Whether no fewer posts could have been taken from schools, proven without a solver."""
        return self.is_repaired and self.moves.taken <= self.fewest


def reallocate(
    district: District, scenario: Scenario, adopted: Allocation, counts: Sequence[Recount], terms: FallTerms
) -> Fall:
    """Return the fewest moves of posts that repair an adopted plan under new counts, within a reserve.

    Lines stay as they are and no position loses posts in all, so a post moves or is new. Every rule of the stated
    authority and above is repaired. A weaker rule that the adopted plan keeps is kept where that takes no more moves (or
    wherever it can be, if the terms say so), the strongest first. Where not everything can be repaired, as many lacking
    posts are given as can be, and what lacks is named with its money.

    Parameters
    ----------
    district, scenario : District, Scenario
        Of the adopted plan.
    adopted : Allocation
    counts : sequence of Recount
    terms : FallTerms

    Raises
    ------
    EquityAllocError
        If a count or the reserve cannot be.
    SolverFailed
        If the search ends without posts in steps that keep what it was given.
    """
    return _Fall(district, scenario, adopted, counts, terms).run()


@dataclass(frozen=True)
class _Repaired:
    allocation: Allocation
    moves: Moves
    is_proven: bool


class _Fall:
    """One run."""

    def __init__(
        self, district: District, scenario: Scenario, adopted: Allocation, counts: Sequence[Recount], terms: FallTerms
    ) -> None:
        self.planned, self.adopted, self.terms = district, adopted, terms
        self.scenario = scenario
        self.district = released(recounted(scenario.apply(district), counts), adopted, terms.reserve)
        # The scenario's own money is in the district now, so that releasing a reserve and supposing money do not meet.
        self.view = ScenarioView(self.district, replace(scenario, funds=()))
        self.must: list[Rule] = []
        self.keep: list[Rule] = []
        self.broken: list[Breach] = []
        for rule in scenario.rules:
            if isinstance(rule, FallContingency):
                continue
            breaches = list(rule.check(self.district, adopted))
            if rule.always or rule.force.strength >= terms.force.strength:
                self.must.append(rule)
                self.broken += breaches
            elif not breaches:
                self.keep.append(rule)

    def run(self) -> Fall:
        """Repair with the fewest moves, and keep what else can be kept with as many; else repair as far as can be."""
        problem = self._problem([])
        if not self.broken:
            return self._finish(self.adopted, self.keep, problem, is_proven=True)
        found = self._repaired(problem)
        if found is None:
            return self._in_part()
        most = None if self.terms.keep_weaker else found.moves.taken
        whole = self._repaired(self._problem(self.keep), most)
        if whole is not None:
            is_proven = whole.is_proven and found.is_proven
            return self._finish(whole.allocation, self.keep, problem, is_proven=is_proven)
        # What breaks nothing here is kept; the rest is tried rule by rule, the strongest first.
        kept = [rule for rule in self.keep if self._is_kept(rule, found.allocation)]
        weaker = [rule for rule in self.keep if rule not in kept]
        for rule in sorted(weaker, key=lambda each: -each.force.strength):
            better = self._repaired(self._problem([*kept, rule]), most)
            if better is not None:
                kept.append(rule)
                found = replace(better, is_proven=better.is_proven and found.is_proven)
        return self._finish(found.allocation, kept, problem, is_proven=found.is_proven)

    def _is_kept(self, rule: Rule, allocation: Allocation) -> bool:
        return next(iter(rule.check(self.district, allocation)), None) is None

    def _repaired(
        self, problem: FallProblem, most: Hundredths | None = None, *, lacking: Ints | None = None
    ) -> _Repaired | None:
        """Return posts that keep a problem's limits with no more than so many taken from schools, or None."""
        cuts = feasible_cuts(problem.cells)
        if cuts is None:
            return None
        found = fewest_moves(problem.cells, cuts, problem.adopted, order=self._order(problem.cells), lacking=lacking)
        if found is None:
            return None
        allocation = self._paid(found, problem)
        moves = moves_between(self.district, self.adopted, allocation)
        if most is not None and moves.taken > most:
            return None
        return _Repaired(allocation, moves, found.is_proven)

    def _in_part(self) -> Fall:
        """Give as many of the lacking posts as can be; rules that couple schools and are broken are left out."""
        problem = self._problem([], [rule for rule in self.must if not self._is_coupled_and_broken(rule)])
        relaxed = replace(problem, cells=problem.relaxed())
        found = self._repaired(relaxed, lacking=problem.lacking)
        if found is None:
            return self._finish(self.adopted, self.keep, problem, is_proven=False)
        kept = [rule for rule in self.keep if self._is_kept(rule, found.allocation)]
        return self._finish(found.allocation, kept, problem, is_proven=found.is_proven)

    def _is_coupled_and_broken(self, rule: Rule) -> bool:
        problem = build_problem(self.view, [rule])
        is_coupled = bool(problem.wholes or problem.floors) or any(len(limit.terms) > 1 for limit in problem.limits)
        return is_coupled and not self._is_kept(rule, self.adopted)

    def _problem(self, kept: Sequence[Rule], must: Sequence[Rule] | None = None) -> FallProblem:
        rules = (*(self.must if must is None else must), *kept)
        return fall_problem(self.view, self.planned, self.adopted, rules, self.terms)

    def _order(self, cells: Cells) -> Floats:
        """Return 1 for the school with the highest level at the new counts, 2 for the lowest."""
        weights = dict(self.view.levels.weights)
        level = {
            code: Fraction(self.district.counted_dollars(self.adopted, code)) / weights[code]
            for code in cells.schools
            if code in weights
        }
        ranked = sorted(cells.schools, key=lambda code: (-level.get(code, Fraction(0)), code))
        place = {code: k / max(1, len(ranked) - 1) for k, code in enumerate(ranked)}
        return np.array([1.0 + place[code] for code in cells.schools])

    def _paid(self, found: Fewest, problem: FallProblem) -> Allocation:
        """Return who pays for the posts found, with the adopted plan's payers kept where money allows."""
        final = replace(problem.cells, least=found.amounts, most=found.amounts)
        cuts = build_cuts(final)
        first = Funding(final, cuts).counted_first(found.amounts)
        split, unpaid = split_funds(final, found.amounts, cuts.used, first)
        if unpaid:
            raise SolverFailed(
                f"The posts found cost {unpaid} cents more than the funds that may pay for them hold. Raise the reserve "
                "by a dollar."
            )
        split = keep_payers(final, split, self.adopted.pay_of | self.adopted.dollars_of)
        return allocation_of(final, found.amounts, split)

    def _finish(self, allocation: Allocation, kept: Sequence[Rule], problem: FallProblem, *, is_proven: bool) -> Fall:
        held = {id(rule) for rule in (*self.must, *kept)}
        scenario = replace(
            self.scenario,
            name=f"Fall counts: {self.scenario.name}"[:200],
            note=self._note(held),
            rules=tuple(rule for rule in self.scenario.rules if id(rule) in held),
            funds=(),
            formula=self.scenario.formula if self._keeps_formula(held) else None,
        )
        certificate = certify(self.district, scenario, allocation)
        unrepaired = tuple(breach for rule in self.must for breach in rule.check(self.district, allocation))
        moves = moves_between(self.district, self.adopted, allocation)
        reserve = self.terms.reserve
        used = 0
        if reserve is not None:
            used = allocation.fund_dollars(reserve.fund) - self.adopted.fund_dollars(reserve.fund)
        fewest = fewest_possible(problem, self._more_money())
        log = StageLog(
            "take the fewest posts from schools",
            moves.taken / 100,
            "FTE taken from schools",
            fewest / 100,
            "branch and bound over whole steps; the bound is counted from what lacks and what the reserve can pay",
        )
        outcome = OutcomeKind.PROVEN if is_proven and not unrepaired else OutcomeKind.BEST_FOUND
        gave_way = tuple(
            next(iter(rule.check(self.district, allocation)), None) for rule in self.keep if id(rule) not in held
        )
        plan = Plan(self.district, scenario, allocation, certificate, outcome, (log,))
        return Fall(
            plan,
            self.adopted,
            self.terms,
            tuple(self.broken),
            unrepaired,
            moves,
            used,
            fewest if not unrepaired else 0,
            tuple(breach for breach in gave_way if breach is not None),
            money_missing(self.view, self.planned, self.adopted, self.must, self.terms) if unrepaired else None,
            is_proven,
        )

    def _note(self, held: set[int]) -> str:
        """Say which rules the plan is made without: its certificate is silent on them."""
        gone = [
            title for rule, title in zip(self.scenario.rules, self.view.titles, strict=True) if id(rule) not in held
        ]
        left = (
            f" Left out here, because the new counts or the repair break {'it' if len(gone) == 1 else 'them'}: {'; '.join(gone)}."
            if gone
            else ""
        )
        return f"The adopted plan with the fewest moves of posts that the new counts ask for.{left} {self.scenario.note}".strip()

    def _keeps_formula(self, held: set[int]) -> bool:
        """Whether the formula's own rule, where it makes one, is among the rules that hold."""
        return all(id(rule) in held for rule in self.scenario.rules if rule.code == "formula-entitlement")

    def _more_money(self) -> Cents:
        """Return all that could be spent beyond the adopted plan: the reserve, and shares that are not used in full."""
        reserve = self.terms.reserve.amount if self.terms.reserve is not None else 0
        shared = (fund for fund in self.district.funds if fund.shared_by)
        unused = sum(max(0, self.district.school_pot(fund) - self.adopted.fund_dollars(fund.code)) for fund in shared)
        return reserve + unused
