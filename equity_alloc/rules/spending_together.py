"""All schools together have at most, or at least, so many dollars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Counted, Dollars, Force, Limit, Model, Posts, Quantity
from equity_alloc.rules.setting import basis_setting, force_setting, refuse_out_of_range, setting

#: Whom the sum is over.
EVERYBODY = "All schools together"


class Money(StrEnum):
    """What is added up."""

    ALL = "all money"
    CORE = "core money"


class Side(StrEnum):
    """Which side of the sum is held."""

    MOST = "at most"
    LEAST = "at least"


@dataclass(frozen=True, slots=True)
class SpendingTogether:
    """A cap, or a floor, on what all schools together have; posts are priced at the plan year's cost."""

    code: ClassVar[str] = "spending-together"
    title: ClassVar[str] = "All schools together stay within a sum"
    says: ClassVar[str] = (
        "Posts at their cost and lines of all schools add up to no more, or no less, than the stated sum."
    )
    source: ClassVar[Source] = Source("The district's budget guidelines", "what schools may spend together in one year")
    always: ClassVar[bool] = False

    dollars: Decimal = setting(
        Decimal(1_000_000_000), label="Sum", unit="dollars", least="0", most="100000000000", step="10000"
    )
    side: Side = setting(Side.MOST, label="Schools have", options=tuple(side.value for side in Side))
    money: Money = setting(
        Money.ALL,
        label="Counted",
        options=tuple(money.value for money in Money),
        hint="Core money is what schools are compared by; all money has supplemental funds with it.",
    )
    force: Force = force_setting("choice")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Hold the sum on its side."""
        district, bound = model.district, self._bound
        terms: list[tuple[int, Quantity]] = []
        if self.money is Money.CORE:
            terms, per = [(1, Counted(school.code)) for school in district.schools], 1
        else:
            # A post's hundredth costs a hundredth of its price, so the sum is taken a hundred times.
            per = 100
            for school in district.schools:
                terms += [(position.cost, Posts(school.code, position.code)) for position in district.positions]
                terms += [(per, Dollars(school.code, line)) for line in district.lines]
        if terms:
            least, most = (None, bound * per) if self.side is Side.MOST else (bound * per, None)
            model.require(Limit(self.code, EVERYBODY, tuple(terms), least, most, Unit.CENTS, per))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Add up what schools have."""
        room = self._room(district, allocation)
        if room < 0:
            words = (
                f"All schools together have {print_dollars(self._bound - room * self._sign, with_cents=True)} of "
                f"{self.money.value}, and {self.side.value} {print_dollars(self._bound, with_cents=True)} was asked for."
            )
            yield Breach(self.code, EVERYBODY, -room, Unit.CENTS, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield what lies between the schools' sum and the stated one."""
        yield EVERYBODY, self._room(district, allocation), Unit.CENTS

    def explain(self, district: District) -> str:
        """State the sum beside last year's."""
        had = money_together(district, district.today, self.money) // 100
        return (
            f"All schools together have {self.side.value} {print_dollars(self._bound)} of {self.money.value}; last year's "
            f"posts and lines come to {print_dollars(had)} at the plan year's cost."
        )

    @property
    def _bound(self) -> Cents:
        return int(self.dollars * 100)

    @property
    def _sign(self) -> int:
        return 1 if self.side is Side.MOST else -1

    def _room(self, district: District, allocation: Allocation) -> Cents:
        """Return the cents between; parts of a cent are rounded to the stricter side."""
        return self._sign * (self._bound * 100 - money_together(district, allocation, self.money)) // 100


def money_together(district: District, allocation: Allocation, money: Money) -> int:
    """Return what all schools have, in hundredths of a cent: posts at their cost and lines, or all of core funds.

    Examples
    --------
    >>> money_together(District("Empty", "2026-27", ()), Allocation(), Money.ALL)
    0
    """
    if money is Money.CORE:
        return 100 * sum(district.counted_dollars(allocation, school.code) for school in district.schools)
    costs = {position.code: position.cost for position in district.positions}
    posts = sum(fte * costs.get(position, 0) for (_, position), fte in allocation.fte)
    lines = sum(cents for (_, line), cents in allocation.by_school_line.items() if line in district.lines)
    return posts + 100 * lines
