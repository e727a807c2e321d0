"""Schools and student groups from the sheet Schools."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.district import GroupUse, School, StudentGroup
from equity_alloc.domain.federal import TitleOne
from equity_alloc.domain.money import Cents
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.declare import PREFIXES, slug
from equity_alloc.sources.grid import cell_name
from equity_alloc.sources.protected import protected_attribute
from equity_alloc.sources.read_tables import Row, Table
from equity_alloc.sources.school_columns import SchoolColumns, check_grades


@dataclass(frozen=True, slots=True)
class GroupColumn:
    """A student group and the place of its column."""

    group: StudentGroup
    place: int


def read_groups(table: Table, findings: FindingList) -> tuple[GroupColumn, ...]:
    """Return the groups in the headings; the code is the title in lower case with hyphens, or stands in [brackets]."""
    found: dict[str, GroupColumn] = {}
    for place, heading in table.others:
        use = next((u for u, p in PREFIXES.items() if heading.lower().startswith(p.strip().lower())), None)
        if use is None:
            continue
        where = f"{table.shown}!{cell_name(place, table.heading)}"
        title, code = _title_and_code(heading[len(PREFIXES[use].strip()) :].strip())
        if not title or not code:
            findings.error(
                "group-blank",
                where,
                heading,
                what=f"The heading {heading} names no student group.",
                why="Counts without a name cannot carry a weight or be audited.",
                remedy="Write the group after the colon, for example Pupils: English learners.",
            )
        elif code in found:
            findings.error(
                "group-twice",
                where,
                heading,
                what=f"The student group {title} has two columns.",
                why="It is not clear which counts are meant.",
                remedy="Delete one of them, or give it another title.",
            )
        else:
            _refuse_protected(title, use, where, findings)
            found[code] = GroupColumn(StudentGroup(code, title, use), place)
    return tuple(found.values())


def read_schools(
    table: Table, groups: tuple[GroupColumn, ...], columns: SchoolColumns, findings: FindingList
) -> dict[str, tuple[School, Row]]:
    """Return every school whose row can be read, by code, with its row."""
    schools: dict[str, tuple[School, Row]] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        code = cells.code("code")
        # Also where the row is left out for its code: what else is wrong with it is told at once.
        school = _school(cells, code or "", groups, columns)
        if code is None:
            findings.leave_out("school", cells.where("code"))
        elif code in schools:
            findings.leave_out("school", cells.where("code"))
            _refuse_second(cells, code, schools[code][1])
        else:
            findings.homes["school", code] = cells.where("code")
            schools[code] = school, row
    if not schools and not findings.has_errors:
        findings.error(
            "schools-empty",
            f"{table.shown}!A{table.heading + 1}",
            "",
            what="There are no schools yet.",
            why="A district without schools has nothing to share out.",
            remedy="Enter one row for each school, with its code, name and enrollment.",
        )
    if not findings.has_errors_on(table.shown):
        _suspect_sum(table, [school for school, _ in schools.values()], schools, findings)
    return schools


def _school(cells: Cells, code: str, groups: tuple[GroupColumn, ...], columns: SchoolColumns) -> School:
    """Return a row as a school; what cannot be read is a finding, and stops the file."""
    name, enrollment = cells.text("name"), cells.pupils("enrollment")
    counts = tuple((g.group.code, cells.group_count(g.place, g.group.title)) for g in groups)
    last_year, target = cells.pupils("enrollment_last_year"), cells.dollars("target")
    federal = _federal(cells, enrollment)
    grades, answers = columns.grade_counts(cells), columns.answers(cells)
    check_grades(columns, cells, enrollment, grades)
    if enrollment is not None:
        for column, (_, count) in zip(groups, counts, strict=True):
            if count is not None and count > enrollment:
                _refuse_larger(cells, column, count, enrollment)
    return School(
        code,
        name or "",
        cells.exact("kind").strip(),
        enrollment or 0,  # a blank is an error that was told, so no plan is made with this zero
        last_year,
        counts,
        target,
        *federal,
        grades=grades,
        flags=answers,
        wealth=cells.dollars("wealth"),
    )


def _refuse_second(cells: Cells, code: str, first: Row) -> None:
    cells.findings.error(
        "code-duplicate",
        cells.where("code"),
        code,
        what=f"School code {code} is used twice: in row {first.number} and in row {cells.row.number}.",
        why="Identity is the code, so posts and dollars of two schools would be added together.",
        remedy="Give each school its own code, or delete the row that repeats it.",
    )


def _federal(cells: Cells, enrollment: int | None) -> tuple[str, TitleOne | None, int | None, int | None, Cents | None]:
    """Return the columns that federal tests ask for, in the order of the school's fields."""
    status, low_income = cells.option("title_one"), cells.pupils("low_income")
    if low_income is not None and enrollment is not None and low_income > enrollment:
        cells.findings.error(
            "low-income-over-enrollment",
            cells.where("low_income"),
            str(low_income),
            what=f"Title I low-income children are {low_income} for {cells.subject}, more than its enrollment of "
            f"{enrollment}.",
            why="The share of low-income children ranks the schools, and it cannot be above 100 %.",
            remedy="Correct the count or the enrollment; a count with a multiplier stops at the enrollment.",
        )
    return (
        cells.exact("span").strip(),
        TitleOne(status) if status else None,
        low_income,
        cells.pupils("private_low_income"),
        cells.dollars("instead_of_title_one"),
    )


def _title_and_code(words: str) -> tuple[str, str]:
    """Return a group's title, and its code from [brackets] or from the title."""
    if words.endswith("]") and "[" in words:
        title, _, code = words[:-1].rpartition("[")
        return title.strip(), code.strip()
    return words, slug(words)


def _refuse_protected(title: str, use: GroupUse, where: str, findings: FindingList) -> None:
    attribute = protected_attribute(title)
    if attribute is None or use is GroupUse.AUDIT:
        return
    findings.error(
        "group-protected",
        where,
        title,
        what=f"{title} names {attribute.name}, and its column is headed as a need driver.",
        why=f"A protected attribute can be audited but can never drive an allocation ({attribute.source.title}, "
        f"{attribute.source.locator}).",
        remedy=f"Head the column Audit only: {title}.",
    )


def _refuse_larger(cells: Cells, column: GroupColumn, count: int, enrollment: int) -> None:
    cells.findings.error(
        "group-over-enrollment",
        f"{cells.table.shown}!{cell_name(column.place, cells.row.number)}",
        str(count),
        what=f"{column.group.title} is {count} for {cells.subject}, more than its enrollment of {enrollment}.",
        why="A group is part of the enrollment, and a count that is too large would bring the school too much.",
        remedy="Correct the count or the enrollment; both must come from the same count date.",
    )


def _suspect_sum(
    table: Table, members: list[School], rows: dict[str, tuple[School, Row]], findings: FindingList
) -> None:
    """Warn where one row is the sum of all the others: a total row under another name."""
    if len(members) < 4:
        return
    total = sum(school.enrollment for school in members)
    for school in members:
        if not school.enrollment or 2 * school.enrollment != total:
            continue
        findings.warn(
            "total-row-suspected",
            table.where(rows[school.code][1], "enrollment"),
            str(school.enrollment),
            what=f"{school.label} has exactly as many pupils as all other schools together.",
            why="A total row that is read as a school would count every pupil twice.",
            remedy="Delete the row if it is a total; otherwise leave it.",
        )
