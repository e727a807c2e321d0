"""What each later side of a comparison does beside the first, in one sentence."""

from __future__ import annotations

from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.ui.numbers import print_level
from equity_alloc.ui.sides import Side, Sides, levels_of


def beside_words(beside: Sides) -> tuple[str, ...]:
    """Return one sentence for each later side: who has more, the lowest level, the widest gap, dollars and posts."""
    first, *later = beside.sides
    return tuple(_words(beside, place, first, side) for place, side in enumerate(later, start=1))


def _words(beside: Sides, place: int, first: Side, side: Side) -> str:
    parts = [_schools(beside, first, side)]
    levels, unit = levels_of(beside), beside.view.levels.unit
    if levels:
        before, after = (tuple(school.levels[at] for school in levels) for at in (0, place))
        lowest = [print_level(min(values), unit) for values in (before, after)]
        widest = [print_level(max(values) - min(values), unit) for values in (before, after)]
        parts.append(f"the lowest school has {_from_to(*lowest)} {unit.removeprefix('dollars ')}")
        parts.append(f"the widest gap between two schools is {_from_to(*widest)}")
    posts = sum(side.allocation.by_school_fte.values()) - sum(first.allocation.by_school_fte.values())
    if posts:
        parts.append(f"schools have {print_fte(abs(posts))} FTE {'more' if posts > 0 else 'fewer'} together")
    return f"{beside.names[place]} beside {beside.names[0]}: {'; '.join(parts)}."


def _schools(beside: Sides, first: Side, side: Side) -> str:
    codes = [school.code for school in beside.view.district.schools]
    changes = [side.allocation.school_dollars(code) - first.allocation.school_dollars(code) for code in codes]
    more, less = (tuple(change for change in changes if sign * change > 0) for sign in (1, -1))
    if not more and not less:
        return "every school has the same dollars"
    told = [
        f"{count_words(len(some), 'school')} {'has' if len(some) == 1 else 'have'} {print_dollars(abs(sum(some)))} {word}"
        for some, word in ((more, "more"), (less, "less"))
        if some
    ]
    return " and ".join(told) + " over all funds"


def _from_to(before: str, after: str) -> str:
    return f"{after}, as in the first" if before == after else f"{after} instead of {before}"
