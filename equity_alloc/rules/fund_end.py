"""A fund that ends pays no post beyond its last day."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Breach, Gap, Unit
from equity_alloc.domain.source import Source
from equity_alloc.domain.terms import plan_year
from equity_alloc.rules.base import Force, Model
from equity_alloc.rules.capped import EVERY_FUND, fund_setting, funds_named, gap
from equity_alloc.rules.closed import Closed, ask_to_close, closed_breaches
from equity_alloc.rules.setting import basis_setting, force_setting, refuse_out_of_range, setting

MONTHS = tuple(calendar.month_name)[1:]


@dataclass(frozen=True, slots=True)
class FundEnd:
    """A post is paid for the whole plan year, so its money must last as long; an ended fund pays nothing."""

    code: ClassVar[str] = "fund-end"
    title: ClassVar[str] = "A fund pays nothing after its last day"
    says: ClassVar[str] = (
        "Only costs within the period for which the money was given are charged to it, so a fund that ends during the "
        "plan year pays no post, which would go on."
    )
    source: ClassVar[Source] = Source(
        "Uniform Guidance for Federal Awards", "2 CFR 200.403(h), budget period", "https://www.ecfr.gov/current/title-2"
    )
    always: ClassVar[bool] = False

    fund: str = fund_setting(EVERY_FUND)
    first_month: str = setting("July", label="First month of the plan year", options=MONTHS)
    force: Force = force_setting("law")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def gaps(self, district: District) -> Iterator[Gap]:
        """Name the funds whose end is unknown, and the plan year where it cannot be read."""
        if self._year(district) is None:
            yield Gap("District", "Year", district.name or "the district")
        for fund in funds_named(district, self.fund):
            if not district.terms_of(fund.code).ends:
                yield gap(fund, "Ends")

    def constrain(self, model: Model) -> None:
        """Close funds that end too early."""
        ask_to_close(model, self._closed(model.district))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Look for pay beyond a fund's last day."""
        return closed_breaches(self.code, district, allocation, self._closed(district))

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """A fund lasts long enough or not: there is no room to report."""
        funds_named(district, self.fund)
        yield from ()

    def explain(self, district: District) -> str:
        """Name the funds that end."""
        ending = [f"{item.fund.title} {'nothing' if item.for_lines else 'no post'}" for item in self._closed(district)]
        if not ending:
            return "No fund here is known to end before the plan year does."
        return f"Because their money ends, these pay less than they otherwise might: {', '.join(ending)}."

    def _closed(self, district: District) -> list[Closed]:
        found, year = [], self._year(district)
        for fund in funds_named(district, self.fund):
            last_day = district.terms_of(fund.code).last_day
            if year is not None and last_day is not None and last_day < year[1]:
                why = f"its money ends on {last_day.isoformat()} and the plan year on {year[1].isoformat()}"
                found.append(Closed(fund, why, for_lines=last_day < year[0]))
        return found

    def _year(self, district: District) -> tuple[dt.date, dt.date] | None:
        return plan_year(district.year, MONTHS.index(self.first_month) + 1)
