"""A formula: named components in order, the words they use, and the text they were read from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from equity_alloc.domain.errors import UnknownCode
from equity_alloc.formulas.base import Component, position_of
from equity_alloc.formulas.references import in_order
from equity_alloc.formulas.words import Words
from equity_alloc.parameters.places import Places


class SalaryBasis(StrEnum):
    """At which cost posts turn into dollars."""

    AVERAGE = "average"
    ACTUAL = "actual"


@dataclass(frozen=True)
class Formula:
    """A district's formula.

    Parameters
    ----------
    name, title, year, note : str
    components : tuple of Component
        In the order of the file; a component may rest on a later one.
    words : Words
        What its counts, kinds and flags stand for in the district.
    basis : SalaryBasis
    as_of : date or None
        The day for which dated values are taken; None for the latest.
    text : str
        The TOML text: the formula as a person reads, reviews and stores it.
    places : Places
        Where everything stands in the text.
    """

    name: str
    components: tuple[Component, ...]
    title: str = ""
    year: str = ""
    note: str = ""
    words: Words = field(default_factory=Words)
    basis: SalaryBasis = SalaryBasis.AVERAGE
    as_of: dt.date | None = None
    text: str = field(default="", compare=False, repr=False)
    places: Places = field(default_factory=lambda: Places("formula", {}), compare=False, repr=False)

    @cached_property
    def component_of(self) -> dict[str, Component]:
        """Components by name."""
        return {component.frame.name: component for component in self.components}

    @cached_property
    def in_order(self) -> tuple[Component, ...]:
        """The components, each after those it rests on.

        Raises
        ------
        UnknownCode
            If they form a circle.
        """
        ready, circle = in_order(self.components)
        if circle:
            raise UnknownCode(f"Components form a circle: {' -> '.join(circle)}.")
        return ready

    @cached_property
    def positions(self) -> tuple[str, ...]:
        """Codes of the positions whose FTE it gives, sorted."""
        return tuple(sorted({position_of(component) for component in self.components} - {""}))

    def place_of(self, component: str) -> tuple[str | int, ...]:
        """Return the path of a component in the file, for findings."""
        names = [member.frame.name for member in self.components]
        return ("component", names.index(component)) if component in names else ()
