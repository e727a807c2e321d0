"""The same posts for every school concerned: one principal, for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.field import amount_field, position_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.step import Step, given_amount
from equity_alloc.parameters.amount import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionsPerSchool:
    """A stated FTE of a position for each school concerned."""

    kind: ClassVar[str] = "positions-per-school"
    heading: ClassVar[str] = "Positions per school"
    says: ClassVar[str] = "FTE"
    rises_with: ClassVar[tuple[str, ...]] = ()
    gives: ClassVar[Gives] = Gives.FTE

    frame: Frame
    position: str = position_field()
    fte: Amount = amount_field("FTE for each school", "FTE", most="1000")

    def work(self, at: At) -> Step | None:
        """Return the FTE."""
        return given_amount(self.fte, "for each school")
