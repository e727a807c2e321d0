"""Who gains and who gives up: core dollars by school, to the cent, and on how few the loss lies."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from equity_alloc.domain.money import Cents
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import SchoolRow, school_rows


@dataclass(frozen=True)
class Losses:
    """Gains and losses of core money.

    Parameters
    ----------
    rows : tuple of SchoolRow
        Every school, in order of codes.
    """

    rows: tuple[SchoolRow, ...]

    @cached_property
    def losers(self) -> tuple[SchoolRow, ...]:
        """Schools that give up core money, the largest loss first."""
        down = [row for row in self.rows if row.counted_change < 0]
        return tuple(sorted(down, key=lambda row: (row.counted_change, row.code)))

    @cached_property
    def winners(self) -> tuple[SchoolRow, ...]:
        """Schools that gain core money, the largest gain first."""
        up = [row for row in self.rows if row.counted_change > 0]
        return tuple(sorted(up, key=lambda row: (-row.counted_change, row.code)))

    @property
    def lost(self) -> Cents:
        """What is given up, all schools together; zero or more."""
        return -sum(row.counted_change for row in self.losers)

    @property
    def gained(self) -> Cents:
        """What is gained, all schools together; zero or more."""
        return sum(row.counted_change for row in self.winners)

    @property
    def new_money(self) -> Cents:
        """Core money of all schools in the plan less that of last year; gains less losses, to the cent."""
        return sum(row.counted_plan for row in self.rows) - sum(row.counted_today for row in self.rows)

    @property
    def concentration(self) -> Fraction:
        """Sum of squared shares of the loss (Herfindahl): 1 where one school carries all of it, 0 where none is lost."""
        return concentration([-row.counted_change for row in self.losers])

    @property
    def carry_half(self) -> int:
        """The fewest schools that carry half of the loss together."""
        carried = 0
        for number, row in enumerate(self.losers, start=1):
            carried -= row.counted_change
            if 2 * carried >= self.lost:
                return number
        return 0


def losses(plan: Plan) -> Losses:
    """Return who gains and who gives up in a plan."""
    return Losses(school_rows(plan))


def concentration(amounts: list[Cents]) -> Fraction:
    """Return the sum of squared shares of amounts (Herfindahl and Hirschman); 0 where there is nothing.

    Examples
    --------
    >>> concentration([300, 100]), concentration([])
    (Fraction(5, 8), Fraction(0, 1))
    """
    total = sum(amounts)
    return sum((Fraction(each, total) ** 2 for each in amounts), Fraction(0)) if total else Fraction(0)


def loss_share(row: SchoolRow) -> Fraction | None:
    """Return a school's loss as a share of its core money last year; None where it had none or gives up nothing."""
    if row.counted_change >= 0 or not row.counted_today:
        return None
    return Fraction(-row.counted_change, row.counted_today)
