"""Staffing by ratio: pupils per full-time post, rounded to the position's step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from equity_alloc.domain.district import District, Position, School
from equity_alloc.domain.errors import UnknownCode, UnknownNeed
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.fte import Hundredths, print_fte
from equity_alloc.domain.need import require_driver
from equity_alloc.domain.number import print_number
from equity_alloc.rules.setting import Choice, setting

ENROLLMENT = "enrollment"
EVERY_KIND = "every school"


def position_setting() -> Any:
    """Return the field that names the position a staffing rule is for."""
    return setting("", label="Position", choice=Choice.POSITION)


def ratio_setting(otherwise: str) -> Any:
    """Return the field of pupils per full-time post; `otherwise` says what is left when it is zero."""
    return setting(
        Decimal(0),
        label="Pupils per full-time post",
        unit="pupils per FTE",
        least="0",
        most="10000",
        step="1",
        hint=f"Zero means no ratio: {otherwise}.",
    )


def counted_setting() -> Any:
    """Return the field that says which pupils a ratio counts."""
    return setting(ENROLLMENT, label="Pupils counted", choice=Choice.GROUP)


def kind_setting() -> Any:
    """Return the field that names the kind of school a staffing rule is for."""
    return setting(EVERY_KIND, label="Kind of school", choice=Choice.SCHOOL_KIND)


def ratio_words(district: District, pupils_per_fte: Decimal, counted: str) -> str:
    """Return a ratio in words, to follow what it asks for."""
    return f"one for every {print_number(pupils_per_fte)} {pupils_words(district, counted)}"


def pupils_words(district: District, counted: str) -> str:
    """Return what the counted pupils are called."""
    return "pupils" if counted == ENROLLMENT else district.group_of[counted].title


def staffing_words(title: str, parts: list[str], none: str, n_schools: int, total: Hundredths, verb: str) -> str:
    """Return a staffing rule with its district's numbers, in two sentences.

    Examples
    --------
    >>> staffing_words("Nurse", ["at least 0.5 at each school"], "no least", 1, 50, "need")
    'Nurse: at least 0.5 at each school. 1 school needs 0.50 FTE in all.'
    """
    who = (
        f"1 school {verb}s"
        if n_schools == 1 and verb == "need"
        else f"{n_schools} school{'s' * (n_schools != 1)} {verb}"
    )
    return f"{title}: {' and '.join(parts) or none}. {who} {print_fte(total)} FTE in all."


def pupils_of(district: District, school: School, counted: str) -> int:
    """Return the pupils that a ratio counts at a school.

    Raises
    ------
    UnknownNeed
        If the group's count is unknown here.
    """
    if counted == ENROLLMENT:
        return school.enrollment
    require_driver(district, counted)
    count = school.group(counted)
    if count is None:
        raise UnknownNeed(f"{school.label} has no count of group {counted}. Enter it; unknown is not zero.")
    return count


def count_gaps(district: District, counted: str, schools: Iterable[School]) -> Iterator[Gap]:
    """Yield the schools whose count of a group is unknown: a rule that needs it is not testable there.

    Raises
    ------
    UnknownCode, ProtectedAttribute
        If there is no such group, or it is for audit only.
    """
    if counted == ENROLLMENT:
        return
    require_driver(district, counted)
    for school in schools:
        if school.group(counted) is None:
            yield Gap("Schools", f"Pupils: {district.group_of[counted].title}", school.label)


def concerned(district: District, position: str, kind: str) -> tuple[School, ...]:
    """Return the schools of a kind, after making sure that the position and the kind exist.

    A rule for a misspelled kind would protect nobody without a word.

    Raises
    ------
    UnknownCode
    """
    if position not in district.position_of:
        known = ", ".join(p.code for p in district.positions) or "none"
        raise UnknownCode(f"There is no position with code {position}. Positions here: {known}.")
    return schools_of_kind(district, kind)


def schools_of_kind(district: District, kind: str) -> tuple[School, ...]:
    """Return the schools of a kind, or every school.

    Raises
    ------
    UnknownCode
    """
    schools = tuple(school for school in district.schools if kind in (EVERY_KIND, school.kind))
    if kind != EVERY_KIND and not schools:
        kinds = ", ".join(sorted({school.kind for school in district.schools})) or "none"
        raise UnknownCode(f"There is no school of kind {kind}. Kinds here: {kinds}.")
    return schools


def posts_for(
    district: District, position: str, *, pupils_per_fte: Decimal, counted: str, kind: str
) -> Iterator[tuple[School, Position, Fraction]]:
    """Yield each school concerned with the position and the exact posts that a ratio asks for, in hundredths.

    Schools whose count is unknown are left out; `count_gaps` names them.

    Raises
    ------
    UnknownCode
        If the position or kind is not there.
    """
    schools = concerned(district, position, kind)
    unknown = {gap.subject for gap in count_gaps(district, counted, schools)}
    for school in schools:
        if school.label not in unknown:
            pupils = pupils_of(district, school, counted)
            yield school, district.position_of[position], ratio_fte(pupils, pupils_per_fte)


def ratio_fte(pupils: int, pupils_per_fte: Decimal) -> Fraction:
    """Return the exact posts that a ratio asks for, in hundredths; zero pupils per FTE means no ratio.

    Examples
    --------
    >>> float(ratio_fte(350, Decimal(250)))
    140.0
    """
    return Fraction(pupils * 100) / Fraction(pupils_per_fte) if pupils_per_fte else Fraction(0)


def up_to_step(hundredths: Fraction, step: Hundredths) -> Hundredths:
    """Return the smallest multiple of the step that is not below.

    Examples
    --------
    >>> up_to_step(Fraction(141), 20)
    160
    """
    return -(-hundredths // step) * step


def down_to_step(hundredths: Fraction, step: Hundredths) -> Hundredths:
    """Return the largest multiple of the step that is not above.

    Examples
    --------
    >>> down_to_step(Fraction(141), 20)
    140
    """
    return hundredths // step * step
