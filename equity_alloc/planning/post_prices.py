"""What one more full-time post would buy, if the money for it were new, and whether rules leave room for it anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.prices import SAME, FundPrice, furthest
from equity_alloc.planning.relaxation import relax
from equity_alloc.problem.problem import Problem, quantity_in
from equity_alloc.rules.base import Cut, Limit, Posts, Quantity

#: Hundredths of an FTE beyond which nobody asks for room: a hundred posts more at one school.
MOST_ROOM = 10_000


@dataclass(frozen=True, slots=True)
class PostPrice:
    """What one more full-time post would buy.

    Parameters
    ----------
    position : str
    cost : Cents
        Of one full-time post, in the plan year.
    funds : tuple of str
        Funds that may pay for it and in which a dollar buys most, all alike; empty where no dollar raises a level.
    level : float
        By how much the schools that rise would, in cents per unit of weight.
    schools : tuple of str
    room : tuple of str
        Those of them where rules leave room for a step more of it beside the plan's posts.
    barred : tuple of int
        Rules that leave no room at any of them; empty where there is room.
    holds : float
        Full-time posts up to which each does the same.
    held_by_rules : bool
        Whether it holds no longer because rules leave no more room, rather than because the price of money ends.
    """

    position: str
    cost: Cents
    funds: tuple[str, ...]
    level: float
    schools: tuple[str, ...]
    room: tuple[str, ...] = ()
    barred: tuple[int, ...] = ()
    holds: float = 0.0
    held_by_rules: bool = False


def post_prices(plan: Plan, funds: Sequence[FundPrice]) -> Iterator[PostPrice]:
    """Yield for every position what the money for one more post would buy, by the prices of funds.

    Parameters
    ----------
    plan : Plan
        Room is what rules leave beside its posts.
    funds : sequence of FundPrice
        Of the same district and scenario.
    """
    start = relax(plan.view)
    if start is None:
        return
    cells, room = start.cells, Room(plan)
    row = {code: s for s, code in enumerate(cells.schools)}
    for i, code in enumerate(cells.items[: cells.n_positions]):
        cost = int(cells.price[i])
        nothing = PostPrice(code, cost, (), 0.0, ())
        best, payable = nothing, False
        for price in funds:
            if price.more is None or not price.more.schools:
                continue
            bit = 1 << cells.pooled.index(price.fund)
            at = [school for school in price.more.schools if int(cells.pooled_mask[row[school], i]) & bit]
            if not at:
                continue
            free = {school: hundredths for school in at if (hundredths := room.at(school, code)) > 0}
            level = price.more.per_dollar * cost / 100
            if free and best.room and abs(level - best.level) <= SAME * level:
                best = PostPrice(
                    code,
                    cost,
                    (*best.funds, price.fund),
                    best.level,
                    best.schools,
                    best.room,
                    (),
                    best.holds,
                    best.held_by_rules,
                )
            elif free and level > best.level:
                by_money, by_rules = price.more.holds / max(cost, 1), room.together(free, code) / 100
                best = PostPrice(
                    code,
                    cost,
                    (price.fund,),
                    level,
                    price.more.schools,
                    tuple(free),
                    (),
                    min(by_money, by_rules),
                    by_rules < by_money,
                )
            elif not best.room:
                payable = True
                barred = dict.fromkeys((*best.barred, *room.rules_at(at, code)))
                best = PostPrice(code, cost, (), 0.0, price.more.schools, (), tuple(barred))
        yield best if best.room or payable else nothing


class Room:
    """How much more of a position rules let schools have beside the posts of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.district = plan, plan.view.district
        self._limits: dict[tuple[str, str], list[tuple[int, Limit, int]]] = {}
        for number, rule in enumerate(plan.scenario.rules, start=1):
            problem = Problem(self.district)
            rule.constrain(problem)
            for limit in problem.limits:
                total = sum(times * quantity_in(self.district, plan.allocation, each) for times, each in limit.terms)
                at = dict.fromkeys((q.school, q.position) for _, q in limit.terms if isinstance(q, Posts | Cut))
                for place in at:
                    self._limits.setdefault(place, []).append((number, limit, total))

    def at(self, school: str, position: str) -> Hundredths:
        """Return how much more one school may have, in the position's steps."""
        step = self.district.position_of[position].step

        def fits(steps: int) -> bool:
            return not self._broken(school, position, steps * step)

        return furthest(fits, MOST_ROOM // step) * step if fits(1) else 0

    def together(self, free: dict[str, Hundredths], position: str) -> Hundredths:
        """Return how much more some schools may have together, limits over all of them counted once."""
        total = sum(free.values())
        shared: dict[int, list[str]] = {}
        for school in free:
            for _, limit, _ in self._limits.get((school, position), []):
                shared.setdefault(id(limit), []).append(school)
        for schools in shared.values():
            if len(schools) > 1:
                others = sum(hundredths for school, hundredths in free.items() if school not in schools)
                total = min(total, others + max(free[school] for school in schools))
        return total

    def rules_at(self, schools: Sequence[str], position: str, by: Hundredths | None = None) -> tuple[int, ...]:
        """Return the rules that so much more, or one step more, would break at some of these schools."""
        more = by or self.district.position_of[position].step
        found = (number for school in schools for number in self._broken(school, position, more))
        return tuple(sorted(dict.fromkeys(found)))

    def _broken(self, school: str, position: str, by: Hundredths) -> list[int]:
        has = self.plan.allocation.fte_of.get((school, position), 0)
        had = self.district.today.fte_of.get((school, position), 0)
        cut = max(0, had - has - by) - max(0, had - has)
        broken = []
        for number, limit, total in self._limits.get((school, position), []):
            own: dict[Quantity, int] = {Posts(school, position): by, Cut(school, position): cut}
            now = total + sum(times * own.get(quantity, 0) for times, quantity in limit.terms)
            if (limit.most is not None and now > limit.most) or (limit.least is not None and now < limit.least):
                broken.append(number)
        return broken
