"""What a component of a formula is: it works out dollars, FTE or pupils for a school, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar, Protocol, runtime_checkable

from equity_alloc.formulas.at import At
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.rounding import NO_ROUNDING, WHOLE_CENTS, Rounding
from equity_alloc.formulas.step import Step
from equity_alloc.parameters.amount import Amount


class Gives(StrEnum):
    """The unit of a component's result."""

    DOLLARS = "dollars"
    FTE = "FTE"
    PUPILS = "pupils"


@runtime_checkable
class Component(Protocol):
    """One component with its amounts. Its fields say what each may hold (`formulas.field`).

    Attributes
    ----------
    kind : str
        Stable kebab-case name, in files and messages.
    heading : str
        What a person picks from a list.
    says : str
        The formula in one line.
    rises_with : tuple of str
        Fields with counts in which the result never falls.
    frame : Frame
    """

    kind: ClassVar[str]
    heading: ClassVar[str]
    says: ClassVar[str]
    rises_with: ClassVar[tuple[str, ...]]

    @property
    def frame(self) -> Frame:
        """Name, concern and rounding."""

    @property
    def gives(self) -> Gives:
        """Unit of the result."""

    def work(self, at: At) -> Step | None:
        """Return the exact, unrounded result at one school; None where another component it rests on does not apply.

        Raises
        ------
        UnknownNeed
            If a count it needs is unknown here.
        """


@runtime_checkable
class Pooled(Protocol):
    """A component whose result at one school depends on all schools: a pot that is shared out."""

    @property
    def pot(self) -> Amount:
        """What there is to share."""

    def together(self, everyone: Sequence[At]) -> dict[str, Step]:
        """Return the rounded result of every school concerned, by code."""


def rounding_of(component: Component) -> Rounding:
    """Return the policy by which a component rounds: its own, or the usual one."""
    if component.frame.rounding is not None:
        return component.frame.rounding
    return WHOLE_CENTS if component.gives is Gives.DOLLARS else NO_ROUNDING


def position_of(component: Component) -> str:
    """Return the position whose FTE a component gives; blank for dollars and pupils."""
    return str(getattr(component, "position", "")) if component.gives is Gives.FTE else ""


def gives_posts(position: str) -> Gives:
    """Return FTE for a component that names a position, else dollars."""
    return Gives.FTE if position else Gives.DOLLARS
