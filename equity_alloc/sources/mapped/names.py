"""Refuses tables that name persons: counts by school are enough to plan with, and names are never kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.mapped.shape import HEADING_ROWS, heading_slug

#: Headings that stand over the names of pupils, or over what is as telling as a name.
_PUPIL = frozenset(
    f"{who}{joint}{what}"
    for who in ("student", "pupil", "child", "learner")
    for joint in ("-", "", "-s-")
    for what in ("name", "first-name", "last-name", "full-name", "firstname", "lastname", "fullname", "surname")
) | {"ssn", "social-security-number", "date-of-birth", "birth-date", "birthdate", "dob"}
_GIVEN = frozenset({"givenname", "given-name", "first-name", "firstname", "first", "name-first", "legal-first-name"})
_FAMILY = frozenset(
    {"familyname", "family-name", "last-name", "lastname", "surname", "last", "name-last", "legal-last-name"}
)


def names_persons(cells: Iterable[str]) -> bool:
    """Whether the headings of a table stand over the names of persons.

    Examples
    --------
    >>> names_persons(["School", "Student Name"]), names_persons(["sourcedId", "givenName", "familyName"])
    (True, True)
    >>> names_persons(["School Name", "Pupils", "Last update"])
    False
    """
    slugs = {heading_slug(cell) for cell in cells if cell.strip()}
    return bool(slugs & _PUPIL) or (bool(slugs & _GIVEN) and bool(slugs & _FAMILY))


def refuse_names(grids: Sequence[Grid]) -> Finding | None:
    """Return why a file is not taken, where one of its tables names persons; None where none does."""
    for grid in grids:
        if any(names_persons(row) for row in grid.rows[:HEADING_ROWS]):
            return Finding(
                "file-names-pupils", Severity.ERROR, grid.shown, "",
                f"{grid.shown} holds names of pupils or other persons, and was not taken.",
                "Counts by school are enough to plan with, and names are never kept here.",
                "Delete those columns and save the file again; of a OneRoster package choose the files with schools "
                "(orgs.csv) and enrollments (enrollments.csv) only.",
            )  # fmt: skip
    return None
