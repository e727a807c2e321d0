"""What a setting can be chosen from, taken from the district: codes, and the words shown for them."""

from __future__ import annotations

from equity_alloc.domain.district import District, GroupUse
from equity_alloc.rules.ratio import ENROLLMENT, EVERY_KIND
from equity_alloc.rules.setting import Choice


def options_of(choice: Choice, district: District) -> dict[str, str]:
    """Return the codes that a setting may take here, each with the words shown for it.

    Parameters
    ----------
    choice : Choice
    district : District

    Returns
    -------
    dict of str to str
        Empty for free text.
    """
    positions = {position.code: position.title for position in district.positions}
    lines = {line: line for line in district.lines}
    match choice:
        case Choice.POSITION:
            return positions
        case Choice.LINE:
            return lines
        case Choice.ITEM:
            return {**positions, **lines}
        case Choice.CENTRAL:
            return {line: line for line in district.central_lines}
        case Choice.FUND:
            return {fund.code: fund.title for fund in district.funds}
        case Choice.SCHOOL:
            return {school.code: school.label for school in district.schools}
        case Choice.SCHOOL_KIND:
            kinds = sorted({school.kind for school in district.schools})
            return {EVERY_KIND: EVERY_KIND, **{kind: kind for kind in kinds}}
        case Choice.GROUP:
            return {ENROLLMENT: "All pupils", **need_groups(district)}
        case _:
            return {}


def need_groups(district: District) -> dict[str, str]:
    """Return the student groups that may drive an allocation, by code."""
    return {group.code: group.title for group in district.groups if group.use is GroupUse.NEED}


def first_of(choice: Choice, district: District) -> str:
    """Return the code of a list that a new rule begins with, or "" where the district has none.

    Of positions that is the one with the most posts, because most rules about one position are about teachers.
    """
    if choice is Choice.POSITION and district.positions:
        return max(district.positions, key=lambda position: district.today.position_fte(position.code)).code
    return next(iter(options_of(choice, district)), "")
