"""Title I schools have not much less state and local money per pupil than the schools without Title I."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, School
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.finding import Breach, Gap, Unit
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import NOT_TESTABLE, Counted, Force, Limit, Model
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
from equity_alloc.rules.setting import basis_setting, force_setting, refuse_out_of_range, setting

#: A smaller share of the others' dollars per pupil than this is not comparable.
SHARE = value_of("comparability-dollars")


@dataclass(frozen=True, slots=True)
class ComparabilityDollars:
    """Comparability in dollars: counted dollars per pupil, which must be state and local money."""

    code: ClassVar[str] = "comparability-dollars"
    title: ClassVar[str] = "Title I schools are comparable in dollars per pupil"
    says: ClassVar[str] = (
        "State and local money gives a Title I school services that are at least comparable: its dollars per pupil are "
        f"at least {percent('comparability-dollars')} of those in the schools without Title I of its grade span."
    )
    source: ClassVar[Source] = source_with("the share")
    always: ClassVar[bool] = False

    share: Decimal = setting(SHARE, label="Least dollars per pupil", unit="share", least="0.5", most="1", step="0.01")
    among: Basis = among_setting()
    least_pupils: Decimal = least_pupils_setting()
    force: Force = force_setting("law")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Ask that each tested school has the dollars for its pupils."""
        for limit, _, _ in self._limits(model.district):
            model.require(limit)

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Compare each tested school's dollars with the others'."""
        for limit, school, group in self._limits(district):
            room = self._room(district, limit, allocation)
            if room < 0:
                has = district.counted_dollars(allocation, school.code)
                others = sum(district.counted_dollars(allocation, other.code) for other in group.against)
                words = (
                    f"{school.label}: {print_dollars(has // school.enrollment)} of state and local money per pupil; "
                    f"{group.why} in {group.name} have {print_dollars(others // group.pupils)}. It lacks "
                    f"{print_dollars(-room)} in all."
                )
                yield Breach(self.code, school.label, -room, Unit.CENTS, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield the dollars that may leave each tested school."""
        for limit, school, _ in self._limits(district):
            yield school.name, self._room(district, limit, allocation), Unit.CENTS

    def gaps(self, district: District) -> Iterator[Gap]:
        """Yield the schools and funds of which the test knows too little."""
        yield from status_gaps(district, self.among, self.least_pupils)
        yield from source_gaps(fund for fund in district.funds if fund.counts)

    def explain(self, district: District) -> str:
        """Say how many schools are tested in how many grade spans."""
        if next(self.gaps(district), None):
            return NOT_TESTABLE
        tested = tested_words(district, self.among, self.least_pupils)
        return f"{tested} have at least {print_share(self.share)} of the others' dollars per pupil."

    def _limits(self, district: District) -> Iterator[tuple[Limit, School, Group]]:
        if next(self.gaps(district), None):
            return
        other_money = [fund.title for fund in district.funds if fund.counts and not is_own(fund)]
        if other_money:
            raise InvalidValue(
                f"{other_money[0]} counts toward the level but is neither state nor local money, so dollars per pupil "
                "cannot show comparability. Let it not count, or compare pupils per post."
            )
        for group in groups(district, self.among, self.least_pupils):
            for school in group.tested:
                own, theirs = group.weights(school, 1 / Fraction(self.share))
                terms = ((own, Counted(school.code)), *((-theirs, Counted(other.code)) for other in group.against))
                yield Limit(self.code, school.label, terms, 0, None, Unit.CENTS, own), school, group

    @staticmethod
    def _room(district: District, limit: Limit, allocation: Allocation) -> Cents:
        """Return whole cents above the limit, below zero where it is broken."""
        value = sum(c * district.counted_dollars(allocation, q.school) for c, q in limit.terms)
        return value // limit.per
