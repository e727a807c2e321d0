"""The fall re-allocation in sentences: what broke, what moves, what it costs, what is proven and what is left."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.domain.finding import print_amount
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.fall import Fall
from equity_alloc.planning.fall_moves import Move


def fall_sentences(fall: Fall) -> tuple[str, ...]:
    """Return what a board needs to hear, in the order in which it asks."""
    return tuple(_sentences(fall))


def _sentences(fall: Fall) -> Iterator[str]:
    if not fall.broken:
        yield "Nothing has to move: under the new counts the adopted plan keeps every rule that is to be kept."
        return
    taken, new = print_fte(fall.moves.taken), print_fte(fall.moves.new)
    limits = "one limit" if len(fall.broken) == 1 else f"{len(fall.broken)} limits"
    if fall.is_repaired:
        yield (
            f"Repaired: {taken} FTE move from one school to another and {new} FTE are new. The new counts break {limits} of "
            "the rules that must be kept; after the moves all are kept."
        )
    else:
        yield (
            f"Not everything can be repaired: the new counts break {limits} of the rules that must be kept, and "
            f"{len(fall.unrepaired)} stay broken. {taken} FTE move and {new} FTE are new, "
            f"{'which is as much as can be given' if fall.is_settled else 'which is the most that was found'}."
        )
    yield reserve_words(fall)
    if fall.is_repaired:
        yield proof_words(fall)
    elif fall.terms.reserve is None:
        yield "No money beyond the plan's may be used. Choose a reserve to see what money would repair."
    elif fall.missing:
        fund = fall.plan.district.fund_of[fall.terms.reserve.fund].title
        yield f"{print_dollars(fall.missing)} more in {fund} would repair the rest."
    else:
        yield "More money alone was not found to repair the rest: other schools must give posts, or a rule must change."
    for breach in fall.gave_way:
        yield f"A weaker rule gives way: {breach.words}"


def reserve_words(fall: Fall) -> str:
    """Return what the reserve pays and what is left of it."""
    reserve = fall.terms.reserve
    if reserve is None or not reserve.amount:
        return "No reserve is used." + (f" {print_dollars(-fall.used)} come free." if fall.used < 0 else "")
    fund = fall.plan.district.fund_of[reserve.fund].title
    place = f"{reserve.line} ({fund})" if reserve.line else f"what {fund} leaves unallocated"
    left = print_dollars(max(0, reserve.amount - fall.used))
    if fall.used < 0:
        return f"The reserve of {print_dollars(reserve.amount)} in {place} is not needed; {print_dollars(-fall.used)} come free."
    return f"{print_dollars(fall.used)} come from {place}; {left} of the {print_dollars(reserve.amount)} are left."


def proof_words(fall: Fall) -> str:
    """Return what is proven of the number of moves, and how."""
    if fall.is_fewest:
        return (
            "No plan can do with fewer moves: the posts that lack, less all that the reserve could pay for, must come from "
            "other schools. This is counted, without a solver."
        )
    least = f"At least {print_fte(fall.fewest)} FTE must move whatever is done, counted without a solver"
    if fall.is_settled:
        return f"{least}; that no plan does with fewer than here rests on branch and bound."
    return f"{least}; whether a plan does with fewer than here was not settled within the limit of the search."


def place_words(fall: Fall, school: str) -> str:
    """Return a school with its code, or where a post comes from or goes to when that is no school."""
    return fall.plan.district.school_of[school].label if school else ""


def move_words(fall: Fall, move: Move) -> str:
    """Return one move as a sentence."""
    title = fall.plan.district.position_of[move.position].title
    what = f"{print_fte(move.fte)} FTE of {title}"
    if not move.giver:
        return f"{what} are new at {place_words(fall, move.taker)}, {print_dollars(move.cents)}."
    if not move.taker:
        return f"{what} at {place_words(fall, move.giver)} are given up."
    return f"{what} move from {place_words(fall, move.giver)} to {place_words(fall, move.taker)}."


def lack_words(fall: Fall) -> tuple[str, ...]:
    """Return what stays broken, one sentence a breach, with what a post that lacks costs."""
    price = {position.title: position.cost for position in fall.plan.district.positions}
    found = []
    for breach in fall.unrepaired:
        cost = next((cents for title, cents in price.items() if f"FTE of {title};" in breach.words), None)
        money = "" if cost is None else f" That is {print_dollars(cost * breach.short_by // 100)}."
        found.append(f"{breach.words} Short by {print_amount(breach.short_by, breach.unit)}.{money}")
    return tuple(found)
