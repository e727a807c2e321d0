"""Title I schools have not many more pupils per post than the schools without Title I."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, Fund, School
from equity_alloc.domain.finding import Breach, Gap, Unit
from equity_alloc.domain.fte import Hundredths, print_fte
from equity_alloc.domain.number import print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import NOT_TESTABLE, Force, Limit, Model, Posts
from equity_alloc.rules.comparability_groups import (
    Basis,
    Group,
    among_setting,
    groups,
    is_own,
    least_pupils_setting,
    source_gaps,
    source_with,
    status_gaps,
    tested_words,
)
from equity_alloc.rules.federal_values import percent, value_of
from equity_alloc.rules.fund_sharing import fund_shares
from equity_alloc.rules.setting import basis_setting, force_setting, refuse_out_of_range, setting

#: More pupils per post than this times the others' ratio is not comparable.
RATIO = value_of("comparability-pupils-per-fte")


@dataclass(frozen=True, slots=True)
class ComparabilityStaff:
    """Comparability in posts. A school's posts fall short where pupils per post exceed the ratio times the others'.

    Federal money is counted as paying as many of the compared posts as it can, so that the rule holds however posts are
    charged to funds.
    """

    code: ClassVar[str] = "comparability-staff"
    title: ClassVar[str] = "Title I schools are comparable in pupils per post"
    says: ClassVar[str] = (
        "State and local money gives a Title I school services that are at least comparable: its pupils per "
        f"instructional post are at most {percent('comparability-pupils-per-fte')} of those in the schools without Title I of "
        "its grade span."
    )
    source: ClassVar[Source] = source_with("the ratio")
    always: ClassVar[bool] = False

    ratio: Decimal = setting(RATIO, label="Most pupils per post", unit="share", least="1", most="2", step="0.01")
    among: Basis = among_setting()
    least_pupils: Decimal = least_pupils_setting()
    force: Force = force_setting("law")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Ask that each tested school has posts for its pupils."""
        for limit, _, _ in self._limits(model.district):
            model.require(limit)

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Compare each tested school's posts with the others'."""
        for limit, school, group in self._limits(district):
            room = self._room(limit, allocation)
            if room < 0:
                posts = self._posts(district, allocation, (school,)) - self.federal_most(district, school)
                others = self._posts(district, allocation, group.against)
                words = (
                    f"{school.label}: {school.enrollment:,} pupils for {print_fte(posts)} posts that state and local "
                    f"money surely pays; {group.why} in {group.name} have {group.pupils:,} for {print_fte(others)}. It "
                    f"lacks {print_fte(-room)} FTE."
                )
                yield Breach(self.code, school.label, -room, Unit.FTE, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield the posts that may leave each tested school."""
        for limit, school, _ in self._limits(district):
            yield school.name, self._room(limit, allocation), Unit.FTE

    def gaps(self, district: District) -> Iterator[Gap]:
        """Yield the schools, positions and funds of which the test knows too little."""
        yield from status_gaps(district, self.among, self.least_pupils)
        for position in district.positions:
            if position.compares is None:
                yield Gap("Positions", "Counts in comparability", f"{position.title} (code {position.code})")
        yield from source_gaps(fund for fund in district.funds if _cheapest(district, fund) is not None)

    def explain(self, district: District) -> str:
        """Say how many schools are tested in how many grade spans."""
        if next(self.gaps(district), None):
            return NOT_TESTABLE
        tested = tested_words(district, self.among, self.least_pupils)
        titles = ", ".join(p.title for p in district.positions if p.compares) or "no position"
        return f"{tested} are tested at {print_share(self.ratio)}. Compared are the posts of: {titles}."

    def federal_most(self, district: District, school: School) -> Hundredths:
        """Return the most compared posts at a school that federal and private funds can pay."""
        total = 0
        for fund in district.funds:
            cheapest = _cheapest(district, fund)
            if is_own(fund) or cheapest is None:
                continue
            money = max(0, district.school_pot(fund))
            if fund.shared_by:
                money = fund_shares(district, fund).get(school.code, 0)
            elif not fund.serves(school.code):
                money = 0
            total += -(-100 * money // cheapest)
        return total

    def _limits(self, district: District) -> Iterator[tuple[Limit, School, Group]]:
        if next(self.gaps(district), None):
            return
        positions = [position.code for position in district.positions if position.compares]
        for group in groups(district, self.among, self.least_pupils):
            for school in group.tested:
                own, theirs = group.weights(school, Fraction(self.ratio))
                terms = (
                    *((own, Posts(school.code, code)) for code in positions),
                    *((-theirs, Posts(other.code, code)) for other in group.against for code in positions),
                )
                if terms:
                    least = own * self.federal_most(district, school)
                    yield Limit(self.code, school.label, terms, least, None, Unit.FTE, own), school, group

    @staticmethod
    def _room(limit: Limit, allocation: Allocation) -> int:
        """Return whole hundredths of a post above the limit, below zero where it is broken."""
        value = sum(
            c * allocation.fte_of.get((q.school, q.position), 0) for c, q in limit.terms if isinstance(q, Posts)
        )
        return (value - (limit.least or 0)) // limit.per

    @staticmethod
    def _posts(district: District, allocation: Allocation, schools: tuple[School, ...]) -> Hundredths:
        positions = [position.code for position in district.positions if position.compares]
        return sum(allocation.fte_of.get((school.code, code), 0) for school in schools for code in positions)


def _cheapest(district: District, fund: Fund) -> int | None:
    """Return the cost of the cheapest compared post that a fund may pay, None where it may pay none."""
    costs = [p.cost for p in district.positions if p.compares and p.cost and fund.pays_position(p.code)]
    return min(costs, default=None)
