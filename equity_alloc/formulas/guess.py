"""Which other rounding or count would explain a difference that shows at many schools."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, cast

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.formulas.base import Component, Gives, position_of, rounding_of
from equity_alloc.formulas.components.share_of_pot import ShareOfPot
from equity_alloc.formulas.facts import DistrictFacts
from equity_alloc.formulas.field import Holds, fields_of
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.moved import columns_of
from equity_alloc.formulas.printed import Difference, Printed
from equity_alloc.formulas.references import names_used
from equity_alloc.formulas.rounding import Rounding, read_rounding
from equity_alloc.formulas.trial import Trial

_HOW = ("half-up", "half-even", "truncate", "up")
_STEPS = {Gives.DOLLARS: ("0.01", "1", "10", "100"), Gives.FTE: ("0.01", "0.1", "0.2", "0.25", "0.5", "1")}
#: How a print in thousands is made, and the steps to which whole totals are rounded.
_THOUSANDS = "half-up to 1000"
_TOTAL_STEPS = ("1", "10", "100", "1000")


@dataclass(frozen=True, slots=True)
class Guess:
    """One change to the formula under which more printed amounts are met.

    Parameters
    ----------
    change : str
        What to change, as words.
    formula : Formula
        The formula with the change, so that a person can look at it; unchanged where only totals were rounded in print.
    matches_before, matches, of : int
        Printed amounts that are equal to the cent, before and after; out of how many.
    left : Fraction
        What differs after it, summed without sign.
    """

    change: str
    formula: Formula
    matches_before: int
    matches: int
    of: int
    left: Fraction

    @property
    def words(self) -> str:
        """One sentence."""
        return f"{self.change}: {self.matches} of {self.of} amounts are met, {self.matches_before} before."


def guesses(
    formula: Formula,
    facts: DistrictFacts,
    printed: Sequence[Printed],
    *,
    most: int = 5,
    told: Callable[[int, int], None] | None = None,
) -> tuple[Guess, ...]:
    """Return the single changes that explain most of what differs, best first; a chance match of a few is no explanation.

    Tried are every rounding of schools' totals, of every component and of all together, and every other count that
    shares a word with the one in use: the same pupils on another date.

    Parameters
    ----------
    formula : Formula
    facts : DistrictFacts
    printed : sequence of Printed
    most : int
        How many to return.
    told : callable (tried, of) or None
        Called before each change is tried.
    """
    trial = Trial(formula, facts, printed)
    now = trial.now
    before = _met(now)
    tried = [(words, formula, differences) for words, differences in _totals(now)]
    changes = [
        *(
            (words, changed, names)
            for words, changed, names in _roundings(formula)
            if _matters(formula, names, printed)
        ),
        *((words, changed, None) for words, changed in _counts(formula, facts)),
    ]
    for place, (change, changed, names) in enumerate(changes):
        if told is not None:
            told(place, len(changes))
        try:
            tried.append((change, changed, trial.under(changed, names)))
        except EquityAllocError:
            continue
    found = [
        Guess(change, changed, before, _met(rows), len(rows), _left(rows)) for change, changed, rows in tried if rows
    ]
    named = [guess for guess in found if (guess.matches - before) * 2 > len(printed) - before]
    # Beside a change that explains everything, one that does not is no explanation.
    named = [guess for guess in named if guess.matches == guess.of] or named
    return tuple(sorted(named, key=lambda guess: (-guess.matches, guess.left))[:most])


def _totals(now: Sequence[Difference]) -> Iterator[tuple[str, tuple[Difference, ...]]]:
    """Yield every rounding of the schools' dollars with the differences under it."""
    if all(entry.printed.item for entry in now):
        return
    for policy in (read_rounding(f"{how} to {step}") for step in _TOTAL_STEPS for how in _HOW):
        yield (
            f"Round each school's dollars {policy}",
            tuple(
                entry
                if entry.printed.item or entry.formula is None
                else replace(entry, formula=policy.apply(entry.formula))
                for entry in now
            ),
        )


def _matters(formula: Formula, names: Collection[str], printed: Sequence[Printed]) -> bool:
    """Whether one of the components could show in a printed amount, by itself or through others."""
    touched = set(names)
    for component in formula.in_order:
        if names_used(component, {name: formula.component_of[name] for name in touched}):
            touched.add(component.frame.name)
    items = {entry.item for entry in printed}
    shows = (formula.component_of[name] for name in touched)
    return any(
        component.frame.name in items
        or (not component.frame.is_part and component.gives is Gives.DOLLARS and "" in items)
        or (not component.frame.is_part and position_of(component) in items - {""})
        for component in shows
    )


def _roundings(formula: Formula) -> Iterator[tuple[str, Formula, tuple[str, ...]]]:
    for gives, steps in _STEPS.items():
        policies = [read_rounding(f"{how} to {step}") for step in steps for how in _HOW]
        policies += [read_rounding(_THOUSANDS)] if gives is Gives.DOLLARS else []
        same = [c for c in formula.components if c.gives is gives and not c.frame.is_part]
        for policy in policies:
            for component in same:
                if rounding_of(component) != policy:
                    words = f"Round '{component.frame.name}' {policy} instead of {rounding_of(component)}"
                    name = component.frame.name
                    yield words, _with(formula, {name: _rounded(component, policy)}), (name,)
            everything = {c.frame.name: _rounded(c, policy) for c in same if not isinstance(c, ShareOfPot)}
            if len(everything) > 1:
                yield f"Round every component in {gives.value} {policy}", _with(formula, everything), tuple(everything)


def _counts(formula: Formula, facts: DistrictFacts) -> Iterator[tuple[str, Formula]]:
    for column in columns_of(formula):
        for other in sorted(facts.columns):
            if other != column and _share_a_word(column, other):
                words = f"Count '{other}' instead of '{column}'"
                changed = {c.frame.name: _counting(c, column, other) for c in formula.components}
                moved = tuple(
                    (word, tuple(other if name == column else name for name in columns))
                    for word, columns in formula.words.columns
                )
                yield words, replace(_with(formula, changed), words=replace(formula.words, columns=moved))


def _rounded(component: Component, policy: Rounding) -> Component:
    return _replaced(component, frame=replace(component.frame, rounding=policy))


def _counting(component: Component, column: str, other: str) -> Component:
    changes: dict[str, Any] = {}
    for name, (info, _) in fields_of(type(component)).items():
        value = getattr(component, name)
        if info.holds is Holds.COUNTS and column in value:
            changes[name] = tuple(other if count == column else count for count in value)
        elif info.holds is Holds.CAPS:
            changes[name] = tuple((other if count == column else count, amount) for count, amount in value)
    return _replaced(component, **changes) if changes else component


def _replaced(component: Component, **changes: Any) -> Component:
    return cast(Component, replace(cast(Any, component), **changes))


def _with(formula: Formula, changed: dict[str, Component]) -> Formula:
    components = tuple(changed.get(component.frame.name, component) for component in formula.components)
    return replace(formula, components=components)


def _share_a_word(one: str, other: str) -> bool:
    words, others = (set(name.lower().replace("-", " ").split()) for name in (one, other))
    if "grade" in words & others:
        # Another grade is other pupils; another count of the same grade has more words in common.
        return len(words & others) > 1
    return bool(words & others)


def _met(differences: Sequence[Difference]) -> int:
    return sum(entry.is_equal for entry in differences)


def _left(differences: Sequence[Difference]) -> Fraction:
    return sum((abs(entry.difference) for entry in differences if entry.difference is not None), Fraction(0))
