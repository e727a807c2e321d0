"""A rule made of whatever is held together, judged by hand, and seeded draws of such rules."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Counted, Cut, Dollars, Floors, Force, Limit, Model, Posts, Quantity, WholeSum


@dataclass(frozen=True, slots=True)
class HeldTogether:
    """Limits, whole sums and floors as given; the check counts by itself."""

    code: ClassVar[str] = "held-together"
    title: ClassVar[str] = "Several quantities are held together"
    says: ClassVar[str] = "What the test holds together stays so."
    source: ClassVar[Source] = Source("Tests", "couplings")
    always: ClassVar[bool] = False

    limits: tuple[Limit, ...] = ()
    wholes: tuple[WholeSum, ...] = ()
    floors: tuple[Floors, ...] = ()
    force: Force = Force.POLICY
    basis: str = ""

    def constrain(self, model: Model) -> None:
        """Ask for all of it."""
        for limit in self.limits:
            model.require(limit)
        for whole in self.wholes:
            model.require_whole(whole)
        for floors in self.floors:
            model.require_floors(floors)

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Count everything on the allocation."""
        for who, short_by, unit in self._short(district, allocation):
            yield Breach(self.code, who, short_by, unit, f"{who} is {short_by} off.")

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield nothing: tests ask the check."""
        yield from ()

    def explain(self, district: District) -> str:
        """Name how much is held together."""
        return f"Things held together: {len(self.limits) + len(self.wholes) + len(self.floors)}."

    def _short(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        posts = allocation.fte_of
        for limit in self.limits:
            total = sum(c * value(district, allocation, quantity) for c, quantity in limit.terms)
            if limit.least is not None and total < limit.least:
                yield limit.subject, limit.least - total, limit.unit
            if limit.most is not None and total > limit.most:
                yield limit.subject, total - limit.most, limit.unit
        for whole in self.wholes:
            over = sum(posts.get((post.school, post.position), 0) for post in whole.posts) % whole.step
            if over:
                yield whole.subject, over, Unit.FTE
        for floors in self.floors:
            missed = [post for post, least in floors.floors if posts.get((post.school, post.position), 0) < least]
            if len(missed) > floors.missed:
                yield floors.subject, len(missed) - floors.missed, Unit.FTE


def value(district: District, allocation: Allocation, quantity: Quantity) -> int:
    """Return a quantity, summed up here from the allocation's own entries."""
    if isinstance(quantity, Counted):
        entries = (*allocation.pay, *allocation.dollars)
        return sum(c for (s, _, f), c in entries if s == quantity.school and district.fund_of[f].counts)
    if isinstance(quantity, Dollars):
        return sum(c for (s, line, _), c in allocation.dollars if (s, line) == (quantity.school, quantity.line))
    has = sum(fte for at, fte in allocation.fte if at == (quantity.school, quantity.position))
    if isinstance(quantity, Posts):
        return has
    had = [row.fte for row in district.staffing if (row.school, row.position) == (quantity.school, quantity.position)]
    return max(0, sum(had) - has)


def draw_together(seed: int, district: District, *, with_whole: bool = True) -> HeldTogether:
    """Return one to four things held together, near what last year had, so that most can be kept."""
    draw = random.Random(seed)
    schools, positions = [school.code for school in district.schools], list(district.position_of)
    today = district.today
    limits: list[Limit] = []
    wholes: list[WholeSum] = []
    floors: list[Floors] = []

    def limit(terms: list[tuple[int, Quantity]], least: int | None, most: int | None, unit: Unit = Unit.FTE) -> None:
        if terms:
            limits.append(Limit("held-together", f"thing {len(limits)}", tuple(terms), least, most, unit))

    def last(terms: list[tuple[int, Quantity]]) -> int:
        return sum(c * value(district, today, quantity) for c, quantity in terms)

    def cap() -> None:
        """Hold a position's posts over a cluster of schools to at most, or to at least, so many."""
        here = draw.sample(schools, draw.randint(1, len(schools)))
        terms: list[tuple[int, Quantity]] = [(1, Posts(s, draw.choice(positions))) for s in here]
        near = round(last(terms) * draw.uniform(0.9, 1.1))
        low, high = draw.choice(((near - near // 10, None), (None, near + near // 20), (near - 120, near + 80)))
        limit(list(dict.fromkeys(terms)), low, high)

    def two_positions() -> None:
        """Hold the sum of two positions at a school to at least last year's, less a little."""
        terms: list[tuple[int, Quantity]] = [
            (1, Posts(draw.choice(schools), position)) for position in draw.sample(positions, min(2, len(positions)))
        ]
        limit(terms, last(terms) - draw.choice((0, 20, 50)), None)

    def dollars() -> None:
        """Hold a line at one school to a share of what another has."""
        if district.lines and len(schools) > 1:
            line = draw.choice(district.lines)
            one, other = draw.sample(schools, 2)
            a, b = (value(district, today, Dollars(s, line)) for s in (one, other))
            share = a * 100 // max(b, 1) * draw.choice((90, 100, 104)) // 100
            limit([(100, Dollars(one, line)), (-min(share, 10**5), Dollars(other, line))], 0, None, Unit.CENTS)

    def levels() -> None:
        """Hold one school's counted dollars per pupil to a share of another's."""
        pupils = {school.code: school.enrollment for school in district.schools if school.enrollment}
        if len(pupils) > 1:
            one, other = draw.sample(sorted(pupils), 2)
            a, b = (value(district, today, Counted(s)) for s in (one, other))
            share = a * pupils[other] * 100 // max(1, b * pupils[one]) * draw.choice((95, 100, 102)) // 100
            terms: list[tuple[int, Quantity]] = [(100 * pupils[other], Counted(one))]
            limit([*terms, (-min(share, 10**4) * pupils[one], Counted(other))], 0, None, Unit.CENTS)

    def cuts() -> None:
        """Hold the posts taken from schools to at most so many."""
        terms: list[tuple[int, Quantity]] = [(1, Cut(s, p)) for s in schools for p in positions]
        limit(terms, None, draw.choice((0, 50, 100, 300)))

    def floors_of_some() -> None:
        """Let each school miss last year's posts in no more than one position of its own."""
        for school in draw.sample(schools, draw.randint(1, len(schools))):
            least = tuple((Posts(school, p), today.fte_of.get((school, p), 0)) for p in positions)
            floors.append(Floors("held-together", school, least, 1))

    def whole() -> None:
        """Hold a position's posts over a cluster to whole posts."""
        here = draw.sample(schools, min(len(schools), draw.randint(1, 3)))
        position = draw.choice(positions)
        wholes.append(WholeSum("held-together", position, tuple(Posts(s, position) for s in here), 100))

    kinds = [dollars, levels]
    if positions:
        kinds += [cap, two_positions, cuts, floors_of_some] + ([whole] if with_whole else [])
    for kind in draw.choices(kinds, k=draw.randint(1, 4)):
        kind()
    return HeldTogether(tuple(limits), tuple(wholes), tuple(floors))
