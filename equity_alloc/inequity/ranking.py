"""Which gaps to look at first: by size, certainty, pupils and what allocation can move, never by one hidden score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from equity_alloc.inequity.group_gap import Certainty, GroupGap

_SURENESS = {certainty: place for place, certainty in enumerate(Certainty)}


class Key(StrEnum):
    """What gaps are ordered by."""

    SIZE = "size"
    CERTAINTY = "certainty"
    PUPILS = "pupils in the group"
    MOVABLE = "what allocation can move"


#: Below every size: a place among the others would tell the size that too few pupils stand behind.
_UNTOLD = -1.0


def _size(gap: GroupGap) -> float:
    return _UNTOLD if gap.certainty is Certainty.TOO_FEW else gap.size


def _movable(gap: GroupGap) -> float:
    return _UNTOLD if gap.certainty is Certainty.TOO_FEW else gap.movable * gap.size


_VALUE: dict[Key, Callable[[GroupGap], float]] = {
    Key.SIZE: _size,
    Key.CERTAINTY: lambda gap: -_SURENESS[gap.certainty],
    Key.PUPILS: lambda gap: gap.pupils,
    Key.MOVABLE: _movable,
}


def worth_a_look(gaps: Sequence[GroupGap]) -> tuple[GroupGap, ...]:
    """Return the gaps in which a group fares worse and that are more than chance."""
    return tuple(gap for gap in gaps if gap.is_adverse and gap.certainty in (Certainty.COUNTED, Certainty.STANDS_OUT))


def ordered(gaps: Sequence[GroupGap], key: Key) -> tuple[GroupGap, ...]:
    """Return the gaps with the largest by `key` first; equal ones by the other keys, then by their words."""
    others = [each for each in Key if each is not key]
    return tuple(
        sorted(
            gaps,
            key=lambda gap: (*(-_VALUE[each](gap) for each in (key, *others)), gap.title, gap.group),
        )
    )
