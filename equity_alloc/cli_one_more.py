"""The part of the explain command that says what one more post at one school would cost, and what it takes from whom."""

from __future__ import annotations

from equity_alloc.cli_terminal import say
from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.domain.fte import read_fte
from equity_alloc.domain.money import print_dollars, read_dollars
from equity_alloc.planning.one_more import one_more, unknown_item_words
from equity_alloc.planning.one_more_words import (
    answer_sentences,
    answer_title,
    cost_sentences,
    emptied_words,
    items_words,
    left_words,
    payer_words,
)
from equity_alloc.planning.plan import Plan

#: So many schools are listed; all of them stand on the page.
LISTED = 40


def list_one_more(plan: Plan, school: str, item: str, by: str) -> None:
    """Print what so much more of a position or line at a school costs, who may pay, and what it takes.

    Parameters
    ----------
    plan : Plan
    school, item : str
    by : str
        FTE or dollars as typed; blank for one step of a position.

    Raises
    ------
    EquityAllocError
        If there is no such thing, or so much of it cannot be asked for.
    """
    found = one_more(plan, school, item, amount_of(plan, item, by))
    for sentence in cost_sentences(found):
        say(sentence)
    say("Who may pay for it there:")
    for payer in found.payers:
        left = left_words(payer)
        say(
            f"  {plan.district.fund_of[payer.fund].title}: {payer_words(found, payer)}{f'; left: {left}' if left else ''}"
        )
    for answer in found.answers:
        say(answer_title(answer.way))
        for sentence in answer_sentences(found, answer):
            say(f"  {sentence}")
        if emptied := emptied_words(found, answer):
            say(f"  {emptied}")
        for each in answer.taken[:LISTED]:
            name = plan.district.school_of[each.school].label
            other = f", other money {print_dollars(each.other)}" if each.other else ""
            say(f"  {print_dollars(each.cents):>12}  {name}{other}  {items_words(each)}".rstrip())


def amount_of(plan: Plan, item: str, typed: str) -> int:
    """Return how much more is asked for, in hundredths of an FTE or cents.

    Raises
    ------
    UnknownCode
        If there is no such position or line.
    InvalidValue
        If it is no amount, or lacks for a line.
    """
    position = plan.view.district.position_of.get(item)
    if position is None:
        if item not in plan.view.district.lines:
            raise UnknownCode(unknown_item_words(plan.view.district, item))
        if not typed.strip():
            raise InvalidValue(f"Say how many dollars more of {item}: --by 10000.")
        return read_dollars(typed)
    if not typed.strip():
        return position.step
    return read_fte(typed)
