"""Positions of which every school had the same number, such as one principal: more of them is noticed, or capped.

Money raises levels through any post that may grow. A second principal keeps every rule of a district that has written
down no cap, and nobody would want it; so where the plan leaves a number that no school departed from, it says so until
somebody decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, Position, School
from equity_alloc.domain.fte import FULL_TIME, Hundredths, print_fte
from equity_alloc.rules.base import Rule
from equity_alloc.rules.ratio import EVERY_KIND
from equity_alloc.rules.staffing_most import StaffingMost

#: Fewer schools show no usage.
FEWEST_SCHOOLS = 3

#: So many schools are named; the others are counted.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Uncapped:
    """A position of which schools get more than every school had, under no rule that says how many they may have.

    Parameters
    ----------
    position : Position
    usual : Hundredths
        What every school had last year.
    schools : tuple of (School, Hundredths)
        That get more, the most first.
    """

    position: Position
    usual: Hundredths
    schools: tuple[tuple[School, Hundredths], ...]

    @property
    def most(self) -> Hundredths:
        """The most that one of them gets."""
        return self.schools[0][1]

    @property
    def words(self) -> str:
        """One or two sentences that say so."""
        named = ", ".join(f"{print_fte(fte)} at {school.label}" for school, fte in self.schools[:NAMED])
        more = f" and more at {len(self.schools) - NAMED} others" if len(self.schools) > NAMED else ""
        return (
            f"{self.position.title}: every school had {print_fte(self.usual)} FTE last year, and the plan has {named}{more}. "
            "No rule says how many a school may have."
        )


def usual_number(district: District, position: Position) -> Hundredths | None:
    """Return what every school had of a position last year, None where they differ or are too few to show a usage."""
    had = [district.today.fte_of.get((school.code, position.code), 0) for school in district.schools]
    return had[0] if len(had) >= FEWEST_SCHOOLS and had[0] and len(set(had)) == 1 else None


def one_a_school(district: District) -> tuple[Position, ...]:
    """Return the positions of which every school had one whole post, and that come in whole posts only."""
    return tuple(
        position
        for position in district.positions
        if position.step == FULL_TIME and usual_number(district, position) == FULL_TIME
    )


def uncapped(rules: Sequence[Rule], district: District, allocation: Allocation) -> Iterator[Uncapped]:
    """Yield the positions of which schools get more than every school had, where no rule caps them."""
    caps = [rule for rule in rules if isinstance(rule, StaffingMost)]
    for position in district.positions:
        usual = usual_number(district, position)
        if usual is None:
            continue
        kinds = {rule.kind for rule in caps if rule.position == position.code}
        found = [
            (school, fte)
            for school in district.schools
            if not kinds & {EVERY_KIND, school.kind}
            and (fte := allocation.fte_of.get((school.code, position.code), 0)) > usual
        ]
        if found:
            yield Uncapped(position, usual, tuple(sorted(found, key=lambda each: (-each[1], each[0].code))))
