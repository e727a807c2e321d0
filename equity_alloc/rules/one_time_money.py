"""One-time money buys no recurring post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, Fund
from equity_alloc.domain.finding import Breach, Gap, Unit
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Model
from equity_alloc.rules.capped import EVERY_FUND, fund_setting, funds_named, gap
from equity_alloc.rules.closed import Closed, ask_to_close, closed_breaches
from equity_alloc.rules.setting import basis_setting, force_setting


@dataclass(frozen=True, slots=True)
class OneTimeMoney:
    """A fund that does not come again pays for things, not for posts that go on."""

    code: ClassVar[str] = "one-time-money"
    title: ClassVar[str] = "One-time money buys no recurring post"
    says: ClassVar[str] = (
        "Salaries and benefits that recur are paid from revenue that recurs, never from one-time money."
    )
    source: ClassVar[Source] = Source(
        "Government Finance Officers Association, Achieving a Structurally Balanced Budget",
        "recurring expenditures from recurring revenues",
        "https://www.gfoa.org/materials/achieving-a-structurally-balanced-budget",
    )
    always: ClassVar[bool] = False

    fund: str = fund_setting(EVERY_FUND)
    force: Force = force_setting("policy")
    basis: str = basis_setting()

    def gaps(self, district: District) -> Iterator[Gap]:
        """Name the funds of which it is unknown whether their money comes again."""
        for fund in funds_named(district, self.fund):
            if district.terms_of(fund.code).one_time is None:
                yield gap(fund, "One-time money")

    def constrain(self, model: Model) -> None:
        """Close one-time funds for every position."""
        ask_to_close(model, self._closed(model.district))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Look for one-time money in pay."""
        return closed_breaches(self.code, district, allocation, self._closed(district))

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Pay from one-time money is there or not: there is no room to report."""
        funds_named(district, self.fund)
        yield from ()

    def explain(self, district: District) -> str:
        """Name the funds."""
        titles = [fund.title for fund in self._funds(district)]
        return f"No post is paid from {', '.join(titles)}." if titles else "No fund here is known to be one-time money."

    def _funds(self, district: District) -> list[Fund]:
        return [fund for fund in funds_named(district, self.fund) if district.terms_of(fund.code).one_time]

    def _closed(self, district: District) -> list[Closed]:
        return [Closed(fund, "its money does not come again") for fund in self._funds(district)]
