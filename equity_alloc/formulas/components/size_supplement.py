"""More for a small school: so much for every pupil below a threshold, up to a cap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives, gives_posts
from equity_alloc.formulas.facts import ENROLLMENT
from equity_alloc.formulas.field import amount_field, components_field, counts_field, position_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.step import Step, added, given, given_amount, greatest, least, less, times
from equity_alloc.parameters.amount import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeSupplement:
    """Missing pupils times an amount, capped at dollars (or FTE), at a share of other components, or at the lower."""

    kind: ClassVar[str] = "size-supplement"
    heading: ClassVar[str] = "Small-school supplement"
    says: ClassVar[str] = "the least of max(0, threshold - pupils) x amount, the cap, and a share of other components"
    rises_with: ClassVar[tuple[str, ...]] = ()

    frame: Frame
    count: tuple[str, ...] = counts_field("Pupils", default=(ENROLLMENT,))
    threshold: Amount = amount_field("Threshold", "pupils")
    amount: Amount = amount_field("For every pupil below", "dollars per pupil", "FTE per pupil")
    most: Amount | None = amount_field("At most", "dollars", "FTE", default=None)
    most_share: Amount | None = amount_field("At most this share", "share", default=None, most="1")
    base: tuple[str, ...] = components_field("of these components", default=())
    position: str = position_field(default="")

    def __post_init__(self) -> None:
        if bool(self.base) is not (self.most_share is not None):
            raise InvalidValue("A cap as a share needs most_share and base, the components it is a share of.")
        if (self.amount.unit == "FTE per pupil") is not bool(self.position):
            raise InvalidValue("An amount in FTE per pupil needs a position, and one in dollars has none.")

    @property
    def gives(self) -> Gives:
        """FTE with a position, else dollars."""
        return gives_posts(self.position)

    def work(self, at: At) -> Step | None:
        """Return the supplement under its caps."""
        unit, label = self.gives.value, self.frame.label
        gap = less("below the threshold", "pupils", given_amount(self.threshold, "threshold"), at.pupils(self.count))
        missing = greatest("missing pupils", "pupils", gap, given("none missing", 0, "pupils"))
        options = [times("before caps", unit, missing, given_amount(self.amount, "for every pupil below"))]
        if self.most is not None:
            options.append(given_amount(self.most, "cap"))
        if self.most_share is not None:
            based = at.components(self.base) or [given("no base at this school", 0, unit)]
            share = given_amount(self.most_share, "cap as a share")
            options.append(times("share of the base", unit, share, added("base", unit, based)))
        return options[0] if len(options) == 1 else least(label, unit, *options)
