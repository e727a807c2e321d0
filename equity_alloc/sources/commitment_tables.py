"""The sheets Commitments and Commitment tests: what was promised, by whom, and what a plan must do to keep it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from equity_alloc.commitment import Commitment, Drop, Kind, StepDone
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.gap_goal import GapGoal
from equity_alloc.rules.base import Rule
from equity_alloc.scenario import Scenario
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.build_rules import numbered_rules
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.choice_tables import RULES
from equity_alloc.sources.declare import Column, Sheet, slug
from equity_alloc.sources.declare import Kind as Holds
from equity_alloc.sources.read_tables import Table
from equity_alloc.sources.write_choices import setting_rows

#: Columns of days, which a spreadsheet may give a midnight.
_DAYS = ("adopted", "day", "review", "before", "done")


def _words(title: str, field: str, help_: str, example: str, *, required: bool = False) -> Column:
    kind = Holds.DAY if field in _DAYS else Holds.TEXT
    return Column(title, field, kind, help_, required=required, example=example)


#: Columns about a commitment that was dropped: all of them, or none.
_DROP = ("who", "role", "day", "reason", "dissent", "review", "considered", "of")
#: Columns of a step that is done before a day, and of a gap that is held: all of a kind, or none.
_STEP, _GAP = ("what", "before", "done", "where"), ("indicator", "group", "points")

COMMITMENTS = Sheet(
    "Commitments",
    "What the district has promised: one clause of an adopted text in each row.",
    (
        _words("Code", "code", "Its name in lists.", "C1", required=True),
        _words("Clause", "clause", "The adopted words, at most 60.", "Every school has a nurse.", required=True),
        _words("Adopted by", "body", "Who adopted it.", "Board of Education", required=True),
        _words("Adopted on", "adopted", "The day, year first.", "2025-06-10", required=True),
        _words("Resolution", "resolution", "Its number.", "25-06"),
        _words("Owner", "owner", "Who answers for it.", "Chief of schools"),
        Column(
            "Kind",
            "kind",
            Holds.OPTION,
            "Law, promise or target; a promise where blank.",
            required=False,
            example="promise",
            options=tuple(Kind),
        ),
        _words("Priority", "priority", "1 is kept first; 1 where blank.", "1"),
        _words("Due", "due", "First school year in which a target must be met.", "2028-29"),
        Column(
            "Adds its rule",
            "adds",
            Holds.YES_NO,
            "Yes where the rule that binds the plan stands on Rules for it alone.",
            required=False,
            example="no",
        ),
        _words(
            "Must be done",
            "what",
            "A step that is the test, in place of a rule.",
            "Families of every school are heard.",
        ),
        _words("Before", "before", "The day before which it is done, year first.", "2027-03-09"),
        _words("Done on", "done", "The day; blank as long as it is not done.", "2027-02-11"),
        _words("Recorded in", "where", "Where others can read that it was done.", "Minutes of February 11"),
        _words(
            "Indicator",
            "indicator",
            "As on Indicators: a gap that is the test, in place of a rule.",
            "Chronically absent",
        ),
        _words("Student group", "group", "Whose gap it is.", "Homeless"),
        _words("Gap at most", "points", "In percentage points.", "5"),
        _words("Dropped by", "who", "Blank unless it was dropped.", "Board of Education"),
        _words("Role", "role", "In what role.", "Board, 5 to 2"),
        _words("Dropped on", "day", "The day, year first.", "2026-04-14"),
        _words("Reason", "reason", "Why.", "The levy failed."),
        _words("Dissent", "dissent", "Verbatim, or none stated.", "none stated"),
        _words("Looked at again on", "review", "The day, year first.", "2027-04-01"),
        _words("Cheapest way to keep it", "considered", "What was looked at, or none found.", "none found"),
        _words("Decided about", "of", "Which version of the commitment; filled in by this program.", ""),
    ),
    ("code",),
)
COMMITMENT_TESTS = Sheet(
    "Commitment tests",
    "What a plan must do to keep a commitment: a rule with its settings, as on the sheet Rules.",
    (
        dataclasses.replace(
            RULES.columns[0], title="Commitment", help="Its code on the sheet Commitments.", aliases=("No",)
        ),
        *RULES.columns[1:],
    ),
    RULES.keys,
)


def read_commitments(
    table: Table, tests: Table | None, district: District, findings: FindingList
) -> tuple[Commitment, ...]:
    """Return every commitment whose row can be read, with its test where it has one."""
    rules: Mapping[str, Rule] = numbered_rules(tests, district, findings) if tests is not None else {}
    found: dict[str, Commitment] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        given = {column.field: cells.exact(column.field).strip() for column in COMMITMENTS.columns}
        given |= {name: _day(given[name]) for name in _DAYS}
        given.pop("kind"), given.pop("adds")
        drop, step, gap = ({name: given.pop(name) for name in names} for names in (_DROP, _STEP, _GAP))
        required = [cells.text(column.field) for column in COMMITMENTS.columns if column.required]
        kind, adds, priority = cells.option("kind"), cells.yes_no("adds", default=False), given.pop("priority")
        if None in required:
            continue
        try:
            made = Commitment(
                **given,
                test=rules.get(given["code"]),
                drop=Drop(**drop) if any(drop.values()) else None,
                kind=Kind(kind or Kind.PROMISE),
                priority=_priority(priority),
                adds=adds,
                step=StepDone(**step) if any(step.values()) else None,
                gap=_gap(gap, district) if any(gap.values()) else None,
            )
        except InvalidValue as error:
            _refuse(cells, "code", str(error), "Correct the row, or delete it.")
            continue
        if made.code in found:
            _refuse(cells, "code", f"Commitment {made.code} stands twice.", "Give each its own code.")
            continue
        found[made.code] = made
    if tests is not None:
        _refuse_tests_of_nothing(tests, found, findings)
    return tuple(found.values())


def commitment_rows(scenario: Scenario) -> Iterator[tuple[str, ...]]:
    """Yield one row of text for each commitment."""
    for each in scenario.commitments:
        parts = [
            [""] * len(names) if part is None else [str(getattr(part, name)) for name in names]
            for part, names in ((each.step, _STEP), (each.gap, _GAP), (each.drop, _DROP))
        ]
        yield (
            each.code,
            each.clause,
            each.body,
            each.adopted,
            each.resolution,
            each.owner,
            each.kind.value,
            str(each.priority),
            each.due,
            "yes" if each.adds else "no",
            *(cell for part in parts for cell in part),
        )


def commitment_test_rows(scenario: Scenario) -> Iterator[tuple[str, ...]]:
    """Yield one row for each setting of each commitment's test."""
    for each in scenario.commitments:
        if each.test is not None:
            for label, value in list(setting_rows(each.test)) or [("", "")]:
                yield each.code, each.test.code, label, value


def _day(typed: str) -> str:
    """Return a day without the midnight that a spreadsheet adds to it."""
    return typed.lower().removesuffix("t00:00:00")


def _priority(typed: str) -> int:
    if typed and not typed.isdecimal():
        raise InvalidValue(f"Priority is {typed}. Enter a whole number; 1 is kept first.")
    return int(typed or 1)


def _gap(given: Mapping[str, str], district: District) -> GapGoal:
    """Return a gap as typed; indicator and group must be the district's."""
    titles = {indicator.title for indicator in district.indicators}
    if given["indicator"] not in titles:
        raise InvalidValue(f"There is no indicator '{given['indicator']}' on the sheet Indicators.")
    codes = {slug(name): group.code for group in district.groups for name in (group.title, group.code)}
    code = codes.get(slug(given["group"]))
    if code is None:
        raise InvalidValue(f"There is no student group '{given['group']}' on the sheet Schools.")
    try:
        points = Decimal(given["points"].rstrip(" %"))
    except InvalidOperation:
        raise InvalidValue(f"Gap at most is '{given['points']}'. Enter percentage points, like 5.") from None
    return GapGoal(given["indicator"], code, points)


def _refuse_tests_of_nothing(tests: Table, found: Mapping[str, Commitment], findings: FindingList) -> None:
    told: set[str] = set()
    for row in tests.rows:
        cells = Cells(tests, row, findings)
        code = cells.exact("number").strip()
        if code and code not in found and code not in told and not findings.has_errors_on(tests.shown):
            told.add(code)
            _refuse(
                cells,
                "number",
                f"There is a test of commitment {code}, and no such commitment.",
                "Correct the code, or add the commitment to the sheet Commitments.",
            )


def _refuse(cells: Cells, field: str, what: str, remedy: str) -> None:
    cells.findings.error(
        "commitment",
        cells.where(field),
        cells.exact(field).strip(),
        what=what,
        why="A promise that is not understood would look as if it had been kept.",
        remedy=remedy,
    )
