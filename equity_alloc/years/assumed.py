"""Looks assumptions up: the most exact one counts, and what lacks is named by year and subject."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from equity_alloc.domain.ahead import EVERY, UNCHANGED, Assumption, What
from equity_alloc.domain.finding import Gap
from equity_alloc.scenario import Scenario

#: Where assumptions are written down.
SHEET = "Years ahead"
NOBODY = "Nobody has stated it: taken as unchanged"


@dataclass
class Assumed:
    """The assumptions for one year, with a record of those that were used and of those that lack.

    Parameters
    ----------
    assumptions : sequence of Assumption
    year : str
    used : dict of Assumption
        In the order of their first use.
    lacking : dict of (What, str) to Gap
    """

    assumptions: Sequence[Assumption]
    year: str
    used: dict[Assumption, None] = field(default_factory=dict)
    lacking: dict[tuple[What, str], Gap] = field(default_factory=dict)

    def stated(self, what: What, *names: str) -> Assumption | None:
        """Return what is assumed of one by any of its names, the first name first; never what holds for every one."""
        for name in names:
            found = self._best(a for a in self._of(what) if a.of.strip().lower() == name.strip().lower())
            if found is not None:
                self.used[found] = None
                return found
        return None

    def value(self, what: What, subject: str, *names: str) -> Fraction | None:
        """Return what is assumed; None where nothing is, and then the lack is recorded.

        Parameters
        ----------
        what : What
        subject : str
            Whom it concerns, for the sentence that asks for it.
        names : str
            Under which it may be assumed, the most exact first.
        """
        found = self.if_any(what, *names)
        if found is None:
            first = names[0] if names else subject
            self.lacking[what, first] = Gap(SHEET, what.value.capitalize(), f"{subject} in {self.year}")
        return found

    def if_any(self, what: What, *names: str) -> Fraction | None:
        """Return what is assumed; None where nothing is, which is not asked for."""
        found = self.stated(what, *names) or self._best(a for a in self._of(what) if a.is_every)
        if found is None:
            return None
        self.used[found] = None
        return Fraction(found.value)

    def here(self, what: What) -> tuple[Assumption, ...]:
        """Return all of a kind that hold in the year, and record them as used."""
        found = tuple(self._of(what))
        self.used.update(dict.fromkeys(found))
        return found

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What lacks, in the order in which it was asked for."""
        return tuple(self.lacking.values())

    def _of(self, what: What) -> Iterable[Assumption]:
        return (a for a in self.assumptions if a.what is what and a.year in ("", self.year))

    @staticmethod
    def _best(found: Iterable[Assumption]) -> Assumption | None:
        """Return the one for this very year before the one for every year."""
        return max(found, key=lambda a: bool(a.year), default=None)


def with_unchanged(scenario: Scenario, kinds: Iterable[What]) -> Scenario:
    """Return the scenario with an assumption that nothing changes for each kind that is not assumed of every one.

    The assumptions are written down like any other, and say that nobody has stated them.
    """
    present = {a.what for a in scenario.ahead if a.is_every and not a.year}
    added = tuple(
        Assumption(what, EVERY, value, source=NOBODY)
        for what in dict.fromkeys(kinds)
        if (value := UNCHANGED[what]) is not None and what not in present
    )
    return dataclasses.replace(scenario, ahead=(*scenario.ahead, *added))


def grown(cents: int, growth: Fraction, to: int = 1) -> int:
    """Return an amount after growth, to the nearest multiple, halves up.

    Examples
    --------
    >>> grown(10_000, Fraction("0.0335")), grown(10_780_000, Fraction("0.0333"), 100)
    (10335, 11139000)
    """
    return int(cents * (1 + growth) / to + Fraction(1, 2)) * to
