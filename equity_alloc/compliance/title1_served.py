"""What Title I-A gives each school in rank order: the facts that its tests share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.compliance.base import Case, federal_gap, title_one_fund
from equity_alloc.domain.district import District, Fund
from equity_alloc.domain.federal import PrivateShare
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.money import Cents
from equity_alloc.rules.fund_sharing import fund_shares
from equity_alloc.rules.title1_ranking import Ranked, rank
from equity_alloc.rules.title1_shares import TITLE_ONE, serve


@dataclass(frozen=True, slots=True)
class Row:
    """A school in rank order with its Title I-A dollars.

    Parameters
    ----------
    ranked : Ranked
    share : Cents
        For the school's own children.
    area : Cents
        For all children that count toward the allocation.
    children : int
        Those children.
    """

    ranked: Ranked
    share: Cents
    area: Cents
    children: int

    @property
    def is_served(self) -> bool:
        """Whether it gets any Title I-A money."""
        return self.area > 0

    @property
    def per_child(self) -> Fraction | None:
        """Cents for each low-income child; None without one."""
        return Fraction(self.area, self.children) if self.children else None


def served_gaps(case: Case) -> tuple[Gap, ...]:
    """Return what lacks before the ranks can be tested."""
    if title_one_fund(case.district) is None:
        return (federal_gap("Title I fund"),)
    return tuple(_count_gaps(case.district))


def served_rows(case: Case) -> tuple[Fund, tuple[Row, ...]]:
    """Return the fund and every school with pupils, in rank order; without gaps only.

    Raises
    ------
    CannotServe
        If Title I-A does not reach the schools that it is to serve.
    """
    district = case.district
    fund = title_one_fund(district)
    if fund is None:
        raise ValueError("served_gaps was not asked first")
    private: dict[str, Cents] = {}
    if fund.shared_by == TITLE_ONE:
        private = {area.ranked.school.code: area.private for area in serve(district, fund).areas}
    shares = (
        fund_shares(district, fund)
        if fund.shared_by
        else {s.code: case.allocation.by_school_fund.get((s.code, fund.code), 0) for s in district.schools}
    )
    by_area = district.federal.private_share is PrivateShare.AREA
    rows = []
    for ranked in rank(district):
        share = shares.get(ranked.school.code, 0)
        area = share + private.get(ranked.school.code, 0)
        rows.append(Row(ranked, share, area, ranked.children if by_area else ranked.public))
    return fund, tuple(rows)


def _count_gaps(district: District) -> Iterator[Gap]:
    for school in district.schools:
        if school.enrollment and school.low_income is None:
            yield Gap("Schools", "Title I low-income children", school.label)
        if school.enrollment and school.private_low_income is None:
            yield Gap("Schools", "Private-school low-income children", school.label)
