"""A scenario: the choices that turn a district into a plan, frozen and digestible."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

from equity_alloc.catalogue import objective_class, rule_class, rule_classes
from equity_alloc.commitment import Commitment, commitment_from_plain, commitment_plain
from equity_alloc.domain.action import Actions
from equity_alloc.domain.ahead import Assumption
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue, StoredFormat, UnknownCode, UnknownNeed
from equity_alloc.domain.fund_change import FundChange
from equity_alloc.domain.money import Cents
from equity_alloc.domain.need import NeedWeight, refuse_unfit, weighted_pupils
from equity_alloc.domain.policy import Policy
from equity_alloc.domain.record import canonical, from_plain, refuse_halves, to_plain
from equity_alloc.formulas.entitlement import entitlements
from equity_alloc.formulas.use import FormulaUse, Use
from equity_alloc.objectives.base import Levels, Objective
from equity_alloc.objectives.raise_lowest import RaiseLowestFirst
from equity_alloc.rules.base import Rule
from equity_alloc.rules.formula_entitlement import with_entitlement
from equity_alloc.rules.order_of_use import refuse_circles
from equity_alloc.rules.setting import typed_settings_of
from equity_alloc.rules.titles import titles_of
from equity_alloc.rules.usual import usual_rules

FORMAT = 1

#: Cents per weighted pupil.
MOST_TOLERANCE = 50_000


class LevelBasis(StrEnum):
    """What a school's counted dollars are divided by."""

    WEIGHTED_PUPIL = "dollars per weighted pupil"
    TARGET = "share of target"


@dataclass(frozen=True)
class Scenario:
    """The choices behind a plan.

    Parameters
    ----------
    name : str
    need_weights : tuple of NeedWeight
    rules : tuple of Rule
        Rules that always hold are added where they are missing.
    objective : Objective
    funds : tuple of FundChange
    basis : LevelBasis
    tolerance : Cents
        How far a school's level may stay below the best one for the sake of fewer moves, in cents per weighted pupil.
    note : str
        Why these choices, in the words of whoever made them.
    formula : FormulaUse or None
        The district's formula, and whether it is the target of each school (levels are then shares of target), its
        floor or its fixed amount; of the last two a rule is made.
    ahead : tuple of Assumption
        What is assumed about the years ahead; it decides nothing about the plan year itself.
    commitments, policies : tuple of Commitment, tuple of Policy
        What the district has promised, and its register. They bind a plan only where a test is among the rules.
    actions : Actions
        Causes of gaps and money set aside for interventions; it decides nothing about the plan itself.

    Raises
    ------
    InvalidValue
        If the tolerance is negative, a weight, fund, assumption or commitment is named twice, or orders of use go in a circle.
    """

    name: str = "Proposal"
    need_weights: tuple[NeedWeight, ...] = ()
    rules: tuple[Rule, ...] = ()
    objective: Objective = dataclasses.field(default_factory=RaiseLowestFirst)
    funds: tuple[FundChange, ...] = ()
    basis: LevelBasis = LevelBasis.WEIGHTED_PUPIL
    tolerance: Cents = 500
    note: str = ""
    formula: FormulaUse | None = None
    ahead: tuple[Assumption, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    policies: tuple[Policy, ...] = ()
    actions: Actions = Actions()

    def __post_init__(self) -> None:
        if not 0 <= self.tolerance <= MOST_TOLERANCE:
            raise InvalidValue(
                f"The tolerance must be from $0 to ${MOST_TOLERANCE // 100} per weighted pupil: beyond that, fewer moves "
                "would stand above equity."
            )
        codes = [each.fund for each in self.funds], [each.code for each in self.commitments]
        keys = [need.group for need in self.need_weights], [each.key for each in self.ahead]
        for names in (*codes, *keys, [each.name for each in self.policies]):
            if len(set(names)) != len(names):
                raise InvalidValue("A scenario names each weight, fund, assumption, commitment and policy once.")
        refuse_circles(self.rules)
        present = {rule.code for rule in self.rules}
        missing = tuple(kind() for code, kind in rule_classes().items() if kind.always and code not in present)
        object.__setattr__(self, "rules", with_entitlement(missing + self.rules, self.formula))
        if self.formula is not None and self.formula.use is Use.TARGET:
            object.__setattr__(self, "basis", LevelBasis.TARGET)

    def apply(self, district: District) -> District:
        """Return the district with this scenario's funds.

        Raises
        ------
        UnknownCode, ProtectedAttribute
            If a fund or group is named that does not exist, or a group is for audit only.
        """
        refuse_unfit(district, self.need_weights)
        changes = {change.fund: change for change in self.funds}
        if unknown := sorted(set(changes) - set(district.fund_of)):
            raise UnknownCode(f"There is no fund with code {', '.join(unknown)}.")
        if not changes:
            return district
        funds = tuple(changes[fund.code].apply(fund) if fund.code in changes else fund for fund in district.funds)
        return dataclasses.replace(district, funds=funds)

    def view(self, district: District) -> ScenarioView:
        """Return levels and targets of a district under this scenario."""
        return ScenarioView(self.apply(district), self)

    @cached_property
    def plain(self) -> dict[str, Any]:
        """The scenario as plain data, fit for JSON."""
        formula = {} if self.formula is None else {"formula": to_plain(self.formula)}
        ahead = {"ahead": to_plain(self.ahead)} if self.ahead else {}
        promised = {"commitments": [commitment_plain(c) for c in self.commitments]} if self.commitments else {}
        actions = {"actions": to_plain(self.actions)} if self.actions != Actions() else {}
        register = {"policies": to_plain(self.policies)} if self.policies else {}
        return {
            "format": FORMAT,
            "name": self.name,
            "need_weights": to_plain(self.need_weights),
            "rules": [{"code": rule.code, "settings": _typed(rule)} for rule in self.rules],
            "objective": {"code": self.objective.code, "settings": to_plain(self.objective)},
            "funds": to_plain(self.funds),
            "basis": self.basis.value,
            "tolerance": self.tolerance,
            "note": self.note,
            # Without them the text, and so the digest, is what it was before there were such choices.
            **(formula | ahead | promised | actions | register),
        }

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical text: the scenario's identity."""
        return hashlib.sha256(self.json.encode()).hexdigest()

    @property
    def json(self) -> str:
        """Canonical JSON text."""
        return canonical(self.plain)


def scenario_from_plain(data: object) -> Scenario:
    """Return the scenario that plain data stand for.

    Raises
    ------
    StoredFormat, UnknownCode, InvalidValue
        With a sentence that names what does not fit.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise StoredFormat(f"This is not a scenario of format {FORMAT}. Save it again with this version.")
    refuse_halves(data, "scenario")
    try:
        return Scenario(
            name=str(data["name"]),
            need_weights=tuple(from_plain(NeedWeight, item) for item in data["need_weights"]),
            rules=tuple(from_plain(rule_class(item["code"]), item["settings"]) for item in data["rules"]),
            objective=from_plain(objective_class(data["objective"]["code"]), data["objective"]["settings"]),
            funds=tuple(from_plain(FundChange, item) for item in data["funds"]),
            basis=LevelBasis(data["basis"]),
            tolerance=_whole(data["tolerance"]),
            note=str(data["note"]),
            formula=from_plain(FormulaUse, data["formula"]) if "formula" in data else None,
            ahead=tuple(from_plain(Assumption, item) for item in data.get("ahead", ())),
            commitments=tuple(commitment_from_plain(item) for item in data.get("commitments", ())),
            policies=tuple(from_plain(Policy, item) for item in data.get("policies", ())),
            actions=from_plain(Actions, data["actions"]) if "actions" in data else Actions(),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise StoredFormat(f"This scenario cannot be read: {error} is missing or of the wrong kind.") from error


def _typed(rule: Rule) -> dict[str, Any]:
    return {name: to_plain(getattr(rule, name)) for name in typed_settings_of(rule)}


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError("a tolerance in whole cents")
    return value


@dataclass(frozen=True)
class ScenarioView:
    """A district seen through a scenario: its levels and targets."""

    district: District
    scenario: Scenario

    @cached_property
    def weighted_pupils(self) -> dict[str, Fraction]:
        """Weighted pupils by school code, exact."""
        return {school.code: weighted_pupils(school, self.scenario.need_weights) for school in self.district.schools}

    @cached_property
    def levels(self) -> Levels:
        """The level of every school with weighted pupils (or with a target above zero)."""
        if self.scenario.basis is LevelBasis.TARGET:
            return Levels(tuple((c, t) for c, t in self.targets if t > 0), LevelBasis.TARGET.value, 1)
        weights = tuple((code, weight) for code, weight in self.weighted_pupils.items() if weight > 0)
        return Levels(weights, LevelBasis.WEIGHTED_PUPIL.value, 100)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What each rule is called here: two rules of one kind are told apart."""
        return titles_of(self.scenario.rules, self.district)

    @cached_property
    def counted_pot(self) -> Cents:
        """What counted funds leave for schools."""
        return sum(max(0, self.district.school_pot(fund)) for fund in self.district.funds if fund.counts)

    @cached_property
    def targets(self) -> tuple[tuple[str, Fraction], ...]:
        """Target of each school: the formula's, else the district's own, else its share by weighted pupils of the pot.

        Raises
        ------
        UnknownNeed
            If some schools have a target and others none.
        """
        formula = self.scenario.formula
        if formula is not None and formula.use is Use.TARGET:
            given = entitlements(formula.text, formula.salary, self.district)
            return tuple((code, Fraction(cents)) for code, cents in given.dollars)
        schools = self.district.schools
        missing = [school.label for school in schools if school.target is None and school.enrollment]
        if len(missing) < sum(1 for school in schools if school.enrollment):
            if missing:
                raise UnknownNeed(
                    f"{missing[0]} has no adequacy target while other schools have one. Give every school with pupils "
                    "a target, or none, and the need weights set it."
                )
            return tuple((school.code, Fraction(school.target or 0)) for school in schools)
        total = sum(self.weighted_pupils.values(), Fraction(0))
        if total == 0:
            return tuple((school.code, Fraction(0)) for school in schools)
        return tuple((code, self.counted_pot * weight / total) for code, weight in self.weighted_pupils.items())


def default_scenario(district: District, need_weights: tuple[NeedWeight, ...] = ()) -> Scenario:
    """Return the choices for a district that brings none: small, reversible steps.

    Parameters
    ----------
    district : District
    need_weights : tuple of NeedWeight
        Those that it does bring.

    Returns
    -------
    Scenario
        With the usual rules, and every other choice as it is unless set.
    """
    return Scenario(name="Proposal", need_weights=need_weights, rules=usual_rules(district))
