"""Which sides are compared."""

from __future__ import annotations

from dataclasses import dataclass

TODAY, CURRENT, OWN = "today", "current", "own"
SAVED = "saved: "


@dataclass(frozen=True, slots=True)
class Compared:
    """The two to four sides of the page Compare: today, current, own, or "saved: " and a scenario's name.

    Parameters
    ----------
    a, b : str
    c, d : str
        "" where nothing is laid there.
    """

    a: str = TODAY
    b: str = CURRENT
    c: str = ""
    d: str = ""

    @property
    def sides(self) -> dict[str, str]:
        """What is laid at each letter, without the letters where nothing is.

        Examples
        --------
        >>> Compared(d="own").sides
        {'A': 'today', 'B': 'current', 'D': 'own'}
        """
        named = {"A": self.a, "B": self.b, "C": self.c, "D": self.d}
        return {letter: side for letter, side in named.items() if side}

    def renamed(self, old: str, new: str) -> Compared:
        """Return the same sides after a saved scenario was given another name.

        Examples
        --------
        >>> Compared("saved: First").renamed("First", "Second").a
        'saved: Second'
        """
        sides = (self.a, self.b, self.c, self.d)
        return Compared(*(f"{SAVED}{new}" if side == f"{SAVED}{old}" else side for side in sides))
