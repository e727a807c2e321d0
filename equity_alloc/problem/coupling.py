"""What holds several quantities together, in whole numbers and school by school.

A plan is rounded one school at a time. For each thing that is held together this keeps what all schools together have,
so that a choice at one school can be judged by what it does to the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from equity_alloc.problem.arrays import Floats, Ints
from equity_alloc.problem.cells import Cells
from equity_alloc.rules.base import Counted, Cut, Dollars, Posts

#: Part of a limit's room below which two sums are the same; as wide as a solver's last digits.
SAME = 1e-7


@dataclass(frozen=True, eq=False)
class _Part:
    """What one school puts into the things that it takes part in: shape (n_things, ...)."""

    things: Ints
    linear: Floats
    counted: Floats
    cut: Floats
    floors: Ints

    def of(self, amounts: Ints | Floats, counted: Ints | Floats, last_year: Ints) -> Floats:
        """Return the school's part in each thing, shape (n, n_things), for n choices of amounts and counted cents."""
        found: Floats = amounts @ self.linear.T + counted[:, None] * self.counted
        if self.cut.any():
            found = found + np.maximum(last_year - amounts, 0) @ self.cut.T
        if self.floors.any():
            found = found + (amounts[:, None, :] < self.floors).sum(2)
        return found


class Together:
    """Sums over schools of everything that is held together; a walk over schools keeps them.

    Parameters
    ----------
    cells : Cells
    amounts : ndarray, shape (n_schools, n_items)
        Where the walk starts: in fractions.
    counted : ndarray, shape (n_schools,), cents
    """

    def __init__(self, cells: Cells, amounts: Floats, counted: Floats) -> None:
        self.cells = cells
        limits, floors = cells.coupling, cells.floors
        self.least = np.array(
            [-np.inf if limit.least is None else limit.least for limit in limits] + [-np.inf] * len(floors)
        )
        self.most = np.array(
            [np.inf if limit.most is None else limit.most for limit in limits] + [f.missed for f in floors]
        )
        self._parts = _parts(cells)
        self._own = {
            s: part.of(amounts[s : s + 1], counted[s : s + 1], cells.last_year[s])[0] for s, part in self._parts.items()
        }
        self.total = np.zeros(len(self.least))
        n_schools = np.zeros(len(self.least))
        for s, part in self._parts.items():
            self.total[part.things] += self._own[s]
            n_schools[part.things] += 1
        self._is_local = n_schools <= 1

    def keeps(self, s: int, amounts: Ints, counted: Ints) -> NDArray[np.bool_] | bool:
        """Return for each choice at a school whether everything stays kept, or at least as near to it as it was."""
        part = self._parts.get(s)
        if part is None:
            return True
        at = part.things
        total = self.total[at] - self._own[s] + part.of(amounts, counted, self.cells.last_year[s])
        width = SAME * np.maximum(1.0, np.abs(self.total[at]))
        # Other schools that are still in fractions may yet mend a sum; what is one school's own it must keep itself.
        before = np.where(self._is_local[at], np.nan, self.total[at])
        least, most = np.fmin(self.least[at], before), np.fmax(self.most[at], before)
        kept: NDArray[np.bool_] = ((total >= least - width) & (total <= most + width)).all(1)
        return kept

    def put(self, s: int, amounts: Ints, counted: float) -> None:
        """Take the choice made at a school."""
        part = self._parts.get(s)
        if part is not None:
            own = part.of(amounts[None], np.array([counted]), self.cells.last_year[s])[0]
            self.total[part.things] += own - self._own[s]
            self._own[s] = own


def is_kept(cells: Cells, amounts: Ints, counted: Ints) -> bool:
    """Whether finished amounts and counted cents keep everything that is held together, in whole numbers."""
    row = {code: s for s, code in enumerate(cells.schools)}
    column = {code: i for i, code in enumerate(cells.items)}

    def value(quantity: Posts | Dollars | Counted | Cut) -> int:
        s = row[quantity.school]
        if isinstance(quantity, Counted):
            return int(counted[s])
        i = column[quantity.line if isinstance(quantity, Dollars) else quantity.position]
        if isinstance(quantity, Cut):
            return max(0, int(cells.last_year[s, i]) - int(amounts[s, i]))
        return int(amounts[s, i])

    for limit in cells.coupling:
        total = sum(coefficient * value(quantity) for coefficient, quantity in limit.terms)
        if not (limit.least is None or total >= limit.least) or not (limit.most is None or total <= limit.most):
            return False
    if any(sum(value(post) for post in whole.posts) % whole.step for whole in cells.wholes):
        return False
    return all(sum(value(post) < least for post, least in f.floors) <= f.missed for f in cells.floors)


def _parts(cells: Cells) -> dict[int, _Part]:
    """Return what each school takes part in; schools that take part in nothing are left out."""
    row = {code: s for s, code in enumerate(cells.schools)}
    column = {code: i for i, code in enumerate(cells.items)}
    n_items = len(cells.items)
    at: dict[int, dict[int, tuple[Floats, list[float], Floats, Ints]]] = {}

    def thing(school: str, number: int) -> tuple[Floats, list[float], Floats, Ints]:
        fresh = (np.zeros(n_items), [0.0], np.zeros(n_items), np.zeros(n_items, np.int64))
        return at.setdefault(row[school], {}).setdefault(number, fresh)

    for number, limit in enumerate(cells.coupling):
        for coefficient, quantity in limit.terms:
            linear, counted, cut, _ = thing(quantity.school, number)
            if isinstance(quantity, Counted):
                counted[0] += coefficient
            elif isinstance(quantity, Cut):
                cut[column[quantity.position]] += coefficient
            else:
                linear[column[quantity.line if isinstance(quantity, Dollars) else quantity.position]] += coefficient
    for number, floors in enumerate(cells.floors, start=len(cells.coupling)):
        for post, least in floors.floors:
            thing(post.school, number)[3][column[post.position]] = least
    found = {}
    for s, things in at.items():
        columns = [np.array(part) for part in zip(*things.values(), strict=True)]
        found[s] = _Part(np.array(list(things), np.int64), columns[0], columns[1][:, 0], columns[2], columns[3])
    return found


def with_margin(cells: Cells, steps: float = 0.0) -> Cells:
    """Return cells whose limits are narrower by what rounding may move, where they are wide enough.

    Parameters
    ----------
    cells : Cells
    steps : float
        So many steps of the post that moves a limit most, beside the cents of its money.
    """
    cents = len(cells.items) - cells.n_positions + 2
    more = round(steps * int(cells.step_cents[: cells.n_positions].max(initial=0)))
    step = dict(zip(cells.items, cells.step.tolist(), strict=True))
    limits = []
    for limit in cells.coupling:
        money = sum(abs(c) for c, quantity in limit.terms if isinstance(quantity, Counted | Dollars)) * cents
        posts = [abs(c) * step[quantity.position] for c, quantity in limit.terms if isinstance(quantity, Posts | Cut)]
        margin = money + round(steps * max(posts, default=0))
        low, high = limit.least, limit.most
        if margin and (low is None or high is None or high - low > 2 * margin):
            low, high = None if low is None else low + margin, None if high is None else high - margin
        limits.append(replace(limit, least=low, most=high))
    leasts = tuple((fund, least + more) for fund, least in cells.leasts)
    return replace(cells, coupling=tuple(limits), leasts=leasts)
