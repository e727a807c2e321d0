"""What a section of a document is, and how its figures are printed."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

from equity_alloc.domain.day import MONTHS, days_in_words
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.reports.chart import Chart


@dataclass(frozen=True, slots=True)
class Table:
    """A table as text.

    Parameters
    ----------
    title : str
    headings : tuple of str
    rows : tuple of tuple of str
    numbers : tuple of bool
        Which columns hold numbers and stand at the right.
    has_total : bool
        Whether the last row is the sum of the others.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[bool, ...]
    has_total: bool = False

    def without(self, *headings: str) -> Table:
        """Return the table without the columns that have these headings."""
        kept = [place for place, heading in enumerate(self.headings) if heading not in headings]
        return dataclasses.replace(
            self,
            headings=tuple(self.headings[place] for place in kept),
            rows=tuple(tuple(row[place] for place in kept) for row in self.rows),
            numbers=tuple(self.numbers[place] for place in kept),
        )


@dataclass(frozen=True, slots=True)
class Section:
    """One section: a heading, sentences, and a table or a chart; of level 3 where it is a part of the one before.

    A sentence that ends in "____" is to be filled in by hand.
    """

    title: str
    sentences: tuple[str, ...]
    table: Table | None = None
    chart: Chart | None = None
    level: int = 2


def unbroken(words: str) -> str:
    """Return words with days in words, in which a line never ends before a percent sign, "FTE" or a day of the month.

    Examples
    --------
    >>> unbroken("3.0 % less") == "3.0\u00a0% less"
    True
    """
    whole_days = re.sub(rf"({'|'.join(MONTHS)}) (?=\d)", "\\1\u00a0", days_in_words(words))
    return re.sub(r"(\d) (?=%|FTE\b)", "\\1\u00a0", whole_days)


def dollars(cents: int) -> str:
    """Return whole dollars as people read them."""
    return print_dollars(cents)


def signed(cents: int) -> str:
    """Return whole dollars with their sign."""
    return f"{'+' if cents > 0 else ''}{print_dollars(cents)}"


def signed_fte(hundredths: int) -> str:
    """Return posts with their sign."""
    return f"{'+' if hundredths > 0 else ''}{print_fte(hundredths)}"
