"""The sheets Commitments and Commitment tests: what was promised, by whom, and what a plan must do to keep it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from equity_alloc.commitment import Commitment, Drop
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.rules.base import Rule
from equity_alloc.scenario import Scenario
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.build_rules import numbered_rules
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.choice_tables import RULES
from equity_alloc.sources.declare import Column, Kind, Sheet
from equity_alloc.sources.read_tables import Table
from equity_alloc.sources.write_choices import setting_rows


def _words(title: str, field: str, help_: str, example: str, *, required: bool = False) -> Column:
    kind = Kind.DAY if field in ("adopted", "day", "review") else Kind.TEXT
    return Column(title, field, kind, help_, required=required, example=example)


#: Columns about a commitment that was dropped: all of them, or none.
_DROP = ("who", "role", "day", "reason", "dissent", "review")

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
        _words("Dropped by", "who", "Blank unless it was dropped.", "Board of Education"),
        _words("Role", "role", "In what role.", "Board, 5 to 2"),
        _words("Dropped on", "day", "The day, year first.", "2026-04-14"),
        _words("Reason", "reason", "Why.", "The levy failed."),
        _words("Dissent", "dissent", "Verbatim, or none stated.", "none stated"),
        _words("Looked at again on", "review", "The day, year first.", "2027-04-01"),
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
        given |= {name: _day(given[name]) for name in ("adopted", "day", "review")}
        drop = {name: given.pop(name) for name in _DROP}
        required = [cells.text(column.field) for column in COMMITMENTS.columns if column.required]
        if None in required:
            continue
        try:
            dropped = Drop(**drop) if any(drop.values()) else None
            made = Commitment(**given, test=rules.get(given["code"]), drop=dropped)
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
        drop = [""] * len(_DROP) if each.drop is None else [getattr(each.drop, name) for name in _DROP]
        yield each.code, each.clause, each.body, each.adopted, each.resolution, each.owner, *drop


def commitment_test_rows(scenario: Scenario) -> Iterator[tuple[str, ...]]:
    """Yield one row for each setting of each commitment's test."""
    for each in scenario.commitments:
        if each.test is not None:
            for label, value in list(setting_rows(each.test)) or [("", "")]:
                yield each.code, each.test.code, label, value


def _day(typed: str) -> str:
    """Return a day without the midnight that a spreadsheet adds to it."""
    return typed.lower().removesuffix("t00:00:00")


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
