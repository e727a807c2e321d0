"""Each school has at least the posts that its pupils call for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, School
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.fte import Hundredths, print_fte
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Limit, Model, Posts
from equity_alloc.rules.ratio import ENROLLMENT, EVERY_KIND, concerned, pupils_of, ratio_fte, up_to_step
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, refuse_out_of_range, setting


@dataclass(frozen=True, slots=True)
class StaffingLeast:
    """A staffing floor: pupils over the ratio, up to the next step, and never less than the stated least."""

    code: ClassVar[str] = "staffing-least"
    title: ClassVar[str] = "Each school has at least the posts its pupils call for"
    says: ClassVar[str] = "One full-time post for every so many pupils, rounded up to the next step of the position."
    source: ClassVar[Source] = Source(
        "RCW 28A.150.260, prototypical school staffing", "subsections (4) to (7)", "https://app.leg.wa.gov/rcw/"
    )
    always: ClassVar[bool] = False

    position: str = setting("", label="Position", choice=Choice.POSITION)
    pupils_per_fte: Decimal = setting(
        Decimal(0),
        label="Pupils per full-time post",
        unit="pupils per FTE",
        least="0",
        most="10000",
        step="1",
        hint="Zero means no ratio: only the least posts at each school.",
    )
    counted: str = setting(ENROLLMENT, label="Pupils counted", choice=Choice.GROUP)
    kind: str = setting(EVERY_KIND, label="Kind of school", choice=Choice.SCHOOL_KIND)
    least_fte: Decimal = setting(
        Decimal(0), label="Least posts at each school", unit="FTE", least="0", most="1000", step="0.5"
    )
    force: Force = force_setting("contract")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Put a floor under the position at every school concerned."""
        for school in concerned(model.district, self.position, self.kind):
            least = self._least(model.district, school)
            terms = ((1, Posts(school.code, self.position)),)
            model.require(Limit(self.code, school.label, terms, least, None, Unit.FTE))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Compare posts with the floor."""
        for school in concerned(district, self.position, self.kind):
            has, least = allocation.fte_of.get((school.code, self.position), 0), self._least(district, school)
            if has < least:
                words = (
                    f"{school.label} has {print_fte(has)} FTE of {district.position_of[self.position].title}; "
                    f"{pupils_of(district, school, self.counted):,} pupils call for at least {print_fte(least)}."
                )
                yield Breach(self.code, school.label, least - has, Unit.FTE, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield the posts above the floor."""
        schools = concerned(district, self.position, self.kind)
        for school in schools:
            title = district.position_of[self.position].title
            has = allocation.fte_of.get((school.code, self.position), 0)
            yield f"{school.name}: {title}", has - self._least(district, school), Unit.FTE

    def explain(self, district: District) -> str:
        """State the ratio and the posts it calls for in all."""
        schools = concerned(district, self.position, self.kind)
        total = sum(self._least(district, school) for school in schools)
        parts = []
        if self.pupils_per_fte:
            what = "pupils" if self.counted == ENROLLMENT else district.group_of[self.counted].title
            parts.append(f"one for every {self.pupils_per_fte:g} {what}")
        if self.least_fte:
            parts.append(f"at least {self.least_fte:g} at each school")
        title = district.position_of[self.position].title
        return f"{title}: {' and '.join(parts) or 'no least'}. {_where(len(schools))} {print_fte(total)} FTE in all."

    def _least(self, district: District, school: School) -> Hundredths:
        step = district.position_of[self.position].step
        exact = ratio_fte(pupils_of(district, school, self.counted), self.pupils_per_fte)
        return up_to_step(max(exact, Fraction(self.least_fte) * 100), step)


def _where(schools: int) -> str:
    return "1 school needs" if schools == 1 else f"{schools} schools need"
