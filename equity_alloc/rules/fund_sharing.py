"""A fund with a rule of its own gives each school its share and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, Fund
from equity_alloc.domain.errors import UnknownNeed
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.money import Cents, print_dollars, share_out
from equity_alloc.domain.need import require_driver
from equity_alloc.domain.number import count_words
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Model
from equity_alloc.rules.setting import basis_setting, force_setting
from equity_alloc.rules.title1_shares import TITLE_ONE, serve

LAST_YEAR = "last-year"


def fund_shares(district: District, fund: Fund) -> dict[str, Cents]:
    """Return each eligible school's share of a fund that has a rule of its own.

    Shares are in proportion to last year's dollars or to a student group, to the cent, by largest remainder; those of
    Title I-A follow the rank order of poverty.

    Parameters
    ----------
    district : District
    fund : Fund
        With `shared_by` set.

    Returns
    -------
    dict of str to Cents
        By school code; sums to what the fund leaves for schools, or is empty if nobody qualifies.

    Raises
    ------
    UnknownNeed
        If the group's count is unknown at an eligible school.
    CannotServe
        If Title I-A does not reach the schools that it is to serve.
    """
    if fund.shared_by == TITLE_ONE:
        return serve(district, fund).shares
    schools = [school for school in district.schools if fund.serves(school.code)]
    if fund.shared_by == LAST_YEAR:
        weights = [Fraction(district.today.school_dollars(school.code, [fund.code])) for school in schools]
    else:
        require_driver(district, fund.shared_by)
        weights = []
        for school in schools:
            count = school.group(fund.shared_by)
            if count is None:
                raise UnknownNeed(
                    f"{fund.title} is shared out by {district.group_of[fund.shared_by].title}, but {school.label} has "
                    "no count. Enter the count; unknown is not zero."
                )
            weights.append(Fraction(count))
    codes = [school.code for school in schools]
    if not any(weights):
        return {}
    return dict(zip(codes, share_out(max(0, district.school_pot(fund)), weights, codes), strict=True))


def _way(district: District, fund: Fund) -> str:
    if fund.shared_by == LAST_YEAR:
        return "last year"
    if fund.shared_by != TITLE_ONE:
        return district.group_of[fund.shared_by].title
    served = serve(district, fund)
    rates = sorted({area.per_child for area in served.areas})
    dollars = " to ".join(
        print_dollars(int(rate + Fraction(1, 2)), with_cents=True) for rate in {rates[0]: 0, rates[-1]: 0}
    )
    return f"rank order of poverty ({count_words(len(served.areas), 'school')} at {dollars} for each low-income child)"


@dataclass(frozen=True, slots=True)
class FundSharing:
    """Federal and other restricted money comes on top by its own rule, so it never displaces general money."""

    code: ClassVar[str] = "fund-sharing"
    title: ClassVar[str] = "A fund with a rule of its own gives each school its share at most"
    says: ClassVar[str] = (
        "Federal money supplements state and local money: it is shared out by its own rule and does not change what a "
        "school gets from other funds."
    )
    source: ClassVar[Source] = Source(
        "Elementary and Secondary Education Act as amended by ESSA", "section 1118(b), 20 U.S.C. 6321(b)"
    )
    always: ClassVar[bool] = True

    force: Force = force_setting("law")
    basis: str = basis_setting()

    def constrain(self, model: Model) -> None:
        """Give the model each school's share."""
        for fund in model.district.funds:
            if fund.shared_by:
                model.share_fund(fund.code, fund_shares(model.district, fund))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Compare what each school gets with its share."""
        for school, fund, spent, share in self._rows(district, allocation):
            if spent > share:
                label = district.school_of[school].label
                yield Breach(
                    self.code,
                    label,
                    spent - share,
                    Unit.CENTS,
                    f"{label} gets {print_dollars(spent, with_cents=True)} of {fund.title}; its share is "
                    f"{print_dollars(share, with_cents=True)}.",
                )

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield what each school leaves of its share."""
        for school, fund, spent, share in self._rows(district, allocation):
            yield f"{district.school_of[school].name}: {fund.title}", share - spent, Unit.CENTS

    def explain(self, district: District) -> str:
        """Name the funds and their rules."""
        own = [f"{fund.title} by {_way(district, fund)}" for fund in district.funds if fund.shared_by]
        return f"Shared out by a rule of their own: {'; '.join(own)}." if own else "No fund here has a rule of its own."

    @staticmethod
    def _rows(district: District, allocation: Allocation) -> Iterator[tuple[str, Fund, Cents, Cents]]:
        for fund in district.funds:
            if not fund.shared_by:
                continue
            shares = fund_shares(district, fund)
            for school in district.schools:
                spent = allocation.by_school_fund.get((school.code, fund.code), 0)
                if spent or school.code in shares:
                    yield school.code, fund, spent, shares.get(school.code, 0)
