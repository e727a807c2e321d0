"""Teachers by class size: in every grade as many classes as the cap asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.field import caps_field, position_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.rounding import WHOLE_CLASSES
from equity_alloc.formulas.step import Step, added, divided, given_amount, rounded
from equity_alloc.parameters.amount import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassSize:
    """One post for each class; a class is opened as soon as one pupil exceeds the cap."""

    kind: ClassVar[str] = "class-size"
    heading: ClassVar[str] = "Staffing by class size"
    says: ClassVar[str] = "sum over grades of ceil(pupils / cap)"
    rises_with: ClassVar[tuple[str, ...]] = ("caps",)
    gives: ClassVar[Gives] = Gives.FTE

    frame: Frame
    position: str = position_field()
    caps: tuple[tuple[str, Amount], ...] = caps_field("Largest class by grade", "pupils per class", is_divisor=True)

    def work(self, at: At) -> Step | None:
        """Return the classes of all grades."""
        classes = []
        for grade, cap in self.caps:
            exact = divided(f"classes, {grade}", "FTE", at.count(grade), given_amount(cap, "largest class"))
            classes.append(rounded(exact, WHOLE_CLASSES))
        return added(self.frame.label, "FTE", classes)
