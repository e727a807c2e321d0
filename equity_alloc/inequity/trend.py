"""How a gap changed over the years, on the schools that are counted in all of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from equity_alloc.measures.disproportion.interval import Interval


@dataclass(frozen=True, slots=True)
class YearGap:
    """The gap of one year.

    Parameters
    ----------
    year : str
    difference : float or None, share
        The group's rate less that of everybody outside it; None where too few pupils are compared.
    interval : tuple of float or None
        Of the difference, 95 %.
    """

    year: str
    difference: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Trend:
    """The gaps of two years or more.

    Parameters
    ----------
    years : tuple of YearGap
        The earliest first; the last is the indicator's own year.
    """

    years: tuple[YearGap, ...]

    @property
    def told(self) -> tuple[YearGap, ...]:
        """The years in which enough pupils are compared."""
        return tuple(each for each in self.years if each.difference is not None and each.interval is not None)

    @property
    def since(self) -> str | None:
        """The first year that can be compared with the last; None where none can, or the last year is not told."""
        told = self.told
        return told[0].year if len(told) > 1 and told[-1] is self.years[-1] else None

    @property
    def change(self) -> float | None:
        """The last difference less the first; None where it cannot be told."""
        if self.since is None:
            return None
        first, last = self.told[0].difference, self.told[-1].difference
        return None if first is None or last is None else last - first

    @property
    def interval(self) -> Interval | None:
        """95 % interval of the change; None where it cannot be told.

        Notes
        -----
        Formula: d1 - d0 - sqrt((d1 - l1)^2 + (u0 - d0)^2) to d1 - d0 + sqrt((u1 - d1)^2 + (d0 - l0)^2)

        Pupils counted in both years make the two differences alike, so that the interval is rather too wide.

        References
        ----------
        Zou, G. and Donner, A. (2008), Construction of Confidence Limits about Effect Measures: A General Approach,
        Statistics in Medicine 27(10), pages 1693-1702.

        Examples
        --------
        From .10 (.06 to .13) to .05 (.01 to .09): the half widths are sqrt(.04^2 + .03^2) and sqrt(.04^2 + .04^2).

        >>> then, now = YearGap("2023-24", 0.10, (0.06, 0.13)), YearGap("2025-26", 0.05, (0.01, 0.09))
        >>> [round(end, 3) for end in Trend((then, now)).interval]
        [-0.1, 0.007]
        """
        change = self.change
        if change is None:
            return None
        first, last = self.told[0], self.told[-1]
        if first.interval is None or last.interval is None or first.difference is None or last.difference is None:
            return None
        low = hypot(last.difference - last.interval[0], first.interval[1] - first.difference)
        high = hypot(last.interval[1] - last.difference, first.difference - first.interval[0])
        return change - low, change + high
