"""Why a position or a line of a school is what it is: what rules allow it to be, which of them it stands at, who pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.formulas.entitlement import entitlements
from equity_alloc.formulas.explain import explain_school
from equity_alloc.planning.own_limits import limits_of_one_school
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import PostChange, post_changes
from equity_alloc.problem.problem import quantity_in
from equity_alloc.rules.base import Cut, Dollars, Limit, Posts
from equity_alloc.rules.usual import where_written

#: A payer of less than this part of a line is told last.
SMALL = 200


@dataclass(frozen=True, slots=True)
class End:
    """How little or how much a rule lets a position or line be.

    Parameters
    ----------
    amount : int
        Hundredths of an FTE, or cents.
    rule : int
        Place of the rule in the scenario, from 1.
    """

    amount: int
    rule: int


@dataclass(frozen=True, slots=True)
class LineReason:
    """One position or line of a school with what holds it.

    Parameters
    ----------
    change : PostChange
    least, most : End or None
        The tightest that rules say of it alone; None where none says anything.
    together : tuple of int
        Rules over several positions or lines of the school that leave no room for one step more or one step less of it.
    payers : tuple of (str, Cents)
        Fund codes with what they pay in the proposal.
    """

    change: PostChange
    least: End | None
    most: End | None
    together: tuple[int, ...]
    payers: tuple[tuple[str, Cents], ...]

    @property
    def forced_by(self) -> int | None:
        """The rule that does not allow what the school has today; None where today is allowed."""
        if self.least is not None and self.change.today < self.least.amount:
            return self.least.rule
        if self.most is not None and self.change.today > self.most.amount:
            return self.most.rule
        return None

    @property
    def named_rules(self) -> tuple[int, ...]:
        """The rules that the sentence names, whose prices belong beside it."""
        one = self.forced_by or self.held_by
        return self.together if one is None else (one,)

    @property
    def held_by(self) -> int | None:
        """The rule at whose end the proposal stands, on the side to which it changed first; None inside."""
        ends = [self.least, self.most] if self.change.plan < self.change.today else [self.most, self.least]
        for end in ends:
            if end is not None and end.amount == self.change.plan:
                return end.rule
        return None


def line_reasons(plan: Plan, school: str) -> tuple[LineReason, ...]:
    """Return every position and line of a school with what rules allow it to be.

    Parameters
    ----------
    plan : Plan
    school : str
        Code.
    """
    limits = limits_of_one_school(plan.view).get(school, [])
    return tuple(_reason(plan, change, limits) for change in post_changes(plan, school))


def formula_part(plan: Plan, school: str) -> tuple[str, ...]:
    """Return the arithmetic of the scenario's formula for a school with its sources; empty where it has no formula.

    Parameters
    ----------
    plan : Plan
    school : str
        Code.
    """
    used = plan.scenario.formula
    if used is None:
        return ()
    return tuple(explain_school(entitlements(used.text, used.salary, plan.view.district).result, school))


def line_sentence(plan: Plan, reason: LineReason) -> str:
    """Return why a position or line is what it is, in two or three sentences."""
    change = reason.change
    what = f"{change.title}: {amount_words(change, change.today)} last year, {amount_words(change, change.plan)} in the proposal"
    paid = paid_words(plan, reason.payers)
    return (
        ". ".join(part for part in (f"{what}, paid by {paid}" if paid else what, stands_words(plan, reason)) if part)
        + "."
    )


def paid_words(plan: Plan, payers: Sequence[tuple[str, Cents]]) -> str:
    """Return who pays how much, most first; what is small beside the whole is told last, as the last of a fund's money.

    A fund whose share is used to the cent pays a few dollars of a post where nothing else fits; that is no decision, and is
    not told as one.
    """
    titles = {fund.code: fund.title for fund in plan.view.district.funds}
    whole = sum(cents for _, cents in payers)
    ordered = sorted(payers, key=lambda each: -each[1])
    large = [each for each in ordered if each[1] * SMALL >= whole]
    told = ", ".join(f"{titles[fund]} {print_dollars(cents)}" for fund, cents in large)
    last = ", ".join(f"{titles[fund]} {_small(cents)}" for fund, cents in ordered[len(large) :])
    return f"{told} (and with the last of its money {last})" if last else told


def _small(cents: Cents) -> str:
    return "less than a dollar" if cents < 100 else print_dollars(cents)


def stands_words(plan: Plan, reason: LineReason) -> str:
    """Return what holds a position or line, from strongest to weakest: force, end, sum, or the school's own money."""
    change = reason.change
    if reason.forced_by is not None:
        end = reason.least if reason.least is not None and change.today < reason.least.amount else reason.most
        side = "at least" if end is reason.least else "at most"
        asked = "" if end is None else amount_words(change, end.amount)
        return f"It has to change: {side} {asked} is asked for by {_rule(plan, reason.forced_by)}"
    if reason.held_by is not None:
        if reason.least is not None and reason.most is not None and reason.least.amount == reason.most.amount:
            return f"It is fixed by {_rule(plan, reason.held_by)}"
        side = "least" if reason.least is not None and reason.least.amount == change.plan else "most"
        return f"It stands at the {side} that is allowed by {_rule(plan, reason.held_by)}"
    if reason.together:
        rules = ", ".join(_rule(plan, number) for number in reason.together)
        return f"Together with other positions or lines of the school it is at the end of what is allowed by {rules}"
    if change.plan == change.today:
        return "No rule for this school alone holds it; it stays, because plans that move fewest posts and dollars come first"
    return "No rule for this school alone holds it; it changes because the school's money does, with few posts and dollars moved"


def amount_words(change: PostChange, amount: int) -> str:
    """Return an amount of a position or line with its unit."""
    return f"{print_fte(amount)} FTE" if change.is_position else print_dollars(amount)


def _reason(plan: Plan, change: PostChange, limits: list[tuple[int, Limit]]) -> LineReason:
    kind, cut = _kind(change), Cut(change.school, change.item)
    least: End | None = None
    most: End | None = None
    together = []
    step = plan.view.district.position_of[change.item].step if change.is_position else 1
    for number, limit in limits:
        quantities = [quantity for _, quantity in limit.terms]
        if kind not in quantities and not (change.is_position and cut in quantities):
            continue
        if len(limit.terms) > 1 or limit.terms[0][0] != 1 or quantities[0] != kind:
            if _leaves_no_room(plan, limit, change, step):
                together.append(number)
            continue
        if limit.least is not None and (least is None or limit.least > least.amount):
            least = End(limit.least, number)
        if limit.most is not None and (most is None or limit.most < most.amount):
            most = End(limit.most, number)
    # Posts come in steps, so an end between two of them is the step within.
    if least is not None:
        least = End(-(-least.amount // step) * step, least.rule)
    if most is not None:
        most = End(most.amount // step * step, most.rule)
    table = plan.allocation.pay_of if change.is_position else plan.allocation.dollars_of
    payers = tuple((f, cents) for (s, item, f), cents in table.items() if (s, item) == (change.school, change.item))
    return LineReason(change, least, most, tuple(dict.fromkeys(together)), payers)


def _leaves_no_room(plan: Plan, limit: Limit, change: PostChange, step: int) -> bool:
    """Return whether one step more, or one step less, of a position or line alone would break a limit over several."""
    sums = [_sum_with(plan, limit, change, by) for by in (-step, step)]
    below = limit.least is not None and min(sums) < limit.least
    return below or (limit.most is not None and max(sums) > limit.most)


def _sum_with(plan: Plan, limit: Limit, change: PostChange, by: int) -> int:
    """Return a limit's sum in the proposal with so much more of one position or line."""
    total = 0
    for times, quantity in limit.terms:
        amount = quantity_in(plan.view.district, plan.allocation, quantity)
        if quantity == Cut(change.school, change.item) and change.is_position:
            amount = max(0, change.today - change.plan - by)
        elif quantity == _kind(change):
            amount += by
        total += times * amount
    return total


def _kind(change: PostChange) -> Posts | Dollars:
    return Posts(change.school, change.item) if change.is_position else Dollars(change.school, change.item)


def _rule(plan: Plan, number: int) -> str:
    rule = plan.scenario.rules[number - 1]
    written = where_written(rule, plan.district)
    return f"rule {number} ({plan.view.titles[number - 1]}, {rule.force.value}; {written})"
