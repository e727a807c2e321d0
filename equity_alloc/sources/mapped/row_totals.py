"""Rows of a table beside its totals: in the order of the file, with those marked that look like totals without saying so."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence

from equity_alloc.sources.mapped.adding import Entry, totals_by_arithmetic, totals_by_size
from equity_alloc.sources.mapped.extract import LeftOut, Measured
from equity_alloc.sources.mapped.sort_rows import Sorted
from equity_alloc.sources.read_tables import Row

ARITHMETIC = "equal to the sum of the rows above it or of all others, without a label that says so"
SUBTOTAL = "equal to the sum of rows right above it, and its school ties without it"
BY_SIZE = "nearly as large as all other rows together, as a total that does not tie would be"
#: A school with so few rows may have a chance sum; a habit is a share of the schools, and at least so many of them.
FEW_ROWS, HABIT, FEWEST_FOR_HABIT = 4, 0.8, 3
#: So many choices of sub-totals are tried for one school.
MOST_TRIES = 5_000
#: A sub-total stands below so many rows at most.
MOST_ABOVE = 60

Key = tuple[str, Measured]


def in_order(rows: Sorted) -> list[tuple[Row, bool]]:
    """Return data and printed totals in the order of the file, each with whether it is a printed total."""
    totals = {row.number for row in rows.totals}
    both = sorted([*rows.rows, *rows.totals], key=lambda row: row.number)
    return [(row, row.number in totals) for row in both]


def marked(entries: Sequence[Entry], places: Collection[int]) -> list[Entry]:
    """Return the entries with those at some places as totals."""
    return [dataclasses.replace(e, is_total=True) if place in places else e for place, e in enumerate(entries)]


def left_out_guess(why: str, entries: Sequence[Entry]) -> LeftOut:
    """Return rows that are left out by a guess, each with its place and label, so that a person can take it back."""
    named = tuple((entry.where, entry.label) for entry in entries)
    return LeftOut(why, len(named), named[0][0], is_guess=True, named=named)


def guessed_among_schools(entries: Sequence[Entry], kept_rows: Collection[str]) -> dict[str, list[int]]:
    """Return the places of schools' rows that look like totals without saying so, by what speaks for it.

    Parameters
    ----------
    entries : sequence of Entry
    kept_rows : collection of str
        Cells of rows that a person says are data.
    """
    exact = [place for place in totals_by_arithmetic(entries) if entries[place].where not in kept_rows]
    near = totals_by_size(marked(entries, exact))
    return {ARITHMETIC: exact, BY_SIZE: [place for place in near if entries[place].where not in kept_rows]}


def guessed_among_money(entries: Sequence[Entry], kept_rows: Collection[str]) -> dict[str, list[int]]:
    """Return, school by school, the places of totals and sub-totals that do not say so, by what speaks for them.

    Parameters
    ----------
    entries : sequence of Entry
        In the order of the file, printed totals among them.
    kept_rows : collection of str

    Notes
    -----
    Teachers who are all charged at one average make chance sums of a few rows, so the whole school must add up: its
    printed total, or its last or first row, equals all other rows, or all but some that are sums of the rows right above
    them. A school of four rows or fewer counts only where nearly every school of the file ends, or begins, with such a
    row; then one of two rows counts as well whose last, or first, row is named like those.
    """
    by_school: dict[str, list[int]] = {}
    printed: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        if entry.group and entry.where not in kept_rows:
            (printed if entry.is_total else by_school).setdefault(entry.group, []).append(place)
    within: set[int] = set()
    open_ones = {}
    for school, places in by_school.items():
        inner = [subtotals(entries, places, entries[total]) for total in printed.get(school, ())]
        if any(places_inside is not None for places_inside in inner):
            within |= next(set(places_inside) for places_inside in inner if places_inside is not None)
        else:
            open_ones[school] = places
    ends, inside = _ends(entries, list(open_ones.values()))
    return {ARITHMETIC: sorted(ends), SUBTOTAL: sorted(within | inside)}


def _ends(entries: Sequence[Entry], schools: Sequence[list[int]]) -> tuple[set[int], set[int]]:
    """Return the last or first rows of schools that are their totals, and the sub-totals inside."""
    of_several = [places for places in schools if len(places) > 2]
    of_two = [places for places in schools if len(places) == 2]
    found: set[int] = set()
    within: set[int] = set()
    for end in (-1, 0):
        inside = {p[end]: subtotals(entries, [i for i in p if i != p[end]], entries[p[end]]) for p in of_several}
        equal = [places for places in of_several if inside[places[end]] is not None]
        is_habit = len(equal) >= FEWEST_FOR_HABIT and len(equal) >= HABIT * len(of_several)
        for places in equal:
            if is_habit or len(places) > FEW_ROWS:
                found.add(places[end])
                within |= set(inside[places[end]] or ())
        if is_habit:
            labels = {entries[places[end]].label for places in equal}
            named = [places for places in of_two if entries[places[end]].label in labels]
            found |= {p[end] for p in named if entries[p[end]].sums == entries[p[-1 - end]].sums}
    return found, within - found


def subtotals(entries: Sequence[Entry], places: Sequence[int], total: Entry) -> tuple[int, ...] | None:
    """Return which rows of a school must be sub-totals for all others to equal its total; None where none make it so.

    Parameters
    ----------
    entries : sequence of Entry
    places : sequence of int
        Rows of the school, in the order of the file.
    total : Entry
        Only what it prints is compared.

    Examples
    --------
    >>> row = lambda n: Entry("", "", "", {("dollars", Measured.CENTS): n})
    >>> rows = [row(n) for n in (30, 40, 70, 50, 120)]
    >>> subtotals(rows, range(4), rows[4]), subtotals(rows, range(3), rows[4])
    ((2,), None)
    """
    keys = [key for key, value in total.sums.items() if value]
    if not keys or len(places) < 2:
        return None
    over = tuple(sum(entries[p].sums.get(key, 0) for p in places) - total.sums[key] for key in keys)
    if not any(over):
        return ()
    if any(amount < 0 for amount in over):
        return None
    inside = [p for i, p in enumerate(places) if _is_sum_of_above(entries, places, i, keys)]
    sizes = {p: tuple(entries[p].sums.get(key, 0) for key in keys) for p in inside}
    found = _subset(sorted(inside, key=lambda p: sizes[p], reverse=True), sizes, over, [MOST_TRIES])
    return tuple(sorted(found)) if found is not None else None


def _is_sum_of_above(entries: Sequence[Entry], places: Sequence[int], at: int, keys: Sequence[Key]) -> bool:
    """Whether a row is the sum of two or more rows right above it."""
    wanted = [entries[places[at]].sums.get(key, 0) for key in keys]
    if not wanted[0]:
        return False
    sums = [0] * len(keys)
    for count, place in enumerate(reversed(places[max(0, at - MOST_ABOVE) : at]), start=1):
        sums = [amount + entries[place].sums.get(key, 0) for amount, key in zip(sums, keys, strict=True)]
        if count > 1 and sums == wanted:
            return True
        if sums[0] > wanted[0]:
            return False
    return False


def _subset(
    inside: list[int], sizes: dict[int, tuple[int, ...]], over: tuple[int, ...], tries: list[int]
) -> list[int] | None:
    """Return rows that add up to what is too much, all of them before fewer; None where none do within some tries."""
    if not any(over):
        return []
    tries[0] -= 1
    if not inside or tries[0] < 0 or any(sum(sizes[p][k] for p in inside) < amount for k, amount in enumerate(over)):
        return None
    first, *rest = inside
    left = tuple(amount - size for amount, size in zip(over, sizes[first], strict=True))
    with_first = _subset(rest, sizes, left, tries) if all(amount >= 0 for amount in left) else None
    return [first, *with_first] if with_first is not None else _subset(rest, sizes, over, tries)
