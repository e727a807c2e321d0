"""Twelve things to look at first, and ten parts of school life: of which the district has counts, and of which not.

An audit of everything is read by nobody; twelve keep it short (Skrla, Scheurich, Garcia and Nolly, Equity Audits, Educational
Administration Quarterly 40(1), 2004). The order is what schools get, who takes part, how pupils fare.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from equity_alloc.domain.district import District
from equity_alloc.inequity.group_gap import Area


@dataclass(frozen=True, slots=True)
class StartHere:
    """One of the twelve.

    Parameters
    ----------
    title : str
    area : Area
    domain : str
        Part of school life that it belongs to.
    words : tuple of str
        By which an indicator, a position or a line of the district is known to be about it.
    """

    title: str
    area: Area
    domain: str
    words: tuple[str, ...]


MONEY, TEACHERS, LEADERS, CONTENT, TIME = "money", "teachers", "leaders", "what is taught", "time"
CLIMATE, SUPPORT, EARLY, BUILDINGS, TOGETHER = (
    "climate",
    "support",
    "early years",
    "buildings",
    "schools and classes together",
)
#: Ten parts of school life, in names of ours; the last one no allocation moves.
DOMAINS = (MONEY, TEACHERS, LEADERS, CONTENT, TIME, CLIMATE, SUPPORT, EARLY, BUILDINGS, TOGETHER)
OUT_OF_REACH = (TOGETHER,)

TWELVE: tuple[StartHere, ...] = (
    StartHere("Core dollars per weighted pupil", Area.RESOURCES, MONEY, ("core dollars",)),
    StartHere("Teachers per 100 weighted pupils", Area.RESOURCES, TEACHERS, ("teacher",)),
    StartHere("Beginning teachers", Area.RESOURCES, TEACHERS, ("novice", "beginning", "first year", "inexperienced")),
    StartHere("Counselors and social workers", Area.RESOURCES, SUPPORT, ("counselor", "social worker", "guidance")),
    StartHere("School leaders", Area.RESOURCES, LEADERS, ("principal",)),
    StartHere("Gifted programs", Area.ACCESS, CONTENT, ("gifted", "talented")),
    StartHere(
        "Algebra and advanced courses", Area.ACCESS, CONTENT, ("algebra", "advanced", "ap ", "honors", "calculus")
    ),
    StartHere("Early learning", Area.ACCESS, EARLY, ("pre-k", "prekindergarten", "preschool", "kindergarten")),
    StartHere("Days at school", Area.OUTCOMES, TIME, ("absent", "attendance")),
    StartHere("Suspensions", Area.OUTCOMES, CLIMATE, ("suspend", "suspension", "expelled", "discipline")),
    StartHere(
        "Reading and mathematics",
        Area.OUTCOMES,
        CONTENT,
        ("reading", "mathematics", "math", "proficien", "grade level"),
    ),
    StartHere("Graduation", Area.OUTCOMES, CONTENT, ("graduat", "dropout", "drop out")),
)


def seen(district: District) -> dict[str, tuple[str, ...]]:
    """Return for each of the twelve what the district has of it; empty where it has nothing."""
    named = [indicator.title for indicator in district.indicators]
    if any(school.enrollment for school in district.schools) and (district.staffing or district.spending):
        named.append("Core dollars")
    used = {row.position for row in district.staffing}
    named += [position.title for position in district.positions if position.code in used]
    return {each.title: tuple(name for name in named if _is_about(name, each.words)) for each in TWELVE}


def coverage(district: District) -> dict[str, tuple[str, ...]]:
    """Return for each part of school life what the district has of it."""
    found = seen(district)
    return {
        domain: tuple(dict.fromkeys(name for each in TWELVE if each.domain == domain for name in found[each.title]))
        for domain in DOMAINS
    }


def _is_about(name: str, words: tuple[str, ...]) -> bool:
    text = f"{name.lower()} "
    return any(re.search(rf"\b{re.escape(word)}", text) for word in words)
