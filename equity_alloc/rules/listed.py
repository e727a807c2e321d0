"""Lists of schools, and of positions and lines, that rules are for: an empty or misspelled list is refused, never skipped."""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.domain.district import District, School
from equity_alloc.domain.errors import UnknownCode


def listed_schools(district: District, codes: Sequence[str], otherwise: str) -> tuple[School, ...]:
    """Return the schools of a list, in its order.

    Parameters
    ----------
    district : District
    codes : sequence of str
    otherwise : str
        What an empty list would mean, and what to do; to follow "No school is listed, so".

    Raises
    ------
    UnknownCode
    """
    if not codes:
        raise UnknownCode(f"No school is listed, so {otherwise}")
    for code in codes:
        if code not in district.school_of:
            raise UnknownCode(f"There is no school with code {code}.")
    return tuple(district.school_of[code] for code in codes)


def listed_items(district: District, codes: Sequence[str], otherwise: str) -> tuple[tuple[str, str], ...]:
    """Return the positions and lines of a list as code and title, each once.

    Parameters
    ----------
    district : District
    codes : sequence of str
    otherwise : str
        What an empty list would mean, to follow "No position or line is listed, so".

    Raises
    ------
    UnknownCode
    """
    if not codes:
        raise UnknownCode(f"No position or line is listed, so {otherwise}. Choose at least one.")
    for code in codes:
        if code not in district.position_of and code not in district.lines:
            raise UnknownCode(f"There is no position or line called {code}.")
    return tuple(
        (code, district.position_of[code].title if code in district.position_of else code)
        for code in dict.fromkeys(codes)
    )
