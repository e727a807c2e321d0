"""A school while a formula is worked out: its counts, its costs, and the components already known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from equity_alloc.domain.errors import InvalidValue, UnknownNeed
from equity_alloc.formulas.facts import Count, DistrictFacts, SchoolFacts
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.step import Op, Step, added, divided, given
from equity_alloc.formulas.words import Words


@dataclass(slots=True)
class At:
    """One school in the course of a calculation.

    Parameters
    ----------
    school : SchoolFacts
    facts : DistrictFacts
    words : Words
        What the formula's names of counts, kinds and flags stand for here.
    pays_actual : bool
        Whether posts are priced at the school's actual cost.
    done : dict of str to Step or str
        Results by component: the step, or why it is unknown; a component that does not apply here is not in it.
    """

    school: SchoolFacts
    facts: DistrictFacts
    words: Words
    pays_actual: bool = False
    done: dict[str, Step | str] = field(default_factory=dict)
    counts: Mapping[str, Count] = field(init=False)

    def __post_init__(self) -> None:
        self.counts = dict(self.school.counts)

    def count(self, name: str) -> Step:
        """Return the pupils under one name: a component that gives pupils, a column, or several columns added.

        Raises
        ------
        UnknownNeed
            If a count is unknown at this school.
        """
        known = self.done.get(name)
        if isinstance(known, str) and name not in self.counts:
            raise UnknownNeed(known)
        if isinstance(known, Step) and known.unit == "pupils":
            return Step(name, known.value, known.unit, Op.COMPONENT, (known,))
        columns = self.words.columns_of(name)
        return added(name, "pupils", [self._column(column) for column in columns])

    def _column(self, column: str) -> Step:
        found = self.counts.get(column)
        if found is None:
            raise UnknownNeed(
                f"{self.school.label} has no count of {column}, and unknown is not zero. Enter the count."
            )
        return given(column, Fraction(found), "pupils", "count of this school")

    def pupils(self, names: Sequence[str]) -> Step:
        """Return the sum of several counts."""
        return added(" + ".join(names), "pupils", [self.count(name) for name in names])

    def share(self, of: Sequence[str], whole: Sequence[str]) -> Step:
        """Return one count divided by another; nobody of nobody is a share of zero.

        Raises
        ------
        InvalidValue
            If there are pupils in the part and none in the whole.
        """
        part, base = self.pupils(of), self.pupils(whole)
        name = f"share of {part.name} in {base.name}"
        if base.value == 0:
            if part.value:
                raise InvalidValue(
                    f"{self.school.label} has {part.name} but no {base.name}. Correct one of the counts."
                )
            return given(name, 0, "share", "no pupils here")
        return divided(name, "share", part, base)

    def component(self, name: str) -> Step | None:
        """Return another component's result here, or None where it does not apply.

        Raises
        ------
        UnknownNeed
            If that result is unknown here.
        """
        known = self.done.get(name)
        if isinstance(known, str):
            raise UnknownNeed(known)
        if known is None:
            return None
        return Step(name, known.value, known.unit, Op.COMPONENT, (known,))

    def components(self, names: Sequence[str]) -> list[Step]:
        """Return the results of several components, of those that apply here."""
        return [step for name in names if (step := self.component(name)) is not None]

    def concerns(self, frame: Frame) -> bool:
        """Whether a component concerns this school.

        Raises
        ------
        UnknownNeed
            If a flag or the count of its band is unknown here, and decides it.
        """
        kinds = self.words.kinds_of(frame.only_kinds)
        if (kinds and self.school.kind not in kinds) or not self._is_flagged(frame):
            return False
        if not frame.band_of:
            return True
        pupils = self.pupils(frame.band_of).value
        is_below_start = frame.band_from is not None and pupils < Fraction(frame.band_from.value)
        is_past_end = frame.band_below is not None and pupils >= Fraction(frame.band_below.value)
        return not is_below_start and not is_past_end

    def _is_flagged(self, frame: Frame) -> bool:
        """Whether the school has one of the flags that are asked for and none of those that are excluded."""
        flags, unknown = set(self.school.flags), set(self.school.unknown_flags)
        only, without = self.words.flags_of(frame.only_flags), self.words.flags_of(frame.not_flags)
        if flags & without or (only and not (flags | unknown) & only):
            return False
        open_flags = (unknown & without) | (unknown & only if not flags & only else set())
        if open_flags:
            raise UnknownNeed(
                f"{self.school.label} does not say whether it is '{min(open_flags)}', and unknown is not no. "
                "Enter yes or no."
            )
        return True
