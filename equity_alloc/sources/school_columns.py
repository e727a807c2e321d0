"""Pupils by grade, and columns of yes and no, on the sheet Schools: read with findings, and written back."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.district import District, GroupUse, School, SchoolFlag
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.declare import Kind, slug
from equity_alloc.sources.grid import cell_name
from equity_alloc.sources.protected import protected_attribute
from equity_alloc.sources.read_tables import Table
from equity_alloc.sources.school_headings import FLAG_PREFIXES, GRADE_PREFIX, GRADES, flag_use, grade_in


@dataclass(frozen=True, slots=True)
class SchoolColumns:
    """The columns of grades and flags that a sheet has.

    Parameters
    ----------
    grades : tuple of (str, int)
        Grade and place of its column, in the order of grades.
    flags : tuple of (SchoolFlag, int)
    """

    grades: tuple[tuple[str, int], ...] = ()
    flags: tuple[tuple[SchoolFlag, int], ...] = ()

    def grade_counts(self, cells: Cells) -> tuple[tuple[str, int | None], ...]:
        """Return the pupils of each grade in a row; blank is unknown."""
        return tuple((grade, cells.group_count(place, f"{GRADE_PREFIX}{grade}")) for grade, place in self.grades)

    def answers(self, cells: Cells) -> tuple[tuple[str, bool | None], ...]:
        """Return whether each flag holds in a row; blank is unknown."""
        return tuple((flag.code, cells.answer(place, flag.title)) for flag, place in self.flags)


def read_school_columns(table: Table, findings: FindingList) -> SchoolColumns:
    """Return the columns of grades and flags; one that stands twice, or is a protected attribute, is refused."""
    grades: dict[str, int] = {}
    flags: dict[str, tuple[SchoolFlag, int]] = {}
    for place, heading in table.others:
        where = f"{table.shown}!{cell_name(place, table.heading)}"
        grade, use = grade_in(heading), flag_use(heading)
        if grade is not None:
            if grade in grades:
                _twice(where, heading, findings)
            grades[grade] = place
        elif use is not None:
            flag = _flag(heading, use)
            if not flag.code:
                _blank(where, heading, findings)
            elif flag.code in flags:
                _twice(where, heading, findings)
            _refuse_protected(flag, where, findings)
            flags[flag.code] = (flag, place)
    ordered = tuple((grade, grades[grade]) for grade in GRADES if grade in grades)
    return SchoolColumns(ordered, tuple(flags.values()))


def check_grades(
    columns: SchoolColumns, cells: Cells, enrollment: int | None, counts: tuple[tuple[str, int | None], ...]
) -> None:
    """Warn where the grades of a school do not add up to its enrollment; nothing is repaired."""
    known = [count for _, count in counts if count is not None]
    if enrollment is None or not known:
        return
    total = sum(known)
    if total == enrollment or (total < enrollment and len(known) < len(counts)):
        return
    place = columns.grades[0][1]
    cells.findings.warn(
        "grades-differ",
        f"{cells.table.shown}!{cell_name(place, cells.row.number)}",
        str(total),
        what=f"The grades of {cells.subject} add up to {total:,}, and its enrollment is {enrollment:,}.",
        why="A formula that counts by grade and one that counts enrollment would see two different schools.",
        remedy="Correct the count that is wrong; both must come from the same count date. A grade not taught is zero.",
    )


def school_headings(district: District) -> tuple[tuple[str, ...], tuple[Kind, ...]]:
    """Return the headings of the columns of grades and flags that a district uses, and what they hold."""
    grades = tuple(f"{GRADE_PREFIX}{grade}" for grade in _grades_of(district))
    flags = tuple(
        f"{FLAG_PREFIXES[flag.use]}{flag.title}" + ("" if slug(flag.title) == flag.code else f" [{flag.code}]")
        for flag in district.flags
    )
    return (*grades, *flags), (Kind.PUPILS,) * len(grades) + (Kind.YES_NO,) * len(flags)


def school_cells(district: District, school: School) -> tuple[str, ...]:
    """Return a school's cells below `school_headings`."""
    counts, answers = dict(school.grades), dict(school.flags)
    words = {True: "yes", False: "no", None: ""}
    grades = (counts.get(grade) for grade in _grades_of(district))
    return (
        *("" if count is None else str(count) for count in grades),
        *(words[answers.get(flag.code)] for flag in district.flags),
    )


def _grades_of(district: District) -> tuple[str, ...]:
    used = {grade for school in district.schools for grade, _ in school.grades}
    return tuple(grade for grade in GRADES if grade in used)


def _flag(heading: str, use: GroupUse) -> SchoolFlag:
    words = heading.strip()[len(FLAG_PREFIXES[use].strip()) :].strip()
    if words.endswith("]") and "[" in words:
        title, _, code = words[:-1].rpartition("[")
        return SchoolFlag(code.strip(), title.strip(), use)
    return SchoolFlag(slug(words), words, use)


def _twice(where: str, heading: str, findings: FindingList) -> None:
    findings.error(
        "column-twice",
        where,
        heading,
        what=f"The column {heading} stands there twice.",
        why="It is not clear which of the two is meant.",
        remedy="Delete one of them, or give it another heading.",
    )


def _blank(where: str, heading: str, findings: FindingList) -> None:
    findings.error(
        "flag-blank",
        where,
        heading,
        what=f"The heading {heading} does not say what holds or does not.",
        why="A formula could not name it.",
        remedy="Write it after the colon, for example Yes/no: Year-round.",
    )


def _refuse_protected(flag: SchoolFlag, where: str, findings: FindingList) -> None:
    attribute = protected_attribute(flag.title)
    if attribute is None or flag.use is GroupUse.AUDIT:
        return
    findings.error(
        "flag-protected",
        where,
        flag.title,
        what=f"{flag.title} names {attribute.name}, and its column is headed as one that a formula may use.",
        why=f"A protected attribute can be audited but can never drive an allocation ({attribute.source.title}, "
        f"{attribute.source.locator}).",
        remedy=f"Head the column {FLAG_PREFIXES[GroupUse.AUDIT]}{flag.title}.",
    )
