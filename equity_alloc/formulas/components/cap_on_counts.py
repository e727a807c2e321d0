"""A count that is paid for only up to a cap: so many pupils, or a share of another count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.facts import ENROLLMENT
from equity_alloc.formulas.field import amount_field, counts_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.step import Step, given_amount, least, times
from equity_alloc.parameters.amount import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class CapOnCounts:
    """The lesser of a count and its cap; other components count it by this component's name."""

    kind: ClassVar[str] = "cap-on-counts"
    heading: ClassVar[str] = "Cap on a count"
    says: ClassVar[str] = "min(pupils, cap) or min(pupils, share x other pupils)"
    rises_with: ClassVar[tuple[str, ...]] = ("count",)
    gives: ClassVar[Gives] = Gives.PUPILS

    frame: Frame
    count: tuple[str, ...] = counts_field("Pupils")
    most: Amount | None = amount_field("At most", "pupils", default=None)
    most_share: Amount | None = amount_field("At most this share", "share", default=None, most="1")
    of: tuple[str, ...] = counts_field("of these pupils", default=(ENROLLMENT,))

    def __post_init__(self) -> None:
        if (self.most is None) is (self.most_share is None):
            raise InvalidValue("Give the cap as pupils (most) or as a share of other pupils (most_share and of).")

    def work(self, at: At) -> Step | None:
        """Return the lesser of pupils and cap."""
        caps = [given_amount(self.most, "cap")] if self.most is not None else []
        if self.most_share is not None:
            caps.append(times("cap", "pupils", given_amount(self.most_share, "share"), at.pupils(self.of)))
        return least(self.frame.label, "pupils", at.pupils(self.count), *caps)
