"""One sentence for each school: what it gains or gives up, in what, why, what holds it there, and where the money is."""

from __future__ import annotations

import dataclasses

from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import Cents, print_dollars, whole_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.planning.baseline import knows_posts
from equity_alloc.planning.held_words import NAMED, dollars_words, held_words, kinds_of_items, rule_words
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.reason import ItemChange, Reason
from equity_alloc.rules.base import Rule
from equity_alloc.rules.ratio import ENROLLMENT


def reason_sentence(plan: Plan, reason: Reason) -> str:
    """Return the sentence; every amount in it is an amount of the plan or a sum of such.

    Parameters
    ----------
    plan : Plan
    reason : Reason
        One of `reasons(plan)`.
    """
    change = reason.change
    if not change:
        return f"{reason.name} keeps exactly the core money that it had last year{_inside(plan, reason)}."
    share = f" ({share_words(reason)})" if reason.row.counted_today else ""
    verb = "gains" if change > 0 else "gives up"
    parts = [
        f"{reason.name} {verb} {dollars_words(change)} of core money{share}{_inside(plan, reason)}",
        _forced(plan, reason),
        _compared(reason),
        held_words(plan, reason),
        _funds(reason),
        _whence(reason) if change > 0 else _whither(reason),
    ]
    return f"{'; '.join(part for part in parts if part)}."


def public_reason(
    plan: Plan, reason: Reason, *, with_levels: bool, with_pool: bool = True, with_posts: bool = True
) -> str:
    """Return the same in short sentences for a public document: core money and posts, and nothing that tells a count.

    Parameters
    ----------
    plan : Plan
    reason : Reason
    with_levels : bool
        Whether levels per weighted pupil may be named.
    with_pool : bool
        Whether to say where the money goes or comes from; the same for all schools that go one way.
    with_posts : bool
    """
    change = reason.change
    posts = [item for item in reason.items if item.fte]
    inside = f" In posts: {', '.join(_post(item) for item in posts)}." if posts else " No post changes."
    # Where no post is known, that none changes is not known either.
    inside = inside if with_posts and knows_posts(plan) else ""
    if change < 0 and with_posts and reason.felt.words:
        inside = f"{inside} {reason.felt.words}"
    if not change:
        return f"{reason.name} keeps exactly the core money that it had last year.{inside}"
    share = f" ({share_words(reason)})" if reason.row.counted_today else ""
    # A rule that counts a group, named where it asks for a post or stops one, would bound that count at this school.
    forced = tuple(number for number in reason.forced if not counts_a_group(plan.scenario.rules[number - 1]))
    holds = reason.holder is not None and not counts_a_group(plan.scenario.rules[reason.holder - 1])
    held = (
        held_words(plan, reason, with_levels=with_levels)
        if holds or (reason.holder is None and reason.level_with)
        else ""
    )
    parts = [
        f"{reason.name} {'gains' if change > 0 else 'gives up'} {dollars_words(change)} of core money{share}",
        _forced(plan, dataclasses.replace(reason, forced=forced)),
        _compared(reason) if with_levels and not _load_counts_a_group(plan) else "",
        held,
        (_whence(reason) if change > 0 else _whither(reason)) if with_pool else "",
    ]
    told = [part[:1].upper() + part[1:] if number else part for number, part in enumerate(parts) if part]
    return f"{'. '.join(told)}.{inside}"


def share_words(reason: Reason) -> str:
    """Return the change in percent of what the school has, with a digit more where rounding would make it the limit.

    Examples
    --------
    8 % would be $170,000 of $2,125,000: "8.0 %" at $170,000, "7.91 %" at $168,061, and "just under 8.0 %" at $169,999.
    """
    change, limit = _shares(reason)
    digits = share_digits(reason)
    told, whole = f"{change:.{digits}f}", f"{limit:.1f}"
    is_limit = bool(reason.room) and told == f"{limit:.{digits}f}"
    return f"just under {whole} %" if is_limit and change < float(whole) else f"{told} %"


def share_digits(reason: Reason) -> int:
    """Return how many digits behind the point keep a school's change apart from the limit that it has not reached."""
    change, limit = _shares(reason)
    return 2 if reason.room and f"{change:.1f}" == f"{limit:.1f}" else 1


def _shares(reason: Reason) -> tuple[float, float]:
    """Return the change, and how far the school's own rules would let it go, in percent of what it has."""
    today, change = reason.row.counted_today, abs(reason.change)
    return change / today * 100, (change + (reason.room or 0)) / today * 100


def counts_a_group(rule: Rule) -> bool:
    """Whether a staffing rule counts the pupils of a student group instead of all."""
    return getattr(rule, "counted", ENROLLMENT) != ENROLLMENT


def _load_counts_a_group(plan: Plan) -> bool:
    """Whether the goal shares a position out by a load that counts a group extra: beside the posts it would tell the count."""
    objective = plan.scenario.objective
    return getattr(objective, "group", ENROLLMENT) != ENROLLMENT and bool(getattr(objective, "extra", 0))


def _post(item: ItemChange) -> str:
    fte = item.fte or 0
    return f"{print_fte(abs(fte))} FTE {'more' if fte > 0 else 'fewer'} {item.title}{item.last}"


def _inside(plan: Plan, reason: Reason) -> str:
    """Name the posts and lines in which the change is felt; together they make the change over all funds."""
    total = reason.change + reason.supplement
    way = -1 if total < 0 or (not total and reason.change < 0) else 1
    named = [item for item in reason.items if item.cents * way > 0][:NAMED] or list(reason.items[:NAMED])
    rest = total - sum(item.cents for item in named)
    words = ", ".join(_item(item) for item in named)
    if rest:
        others = f"{'other ' if named else ''}{kinds_of_items(plan)} {_signed(rest)}"
        words = f"{words}, {others}" if words else others
    beside = f", {_signed(total) if total else 'nothing'} in all with supplemental money ({_signed(reason.supplement)})"
    return f"{beside if reason.supplement else ''}{f': {words}' if words else ''}"


def _item(item: ItemChange) -> str:
    if item.fte is None:
        return f"{item.title} {_signed(item.cents)}"
    if not item.fte:
        return f"{item.title} {_signed(item.cents)} (same posts)"
    return f"{item.title} {_signed(item.cents)} ({print_fte(abs(item.fte))} FTE {'more' if item.fte > 0 else 'fewer'}{item.last.replace(' (', ', ').rstrip(')')})"


def _forced(plan: Plan, reason: Reason) -> str:
    if not reason.forced:
        return ""
    rules = " and ".join(rule_words(plan, number) for number in reason.forced[:NAMED])
    asks = "asks" if len(reason.forced) == 1 else "ask"
    allows = "allows" if len(reason.forced) == 1 else "allow"
    return (
        f"{rules} {asks} for more than it had last year"
        if reason.change > 0
        else f"{rules} {allows} less than it had last year"
    )


def _compared(reason: Reason) -> str:
    gains = reason.change > 0
    if reason.standing is not None and reason.row.level_today is not None:
        passed, others = reason.standing.passed, reason.standing.others
        does = ("gives up" if gains else "gains") if others == 1 else ("give up" if gains else "gain")
        side = f"{'school' if others == 1 else 'schools'} that {does}"
        whom = f"{passed} of the {others} {side}" if 0 < passed < others else f"each of the {others} {side}"
        whom = f"the one {side}" if others == 1 else whom
        than = ("less" if gains else "more") if passed else ("no less" if gains else "no more")
        return f"with last year's money it has {_level(reason.row.level_today, reason.unit)}, {than} than {whom}"
    if reason.off_target is not None:
        off = reason.off_target[0]
        above = "above" if off > 0 else "below"
        return f"last year it was {dollars_words(off)} {above} its target" if off else "last year it was at its target"
    if reason.load is not None:
        today, now = (
            "no post" if each is None else f"{float(each):,.1f}" for each in (reason.load.today, reason.load.plan)
        )
        return (
            f"pupils for each full-time post of {reason.load.position}: {today} last year, {now} in the proposal, "
            f"{float(reason.load.largest):,.1f} at the most loaded school"
        )
    return ""


def _funds(reason: Reason) -> str:
    """Say which counted fund pays the change here, and what the others do."""
    way = 1 if reason.change > 0 else -1
    main, cents = next(each for each in reason.funds if each[1] * way > 0)
    rest = reason.change - cents
    words = f"{main} pays {dollars_words(cents)} {'more' if cents > 0 else 'less'} here"
    if not rest:
        return words
    # What is told in whole dollars may miss the whole by one.
    told = "" if whole_dollars(cents) + whole_dollars(rest) == whole_dollars(reason.change) else " (rounded)"
    return f"{words} and other core funds {dollars_words(rest)} {'more' if rest > 0 else 'less'}{told}"


def _whither(reason: Reason) -> str:
    pool = reason.pool
    if pool.most is None:
        left = (
            f", and {dollars_words(pool.unallocated)} of core money stays unallocated" if pool.unallocated > 0 else ""
        )
        return f"no school gains core money{left}"
    to = f"{count_words(pool.gainers, 'school')}, most to {pool.most[0]} ({dollars_words(pool.most[1])})"
    if pool.gained < pool.given:
        return f"of the {dollars_words(pool.given)} that {_give_up(pool.givers)}, {dollars_words(pool.gained)} goes to {to}"
    whole = f"all that {_give_up(pool.givers)}, {dollars_words(pool.given)}, goes to"
    new = pool.gained - pool.given
    if new <= pool.rounding:
        return f"{whole} {to}"
    # The most that one school gains may be more than all that is given up, so the whole gain is told beside it.
    they = "it gains" if pool.gainers == 1 else "they gain"
    return (
        f"{whole} {count_words(pool.gainers, 'school')}; with {dollars_words(new)} more than schools had last year {they} {dollars_words(pool.gained)}, "
        f"the largest part at {pool.most[0]} ({dollars_words(pool.most[1])})"
    )


def _whence(reason: Reason) -> str:
    pool = reason.pool
    new = pool.gained - pool.given
    if not pool.given:
        return "no school gives up core money for it"
    they = f"{count_words(pool.gainers, 'school')} {'gains' if pool.gainers == 1 else 'gain'}"
    gain = f"{they} {dollars_words(pool.gained)}"
    given = f"{dollars_words(pool.given)} that {_give_up(pool.givers)}"
    if new > pool.rounding:
        return f"{gain}, of which {dollars_words(new)} is more than schools had last year and the rest is the {given}"
    if dollars_words(pool.gained) == dollars_words(pool.given):
        return f"{they} the {given}"
    return f"{gain}, out of the {given}"


def _give_up(count: int) -> str:
    return f"{count_words(count, 'school')} {'gives' if count == 1 else 'give'} up"


def _level(level: float, unit: str) -> str:
    if unit.startswith("share"):
        return f"{level * 100:.1f} % of its target"
    return f"{print_dollars(round(level * 100))} {unit.removeprefix('dollars ')}"


def _signed(cents: Cents) -> str:
    if abs(cents) < 50:
        return print_dollars(0)
    return f"{'+' if cents > 0 else '-'}{print_dollars(abs(cents))}"
