"""Headings of the sheet Schools that stand for a grade, or for something that holds for a school or does not."""

from __future__ import annotations

from equity_alloc.domain.district import GroupUse

#: Grades as headings name them: Grade 3K (the year before PK), Grade PK, Grade K, Grade 1 ...
GRADES: tuple[str, ...] = ("3K", "PK", "K", *(str(number) for number in range(1, 13)))
GRADE_PREFIX = "Grade "
#: How a column of yes and no is headed, by what it may be used for.
FLAG_PREFIXES: dict[GroupUse, str] = {GroupUse.NEED: "Yes/no: ", GroupUse.AUDIT: "Audit only yes/no: "}


def grade_in(heading: str) -> str | None:
    """Return the grade that a heading names, or None.

    Examples
    --------
    >>> grade_in("grade k"), grade_in("Grade 05"), grade_in("Grade 13")
    ('K', '5', None)
    """
    first, _, rest = heading.strip().partition(" ")
    grade = rest.strip().upper().lstrip("0")
    return grade if first.lower() == GRADE_PREFIX.strip().lower() and grade in GRADES else None


def flag_use(heading: str) -> GroupUse | None:
    """Return what a column of yes and no may be used for, or None where the heading is of another kind.

    Examples
    --------
    >>> flag_use("yes/no: Year-round"), flag_use("Pupils: English learners")
    (<GroupUse.NEED: 'need driver'>, None)
    """
    named = heading.strip().lower()
    return next((use for use, prefix in FLAG_PREFIXES.items() if named.startswith(prefix.strip().lower())), None)
