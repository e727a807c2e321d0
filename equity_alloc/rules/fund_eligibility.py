"""A fund pays only for the schools, positions and lines that it may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import ALL, District
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Model
from equity_alloc.rules.setting import basis_setting, force_setting


@dataclass(frozen=True, slots=True)
class FundEligibility:
    """Restricted money stays where its rules let it go."""

    code: ClassVar[str] = "fund-eligibility"
    title: ClassVar[str] = "A fund pays only what and where it may"
    says: ClassVar[str] = (
        "A cost is charged to a fund only if the fund may be used for it: allowable, at an eligible school."
    )
    source: ClassVar[Source] = Source(
        "Uniform Guidance for Federal Awards", "2 CFR 200.403 and 200.405", "https://www.ecfr.gov/current/title-2"
    )
    always: ClassVar[bool] = True

    force: Force = force_setting("law")
    basis: str = basis_setting()

    def constrain(self, model: Model) -> None:
        """Open each fund for what it may pay; everything else stays closed."""
        district = model.district
        for fund in district.funds:
            model.open_fund(
                fund.code,
                [school.code for school in district.schools if fund.serves(school.code)],
                [position.code for position in district.positions if fund.pays_position(position.code)],
                [line for line in district.lines if fund.pays_line(line)],
            )

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Look at every payment; one below zero would lend a restricted fund's money to another fund."""
        known = set(district.lines)
        for (school, position, code), cents in allocation.pay:
            fund = district.fund_of[code]
            if cents < 0 or not (fund.serves(school) and fund.pays_position(position)):
                title = district.position_of[position].title
                yield self._breach(district, school, title, code, cents)
        for (school, line, code), cents in allocation.dollars:
            fund = district.fund_of[code]
            if cents < 0 or line not in known or not (fund.serves(school) and fund.pays_line(line)):
                yield self._breach(district, school, line, code, cents)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Eligibility is yes or no: there is no room to report."""
        yield from ()

    def explain(self, district: District) -> str:
        """Name the restricted funds."""
        restricted = [f.title for f in district.funds if (f.schools, f.positions, f.lines) != (ALL, ALL, ALL)]
        if not restricted:
            return "Every fund here may pay for anything at any school."
        return f"Restricted here: {', '.join(restricted)}. Each pays only for its own schools, positions and lines."

    def _breach(self, district: District, school: str, item: str, code: str, cents: int) -> Breach:
        label, fund = district.school_of[school].label, district.fund_of[code].title
        return Breach(
            self.code,
            label,
            abs(cents),
            Unit.CENTS,
            f"{fund} pays {print_dollars(cents, with_cents=True)} for {item} at {label}, which it may not.",
        )
