"""Schools that share an itinerant post have whole posts together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.fte import Hundredths, print_fte
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Model, Posts, WholeSum
from equity_alloc.rules.listed import listed_schools
from equity_alloc.rules.positions import positions_named
from equity_alloc.rules.ratio import position_setting
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, refuse_out_of_range, setting


@dataclass(frozen=True, slots=True)
class SharedPosts:
    """A nurse who is at three schools is one nurse: what the cluster has adds up to posts that can be filled."""

    code: ClassVar[str] = "shared-posts"
    title: ClassVar[str] = "Schools that share a post have whole posts together"
    says: ClassVar[str] = (
        "The posts of the position at the schools of a cluster add up to a multiple of the stated step."
    )
    source: ClassVar[Source] = Source("The district's position control", "itinerant posts by cluster of schools")
    always: ClassVar[bool] = False

    position: str = position_setting()
    schools: tuple[str, ...] = setting((), label="Schools of the cluster", choice=Choice.SCHOOL)
    step: Decimal = setting(Decimal(1), label="Together in steps of", unit="FTE", least="0.1", most="10", step="0.1")
    force: Force = force_setting("policy")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Ask that the sum over the cluster comes in steps."""
        posts = tuple(Posts(code, self.position) for code in self._cluster(model.district))
        model.require_whole(WholeSum(self.code, self._subject(model.district), posts, self._step))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Add up the cluster."""
        total = sum(allocation.fte_of.get((code, self.position), 0) for code in self._cluster(district))
        over = total % self._step
        if over:
            title = district.position_of[self.position].title
            words = (
                f"{self._subject(district)} have {print_fte(total)} FTE of {title} together, {print_fte(over)} beyond a "
                f"multiple of {print_fte(self._step)}."
            )
            yield Breach(self.code, self._subject(district), over, Unit.FTE, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """A sum is whole or not: there is no room to report."""
        self._cluster(district)
        yield from ()

    def explain(self, district: District) -> str:
        """Name the cluster and what it had."""
        cluster = self._cluster(district)
        had = sum(district.today.fte_of.get((code, self.position), 0) for code in cluster)
        title = district.position_of[self.position].title
        return (
            f"{title} at {self._subject(district)}: together in steps of {print_fte(self._step)} FTE. Last year they had "
            f"{print_fte(had)}."
        )

    @property
    def _step(self) -> Hundredths:
        return int(self.step * 100)

    def _subject(self, district: District) -> str:
        return ", ".join(district.school_of[code].name for code in self._cluster(district))

    def _cluster(self, district: District) -> tuple[str, ...]:
        positions_named(district, self.position)
        listed_schools(district, self.schools, "nobody would share. Choose the schools of the cluster.")
        return tuple(sorted(set(self.schools)))
