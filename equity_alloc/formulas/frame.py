"""What every component has: a name, whom it concerns, how it rounds, and whether it adds to the result."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.rounding import Rounding
from equity_alloc.parameters.amount import Amount

#: Keys of a component in a file that belong to the frame.
FRAME_KEYS: tuple[str, ...] = (
    "kind",
    "name",
    "title",
    "note",
    "part",
    "rounding",
    "only_kinds",
    "only_flags",
    "not_flags",
    "band_of",
    "band_from",
    "band_below",
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of a component that all kinds share.

    Parameters
    ----------
    name : str
        How other components, cases and exports call it; once in a formula.
    title : str
        How a reader calls it; the name where blank.
    note : str
        Why it is there, in the district's words.
    is_part : bool
        Worked out for another component, and not added to the school's result by itself.
    rounding : Rounding or None
        None for the usual one: half up to the cent for dollars, none for FTE and pupils.
    only_kinds, only_flags, not_flags : tuple of str
        It concerns schools of these kinds, with one of these flags, with none of those; empty means all.
    band_of : tuple of str
        Count by which a band is drawn.
    band_from, band_below : Amount or None
        It concerns schools with at least, and with fewer than, so many pupils.

    Raises
    ------
    InvalidValue
        If there is no name, or a band has no count or no room.
    """

    name: str
    title: str = ""
    note: str = ""
    is_part: bool = False
    rounding: Rounding | None = None
    only_kinds: tuple[str, ...] = ()
    only_flags: tuple[str, ...] = ()
    not_flags: tuple[str, ...] = ()
    band_of: tuple[str, ...] = ()
    band_from: Amount | None = None
    band_below: Amount | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValue("A component needs a name.")
        has_limit = self.band_from is not None or self.band_below is not None
        if has_limit is not bool(self.band_of):
            raise InvalidValue("A band needs band_of (which count) and band_from, band_below or both.")
        if self.band_from and self.band_below and self.band_from.value >= self.band_below.value:
            raise InvalidValue("band_from must be less than band_below, or no school is in the band.")

    @property
    def label(self) -> str:
        """Title, or name where there is none."""
        return self.title or self.name
