"""Named positions and lines do not fall below last year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.district import District
from equity_alloc.domain.finding import print_amount
from equity_alloc.domain.number import print_share
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Dollars, Force, Posts
from equity_alloc.rules.held import Held, HeldRule
from equity_alloc.rules.listed import listed_items
from equity_alloc.rules.ratio import kind_setting, schools_of_kind, up_to_step
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, setting


@dataclass(frozen=True, slots=True)
class ProtectedItems(HeldRule):
    """A list of what is never cut, school by school; it may grow."""

    code: ClassVar[str] = "protected-items"
    title: ClassVar[str] = "Protected positions and lines do not fall"
    says: ClassVar[str] = (
        "Each school keeps at least the stated share of last year's posts and dollars of what is listed."
    )
    source: ClassVar[Source] = Source("The district's budget guidelines", "positions and lines that are not cut")

    items: tuple[str, ...] = setting((), label="Positions and lines", choice=Choice.ITEM)
    share: Decimal = setting(Decimal(1), label="Share of last year", unit="share", least="0", most="1", step="0.05")
    kind: str = kind_setting()
    force: Force = force_setting("promise")
    basis: str = basis_setting()

    def held(self, district: District) -> Iterator[Held]:
        """Yield each school's posts or dollars of what is listed, with their floor."""
        listed_items(district, self.items, "nothing would be protected")
        share = Fraction(self.share)
        for school in schools_of_kind(district, self.kind):
            for code in self.items:
                position = district.position_of.get(code)
                if position is None:
                    had = district.today.by_school_line.get((school.code, code), 0)
                    least = -(-share.numerator * had // share.denominator)
                    yield Held(school, code, Dollars(school.code, code), least, None)
                else:
                    had = district.today.fte_of.get((school.code, code), 0)
                    least = up_to_step(share * had, position.step)
                    yield Held(school, position.title, Posts(school.code, code), least, None)

    def outside_words(self, district: District, item: Held, has: int) -> str:
        """Name what is listed and its floor."""
        return (
            f"{item.what} at {item.school.label} is {print_amount(has, item.unit)}, and protected at "
            f"{print_amount(item.least or 0, item.unit)}."
        )

    def explain(self, district: District) -> str:
        """Name what is protected."""
        titles = [title for _, title in listed_items(district, self.items, "nothing would be protected")]
        n_schools = len(schools_of_kind(district, self.kind))
        where = f"{n_schools} school{'s' * (n_schools != 1)}"
        return f"{', '.join(titles)} at {where}: at least {print_share(self.share)} of last year."
