"""Schools that give up again and again: losses in several of the last years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from equity_alloc.decisions.book import Book
from equity_alloc.domain.earlier import YearChange, year_begins
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents, print_dollars, read_dollars
from equity_alloc.parameters.library import parameters

#: Where a change is written that no sheet brings.
KEPT, TYPED = "decision record", "typed on Hard choices"


@dataclass(frozen=True, slots=True)
class RepeatLoser:
    """A school that gave up core money in several of the last years.

    Parameters
    ----------
    code : str
    years : tuple of (str, Cents)
        Years of loss with what was given up, the latest last; below zero.
    sources : tuple of str
        Where the losses of earlier years are written, as far as anybody has said.
    """

    code: str
    years: tuple[tuple[str, Cents], ...]
    sources: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The years with their amounts, and where the earlier ones are written."""
        years = "; ".join(f"{year}: {print_dollars(cents)}" for year, cents in self.years)
        return f"{years}. Earlier years from: {'; '.join(self.sources)}." if self.sources else f"{years}."


def last_years() -> int:
    """Return how many years are looked at, the plan's among them."""
    return int(parameters("hard_choices")["repeat-years"][-1].value)


def losses_that_count() -> int:
    """Return in how many of them a school must lose to be told."""
    return int(parameters("hard_choices")["repeat-losses"][-1].value)


def repeat_losers(year: str, now: Mapping[str, Cents], earlier: tuple[YearChange, ...]) -> tuple[RepeatLoser, ...]:
    """Return the schools that give up in the plan's year and did so before, often enough in the last years.

    Parameters
    ----------
    year : str
        The plan year.
    now : mapping of school code to Cents
        Change in core money in the plan.
    earlier : tuple of YearChange
        Of earlier years; what is missing counts as unknown, so it never makes a school a repeat loser.

    Examples
    --------
    >>> earlier = (YearChange("2025-26", "A", -500), YearChange("2025-26", "B", 100))
    >>> [each.code for each in repeat_losers("2026-27", {"A": -100, "B": -100}, earlier)]
    ['A']
    """
    first = year_begins(year) - last_years() + 1
    before = {each.year for each in earlier if first <= year_begins(each.year) < year_begins(year)}
    found = []
    for code, cents in sorted(now.items()):
        if cents >= 0:
            continue
        lost = [each for each in earlier if each.school == code and each.year in before and each.cents < 0]
        years = (*sorted((each.year, each.cents) for each in lost), (year, cents))
        if len(years) >= losses_that_count():
            found.append(RepeatLoser(code, years, tuple(sorted({each.source for each in lost if each.source}))))
    return tuple(found)


def decided_before(book: Book, year: str) -> tuple[YearChange, ...]:
    """Return what earlier years' decisions changed, from the records; the last decision of a year counts."""
    latest = {
        decision.year: decision for _, decision in book.decisions() if year_begins(decision.year) < year_begins(year)
    }
    return tuple(
        YearChange(each.year, school.code, school.after - school.before, KEPT)
        for each in latest.values()
        for school in each.schools
    )


def one_for_each_year(*told: tuple[YearChange, ...]) -> tuple[tuple[YearChange, ...], tuple[str, ...]]:
    """Return one change for each school and year, and a sentence for each that is told twice with two amounts.

    Parameters
    ----------
    *told : tuples of YearChange
        What comes first counts: kept decisions before the sheet, the sheet before what is typed.

    Examples
    --------
    >>> kept, sheet = YearChange("2025-26", "A", -500, "decision record"), YearChange("2025", "A", -700, "Audit 2025")
    >>> changes, doubts = one_for_each_year((kept,), (sheet,))
    >>> [each.cents for each in changes], doubts
    ([-500], ('School A, 2025-26: -$5.00 by decision record, -$7.00 by Audit 2025. The first counts.',))
    """
    found: dict[tuple[str, int], YearChange] = {}
    doubts = []
    for each in (change for changes in told for change in changes):
        first = found.setdefault((each.school, year_begins(each.year)), each)
        if first.cents != each.cents:
            doubts.append(f"School {each.school}, {first.year}: {_by(first)}, {_by(each)}. The first counts.")
    return tuple(found.values()), tuple(doubts)


def _by(change: YearChange) -> str:
    return f"{print_dollars(change.cents, with_cents=True)} by {change.source or 'a source that is not named'}"


def read_changes(text: str) -> tuple[YearChange, ...]:
    """Return what was typed: one line for a school and year, as "2025-26, 0101, -52000".

    Raises
    ------
    InvalidValue
        Names the line that cannot be read.

    Examples
    --------
    >>> read_changes("2025-26, 0101, -52000.50")
    (YearChange(year='2025-26', school='0101', cents=-5200050, source='typed on Hard choices'),)
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.replace("\t", ",").split(",", maxsplit=2)]
        if len(parts) < 3 or not all(parts):
            raise InvalidValue(
                f"Line {number}, '{line}': write year, school code and change in dollars, with commas between."
            )
        year, school, amount = parts
        try:
            cents = read_dollars(amount)
        except InvalidValue as error:
            raise InvalidValue(f"Line {number}: {error}") from error
        found.append(YearChange(year, school, cents, TYPED))
    return tuple(found)
