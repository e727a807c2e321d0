"""An upper bound on the lowest level where rules hold several schools together, rebuilt from the rules without a solver.

The lowest level is at most any weighted mean of levels. Give each fund set a price for what it pays, and each limit over
several quantities a price for its sum; a plan overdraws no set and breaks no limit, so paying back what sets hold and limits
allow, and charging what schools draw and put in, can only raise the mean. With prices fixed every school can be judged
alone: what it adds is a sum over its posts and lines, each within its own bounds, and all of them within the bounds of its
dollars. Any prices give a bound (weak duality); a search only suggests good ones. Limits are built anew here from the
scenario, in whole cents and hundredths, so a wrong row in the program that was solved cannot make a false bound.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import Cuts
from equity_alloc.problem.own_sets import closure, few_unions
from equity_alloc.problem.rounded_bound import rounded_up
from equity_alloc.rules.base import Counted, Cut, Dollars

ZERO = Fraction(0)
#: So many ways to see a school's own shares are tried one by one; beyond, all at once by prices.
MOST_SEEN = 64


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
    """Return what no plan's lowest level can pass, in cents per unit of weight, a very fine fraction rounded up.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
        Rebuilt from the scenario.
    weights : sequence of Fraction
        Level weights in the order of the schools; zero leaves a school out.
    prices : Prices

    Returns
    -------
    Fraction or None
        None where prices name no school.

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
    return rounded_up(charged_bound(cells, cuts, {s: part / whole / weights[s] for s, part in parts.items()}, prices))


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
    least, most = _ends(cells, cuts, s)
    own = _Own(cells, cuts, s, counted, paid, put)
    masks = few_unions(own.masks, MOST_SEEN)
    if masks is None:
        return own.by_prices(least, most)
    return min(own.seen(members, least, most) for members in masks)


def _ends(cells: Cells, cuts: Cuts, s: int) -> tuple[int, int]:
    """Return the bounds of all dollars of a school: the counted ones, and what it uses of shares that do not count."""
    uncounted = sum(int(cents) for f, cents in enumerate(cuts.used[s]) if not cells.local_counts[f])
    least, most = (int(each + cuts.counted_local[s]) for each in (cuts.lowest[s], max(cuts.lowest[s], cuts.highest[s])))
    return least + (0 if cuts.is_loose else uncounted), most + uncounted


class _Own:
    """A school whose own shares can be seen in many ways: those seen are charged for what only they and priced sets may pay.

    Parameters
    ----------
    cells, cuts : Cells, Cuts
    s : int
    counted : Fraction
    paid : mapping of int to Fraction
    put : _PutIn
    """

    def __init__(
        self, cells: Cells, cuts: Cuts, s: int, counted: Fraction, paid: Mapping[int, Fraction], put: _PutIn
    ) -> None:
        # A share that holds nothing costs nothing to see.
        held = sum(1 << f for f, cents in enumerate(cuts.used[s].tolist()) if cents)
        self.masks = [mask & held for mask in cells.local_mask[s].tolist()]
        self._constant = ZERO
        self._pieces: list[tuple[list[_Piece], list[_Piece]]] = []
        for i in range(len(cells.items)):
            each, pool = Fraction(int(cells.price[i]), 100), int(cells.pooled_mask[s, i])
            charged = sum((price for g, price in paid.items() if not pool & ~cuts.sets[g]), ZERO)
            ways = [
                _with_cut(cells, s, i, worth * each - put.amount.get((s, i), ZERO), each, put.cut.get((s, i), ZERO))
                for worth in (counted, counted - charged)
            ]
            self._constant += ways[0][0]
            self._pieces.append((ways[0][1], ways[1][1]))
        every = sum(paid.values(), ZERO)
        self._costs = []
        for f, cents in enumerate(cuts.used[s].tolist()):
            a_cent = ZERO if cells.local_counts[f] else -counted
            ends = (0 if cuts.is_loose else cents, cents)
            unseen, seen = (max(each * end for end in ends) for each in (a_cent, a_cent + every))
            self._constant += unseen
            self._costs.append(seen - unseen)

    def seen(self, members: int, least: int, most: int) -> Fraction:
        """Return the most that the school can add, with a set of its own shares seen."""
        pieces = [
            piece for mask, ways in zip(self.masks, self._pieces, strict=True) for piece in ways[not mask & ~members]
        ]
        costs = sum((cost for f, cost in enumerate(self._costs) if members >> f & 1), ZERO)
        return self._constant + costs + _within(pieces, least, most)

    def by_prices(self, least: int, most: int) -> Fraction:
        """Return the least over all sets of own shares, by one price of the school's dollars after the other.

        With the price fixed, what a set saves in charges is a sum over cells of which it has every payer: the best set is a
        closure. The price that decides is one at which some piece turns.
        """
        turns = {ZERO}
        for ways in self._pieces:
            turns.update(piece.worth / piece.cost for pieces in ways for piece in pieces if piece.cost)
        tried = []
        for price in turns:
            added = [tuple(_at_price(pieces, price) for pieces in ways) for ways in self._pieces]
            whole = self._constant + price * (most if price > 0 else least) + sum((each[0] for each in added), ZERO)
            saved = [without - seen for without, seen in added]
            tried.append((whole - sum(saved, ZERO), whole, saved))
        # Without any own share seen each price gives a bound; it is mended where a set can be better.
        best = min(whole for _, whole, _ in tried)
        for lowest, whole, saved in tried:
            if lowest >= best:
                continue
            scale = math.lcm(*(each.denominator for each in (*saved, *self._costs)))
            gains, costs = ([int(each * scale) for each in numbers] for numbers in (saved, self._costs))
            best = min(best, whole - Fraction(closure(gains, self.masks, costs), scale))
        return best


def _at_price(pieces: list[_Piece], price: Fraction) -> Fraction:
    """Return what pieces add at a price of their cost, each taken as far as it is worth it."""
    total = ZERO
    for piece in pieces:
        slope = piece.worth - price * piece.cost
        total += slope * (piece.high if slope > 0 else piece.low)
    return total


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
    return price * (most if price > 0 else least) + _at_price(pieces, price)
