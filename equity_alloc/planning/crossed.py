"""Where two rules leave nothing between them: a school whose least is above its most."""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.domain.district import District
from equity_alloc.domain.finding import print_amount
from equity_alloc.problem.recorded import record
from equity_alloc.rules.base import Limit, Posts, Quantity
from equity_alloc.scenario import ScenarioView

#: So many schools are named; the others are counted.
NAMED = 3


def crossed_words(view: ScenarioView, numbers: Sequence[int]) -> str:
    """Return which schools would need more than they may have, the widest gap first; blank where none would.

    Parameters
    ----------
    view : ScenarioView
    numbers : sequence of int
        Places in the scenario, from 1, of rules that cannot be kept together.

    Returns
    -------
    str
    """
    least: dict[Quantity, tuple[int, Limit, str]] = {}
    most: dict[Quantity, tuple[int, Limit, str]] = {}
    for number in numbers:
        title = view.titles[number - 1]
        for limit in record(view.scenario.rules[number - 1], view.district).limits:
            if len(limit.terms) > 1 or limit.terms[0][0] != 1:
                continue
            quantity = limit.terms[0][1]
            if limit.least is not None and (quantity not in least or limit.least > least[quantity][0]):
                least[quantity] = limit.least, limit, title
            if limit.most is not None and (quantity not in most or limit.most < most[quantity][0]):
                most[quantity] = limit.most, limit, title
    gaps = {q: least[q][0] - most[q][0] for q in least.keys() & most.keys()}
    crossed = sorted((q for q, gap in gaps.items() if gap > 0), key=lambda q: (-gaps[q], least[q][1].subject, str(q)))
    words = [_words(q, least[q], most[q], view.district) for q in crossed[:NAMED]]
    if len(crossed) > NAMED:
        words.append(f"The same is so in {len(crossed) - NAMED} more cases.")
    return " ".join(words)


def _words(quantity: Quantity, least: tuple[int, Limit, str], most: tuple[int, Limit, str], district: District) -> str:
    if isinstance(quantity, Posts):
        what = district.position_of[quantity.position].title
    else:
        what = getattr(quantity, "line", "core dollars")
    (low, limit, asks), (high, _, allows) = least, most
    return (
        f"{limit.subject} would have at least {print_amount(low, limit.unit)} of {what} ({asks}) and at most "
        f"{print_amount(high, limit.unit)} ({allows})."
    )
