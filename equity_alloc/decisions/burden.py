"""Who carries the loss: a group's share of it over its share of the pupils.

A school's loss lies on all of its pupils alike, for nothing below the school is known. One is the share that an equal cut
per pupil gives; above one, the group carries more than its share.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from equity_alloc.domain.district import District, GroupUse
from equity_alloc.domain.money import Cents
from equity_alloc.inequity.limits import least_pupils
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import need_group, school_rows


class Kind(StrEnum):
    """What pupils are grouped by."""

    QUARTER = "schools by need"
    NEED = "student group"
    AUDIT = "for audit only"


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a group of pupils carries.

    Parameters
    ----------
    code, title : str
    kind : Kind
    pupils : int or None
        None where a school's count is unknown.
    lost, gained : Fraction or None, cents
        Its part of what schools give up and gain; None where unknown.
    ratio : Fraction or None
        Share of the loss over share of the pupils; None where nothing is lost, a count is unknown, or `too_few`.
    too_few : bool
        Whether the group is too small for a ratio to say anything.
    """

    code: str
    title: str
    kind: Kind
    pupils: int | None
    lost: Fraction | None
    gained: Fraction | None
    ratio: Fraction | None
    too_few: bool = False


def burdens(plan: Plan) -> tuple[Bearing, ...]:
    """Return what each quarter of schools and each student group carries of the plan's losses of core money."""
    changes = {row.code: row.counted_change for row in school_rows(plan)}
    return burdens_of(plan.district, changes)


def burdens_of(district: District, changes: dict[str, Cents]) -> tuple[Bearing, ...]:
    """Return what each group carries, given every school's change in core money.

    Parameters
    ----------
    district : District
    changes : dict of str to Cents
        By school code; below zero for what is given up.

    Notes
    -----
    ratio = (sum of loss x members / enrollment over schools / total loss) / (members / pupils)
    """
    found = []
    for number, codes in enumerate(_quarters(district)):
        members = {code: district.school_of[code].enrollment for code in codes}
        found.append(_bearing(district, changes, f"quarter-{number + 1}", QUARTERS[number], Kind.QUARTER, members))
    for group in district.groups:
        kind = Kind.AUDIT if group.use is GroupUse.AUDIT else Kind.NEED
        counts = {school.code: school.group(group.code) for school in district.schools if school.enrollment}
        known = {code: count for code, count in counts.items() if count is not None}
        if len(known) < len(counts):
            found.append(Bearing(group.code, group.title, kind, None, None, None, None))
        else:
            found.append(_bearing(district, changes, group.code, group.title, kind, known))
    return tuple(found)


#: From the quarter of schools with the smallest share of pupils in need to that with the largest.
QUARTERS = (
    "Quarter of schools with the least need",
    "Second quarter by need",
    "Third quarter by need",
    "Quarter of schools with the most need",
)


def _quarters(district: District) -> list[list[str]]:
    """Return schools in four parts by share of pupils in need, as equal in number as can be; none where it is unknown."""
    group = need_group(district)
    schools = [school for school in district.schools if school.enrollment]
    if group is None or len(schools) < len(QUARTERS):
        return []
    shares = {}
    for school in schools:
        count = school.group(group)
        if count is None:
            return []
        shares[school.code] = Fraction(count, school.enrollment)
    ranked = sorted(shares, key=lambda code: (shares[code], code))
    parts: list[list[str]] = [[] for _ in QUARTERS]
    for rank, code in enumerate(ranked):
        parts[rank * len(QUARTERS) // len(ranked)].append(code)
    return parts


def _bearing(
    district: District, changes: dict[str, Cents], code: str, title: str, kind: Kind, members: dict[str, int]
) -> Bearing:
    everybody = sum(school.enrollment for school in district.schools)
    pupils = sum(members.values())
    parts = {each: Fraction(count, district.school_of[each].enrollment) for each, count in members.items()}
    lost = sum((part * max(0, -changes.get(each, 0)) for each, part in parts.items()), Fraction(0))
    gained = sum((part * max(0, changes.get(each, 0)) for each, part in parts.items()), Fraction(0))
    total = sum(max(0, -change) for change in changes.values())
    too_few = pupils < int(least_pupils().value)
    ratio = None
    if total and pupils and not too_few:
        ratio = (lost / total) / Fraction(pupils, everybody)
    return Bearing(code, title, kind, pupils, lost, gained, ratio, too_few)
