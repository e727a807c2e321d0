"""A share of new money goes to listed positions and lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Dollars, Force, Limit, Model, Posts, Quantity
from equity_alloc.rules.listed import listed_items
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, refuse_out_of_range, setting
from equity_alloc.rules.spending_together import EVERYBODY

#: A post's hundredth costs a hundredth of its price, so sums are taken a hundred times.
PER = 100


@dataclass(frozen=True, slots=True)
class NewMoneyShare:
    """A floor for what is added to some positions and lines, as a share of the money that schools had not last year."""

    code: ClassVar[str] = "new-money-share"
    title: ClassVar[str] = "A share of new money goes to listed positions and lines"
    says: ClassVar[str] = (
        "Of what all funds leave for schools above last year's spending, at least the stated share is added to the listed "
        "positions and lines. Without new money it asks for nothing."
    )
    source: ClassVar[Source] = Source("The district's commitments", "what new money is for")
    always: ClassVar[bool] = False

    items: tuple[str, ...] = setting(
        (), label="Positions and lines", choice=Choice.ITEM, hint="Those that act on the causes named in the audit."
    )
    share: Decimal = setting(Decimal("0.5"), label="Share of new money", unit="share", least="0", most="1", step="0.05")
    force: Force = force_setting("promise")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Put a floor under what is listed, all schools together."""
        limit = self._limit(model.district)
        if limit is not None:
            model.require(limit)

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Add up what is listed."""
        for subject, room, unit in self.slack(district, allocation):
            if room < 0:
                words = (
                    f"Of {print_dollars(new_money(district))} of new money, {print_dollars(-room, with_cents=True)} less "
                    f"than {print_share(self.share)} goes to what is listed."
                )
                yield Breach(self.code, subject, -room, unit, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield what is added above the share; nothing where there is no new money."""
        limit = self._limit(district)
        if limit is not None:
            yield EVERYBODY, (self._together(district, allocation) - (limit.least or 0)) // PER, Unit.CENTS

    def explain(self, district: District) -> str:
        """Name the new money and what is listed."""
        titles = [title for _, title in listed_items(district, self.items, "new money would go nowhere")]
        new = new_money(district)
        if not new:
            return f"There is no money above last year's, so nothing need be added to {', '.join(titles)}."
        return (
            f"At least {print_share(self.share)} of {print_dollars(new)} of new money is added to {', '.join(titles)}."
        )

    def _limit(self, district: District) -> Limit | None:
        listed = listed_items(district, self.items, "new money would go nowhere")
        new = new_money(district)
        if not new:
            return None
        terms: list[tuple[int, Quantity]] = []
        for school in district.schools:
            for code, _ in listed:
                position = district.position_of.get(code)
                quantity: Quantity = Posts(school.code, code) if position else Dollars(school.code, code)
                terms.append((position.cost if position else PER, quantity))
        least = self._together(district, district.today) + -(-Fraction(self.share) * new * PER // 1)
        kept = tuple(term for term in terms if term[0])
        return Limit(self.code, EVERYBODY, kept, int(least), None, Unit.CENTS, PER) if kept else None

    def _together(self, district: District, allocation: Allocation) -> int:
        """Return what is listed at all schools, in hundredths of a cent."""
        posts = sum(fte * district.position_of[code].cost for (_, code), fte in allocation.fte if code in self.items)
        lines = sum(cents for (_, line), cents in allocation.by_school_line.items() if line in self.items)
        return posts + PER * lines


def new_money(district: District) -> Cents:
    """Return what all funds leave for schools above what schools had last year; zero where it is less.

    Examples
    --------
    >>> new_money(District("Empty", "2026-27", ()))
    0
    """
    left = sum(max(0, district.school_pot(fund)) for fund in district.funds)
    had = sum(district.today.fund_dollars(fund.code) for fund in district.funds)
    return max(0, left - had)
