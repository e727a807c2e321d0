"""What pooled funds must pay at least at all schools together, beside funds with a rule of their own.

A fund can pay for what its cells cost, less what the school's own shares must pay there because they find no other place.
So a set of funds finds a use for its leasts if and only if, over all schools and for whatever set of own shares, the cells
that either may pay for cost at least both (Hoffman's condition for circulations with lower bounds). What funds may pay at
most is asked for apart: the two kinds of condition do not mix, because every cell is paid in full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from equity_alloc.domain.finding import Unit
from equity_alloc.domain.money import Cents
from equity_alloc.problem.cells import NO_LIMIT, Cells
from equity_alloc.rules.base import Counted, Dollars, Limit, Posts, Quantity


def least_sets(cells: Cells) -> tuple[tuple[int, Cents], ...]:
    """Return every set of pooled funds with a least, as bits, and what they must pay together."""
    pooled = [(1 << cells.pooled.index(fund), least) for fund, least in cells.leasts if fund in cells.pooled]
    found: list[tuple[int, Cents]] = []
    for bit, least in pooled:
        found += [(bit, least), *((bit | other, least + asked) for other, asked in found)]
    return tuple(found)


def meets_own_shares(cells: Cells, members: int) -> NDArray[np.bool_]:
    """Return the cells that a set of pooled funds may pay for, and a fund with a rule of its own as well."""
    both: NDArray[np.bool_] = ((cells.pooled_mask & members) > 0) & (cells.local_mask > 0)
    return both


def with_leasts(cells: Cells, caps: Mapping[str, Cents], counted: Sequence[str]) -> Cells:
    """Return cells held to what funds must pay at least.

    A fund can pay no more than what the cells cost that it may pay for; of several funds the same holds together. A fund
    with a rule of its own is used as far as cells can take it in any case, so there it is only asked whether they can.

    Parameters
    ----------
    cells : Cells
    caps : mapping of str to Cents
    counted : sequence of str
        Codes of the funds that count.

    Returns
    -------
    Cells
        With a limit for each set of funds that its cells might not cost enough for, and with `cannot_spend` set where a fund
        cannot pay its least at all.
    """
    limits, short = [], False
    for fund, least in cells.leasts:
        if fund in cells.local:
            f = cells.local.index(fund)
            most = np.where(cells.local_mask >> f & 1, cells.most_cents, 0).sum(1)
            short |= int(np.minimum(cells.shares[:, f], most).sum()) < least
        short |= caps.get(fund, NO_LIMIT) < least
    pooled = [(cells.pooled.index(fund), fund, least) for fund, least in cells.leasts if fund in cells.pooled]
    for members in range(1, 1 << len(pooled)):
        chosen = [each for place, each in enumerate(pooled) if members >> place & 1]
        open_: NDArray[np.bool_] = (cells.pooled_mask & sum(1 << f for f, _, _ in chosen)) > 0
        least = sum(each[2] for each in chosen)
        short |= int(np.where(open_, cells.most_cents, 0).sum()) < least
        # What own shares may take of these cells does not count: `meets_own_shares` says how much that is, exactly.
        shared = np.array([cells.shares[s][_touched(cells, s, open_)].sum() for s in range(len(cells.schools))])
        if int(np.where(open_, cells.least_cents, 0).sum()) - int(shared.sum()) < least:
            subject = ", ".join(fund for _, fund, _ in chosen)
            limits.append(Limit("", subject, _cost_of(cells, open_), least * 100, None, Unit.CENTS, per=100))
        served = [s for s in range(len(cells.schools)) if open_[s].any()]
        if all(fund in counted for _, fund, _ in chosen) and int(cells.floor[served].sum()) < least:
            terms = tuple((1, Counted(cells.schools[s])) for s in served)
            limits.append(Limit("", "", terms, least, None, Unit.CENTS))
    return replace(cells, coupling=(*limits, *cells.coupling), cannot_spend=short)


def _touched(cells: Cells, s: int, which: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the funds with a rule of their own that may pay for some of a school's cells."""
    bits = int(np.bitwise_or.reduce(cells.local_mask[s][which[s]], initial=0))
    return np.array([bool(bits >> f & 1) for f in range(len(cells.local))], bool)


def _cost_of(cells: Cells, which: NDArray[np.bool_]) -> tuple[tuple[int, Quantity], ...]:
    """Return what some cells cost, in hundredths of a cent."""
    found: list[tuple[int, Quantity]] = []
    for s, i in np.argwhere(which).tolist():
        item, school = cells.items[i], cells.schools[s]
        quantity: Quantity = Posts(school, item) if i < cells.n_positions else Dollars(school, item)
        found.append((int(cells.price[i]), quantity))
    return tuple(found)
