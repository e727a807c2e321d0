"""Tables with one row for each category of pupils at a school, or for each pupil."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.extract import Check, Count, LeftOut, Measured, SchoolFacts
from equity_alloc.sources.mapped.fields import field_of, grade_of
from equity_alloc.sources.mapped.read_cells import CellReader
from equity_alloc.sources.mapped.read_schools import TWICE, Found
from equity_alloc.sources.mapped.sort_rows import Sorted
from equity_alloc.sources.read_tables import Row

OTHER = "a category that is not asked for, a subtotal of one, or a total that another row gives as well"


@dataclass
class Counted:
    """What the rows of one school say of one field: the category that counts, and a count for each part of it.

    Parameters
    ----------
    rank : int
        Of the category on the map; the first that a school has holds, and later ones say the same in other words.
    parts : dict of tuple of str to Count or None
        By the words of the row, such as each sex; they are added up, and one unknown part makes the sum unknown.
    """

    rank: int
    parts: dict[tuple[str, ...], Count | None] = field(default_factory=dict)

    def total(self) -> Count | None:
        """The sum of the parts, None where one of them is unknown."""
        known = [count for count in self.parts.values() if count is not None]
        if len(known) < len(self.parts):
            return None
        highs = [count.high for count in known if count.high is not None]
        return Count(sum(count.low for count in known), sum(highs) if len(highs) == len(known) else None)


def read_counts(cells: CellReader, rows: Sorted, findings: FindingList, *, whole_file: bool) -> Found:
    """Return the pupils of each school by category; subtotals of other categories are never added up.

    Parameters
    ----------
    cells : CellReader
    rows : Sorted
    findings : FindingList
    whole_file : bool
        Not used: a table of categories has its totals in rows of their own.
    """
    places = {test.column: cells.shape.place([test.column]) for c in cells.map.categories for test in c.tests}
    schools: dict[str, SchoolFacts] = {}
    counted: dict[tuple[str, str], Counted] = {}
    others: list[str] = []
    repeats: list[str] = []
    for row in rows.rows:
        code = cells.code(row, "school")
        words = {column: cells.shape.cell(row, place) for column, place in places.items()}
        rank = next(
            (n for n, c in enumerate(cells.map.categories) if all(t.holds(words[t.column]) for t in c.tests)), None
        )
        if code is None or rank is None:
            others.append(cells.where(row, "school"))
            continue
        category = cells.map.categories[rank]
        facts = schools.setdefault(code, _school(cells, row, code))
        held = counted.setdefault((code, category.field), Counted(rank))
        if rank < held.rank:
            held.rank, held.parts = rank, {}
        elif rank > held.rank:
            others.append(cells.where(row, "school"))
            continue
        part = tuple(words[test.column].lower() for test in category.tests)
        count = cells.count(row, "pupils")
        if part not in held.parts:
            held.parts[part] = count
        elif count == held.parts[part]:
            repeats.append(cells.where(row, "school"))
        else:
            _differ(cells, row, facts, category.field, findings)
    for (code, name), held in counted.items():
        total = held.total()
        if total is not None:
            schools[code].counts[name] = total
    left = [LeftOut(OTHER, len(others), others[0])] if others else []
    left += [LeftOut(TWICE, len(repeats), repeats[0])] if repeats else []
    fields = tuple(dict.fromkeys(name for _, name in counted))
    return Found(tuple(schools.values()), (), _grades_against_total(schools), tuple(left), fields)


def _school(cells: CellReader, row: Row, code: str) -> SchoolFacts:
    return SchoolFacts(code, cells.text(row, "school_name") or code, cells.where(row, "school"))


def _grades_against_total(schools: dict[str, SchoolFacts]) -> tuple[Check, ...]:
    """Compare each school's total with the sum of its grades, where all of them are known."""
    checks = []
    for facts in schools.values():
        grades = [count for name, count in facts.counts.items() if grade_of(name) or name == "grade_ungraded"]
        total = facts.counts.get("enrollment")
        if total is None or total.exact is None or not grades or any(count.exact is None for count in grades):
            continue
        found = sum(count.low for count in grades)
        checks.append(Check(f"{facts.name}: pupils by grade", Measured.PUPILS, total.exact, found, facts.where))
    return tuple(checks)


def _differ(cells: CellReader, row: Row, facts: SchoolFacts, name: str, findings: FindingList) -> None:
    findings.error(
        "category-twice", cells.where(row, "pupils"), cells.text(row, "pupils"),
        what=f"{field_of(name).title} of {facts.name} (code {facts.code}) stands in two rows with different numbers.",
        why="It is not clear which of the two holds.", remedy="Leave only the rows of one date.",
    )  # fmt: skip


def read_pupils(cells: CellReader, rows: Sorted, findings: FindingList, *, whole_file: bool) -> Found:
    """Return how many different pupils each school has; their keys are counted and not kept.

    Parameters
    ----------
    cells : CellReader
    rows : Sorted
    findings : FindingList
    whole_file : bool
        Not used: such a table prints no totals.
    """
    pupils: dict[str, set[str]] = {}
    first: dict[str, SchoolFacts] = {}
    schools_of: dict[str, set[str]] = {}
    blank: list[str] = []
    repeats = 0
    for row in rows.rows:
        code, key = cells.code(row, "school"), cells.text(row, "pupil")
        if code is None or not key:
            blank.append(cells.where(row, "school"))
            continue
        first.setdefault(code, _school(cells, row, code))
        members = pupils.setdefault(code, set())
        repeats += key in members
        members.add(key)
        schools_of.setdefault(key, set()).add(code)
    several = sum(1 for codes in schools_of.values() if len(codes) > 1)
    if several:
        findings.warn(
            "pupils-at-two-schools", cells.shape.shown, "",
            what=f"{several:,} pupils are enrolled at more than one school and count at each of them.",
            why="The schools' pupils add up to more than the district's.",
            remedy="Export primary enrollments only, if a pupil should count once.",
        )  # fmt: skip
    for code, members in pupils.items():
        first[code].counts["enrollment"] = Count(len(members), len(members))
    left = [LeftOut("without a school or a pupil", len(blank), blank[0])] if blank else []
    if repeats:
        left.append(LeftOut("another class of a pupil who is counted already", repeats, cells.shape.shown))
    return Found(tuple(first.values()), guessed=tuple(left), counted=("enrollment",))


def read_schedule(cells: CellReader, rows: Sorted, findings: FindingList, *, whole_file: bool) -> Found:
    """Return the salaries of a schedule by degree or rank and years; zero stands for none.

    Parameters
    ----------
    cells : CellReader
    rows : Sorted
    findings : FindingList
    whole_file : bool
        Not used: a schedule prints no totals.
    """
    found: list[tuple[str, int, Decimal]] = []
    for row in rows.rows:
        lane, years, salary = cells.text(row, "lane"), cells.number(row, "step"), cells.number(row, "salary")
        if lane and isinstance(years, Decimal) and isinstance(salary, Decimal):
            found.append((lane, int(years), salary))
    return Found(schedule=tuple(found))
