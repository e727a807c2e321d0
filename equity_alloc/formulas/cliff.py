"""The cliff map: how many pupils a school is from each threshold, and what crossing it is worth."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.errors import InvalidValue, UnknownNeed
from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Component, Gives, Pooled
from equity_alloc.formulas.evaluate import places_of, work_at
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.moved import columns_of, moved_school, moves_with
from equity_alloc.formulas.references import counts_used, names_used
from equity_alloc.formulas.regime import Regime, regime
from equity_alloc.formulas.result import FormulaResult
from equity_alloc.formulas.step import Step

#: How far a school is looked at in each direction, in pupils.
REACH = 40


@dataclass(frozen=True, slots=True)
class Cliff:
    """One threshold near a school.

    Parameters
    ----------
    school, component : str
    count : str
        Which pupils are more or fewer.
    pupils : int
        How many until the threshold is crossed; negative for fewer.
    component_worth : Fraction
        What the last of these pupils changes in the component, in its own unit.
    dollars, fte : Fraction
        What the last of these pupils changes in all components of the school together.
    """

    school: str
    component: str
    count: str
    pupils: int
    component_worth: Fraction
    dollars: Fraction
    fte: Fraction

    @property
    def words(self) -> str:
        """One line for a list.

        Examples
        --------
        >>> Cliff("0101", "homerooms", "grade 5", 1, Fraction(1), Fraction(0), Fraction(1)).words
        '1 more in grade 5: +1.00 FTE'
        """
        worth = [f"{float(self.fte):+,.2f} FTE"] if self.fte else []
        if self.dollars:
            worth.append(f"{'-' if self.dollars < 0 else '+'}${abs(float(self.dollars)):,.0f}")
        many = "more" if self.pupils > 0 else "fewer"
        return f"{abs(self.pupils)} {many} in {self.count}: {' and '.join(worth) or 'no change'}"


def cliff_map(result: FormulaResult, *, schools: Iterable[str] | None = None, reach: int = REACH) -> tuple[Cliff, ...]:
    """Return the nearest threshold of every component at every school, up and down, for each count it rests on.

    One more pupil in a grade is one more enrolled; one more in a student group is a pupil who is there already.
    Shares of a pot have no threshold of their own and are held fixed.

    Parameters
    ----------
    result : FormulaResult
    schools : iterable of str, or None
        Codes; None for all.
    reach : int, pupils
        How far to look.

    Returns
    -------
    tuple of Cliff
        By school, component, count; the way up first.
    """
    chosen = None if schools is None else set(schools)
    found: list[Cliff] = []
    for at in places_of(result.formula, result.facts):
        if chosen is None or at.school.code in chosen:
            found.extend(_cliffs_at(at, result, reach))
    order = [component.frame.name for component in result.formula.components]
    return tuple(sorted(found, key=lambda c: (c.school, order.index(c.component), c.count, c.pupils < 0)))


def _cliffs_at(at: At, result: FormulaResult, reach: int) -> Iterator[Cliff]:
    formula = result.formula
    fixed: dict[str, Step | str] = {}
    for component in formula.components:
        line = result.line_of.get((at.school.code, component.frame.name))
        if line is not None:
            fixed[component.frame.name] = line.reason if line.trace is None else line.trace
    for count in columns_of(formula):
        if dict(at.school.counts).get(count) is None:
            continue
        touched = _touched(formula, moves_with(count, at.school))
        for sign in (1, -1):
            yield from _one_way(at, formula, fixed, touched, count, sign, reach)


def _one_way(
    at: At,
    formula: Formula,
    fixed: Mapping[str, Step | str],
    touched: tuple[Component, ...],
    count: str,
    sign: int,
    reach: int,
) -> Iterator[Cliff]:
    def worked(pupils: int, components: tuple[Component, ...]) -> dict[str, Step | str | None] | None:
        moved = moved_school(at.school, count, sign * pupils)
        if moved is None:
            return None
        return _worked(At(moved, at.facts, at.words, at.pays_actual, dict(fixed)), components)

    # A component that knows only enrollment is told of under enrollment, not once more under every grade.
    told_here = {component.frame.name: component for component in _touched(formula, (count,))}
    last = {name: _regime(fixed.get(name)) for name, component in told_here.items() if _can_cross(component, fixed)}
    needed = _needed(touched, last)
    for pupils in range(1, reach + 1):
        now = worked(pupils, needed) if last else None
        if now is None:
            return
        crossed = [name for name in sorted(last) if _regime(now[name]) != last[name]]
        if not crossed:
            continue
        # Only at a threshold is the whole school worked out, on both sides of it.
        here, there = worked(pupils - 1, touched), worked(pupils, touched)
        if here is None or there is None:
            return
        dollars, fte = _change(touched, here, there)
        for name in crossed:
            del last[name]
            worth = _value(there[name]) - _value(here[name])
            yield Cliff(at.school.code, name, count, sign * pupils, worth, dollars, fte)
        needed = _needed(touched, last)


def _can_cross(component: Component, fixed: Mapping[str, Step | str]) -> bool:
    """Whether a component has a threshold anywhere: a branch, a coarse step, a band, or schools it leaves out."""
    return bool(component.frame.band_of) or _regime(fixed.get(component.frame.name)) != ()


def _needed(touched: tuple[Component, ...], waiting: Collection[str]) -> tuple[Component, ...]:
    """Return the components still waited for and those they rest on, in order."""
    needed: set[str] = set()
    for component in reversed(touched):
        if component.frame.name in waiting or component.frame.name in needed:
            needed.add(component.frame.name)
            needed.update(names_used(component, {other.frame.name: other for other in touched}))
    return tuple(component for component in touched if component.frame.name in needed)


def _worked(at: At, touched: tuple[Component, ...]) -> dict[str, Step | str | None]:
    for component in touched:
        name = component.frame.name
        at.done.pop(name, None)
        try:
            step = work_at(component, at)
        except (UnknownNeed, InvalidValue) as error:
            at.done[name] = str(error)
        else:
            if step is not None:
                at.done[name] = step
    return {component.frame.name: at.done.get(component.frame.name) for component in touched}


def _touched(formula: Formula, moved: tuple[str, ...]) -> tuple[Component, ...]:
    """Return the components that change with these columns, each after those it rests on."""
    touched: list[Component] = []
    for component in formula.in_order:
        if isinstance(component, Pooled):
            continue
        columns = {column for use in counts_used(component) for column in formula.words.columns_of(use.name)}
        on = {other.frame.name: other for other in touched}
        if columns & set(moved) or names_used(component, on):
            touched.append(component)
    return tuple(touched)


def _change(
    touched: tuple[Component, ...], before: Mapping[str, Step | str | None], now: Mapping[str, Step | str | None]
) -> tuple[Fraction, Fraction]:
    sums = {Gives.DOLLARS: Fraction(0), Gives.FTE: Fraction(0), Gives.PUPILS: Fraction(0)}
    for component in touched:
        if not component.frame.is_part:
            name = component.frame.name
            sums[component.gives] += _value(now[name]) - _value(before[name])
    return sums[Gives.DOLLARS], sums[Gives.FTE]


def _regime(known: Step | str | None) -> Regime | str | None:
    return known if isinstance(known, str) else regime(known)


def _value(known: Step | str | None) -> Fraction:
    return known.value if isinstance(known, Step) else Fraction(0)
