"""Which counts a public document leaves out, so that no small one can be worked out from all that is shown.

A small count is safe by a witness: another table of whole pupils that gives every published number and in which the
count differs by at least the range asked for. The witness is a swap: so many pupils more of a group at one school and as
many fewer at another, and, where levels are published, as many weighted pupils less and more in one or two other groups at the
same two schools. No solver is needed, and whoever holds all that is public cannot tell the two tables apart.

A swap moves no count across the line below which counts are small. So the other table has the same small counts, of which alone
it depends what is looked for, and whoever knows this program and runs it on both is none the wiser (Wong, Fu, Wang and Pei, 2007,
Minimality attack in privacy preserving data publishing, VLDB 33, is about those who are not left in doubt).

What was public before stays known: its counts cover nothing any more, what it hid stays hidden, and its levels bind too.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.reports.count_swaps import whole_weights, witness
from equity_alloc.reports.count_table import CountTable, Place


@dataclass(frozen=True)
class Hidden:
    """What is left out.

    Parameters
    ----------
    places : frozenset of (school, group)
        Hidden counts: the small ones, and those that would give one away.
    small : frozenset of (school, group)
        The small ones among them.
    groups : frozenset of str
        Groups of which no count is shown, the district's total included.
    levels : bool
        Whether levels per weighted pupil may be shown.
    """

    places: frozenset[Place]
    small: frozenset[Place]
    groups: frozenset[str]
    levels: bool


def hide_counts(table: CountTable, *, smallest: int, span: int, levels: bool = True, alike: bool = True) -> Hidden:
    """Return what must be left out of everything that is public.

    Levels per weighted pupil are kept if there is any way to; else they are left out; last, whole groups are.

    Parameters
    ----------
    table : CountTable
    smallest : int, pupils
        Counts above zero and below this are small, and so are counts that leave fewer than this outside the group.
    span : int, pupils
        The range that must stay possible for each small count.
    levels : bool
        False where levels are not published anyway.
    alike : bool
        Whether a wide range must stay possible for whoever knows which counts are small, as this program's own ways tell.

    Raises
    ------
    InvalidValue
        If published posts and rules, or what was public before, give a small count away.
    """
    small = small_places(table.counts, table.enrollment, smallest)
    table = dataclasses.replace(table, smallest=smallest if alike else 0)
    # Nothing can protect what was public before.
    guarded = small - table.known
    kept = small | frozenset(place for place in table.kept - table.known if table.counts.get(place))
    if levels:
        places = _cover(table, guarded, kept, span, frozenset(), levels=True)
        if places is not None:
            return Hidden(places, small, frozenset(), levels=True)
    groups: frozenset[str] = frozenset()
    while True:
        places = _cover(table, guarded, kept, span, groups, levels=False)
        if places is not None:
            return Hidden(places | _all_of(table, groups), small, groups, levels=False)
        groups = _withheld_too(table, guarded, span, groups)


def small_places(counts: Mapping[Place, int], enrollment: Mapping[str, int], smallest: int) -> frozenset[Place]:
    """Return the counts above zero that are below a number of pupils, or leave fewer than it outside the group."""
    return frozenset(
        (school, group)
        for (school, group), count in counts.items()
        if count and (count < smallest or enrollment[school] - count < smallest)
    )


def _withheld_too(table: CountTable, small: frozenset[Place], span: int, groups: frozenset[str]) -> frozenset[str]:
    """Return one group more that is not shown at all: the first with a small count that nothing covers."""
    for school, group in sorted(small):
        one = frozenset({(school, group)})
        if _cover(table, one, one, span, groups, levels=False) is None:
            if group in groups:
                before = bool(table.kept)
                told = "what was public before" if before else "the posts and staffing rules that it shows"
                back = "back the commitment or rule" if before else "the commitment or rule"
                first = "Take the earlier set out if nobody was given it, make" if before else "Make"
                raise InvalidValue(
                    f"No public document can be made: {told} would give away how many pupils of group {group} school {school} "
                    f"has. {first} the internal documents, or change {back} that counts this group."
                )
            return groups | {group}
    # Each alone can be covered, so covering them together only takes more cells: never reached twice for one group.
    return groups | {min(group for _, group in small if group not in groups)}


def _all_of(table: CountTable, groups: frozenset[str]) -> frozenset[Place]:
    return frozenset(place for place, count in table.counts.items() if place[1] in groups and count)


def _cover(
    table: CountTable,
    small: frozenset[Place],
    kept: frozenset[Place],
    span: int,
    groups: frozenset[str],
    *,
    levels: bool,
) -> frozenset[Place] | None:
    """Return a set of hidden places in which every small one has a witness, or None where one has none."""
    hidden = set(kept)
    every = (*((table.weights,) if levels else ()), *table.levels_before)
    weights = tuple({tuple(sorted(whole.items())): whole for whole in map(whole_weights, every) if whole}.values())
    for place in sorted(small):
        tied = any(place[0] in each.schools and place[1] in each.groups for each in table.tied)
        told = place[1] in table.totals or any(place[1] in each for each in weights) or tied
        if place[1] in groups and not told:
            least, most = table.ends(place)
            if most - least < span:
                return None
            continue
        found = witness(table, place, hidden, weights, span)
        if found is None:
            return None
        hidden.update(found)
    return frozenset(hidden)
