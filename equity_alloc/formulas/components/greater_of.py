"""The greater of several components, or of several counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.field import choice_field, components_field, counts_field, position_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.refusals import refuse_too_few, refuse_wrong_position
from equity_alloc.formulas.step import Step, greatest


@dataclass(frozen=True, slots=True, kw_only=True)
class GreaterOf:
    """The greater of the components that apply at a school; each of them must be a part, or it would count twice."""

    kind: ClassVar[str] = "greater-of"
    heading: ClassVar[str] = "Greater of"
    says: ClassVar[str] = "the greatest of the named components or counts"
    rises_with: ClassVar[tuple[str, ...]] = ("counts",)

    frame: Frame
    of: tuple[str, ...] = components_field("Components compared", default=())
    counts: tuple[str, ...] = counts_field("Counts compared", default=(), hint="Best of this year and last, for one.")
    unit: str = choice_field("Unit", *(gives.value for gives in Gives))
    position: str = position_field(default="")

    def __post_init__(self) -> None:
        refuse_wrong_position(self.unit, self.position)
        refuse_too_few(self.of, self.counts, self.unit)

    @property
    def gives(self) -> Gives:
        """As the formula says."""
        return Gives(self.unit)

    def work(self, at: At) -> Step | None:
        """Return the greater."""
        found = [*at.components(self.of), *(at.count(name) for name in self.counts)]
        return greatest(self.frame.label, self.unit, *found) if found else None
