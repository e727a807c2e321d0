"""No fund pays more than was appropriated, its central part included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Model
from equity_alloc.rules.setting import basis_setting, force_setting


@dataclass(frozen=True, slots=True)
class FundAppropriation:
    """Schools and the central block together stay within each fund's appropriation."""

    code: ClassVar[str] = "fund-appropriation"
    title: ClassVar[str] = "No fund pays more than its appropriation"
    says: ClassVar[str] = "Spending from a fund may not exceed the amount that the board has appropriated for it."
    source: ClassVar[Source] = Source(
        "Financial Accounting for Local and State School Systems (NCES 2009-325)", "chapter 3, Budgeting"
    )
    always: ClassVar[bool] = True

    force: Force = force_setting("law")
    basis: str = basis_setting()

    def constrain(self, model: Model) -> None:
        """Cap each fund at what its appropriation leaves for schools."""
        for fund in model.district.funds:
            model.cap_fund(fund.code, model.district.school_pot(fund))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Add up each fund over schools and the central block."""
        for fund in district.funds:
            over = allocation.fund_dollars(fund.code) + district.central_of(fund.code) - fund.amount
            if over > 0:
                yield Breach(
                    self.code,
                    f"{fund.title} (code {fund.code})",
                    over,
                    Unit.CENTS,
                    f"{fund.title} pays {print_dollars(fund.amount + over, with_cents=True)} but "
                    f"{print_dollars(fund.amount, with_cents=True)} is appropriated: "
                    f"{print_dollars(over, with_cents=True)} too much.",
                )

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield what each fund leaves unspent."""
        for fund in district.funds:
            left = fund.amount - district.central_of(fund.code) - allocation.fund_dollars(fund.code)
            yield fund.title, left, Unit.CENTS

    def explain(self, district: District) -> str:
        """Name the number of funds and their sum."""
        total = sum(fund.amount for fund in district.funds)
        central = sum(block.amount for block in district.central)
        funds = "1 fund holds" if len(district.funds) == 1 else f"{len(district.funds)} funds hold"
        return (
            f"{funds} {print_dollars(total)}, of which {print_dollars(central)} is budgeted "
            "centrally. No fund may pay more than it has."
        )
