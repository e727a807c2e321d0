"""No school has more posts of a position than its pupils call for."""

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
from equity_alloc.rules.ratio import ENROLLMENT, EVERY_KIND, concerned, down_to_step, pupils_of, ratio_fte, up_to_step
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, refuse_out_of_range, setting


@dataclass(frozen=True, slots=True)
class StaffingMost:
    """A staffing ceiling: pupils over the ratio, up to the next step, and never above the stated most."""

    code: ClassVar[str] = "staffing-most"
    title: ClassVar[str] = "No school has more posts than its pupils call for"
    says: ClassVar[str] = "No more than one full-time post for every so many pupils, rounded up to the next step."
    source: ClassVar[Source] = Source("The district's staffing handbook", "staffing standards by job class")
    always: ClassVar[bool] = False

    position: str = setting("", label="Position", choice=Choice.POSITION)
    pupils_per_fte: Decimal = setting(
        Decimal(0),
        label="Pupils per full-time post",
        unit="pupils per FTE",
        least="0",
        most="10000",
        step="1",
        hint="Zero means no ratio: only the most posts at each school.",
    )
    counted: str = setting(ENROLLMENT, label="Pupils counted", choice=Choice.GROUP)
    kind: str = setting(EVERY_KIND, label="Kind of school", choice=Choice.SCHOOL_KIND)
    most_fte: Decimal = setting(
        Decimal(1000), label="Most posts at each school", unit="FTE", least="0", most="1000", step="0.5"
    )
    force: Force = force_setting("policy")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Put a ceiling on the position at every school concerned."""
        for school in concerned(model.district, self.position, self.kind):
            most = self._most(model.district, school)
            terms = ((1, Posts(school.code, self.position)),)
            model.require(Limit(self.code, school.label, terms, None, most, Unit.FTE))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Compare posts with the ceiling."""
        for school in concerned(district, self.position, self.kind):
            has, most = allocation.fte_of.get((school.code, self.position), 0), self._most(district, school)
            if has > most:
                words = (
                    f"{school.label} has {print_fte(has)} FTE of {district.position_of[self.position].title}; "
                    f"{pupils_of(district, school, self.counted):,} pupils call for {print_fte(most)} at most."
                )
                yield Breach(self.code, school.label, has - most, Unit.FTE, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield the posts below the ceiling."""
        schools = concerned(district, self.position, self.kind)
        for school in schools:
            title = district.position_of[self.position].title
            has = allocation.fte_of.get((school.code, self.position), 0)
            yield f"{school.name}: {title}", self._most(district, school) - has, Unit.FTE

    def explain(self, district: District) -> str:
        """State the ratio and the posts it allows in all."""
        schools = concerned(district, self.position, self.kind)
        total = sum(self._most(district, school) for school in schools)
        parts = []
        if self.pupils_per_fte:
            what = "pupils" if self.counted == ENROLLMENT else district.group_of[self.counted].title
            parts.append(f"no more than one for every {self.pupils_per_fte:g} {what}")
        if self.most_fte < 1000:
            parts.append(f"at most {self.most_fte:g} at each school")
        title = district.position_of[self.position].title
        return f"{title}: {' and '.join(parts) or 'no most'}. {len(schools)} school{'' if len(schools) == 1 else 's'} may have {print_fte(total)} FTE in all."

    def _most(self, district: District, school: School) -> Hundredths:
        step = district.position_of[self.position].step
        most = down_to_step(Fraction(self.most_fte) * 100, step)
        exact = ratio_fte(pupils_of(district, school, self.counted), self.pupils_per_fte)
        return min(most, up_to_step(exact, step)) if self.pupils_per_fte else most
