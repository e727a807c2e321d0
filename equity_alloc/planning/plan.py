"""What planning returns: a certified plan, or the news that none can exist."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Breach, Gap, Unit, Verdict
from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents
from equity_alloc.domain.record import digest
from equity_alloc.domain.source import Source
from equity_alloc.problem.proof import BoundProof
from equity_alloc.rules.base import Force
from equity_alloc.scenario import Scenario, ScenarioView


class OutcomeKind(StrEnum):
    """How far a search got. Values can be read only from the first two."""

    PROVEN = "proven optimal within the stated gap"
    BEST_FOUND = "best found, gap stated"
    IMPOSSIBLE = "cannot all hold"
    STOPPED = "stopped by a limit before any plan was found"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StageLog:
    """One stage of the search, for the record.

    Parameters
    ----------
    title : str
    value : float
        What was reached, in `unit`.
    unit : str
    bound : float or None
        The best that could have been reached, proven, in `unit`; None where no bound is claimed.
    method : str
        How it was solved, in plain words.
    """

    title: str
    value: float
    unit: str
    bound: float | None
    method: str


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What the auditor found about one rule.

    Parameters
    ----------
    number : int
        Place of the rule in the scenario, from 1.
    code, title, says, explain, basis : str
        The basis is blank where nobody gave one.
    written : str
        Where the district wrote it down, in words: that no source is given, where the basis is blank.
    force : Force
    source : Source
        Where rules of this kind are written down; never a claim about this district.
    breaches : tuple of Breach
        Empty when the rule is kept.
    binding : tuple of str
        Subjects without room to spare.
    subjects : int
        How many schools, funds or lines the rule looks at.
    least_room : int or None
        Smallest room left, in `unit`; None where the rule is yes or no.
    unit : Unit or None
    gaps : tuple of Gap
        Data that the rule needs and the district has not given.
    """

    number: int
    code: str
    title: str
    says: str
    explain: str
    basis: str
    written: str
    force: Force
    source: Source
    breaches: tuple[Breach, ...]
    binding: tuple[str, ...]
    subjects: int
    least_room: int | None
    unit: Unit | None
    gaps: tuple[Gap, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Broken where a breach was found; otherwise not testable where data lack, and kept where none do."""
        if self.breaches:
            return Verdict.BROKEN
        return Verdict.NOT_TESTABLE if self.gaps else Verdict.KEPT

    @property
    def is_kept(self) -> bool:
        """Whether the rule could be tested in full and no breach was found."""
        return self.verdict is Verdict.KEPT


@dataclass(frozen=True, slots=True)
class FundBalance:
    """Where a fund's appropriation goes, to the cent: central + schools + unallocated = appropriation.

    Parameters
    ----------
    code, title : str
    appropriation : Cents
        What the scenario plans with.
    central, schools : Cents
        Budgeted centrally, and given to schools by the plan.
    voted : Cents
        The district's own figure; the appropriation differs from it where the scenario supposes another.
    """

    code: str
    title: str
    appropriation: Cents
    central: Cents
    schools: Cents
    voted: Cents

    @property
    def unallocated(self) -> Cents:
        """What nobody gets; below zero where the plan overspends."""
        return self.appropriation - self.central - self.schools


@dataclass(frozen=True)
class Certificate:
    """The auditor's list. It is made by code that imports no solver, from the finished plan alone.

    Parameters
    ----------
    district_digest, scenario_digest, allocation_digest : str
        SHA-256 of what was certified.
    rules : tuple of RuleReport
    funds : tuple of FundBalance
    positions : tuple of (str, str, Hundredths)
        Code, title and FTE of each position.
    proof : BoundProof or None
        None where no bound of this kind applies.
    supposed : tuple of str
        What the scenario changes about the district's funds, one sentence a fund; empty when it takes them as they are.
    noticed : tuple of str
        What keeps every rule and yet is nobody's decision, such as a second principal; empty where there is nothing.
    formula : tuple of str
        What the district's formula is to the plan; empty without one.
    equal : BoundProof or None
        Of the equal level that is worth as much, at finite aversion where a search suggests prices; None elsewhere.
    """

    district_digest: str
    scenario_digest: str
    allocation_digest: str
    rules: tuple[RuleReport, ...]
    funds: tuple[FundBalance, ...]
    positions: tuple[tuple[str, str, Hundredths], ...]
    proof: BoundProof | None
    supposed: tuple[str, ...] = ()
    noticed: tuple[str, ...] = ()
    formula: tuple[str, ...] = ()
    equal: BoundProof | None = None

    @property
    def is_kept(self) -> bool:
        """Whether every rule could be tested and is kept."""
        return all(rule.is_kept for rule in self.rules)

    @property
    def not_testable(self) -> tuple[RuleReport, ...]:
        """The rules for which data lack and no breach was found."""
        return tuple(rule for rule in self.rules if rule.verdict is Verdict.NOT_TESTABLE)

    @property
    def breaches(self) -> tuple[Breach, ...]:
        """All breaches, in the order of the rules."""
        return tuple(breach for rule in self.rules for breach in rule.breaches)


@dataclass(frozen=True)
class Plan:
    """A proposal with everything that explains and certifies it.

    Parameters
    ----------
    district : District
        As read, before the scenario's changes to funds.
    scenario : Scenario
    allocation : Allocation
    certificate : Certificate
    outcome : OutcomeKind
        PROVEN or BEST_FOUND.
    stages : tuple of StageLog
    """

    district: District
    scenario: Scenario
    allocation: Allocation
    certificate: Certificate
    outcome: OutcomeKind
    stages: tuple[StageLog, ...] = ()

    @cached_property
    def view(self) -> ScenarioView:
        """The district through the scenario: funds changed, levels, targets."""
        return self.scenario.view(self.district)

    @cached_property
    def digest(self) -> str:
        """Identity of district, scenario and allocation together."""
        parts = self.certificate
        return digest((parts.district_digest, parts.scenario_digest, parts.allocation_digest))


@dataclass(frozen=True, slots=True)
class Repair:
    """One way out: change one rule or one fund by so much, and plans exist.

    Parameters
    ----------
    words : str
        The sentence.
    rule_number : int or None
        Place of the rule in the scenario, from 1; None when a fund is changed.
    setting : str
        Name of the rule's setting, or of the fund; empty where the rule is left out.
    value : str
        The value that would do.
    also : tuple of Repair
        Changes that belong to it, where one alone would not do; they have no further ones.
    """

    words: str
    rule_number: int | None
    setting: str
    value: str
    also: tuple[Repair, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return one sentence for each of its changes."""
        return (self.words, *(other.words for other in self.also))


@dataclass(frozen=True)
class Impossible:
    """No plan can keep all rules. It holds no numbers of a plan, because there is none.

    Parameters
    ----------
    district : District
    scenario : Scenario
    words : str
        Which rules cannot be kept together, weakest force first.
    conflict : tuple of int
        Places of these rules in the scenario, from 1.
    repairs : tuple of Repair
    outcome : OutcomeKind
        IMPOSSIBLE, or STOPPED or FAILED where it is not known whether a plan exists.
    """

    district: District
    scenario: Scenario
    words: str
    conflict: tuple[int, ...]
    repairs: tuple[Repair, ...]
    outcome: OutcomeKind = OutcomeKind.IMPOSSIBLE


Result: TypeAlias = Plan | Impossible


def is_proven(result: Result) -> bool:
    """Whether a result is a plan within the tolerance of what is proven to be the best."""
    return isinstance(result, Plan) and result.outcome is OutcomeKind.PROVEN


def better(one: Result, other: Result) -> Result:
    """Return the plan that is proven, or scores higher by the scenario's objective; the first of two that are as good."""
    if not isinstance(one, Plan) or not isinstance(other, Plan):
        return one if isinstance(one, Plan) else other
    score = one.scenario.objective.score
    return max(one, other, key=lambda plan: (is_proven(plan), score(plan.view, plan.allocation)))
