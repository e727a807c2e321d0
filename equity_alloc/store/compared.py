"""Which two sides are compared."""

from __future__ import annotations

from dataclasses import dataclass

TODAY, CURRENT, OWN = "today", "current", "own"
SAVED = "saved: "


@dataclass(frozen=True, slots=True)
class Compared:
    """The two sides of the page Compare: today, current, own, or "saved: " and a scenario's name.

    Parameters
    ----------
    a, b : str
    """

    a: str = TODAY
    b: str = CURRENT

    def renamed(self, old: str, new: str) -> Compared:
        """Return the same two sides after a saved scenario was given another name.

        Examples
        --------
        >>> Compared("saved: First").renamed("First", "Second").a
        'saved: Second'
        """
        a, b = (f"{SAVED}{new}" if side == f"{SAVED}{old}" else side for side in (self.a, self.b))
        return Compared(a, b)
