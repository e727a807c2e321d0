"""Collects what the rules ask for. It knows no solver, so that the auditor may use it too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.fte import Hundredths, pay_of
from equity_alloc.domain.money import Cents
from equity_alloc.rules.base import Counted, Cut, Floors, Limit, Posts, Quantity, Rule, UsedFirst, WholeSum
from equity_alloc.scenario import ScenarioView


@dataclass
class Problem:
    """The Model that rules constrain: caps, openings and closings, shares, steps and linear limits, as asked for.

    Parameters
    ----------
    district : District
        With the scenario's funds.
    """

    district: District
    caps: dict[str, Cents] = field(default_factory=dict)
    opened: dict[str, tuple[frozenset[str], frozenset[str], frozenset[str]]] = field(default_factory=dict)
    closed: dict[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)
    shares: dict[str, dict[str, Cents]] = field(default_factory=dict)
    steps: dict[str, tuple[Hundredths, Hundredths]] = field(default_factory=dict)
    limits: list[Limit] = field(default_factory=list)
    wholes: list[WholeSum] = field(default_factory=list)
    floors: list[Floors] = field(default_factory=list)
    leasts: dict[str, Cents] = field(default_factory=dict)
    orders: list[UsedFirst] = field(default_factory=list)
    smallest_at: dict[tuple[str, str], Hundredths] = field(default_factory=dict)

    def require(self, limit: Limit) -> None:
        """Ask for a linear limit."""
        self.limits.append(limit)

    def require_whole(self, whole: WholeSum) -> None:
        """Ask that a sum of posts comes in multiples of a step."""
        self.wholes.append(whole)

    def require_floors(self, floors: Floors) -> None:
        """Ask that no more than so many of some floors are missed."""
        self.floors.append(floors)

    def cap_fund(self, fund: str, most: Cents) -> None:
        """Let a fund pay at most this much at all schools together; the smallest cap counts."""
        self.caps[fund] = min(most, self.caps.get(fund, most))

    def spend_fund(self, fund: str, least: Cents) -> None:
        """Let a fund pay at least this much at all schools together; the largest least counts."""
        self.leasts[fund] = max(least, self.leasts.get(fund, least))

    def use_first(self, order: UsedFirst) -> None:
        """Let a fund pay for nothing that another may pay for until that one is used up."""
        self.orders.append(order)

    def open_fund(self, fund: str, schools: Sequence[str], positions: Sequence[str], lines: Sequence[str]) -> None:
        """Let a fund pay for these positions and lines at these schools."""
        self.opened[fund] = (frozenset(schools), frozenset(positions), frozenset(lines))

    def close_fund(self, fund: str, positions: Sequence[str], lines: Sequence[str]) -> None:
        """Let a fund pay nothing for these positions and lines; what two rules close is closed together."""
        before = self.closed.get(fund, (frozenset(), frozenset()))
        self.closed[fund] = (before[0] | frozenset(positions), before[1] | frozenset(lines))

    def share_fund(self, fund: str, shares: Mapping[str, Cents]) -> None:
        """Let a fund with a rule of its own pay at most its share at each school."""
        self.shares[fund] = dict(shares)

    def hold_steps(self, position: str, step: Hundredths, smallest: Hundredths) -> None:
        """Let posts come in multiples of a step, none or at least the smallest, paid exactly what they cost."""
        self.steps[position] = (step, smallest)

    def hold_smallest(self, position: str, smallest: Hundredths, schools: Sequence[str]) -> None:
        """Let some schools have none of a position or at least so much; the largest counts."""
        for school in schools:
            self.smallest_at[school, position] = max(smallest, self.smallest_at.get((school, position), 0))

    @property
    def overdrawn(self) -> dict[str, Cents]:
        """Cents that a fund lacks for what is budgeted centrally alone, by fund; no plan can mend that."""
        return {fund: -cap for fund, cap in self.caps.items() if cap < 0}

    def admits(self, allocation: Allocation) -> bool:
        """Whether an allocation keeps everything that was asked for, evaluated directly.

        The contract between builders and checkers is tested with this.
        """
        return (
            all(allocation.fund_dollars(fund) <= cap for fund, cap in self.caps.items())
            and all(self._pays(*key, cents, is_position=True) for key, cents in allocation.pay)
            and all(self._pays(*key, cents, is_position=False) for key, cents in allocation.dollars)
            and all(self._in_share(*key, cents) for key, cents in allocation.by_school_fund.items())
            and all(self._in_steps(position, fte) for (_, position), fte in allocation.fte)
            and all(not 0 < fte < self.smallest_at.get(key, 0) for key, fte in allocation.fte)
            and all(allocation.fund_dollars(fund) >= least for fund, least in self.leasts.items())
            and not any(out_of_order(allocation, order) for order in self.orders)
            and self._pays_what_posts_cost(allocation)
            and all(self._keeps(limit, allocation) for limit in self.limits)
            and all(sum(self._fte(post, allocation) for post in w.posts) % w.step == 0 for w in self.wholes)
            and all(sum(self._fte(p, allocation) < least for p, least in f.floors) <= f.missed for f in self.floors)
        )

    def _fte(self, post: Posts, allocation: Allocation) -> Hundredths:
        return quantity_in(self.district, allocation, post)

    def may_pay(self, school: str, item: str, fund: str, *, is_position: bool) -> bool:
        """Whether a fund may pay for a position or a line at a school at all."""
        if fund in self.closed and item in self.closed[fund][0 if is_position else 1]:
            return False
        if fund not in self.opened:
            return True
        schools, positions, lines = self.opened[fund]
        return school in schools and item in (positions if is_position else lines)

    def _pays(self, school: str, item: str, fund: str, cents: Cents, *, is_position: bool) -> bool:
        may = self.may_pay(school, item, fund, is_position=is_position)
        return may and (cents >= 0 or fund not in self.opened)

    def _in_share(self, school: str, fund: str, cents: Cents) -> bool:
        return fund not in self.shares or cents <= self.shares[fund].get(school, 0)

    def _in_steps(self, position: str, fte: Hundredths) -> bool:
        if position not in self.steps:
            return True
        step, smallest = self.steps[position]
        return fte >= 0 and fte % step == 0 and (fte == 0 or fte >= smallest)

    def _pays_what_posts_cost(self, allocation: Allocation) -> bool:
        paid: dict[tuple[str, str], Cents] = {}
        for (school, position, _), cents in allocation.pay:
            paid[school, position] = paid.get((school, position), 0) + cents
        return all(
            paid.get(key, 0) == pay_of(allocation.fte_of.get(key, 0), self.district.position_of[key[1]].cost)
            for key in {*paid, *allocation.fte_of}
            if key[1] in self.steps
        )

    def _keeps(self, limit: Limit, allocation: Allocation) -> bool:
        value = sum(c * quantity_in(self.district, allocation, quantity) for c, quantity in limit.terms)
        return (limit.least is None or value >= limit.least) and (limit.most is None or value <= limit.most)


def out_of_order(allocation: Allocation, order: UsedFirst) -> dict[str, Cents]:
    """Return by subject what the second fund pays although the first one has it left and may pay for it."""
    found = {}
    for subject, only, holds in order.holds:
        paid = sum(c for (s, f), c in allocation.by_school_fund.items() if f == order.first and only in ("", s))
        instead = 0
        for entries, items in ((allocation.pay, order.positions), (allocation.dollars, order.lines)):
            instead += sum(
                cents
                for (school, item, fund), cents in entries
                if fund == order.then and only in ("", school) and school in order.schools and item in items
            )
        short = min(holds - paid, instead)
        if short > 0:
            found[subject] = short
    return found


def quantity_in(district: District, allocation: Allocation, quantity: Quantity) -> int:
    """Return a quantity's value in a finished allocation, in hundredths or cents."""
    if isinstance(quantity, Posts):
        return allocation.fte_of.get((quantity.school, quantity.position), 0)
    if isinstance(quantity, Cut):
        key = (quantity.school, quantity.position)
        return max(0, district.today.fte_of.get(key, 0) - allocation.fte_of.get(key, 0))
    if isinstance(quantity, Counted):
        return district.counted_dollars(allocation, quantity.school)
    return allocation.by_school_line.get((quantity.school, quantity.line), 0)


def build_problem(view: ScenarioView, rules: Sequence[Rule] | None = None) -> Problem:
    """Return the problem that a scenario's rules pose, or that some of them pose."""
    problem = Problem(view.district)
    for rule in view.scenario.rules if rules is None else rules:
        rule.constrain(problem)
    return problem
