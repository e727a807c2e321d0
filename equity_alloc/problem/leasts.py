"""What pooled funds must pay at least at all schools together, beside funds with a rule of their own.

A fund can pay for what its cells cost, less what the school's own shares must pay there because they find no other place.
So a set of funds finds a use for its leasts if and only if, over all schools and for whatever set of own shares, the cells
that either may pay for cost at least both (Hoffman's condition for circulations with lower bounds). What funds may pay at
most is asked for apart: the two kinds of condition do not mix, because every cell is paid in full.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from equity_alloc.domain.money import Cents
from equity_alloc.problem.cells import Cells


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
