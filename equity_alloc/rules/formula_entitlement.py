"""Each school has what the formula entitles it to: at least, or exactly."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, School
from equity_alloc.domain.errors import UnknownCode
from equity_alloc.domain.finding import Breach, Unit, print_amount
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.domain.source import Source
from equity_alloc.formulas.entitlement import Entitlements, entitlements
from equity_alloc.formulas.use import FormulaUse, Salary, Use
from equity_alloc.rules.base import Counted, Force, Limit, Model, Posts, Quantity, Rule
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, refuse_out_of_range, setting


@dataclass(frozen=True, slots=True)
class FormulaEntitlement:
    """A floor under, or a fixed amount for, every school's counted dollars and its posts of the formula's positions."""

    code: ClassVar[str] = "formula-entitlement"
    title: ClassVar[str] = "Each school has what the formula gives it"
    says: ClassVar[str] = (
        "A school receives the state and local dollars, and the posts up to the next step, that the adopted formula "
        "works out for its pupils."
    )
    source: ClassVar[Source] = Source("The district's adopted allocation formula", "the formula's own text and sources")
    always: ClassVar[bool] = False

    text: str = setting("", label="Formula", choice=Choice.FORMULA, set_by_scenario=True)
    use: Use = setting(Use.FLOOR, label="Use", options=(Use.FLOOR.value, Use.FIXED.value), set_by_scenario=True)
    salary: Salary = setting(
        Salary.AS_WRITTEN, label="Salaries", options=tuple(one.value for one in Salary), set_by_scenario=True
    )
    force: Force = force_setting("policy")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Hold every school's counted dollars and posts to the formula."""
        for school, _, quantity, amount, unit in self._entitled(model.district):
            most = amount if self.use is Use.FIXED else None
            model.require(Limit(self.code, school.label, ((1, quantity),), amount, most, unit))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Compare each school with what the formula gives it."""
        for school, what, quantity, amount, unit in self._entitled(district):
            has = _has(district, allocation, quantity)
            if has < amount or (has > amount and self.use is Use.FIXED):
                words = (
                    f"{school.label} has {print_amount(has, unit)} of {what}; the formula gives it "
                    f"{'exactly' if self.use is Use.FIXED else 'at least'} {print_amount(amount, unit)}."
                )
                yield Breach(self.code, school.label, abs(has - amount), unit, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield what each school has above the formula; a fixed amount leaves no room."""
        for school, what, quantity, amount, unit in self._entitled(district):
            room = _has(district, allocation, quantity) - amount
            yield f"{school.name}: {what}", -abs(room) if self.use is Use.FIXED else room, unit

    def explain(self, district: District) -> str:
        """Say what the formula gives all schools together."""
        given = self._given(district)
        total, posts = sum(cents for _, cents in given.dollars), sum(fte for _, fte in given.posts)
        parts = [f"{print_dollars(total)} of core dollars"] if given.has_dollars else []
        parts += [f"{print_fte(posts)} FTE"] if given.posts else []
        how = "exactly" if self.use is Use.FIXED else "at least"
        return f"The formula gives {count_words(len(given.dollars), 'school')} {' and '.join(parts)}; each has {how} its part."

    def _given(self, district: District) -> Entitlements:
        if "[" not in self.text:
            raise UnknownCode(f"There is no formula in '{self.text}'. Choose one for the scenario.")
        return entitlements(self.text, self.salary, district)

    def _entitled(self, district: District) -> Iterator[tuple[School, str, Quantity, int, Unit]]:
        given = self._given(district)
        for code, cents in given.dollars if given.has_dollars else ():
            yield district.school_of[code], "core dollars", Counted(code), cents, Unit.CENTS
        for (code, position), fte in given.posts:
            title = district.position_of[position].title
            yield district.school_of[code], title, Posts(code, position), fte, Unit.FTE


def _has(district: District, allocation: Allocation, quantity: Quantity) -> int:
    if isinstance(quantity, Posts):
        return allocation.fte_of.get((quantity.school, quantity.position), 0)
    return district.counted_dollars(allocation, quantity.school)


def with_entitlement(rules: Iterable[Rule], formula: FormulaUse | None) -> tuple[Rule, ...]:
    """Return the rules with the one that a scenario's formula asks for, and without one that it does not ask for.

    Force and basis of the rule stay as they are.
    """
    own = tuple(rule for rule in rules if not isinstance(rule, FormulaEntitlement))
    if formula is None or formula.use is Use.TARGET:
        return own
    found = next((rule for rule in rules if isinstance(rule, FormulaEntitlement)), FormulaEntitlement())
    return (*own, dataclasses.replace(found, text=formula.text, use=formula.use, salary=formula.salary))
