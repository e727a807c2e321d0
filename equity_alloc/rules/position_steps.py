"""Posts come in their real steps, and nobody hires less than the smallest post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.fte import pay_of, print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Model
from equity_alloc.rules.setting import basis_setting, force_setting


@dataclass(frozen=True, slots=True)
class PositionSteps:
    """A plan holds posts that can be advertised, and pays for each exactly what it costs."""

    code: ClassVar[str] = "position-steps"
    title: ClassVar[str] = "Posts come in their real steps"
    says: ClassVar[str] = (
        "A school has none of a position, or at least its smallest post, in whole steps; the funds together pay "
        "exactly its cost."
    )
    source: ClassVar[Source] = Source(
        "The district's position control and collective agreements", "smallest part-time post by job class"
    )
    always: ClassVar[bool] = True

    force: Force = force_setting("contract")
    basis: str = basis_setting()

    def constrain(self, model: Model) -> None:
        """Hold every position to its step and smallest post."""
        for position in model.district.positions:
            model.hold_steps(position.code, position.step, position.smallest)

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Look at every post, and at what is paid for it."""
        paid: dict[tuple[str, str], int] = {}
        for (school, code, _), cents in allocation.pay:
            paid[school, code] = paid.get((school, code), 0) + cents
        for school, code in sorted(set(allocation.fte_of) | set(paid)):
            fte = allocation.fte_of.get((school, code), 0)
            position, label = district.position_of[code], district.school_of[school].label
            off = fte % position.step
            if fte < 0 or off:
                words = f"{label} has {print_fte(fte)} FTE of {position.title}, which comes in steps of " + (
                    f"{print_fte(position.step)}."
                )
                yield Breach(self.code, label, off or -fte, Unit.FTE, words)
            elif 0 < fte < position.smallest:
                words = (
                    f"{label} has {print_fte(fte)} FTE of {position.title}; the smallest post is "
                    f"{print_fte(position.smallest)}."
                )
                yield Breach(self.code, label, position.smallest - fte, Unit.FTE, words)
            cost, pay = pay_of(max(fte, 0), position.cost), paid.get((school, code), 0)
            if cost != pay:
                words = (
                    f"{print_fte(fte)} FTE of {position.title} at {label} cost {print_dollars(cost, with_cents=True)}, "
                    f"but the funds pay {print_dollars(pay, with_cents=True)}."
                )
                yield Breach(self.code, label, abs(cost - pay), Unit.CENTS, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Steps are kept or not: there is no room to report."""
        yield from ()

    def explain(self, district: District) -> str:
        """Name the steps in use."""
        steps = sorted({position.step for position in district.positions})
        return f"Steps in use: {', '.join(print_fte(step) for step in steps)} FTE." if steps else "No positions here."
