"""An upper bound on the lowest level where rules hold several schools together, rebuilt from the rules without a solver.

The lowest level is at most any weighted mean of levels. Give each fund set a price for what it pays, and each limit over
several quantities a price for its sum; a plan overdraws no set and breaks no limit, so paying back what sets hold and limits
allow, and charging what schools draw and put in, can only raise the mean. With prices fixed every school can be judged
alone: what it adds is a sum over its posts and lines, each within its own bounds, and all of them within the bounds of its
dollars. Any prices give a bound (weak duality); a search only suggests good ones. Limits are built anew here from the
scenario, in whole cents and hundredths, so a wrong row in the program that was solved cannot make a false bound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.rules.base import Counted, Cut, Dollars

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Prices:
    """What suggests a bound; whatever they are, the bound holds.

    Parameters
    ----------
    schools : tuple of (str, Fraction)
        Part of each school's level in the mean, zero or more; they need not sum to one. Under the equal level that is
        worth as much, what more of each unit's level is worth, by the unit's name.
    funds : tuple of (tuple of str, Fraction)
        Level that a cent more would bring in what only these funds may pay, zero or more.
    limits : tuple of (int, Fraction)
        Level that one unit more would bring, by the limit's place among the limits over several quantities: above zero
        where its most is used up, below zero where its least is.
    """

    schools: tuple[tuple[str, Fraction], ...]
    funds: tuple[tuple[tuple[str, ...], Fraction], ...]
    limits: tuple[tuple[int, Fraction], ...]

    def times(self, factor: Fraction) -> Prices:
        """Return prices of funds and limits for levels told in a unit that is so many times smaller."""
        return Prices(
            self.schools,
            tuple((codes, price * factor) for codes, price in self.funds),
            tuple((place, price * factor) for place, price in self.limits),
        )


@dataclass(frozen=True, slots=True)
class _Piece:
    """An amount between two bounds: what one unit of it adds, and what it costs."""

    low: int
    high: int
    worth: Fraction
    cost: Fraction


def coupled_bound(cells: Cells, cuts: Cuts, weights: Sequence[Fraction], prices: Prices) -> Fraction | None:
    """Return what no plan's lowest level can pass, in cents per unit of weight; None where prices name no school.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
        Rebuilt from the scenario.
    weights : sequence of Fraction
        Level weights in the order of the schools; zero leaves a school out.
    prices : Prices

    Examples
    --------
    Two schools of weight one, one line each, and a limit of 100 cents on both together: nobody's lowest passes 50.

    >>> from tests.coupled import coupled
    >>> cells, cuts = coupled(["a", "b"], [({"a": 1, "b": 1}, 0.0001)])
    >>> half = Fraction(1, 2)
    >>> coupled_bound(cells, cuts, (half * 2, half * 2), Prices((("a", half), ("b", half)), (), ((0, half),)))
    Fraction(50, 1)
    """
    row = {code: s for s, code in enumerate(cells.schools)}
    parts = {row[c]: max(ZERO, q) for c, q in prices.schools if c in row and weights[row[c]]}
    whole = sum(parts.values(), ZERO)
    if not whole:
        return None
    return charged_bound(cells, cuts, {s: part / whole / weights[s] for s, part in parts.items()}, prices)


def charged_bound(cells: Cells, cuts: Cuts, worth: Mapping[int, Fraction], prices: Prices) -> Fraction:
    """Return what no plan's sum of schools' counted cents can pass, each cent worth so much at its school.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
        Rebuilt from the scenario.
    worth : mapping of int to Fraction
        By the school's place; nothing where a school is not named.
    prices : Prices
        Of funds and limits, in the unit of worth; the bound holds for any.
    """
    row = {code: s for s, code in enumerate(cells.schools)}
    of_set = {members: i for i, members in enumerate(cuts.sets)}
    paid: dict[int, Fraction] = {}
    for codes, price in prices.funds:
        members = sum(1 << cells.pooled.index(code) for code in codes if code in cells.pooled)
        if price > 0 and members in of_set:
            paid[of_set[members]] = price
    held: dict[int, Fraction] = {}
    bound = sum((price * cuts.budget[i] for i, price in paid.items()), ZERO)
    for place, price in prices.limits:
        if not 0 <= place < len(cells.coupling):
            continue
        side = cells.coupling[place].most if price > 0 else cells.coupling[place].least
        if side is not None and price:
            held[place] = price
            bound += price * side
    put = _put_in(cells, row, held)
    for s in range(len(cells.schools)):
        counted = worth.get(s, ZERO) - put.counted.get(s, ZERO)
        bound += _best_at(cells, cuts, s, counted, paid, put)
    return bound


@dataclass(frozen=True, slots=True)
class _PutIn:
    """Priced coefficients of the limits that are charged for: of counted cents, amounts, and cuts."""

    counted: Mapping[int, Fraction]
    amount: Mapping[tuple[int, int], Fraction]
    cut: Mapping[tuple[int, int], Fraction]


def _put_in(cells: Cells, row: Mapping[str, int], held: Mapping[int, Fraction]) -> _PutIn:
    column = {code: i for i, code in enumerate(cells.items)}
    counted: dict[int, Fraction] = {}
    amount: dict[tuple[int, int], Fraction] = {}
    cut: dict[tuple[int, int], Fraction] = {}
    for place, price in held.items():
        for coefficient, quantity in cells.coupling[place].terms:
            s = row[quantity.school]
            if isinstance(quantity, Counted):
                counted[s] = counted.get(s, ZERO) + price * coefficient
                continue
            key = (s, column[quantity.line if isinstance(quantity, Dollars) else quantity.position])
            into = cut if isinstance(quantity, Cut) else amount
            into[key] = into.get(key, ZERO) + price * coefficient
    return _PutIn(counted, amount, cut)


def _best_at(
    cells: Cells, cuts: Cuts, s: int, counted: Fraction, paid: Mapping[int, Fraction], put: _PutIn
) -> Fraction:
    """Return the most that one school can add: the least over ways to see its own shares, each of which holds."""
    n_local = len(cells.local)
    most_used = [int(cents) for cents in cuts.used[s]]
    least_used = [0] * n_local if cuts.is_loose else most_used
    uncounted = [f for f in range(n_local) if not cells.local_counts[f]]
    # All dollars of a school: the counted ones, and what it uses of shares that do not count.
    least = int(cuts.lowest[s] + cuts.counted_local[s]) + sum(least_used[f] for f in uncounted)
    most = int(max(cuts.lowest[s], cuts.highest[s]) + cuts.counted_local[s]) + sum(most_used[f] for f in uncounted)
    found = []
    for own in range(1 << n_local):
        constant, pieces = ZERO, []
        for i in range(len(cells.items)):
            each = Fraction(int(cells.price[i]), 100)
            pool, local = int(cells.pooled_mask[s, i]), int(cells.local_mask[s, i])
            charged = sum((p for g, p in paid.items() if not pool & ~cuts.sets[g] and not local & ~own), ZERO)
            worth = (counted - charged) * each - put.amount.get((s, i), ZERO)
            more, own_pieces = _with_cut(cells, s, i, worth, each, put.cut.get((s, i), ZERO))
            constant += more
            pieces += own_pieces
        for f in range(n_local):
            a_cent = (sum(paid.values(), ZERO) if own >> f & 1 else ZERO) - (counted if f in uncounted else ZERO)
            constant += max(a_cent * least_used[f], a_cent * most_used[f])
        found.append(constant + _within(pieces, least, most))
    return min(found)


def _with_cut(
    cells: Cells, s: int, i: int, worth: Fraction, each: Fraction, price: Fraction
) -> tuple[Fraction, list[_Piece]]:
    """Return what is charged for cutting all, and the amount in pieces of one worth each.

    The charge falls with every unit until last year's amount is back; limits on cuts have no least, so no price is below
    zero.
    """
    low, high, last = (int(each_of[s, i]) for each_of in (cells.least, cells.most, cells.last_year))
    if not price or last <= low:
        return ZERO, [_Piece(low, high, worth, each)]
    back = min(last, high)
    pieces = [_Piece(low, back, worth + price, each)]
    if high > back:
        pieces.append(_Piece(0, high - back, worth, each))
    return -price * last, pieces


def _within(pieces: list[_Piece], least: int, most: int) -> Fraction:
    """Return the most that pieces add while their cost stays within two sums: the least of a convex function of one price."""
    turns = sorted(
        [(ZERO, ZERO), *((each.worth / each.cost, each.cost * (each.high - each.low)) for each in pieces if each.cost)]
    )
    # Below every turn all pieces are taken whole; the function falls with the price until what they cost fits the sum.
    spent, price = sum((piece.cost * piece.high for piece in pieces), ZERO), ZERO
    for price, given_back in turns:
        spent -= given_back
        if spent <= (least if price < 0 else most):
            break
    total = price * (most if price > 0 else least)
    for piece in pieces:
        slope = piece.worth - price * piece.cost
        total += slope * (piece.high if slope > 0 else piece.low)
    return total
