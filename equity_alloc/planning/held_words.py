"""What keeps a school from going further in its direction, in words: a rule, its target, others' level, or what is left open."""

from __future__ import annotations

from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.planning.baseline import knows_posts
from equity_alloc.planning.left_open import ALIKE
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.reason import Reason

#: Cents from a target that rounding alone may leave.
CLOSE = 100

#: So many names are told; the rest is told in one number.
NAMED = 2


def held_words(plan: Plan, reason: Reason, *, with_levels: bool = True) -> str:
    """Return what keeps the school from going further in its direction; "" where the data name nothing.

    Parameters
    ----------
    plan : Plan
    reason : Reason
    with_levels : bool
        Whether what is told may be in proportion to weighted pupils.
    """
    if not reason.change or reason.room is None:
        return ""
    on = "gain" if reason.change > 0 else "give up"
    rule = "" if reason.holder is None else rule_words(plan, reason.holder)
    own = f"the rules for its {kinds_of_items(plan)}"
    if reason.beyond:
        way = "above" if reason.change > 0 else "below"
        return f"it ends {dollars_words(reason.beyond)} {way} what {f'{rule} allows' if rule else f'{own} allow'}"
    if not reason.room:
        return f"{rule} stops it there" if rule else f"it is at the end of what {own} allow"
    if reason.off_target is not None:
        off = reason.off_target[1]
        above = "above" if off > 0 else "below"
        return "it ends at its target" if abs(off) < CLOSE else f"it ends {dollars_words(off)} {above} its target"
    if reason.level_with:
        return f"it ends level with {others_words(reason.level_with)}"
    if reason.load is not None:
        return ""
    more = f"{on} {dollars_words(reason.room)} more at most"
    could = f"{rule} would let it {more}" if rule else f"it could by {own} {more}"
    return f"{could}{_open_words(plan, reason, with_levels=with_levels)}"


def _open_words(plan: Plan, reason: Reason, *, with_levels: bool) -> str:
    """Say why it goes no further though its own rules would let it; "" where that is not known."""
    left = reason.left_open
    if left is None or reason.room is None:
        return ""
    moves = "posts stay whole and fewer of them move" if knows_posts(plan) else "less money moves"
    if not with_levels:
        return f", but not all of it is asked for, so that {moves}"
    most = print_dollars(left.per_pupil, with_cents=bool(left.per_pupil % 100))
    that_far = f"{most} per weighted pupil, and the scenario lets levels stay that far below their best so that {moves}"
    is_all = abs(reason.room - left.cents) < ALIKE
    only = f" only {dollars_words(left.cents)} of that{_level_words(left.level_with, reason.change)}"
    if reason.change > 0:
        return f", but {'this is' if is_all else f'the goal would add{only},'} no more than {that_far}"
    taken = "shared out by the goal this" if is_all else f"the goal would take{only}, and shared out that"
    missing = f"; a dollar more here would be missing at schools {_less(reason.unit)}" if left.from_lower else ""
    return f", but {taken} would raise no other school by more than {that_far}{missing}"


def _level_words(others: int, change: Cents) -> str:
    way = "up" if change > 0 else "down"
    return f", {way} to the level of {count_words(others, 'other school')}" if others else ""


def _less(unit: str) -> str:
    return "at a lower share of target" if unit.startswith("share") else f"with less {unit.removeprefix('dollars ')}"


def rule_words(plan: Plan, number: int) -> str:
    """Return a rule's number with the first sentence of what it says here."""
    words = plan.certificate.rules[number - 1].explain.split(". ", maxsplit=1)[0].rstrip(".")
    return f"rule {number} ({words})"


def kinds_of_items(plan: Plan) -> str:
    """Return what schools hold by these data: posts and lines, or lines alone where no post is known."""
    return "posts and lines" if knows_posts(plan) else "lines"


def others_words(names: tuple[str, ...]) -> str:
    """Return the names of other schools, the first one and how many more where there are many."""
    return " and ".join(names) if len(names) <= NAMED else f"{names[0]} and {len(names) - 1} others"


def dollars_words(cents: Cents) -> str:
    """Return an amount without its sign."""
    return print_dollars(abs(cents))
