"""The door for Kentucky school tables: one row for each school of the state, with pupils and spending per student."""

from __future__ import annotations

from fractions import Fraction

from equity_alloc.domain.district import (
    Decision,
    District,
    Fund,
    GroupUse,
    School,
    Spending,
    StudentGroup,
)
from equity_alloc.domain.federal import TitleOne
from equity_alloc.domain.finding import Finding
from equity_alloc.domain.money import Cents, share_out
from equity_alloc.domain.number import count_words
from equity_alloc.sources.base import FindingList, Reading
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.csv_folder import csv_grid
from equity_alloc.sources.declare import Column, Kind, Sheet
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.read_tables import Row, Table, read_table

LINE, FUND = "School spending", "general"
#: What the file does not say and how it is read, kept with the district.
READ_AS = (
    "Last year's dollars of a school are the state's spending per student times its enrollment, as one line of one fund; the "
    "table tells neither funds nor posts apart, so federal money is not told apart either"
)
SCALED = "; they are scaled to the money for schools that was entered"
_NEEDS = (
    ("frpl", "economically-disadvantaged", "Economically disadvantaged"),
    ("lep", "english-learners", "English learners"),
    ("iep", "students-with-disabilities", "Students with disabilities"),
)
_AUDIT = (
    ("white", "white", "White"),
    ("black", "black", "Black"),
    ("hispanic", "hispanic", "Hispanic"),
    ("asian", "asian", "Asian"),
    ("aian", "american-indian-or-alaska-native", "American Indian or Alaska Native"),
    ("nhpi", "native-hawaiian-or-pacific-islander", "Native Hawaiian or Pacific Islander"),
    ("two_or_more", "two-or-more-races", "Two or more races"),
)


def _counts(field: str, title: str) -> Column:
    return Column(field, field, Kind.PUPILS, f"{title}, pupils.", required=False, unit="pupils")


#: What the file says of a school.
_TITLE_ONE = {
    "title 1": TitleOne.SERVED,
    "title 1 eligible, no program": TitleOne.NOT_SERVED,
    "not title 1 eligible": TitleOne.NOT_SERVED,
}
_TEXT_FIELDS = ("district_id", "district_name", "school_type", "grade_low", "grade_high", "title1_status")
STATE_TABLE = Sheet(
    "Kentucky schools",
    "One row for each school of the state.",
    (
        Column("state_school_id", "code", Kind.CODE, "District (3 digits) and school (3 digits).", example="165005"),
        Column("school_name", "name", Kind.TEXT, "Name."),
        *(Column(field, field, Kind.TEXT, field.replace("_", " "), required=False) for field in _TEXT_FIELDS),
        Column("enrollment", "enrollment", Kind.PUPILS, "Membership of the year.", unit="pupils"),
        *(_counts(field, title) for field, _, title in (*_NEEDS, *_AUDIT)),
        Column("spending_per_student", "spending", Kind.DOLLARS, "Spending per student.", unit="dollars per pupil"),
    ),
    ("code", "name"),
)


def is_state_table(data: bytes) -> bool:
    """Whether a file's first line is the heading of a Kentucky school table."""
    heading = data[:4096].split(b"\n", 1)[0].lower()
    return b"state_school_id" in heading and b"spending_per_student" in heading


def read_kentucky(
    data: bytes,
    district: str,
    *,
    school_type: str = "A1",
    pot: Cents | None = None,
    blank_means_zero: Decision | None = None,
    year: str = "2016-17",
    name: str = "The file",
) -> Reading:
    """Return one district of a Kentucky school table.

    Last year's line of each school is spending per student times enrollment, from one fund. With a pot, these lines
    are scaled to it, to the cent, by largest remainder with ties by school code.

    Parameters
    ----------
    data : bytes
        CSV with the columns of `STATE_TABLE`; others are passed over.
    district : str
        Name, or 3-digit number with its leading zeros.
    school_type : str
        A1 are regular schools.
    pot : Cents or None
        What the fund holds; None for the sum of the lines.
    blank_means_zero : Decision or None
        Who decided that a blank count of English learners means zero. Without it, blank stays unknown.
    year : str
        Of the file, for the district.
    name : str
        The file's name, for findings.

    Returns
    -------
    Reading
        Without a scenario.
    """
    grid = csv_grid(name, data)
    if isinstance(grid, Finding):
        return Reading(None, None, (grid,))
    findings = FindingList()
    table = _of_district(grid, district, school_type, findings)
    if table is None:
        return Reading(None, None, tuple(findings.found))
    schools, spent = _read_schools(table, blank_means_zero, findings)
    if findings.has_errors:
        return Reading(None, None, tuple(findings.found))
    amounts = spent
    if pot and not any(spent.values()):
        _no_rows(grid.shown, "No school has spent anything, so the pot cannot be scaled to last year.", findings)
        return Reading(None, None, tuple(findings.found))
    if pot is not None:
        shares = share_out(pot, [Fraction(cents) for cents in spent.values()], list(spent))
        amounts = dict(zip(spent, shares, strict=True))
    made = District(
        name=table.raw(table.rows[0], "district_name").strip() or district,
        year=year,
        schools=tuple(schools),
        groups=(
            *(StudentGroup(code, title) for _, code, title in _NEEDS),
            *(StudentGroup(code, title, GroupUse.AUDIT) for _, code, title in _AUDIT),
        ),
        funds=(Fund(FUND, "General fund", sum(amounts.values())),),
        spending=tuple(Spending(code, LINE, FUND, cents) for code, cents in sorted(amounts.items())),
        decisions=(
            Decision(
                READ_AS + ("" if pot is None else SCALED), "the way in which a Kentucky school table is read", year
            ),
            *(() if blank_means_zero is None else (blank_means_zero,)),
        ),
    )
    return Reading(made, None, tuple(findings.found))


def _of_district(grid: Grid, district: str, school_type: str, findings: FindingList) -> Table | None:
    """Return the table with the rows of one district and type; None with a finding where there are none."""
    table = read_table(STATE_TABLE, grid, findings, name_unread=False)
    if table is None:
        if not findings.has_errors:
            _no_rows(grid.shown, "The file has no rows.", findings)
        return None
    names = sorted({table.raw(row, "district_name").strip() for row in table.rows})
    # A file of one district need not be asked which.
    wanted = district.strip().lower() or (names[0].lower() if len(names) == 1 else "")
    of_district = [
        row
        for row in table.rows
        if wanted and wanted in (table.raw(row, "district_name").strip().lower(), table.raw(row, "code").strip()[:3])
    ]
    rows = tuple(row for row in of_district if table.raw(row, "school_type").strip() == school_type)
    if not rows:
        known = f"; the file has {count_words(len(names), 'district')}, for example {', '.join(names[:5])}"
        words = f"No school of type {school_type} is in district {district}" if wanted else "No district was named"
        _no_rows(grid.shown, f"{words}{'' if of_district else known}.", findings)
        return None
    return Table(table.sheet, table.shown, table.columns, table.others, table.heading, rows)


def _read_schools(
    table: Table, blank_means_zero: Decision | None, findings: FindingList
) -> tuple[list[School], dict[str, Cents]]:
    schools: dict[str, School] = {}
    spent: dict[str, Cents] = {}
    unknown: list[tuple[Row, str]] = []
    for row in table.rows:
        cells = Cells(table, row, findings)
        code, name, enrollment = cells.code("code"), cells.text("name"), cells.pupils("enrollment")
        per_student = cells.dollars("spending")
        counts = {field: cells.pupils(field) for field, _, _ in (*_NEEDS, *_AUDIT)}
        if counts["lep"] is None and blank_means_zero is not None and not table.raw(row, "lep").strip():
            counts["lep"] = 0
        if code is None or name is None or enrollment is None or per_student is None:
            continue
        if code in schools:
            _twice(cells, code)
        unknown += [(row, title) for field, _, title in _NEEDS if counts[field] is None]
        _refuse_larger(cells, counts, enrollment)
        groups = tuple((group, counts[field]) for field, group, _ in (*_NEEDS, *_AUDIT))
        status = _TITLE_ONE.get(cells.exact("title1_status").strip().lower())
        schools[code] = School(code, name, _kind(cells), enrollment, None, groups, title_one=status)
        spent[code] = per_student * enrollment
    if unknown:
        _warn_unknown(table, unknown, findings)
    return list(schools.values()), spent


def _kind(cells: Cells) -> str:
    """Return the kind of school by its highest grade: the file has no word of its own."""
    high = cells.exact("grade_high").strip()
    if not high.isdigit():
        return "elementary"
    return "elementary" if int(high) <= 6 else "middle" if int(high) <= 8 else "high"


def _warn_unknown(table: Table, unknown: list[tuple[Row, str]], findings: FindingList) -> None:
    row, title = unknown[0]
    field = next(field for field, _, words in _NEEDS if words == title)
    findings.warn(
        "group-unknown",
        table.where(row, field),
        "",
        what=f"{title} is blank at {table.subject(row)}; blank counts of need groups in all: {len(unknown)}.",
        why="Blank may mean none or not reported, and unknown is never taken as zero.",
        remedy="Ask the state what blank means and record the decision, or set the weight of the group to zero.",
    )


def _refuse_larger(cells: Cells, counts: dict[str, int | None], enrollment: int) -> None:
    for field, _, title in (*_NEEDS, *_AUDIT):
        count = counts[field]
        if count is not None and count > enrollment:
            cells.findings.error(
                "group-over-enrollment",
                cells.where(field),
                str(count),
                what=f"{title} is {count} for {cells.subject}, more than its enrollment of {enrollment}.",
                why="A group is part of the enrollment, and a count that is too large would bring too much.",
                remedy="Compare with the state's own table, and correct the count or the enrollment.",
            )


def _twice(cells: Cells, code: str) -> None:
    cells.findings.error(
        "code-duplicate",
        cells.where("code"),
        code,
        what=f"School code {code} is used twice.",
        why="Identity is the code, so two schools would be taken for one.",
        remedy="Delete the row that repeats it.",
    )


def _no_rows(where: str, what: str, findings: FindingList) -> None:
    findings.error(
        "schools-empty",
        where,
        "",
        what=what,
        why="A district without schools has nothing to share out.",
        remedy="Give the district's name as in the file, or its number with leading zeros, and the type of school.",
    )
