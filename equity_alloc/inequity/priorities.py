"""What to act on first: control, urgency and impact of the gaps that stand out, and which no other beats in all three.

There is no score that adds them up: a team sees all three, and the gaps in front.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from equity_alloc.domain.priority import MOST, GapMark
from equity_alloc.inequity.audit import Audit
from equity_alloc.inequity.group_gap import Area, GroupGap
from equity_alloc.inequity.ranking import Key, ordered, worth_a_look
from equity_alloc.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Finding:
    """One gap with what the data and the team say about it.

    Parameters
    ----------
    letter : str
        Its name on the map.
    gap : GroupGap
    impact : int
        From 0 to 3, filled in from pupils and size: its place among the gaps of its area, in quarters.
    mark : GapMark or None
        What the team says; None as long as nobody has.
    is_in_front : bool
        No other marked gap has at least as much control, urgency and impact and more of one.
    """

    letter: str
    gap: GroupGap
    impact: int
    mark: GapMark | None
    is_in_front: bool


def findings(found: Audit, marks: Sequence[GapMark], *, most: int) -> tuple[Finding, ...]:
    """Return the gaps that are worth a look, the largest of each area first, with what the team says about them.

    Parameters
    ----------
    found : Audit
    marks : sequence of GapMark
    most : int
        So many of each area.
    """
    said = {(mark.compared, mark.group): mark for mark in marks}
    rows: list[tuple[GroupGap, int, GapMark | None]] = []
    for area in Area:
        gaps = ordered(worth_a_look(found.of(area)), Key.SIZE)
        impact = _impacts(gaps)
        chosen = [gap for place, gap in enumerate(gaps) if place < most or (gap.title, gap.group) in said]
        rows += [(gap, impact[gap.title, gap.group], said.get((gap.title, gap.group))) for gap in chosen]
    keys = [None if mark is None else (mark.control, mark.urgency, impact) for _, impact, mark in rows]
    return tuple(
        Finding(_letter(place), gap, impact, mark, _is_in_front(keys[place], keys))
        for place, (gap, impact, mark) in enumerate(rows)
    )


def with_mark(scenario: Scenario, mark: GapMark) -> Scenario:
    """Return the scenario with what a team says about one gap, in the place of what it said before."""
    others = tuple(m for m in scenario.actions.priorities if (m.compared, m.group) != (mark.compared, mark.group))
    return dataclasses.replace(scenario, actions=dataclasses.replace(scenario.actions, priorities=(*others, mark)))


def reach_of(gap: GroupGap) -> float:
    """Return pupils times size: cases that would be others, or dollars that the group lacks."""
    return gap.touched if gap.touched is not None else gap.pupils * abs(gap.worth or 0.0)


def _impacts(gaps: Sequence[GroupGap]) -> dict[tuple[str, str], int]:
    ranked = sorted(gaps, key=reach_of)
    return {(gap.title, gap.group): place * (MOST + 1) // len(ranked) for place, gap in enumerate(ranked)}


def _is_in_front(own: tuple[int, int, int] | None, keys: Sequence[tuple[int, int, int] | None]) -> bool:
    if own is None:
        return False
    return not any(
        other is not None and other != own and all(o >= v for o, v in zip(other, own, strict=True)) for other in keys
    )


def _letter(place: int) -> str:
    """Return A to Z, then A2 and so on.

    Examples
    --------
    >>> _letter(0), _letter(27)
    ('A', 'B2')
    """
    return chr(ord("A") + place % 26) + (str(place // 26 + 1) if place >= 26 else "")
