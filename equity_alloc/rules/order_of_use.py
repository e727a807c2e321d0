"""One fund is used up before another pays for what the first may pay for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, Fund
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.finding import Breach, Gap, Unit
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.source import Source
from equity_alloc.rules.base import Force, Model, UsedFirst
from equity_alloc.rules.capped import funds_named
from equity_alloc.rules.fund_sharing import fund_shares
from equity_alloc.rules.setting import Choice, basis_setting, force_setting, refuse_out_of_range, setting

BOTH, POSTS, LINES = "posts and lines", "posts only", "lines only"


@dataclass(frozen=True, slots=True)
class OrderOfUse:
    """Money with narrower rules, or with an end, goes first; the general fund pays for what is then still open."""

    code: ClassVar[str] = "order-of-use"
    title: ClassVar[str] = "One fund is used up before another pays"
    says: ClassVar[str] = (
        "Where an expense may be paid from either of two funds, the first one is spent before the second is drawn on."
    )
    source: ClassVar[Source] = Source(
        "Governmental Accounting Standards Board, Statement No. 54, Fund Balance Reporting",
        "paragraph 18, order in which restricted and unrestricted amounts are spent",
        "https://www.gasb.org",
        "2009",
    )
    always: ClassVar[bool] = False

    first: str = setting("", label="Used first", choice=Choice.FUND)
    then: str = setting("", label="Used after it", choice=Choice.FUND)
    what: str = setting(BOTH, label="For", options=(BOTH, POSTS, LINES))
    kept: Decimal = setting(
        Decimal(0),
        label="May stay in the first",
        unit="dollars",
        least="0",
        most="100000000",
        step="1000",
        hint="For a reserve or a contingency of a first fund that the plan shares out.",
    )
    force: Force = force_setting("policy")
    basis: str = basis_setting()

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def gaps(self, district: District) -> Iterator[Gap]:
        """Say what is wrong with the choice of funds: until it is mended there is no order to keep."""
        first, then = self._funds(district)
        if first.code == then.code:
            yield Gap("Rules", "Used after it (another fund)", f"{first.title}, which cannot come before itself")
        elif then.shared_by:
            why = f"{then.title} is shared out by a rule of its own, and schools use it before funds that the plan shares out"
            yield Gap("Rules", "Used after it (a fund that the plan shares out)", f"{first.title}: {why}")

    def constrain(self, model: Model) -> None:
        """Ask that the first fund is used up first."""
        order = self._order(model.district)
        if order.holds:
            model.use_first(order)

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Look for money of the second fund where the first has some left and may pay."""
        first, then = self._funds(district)
        for who, school, left, instead in self._sums(district, allocation):
            short = min(left, instead)
            if short > 0:
                at = f" at {who}" if school else ""
                words = (
                    f"{first.title} has {print_dollars(left, with_cents=True)} left to use first{at}, and {then.title} pays "
                    f"{print_dollars(instead, with_cents=True)} for what it may pay for."
                )
                yield Breach(self.code, who, short, Unit.CENTS, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield what is left of the first fund where the second pays for nothing in its place."""
        for who, _, left, instead in self._sums(district, allocation):
            yield who, -min(left, instead) if instead > 0 and left > 0 else max(0, left), Unit.CENTS

    def explain(self, district: District) -> str:
        """Name both funds and what they hold for schools."""
        first, then = self._funds(district)
        if any(True for _ in self.gaps(district)):
            return f"{first.title} before {then.title}: there is no order between these two."
        pots = [print_dollars(max(0, district.school_pot(fund))) for fund in (first, then)]
        keeps = f" all but {print_dollars(int(self.kept * 100))} of" if self.kept else ""
        return f"{first.title} ({pots[0]} for schools) pays{keeps} what it may before {then.title} ({pots[1]}): {self.what}."

    def _sums(self, district: District, allocation: Allocation) -> Iterator[tuple[str, str, Cents, Cents]]:
        """Yield who, at which school, what is left of the first fund, and what the second pays that the first may pay."""
        first, then = self._funds(district)
        paid: dict[str, Cents] = {}
        if self.what != LINES:
            for (school, position, fund), cents in allocation.pay:
                if fund == then.code and first.serves(school) and first.pays_position(position):
                    paid[school] = paid.get(school, 0) + cents
        if self.what != POSTS:
            for (school, line, fund), cents in allocation.dollars:
                if fund == then.code and first.serves(school) and first.pays_line(line):
                    paid[school] = paid.get(school, 0) + cents
        for who, school, holds in self._holds(district):
            if school:
                used, instead = allocation.by_school_fund.get((school, first.code), 0), paid.get(school, 0)
            else:
                used, instead = allocation.fund_dollars(first.code), sum(paid.values())
            yield who, school, holds - used, instead

    def _holds(self, district: District) -> tuple[tuple[str, str, Cents], ...]:
        """Return whom the order concerns, and what of the first fund must be used: each school's share, or all of it."""
        if any(True for _ in self.gaps(district)):
            return ()
        first, _ = self._funds(district)
        if first.shared_by:
            shares = fund_shares(district, first)
            return tuple((district.school_of[code].label, code, cents) for code, cents in sorted(shares.items()))
        holds = max(0, district.school_pot(first)) - int(self.kept * 100)
        return ((f"{first.title} (code {first.code})", "", holds),)

    def _order(self, district: District) -> UsedFirst:
        first, then = self._funds(district)
        schools = frozenset(school.code for school in district.schools if first.serves(school.code))
        positions = frozenset(p for p in district.position_of if first.pays_position(p) and self.what != LINES)
        lines = frozenset(line for line in district.lines if first.pays_line(line) and self.what != POSTS)
        return UsedFirst(self.code, first.code, then.code, schools, positions, lines, self._holds(district))

    def _funds(self, district: District) -> tuple[Fund, Fund]:
        """Return both funds; UnknownCode where one is not there."""
        ((first,), (then,)) = (funds_named(district, code) for code in (self.first, self.then))
        return first, then


def refuse_circles(rules: Sequence[object]) -> None:
    """Refuse orders of use of which the last contradicts the first.

    Two orders that turn round hold together only by chance, when both funds are spent to the last cent; no plan should hang on that.

    Parameters
    ----------
    rules : sequence of Rule

    Raises
    ------
    InvalidValue
        With the funds of the circle and the ways out.
    """
    orders = [rule for rule in rules if isinstance(rule, OrderOfUse) and rule.first and rule.first != rule.then]
    for only, other, kind in ((POSTS, LINES, "posts"), (LINES, POSTS, "lines")):
        after: dict[str, list[str]] = {}
        for rule in orders:
            if rule.what in (BOTH, only):
                after.setdefault(rule.first, []).append(rule.then)
        circle = next((found for fund in sorted(after) if (found := _way_back(after, fund))), ())
        if circle:
            steps = "; ".join(f"{first} before {then}" for first, then in pairwise(circle))
            raise InvalidValue(
                f"These orders of use contradict each other for {kind}: {steps}. Take one of them away, turn it round, or let "
                f"one of them be for {other}."
            )


def _way_back(after: dict[str, list[str]], fund: str) -> tuple[str, ...]:
    """Return the shortest way from a fund over those that come after it back to itself; empty where there is none."""
    ways: list[tuple[str, ...]] = [(fund,)]
    seen = {fund}
    while ways:
        longer = [(*way, then) for way in ways for then in sorted(after.get(way[-1], []))]
        back = next((way for way in longer if way[-1] == fund), None)
        if back is not None:
            return back
        ways = [way for way in longer if way[-1] not in seen]
        seen |= {way[-1] for way in ways}
    return ()
