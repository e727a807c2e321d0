"""Where two rules leave nothing between them: a school whose least is above its most."""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.domain.district import District
from equity_alloc.domain.finding import print_amount
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.base import Limit, Posts, Quantity, Rule
from equity_alloc.scenario import ScenarioView

#: So many schools are named; the others are counted.
NAMED = 3


def crossed_words(view: ScenarioView, rules: Sequence[Rule]) -> str:
    """Return which schools would need more than they may have, the widest gap first; blank where none would.

    Parameters
    ----------
    view : ScenarioView
    rules : sequence of Rule
        Those that cannot be kept together.

    Returns
    -------
    str
    """
    least: dict[Quantity, Limit] = {}
    most: dict[Quantity, Limit] = {}
    for limit in build_problem(view, rules).limits:
        if len(limit.terms) > 1 or limit.terms[0][0] != 1:
            continue
        quantity = limit.terms[0][1]
        if limit.least is not None and (quantity not in least or limit.least > (least[quantity].least or 0)):
            least[quantity] = limit
        if limit.most is not None and (quantity not in most or limit.most < (most[quantity].most or 0)):
            most[quantity] = limit
    gaps = {q: (least[q].least or 0) - (most[q].most or 0) for q in least.keys() & most.keys()}
    crossed = sorted((q for q, gap in gaps.items() if gap > 0), key=lambda q: (-gaps[q], least[q].subject, str(q)))
    titles = {rule.code: rule.title for rule in rules}
    words = [_words(q, least[q], most[q], titles, view.district) for q in crossed[:NAMED]]
    if len(crossed) > NAMED:
        words.append(f"The same is so in {len(crossed) - NAMED} more cases.")
    return " ".join(words)


def _words(quantity: Quantity, least: Limit, most: Limit, titles: dict[str, str], district: District) -> str:
    if isinstance(quantity, Posts):
        what = district.position_of[quantity.position].title
    else:
        what = getattr(quantity, "line", "core dollars")
    return (
        f"{least.subject} would have at least {print_amount(least.least or 0, least.unit)} of {what} "
        f"({titles[least.rule]}) and at most {print_amount(most.most or 0, most.unit)} ({titles[most.rule]})."
    )
