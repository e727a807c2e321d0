"""The sheet Policies: the register of policies, practices and rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.policy import ChangedBy, Policy, PolicyKind, PolicyStatus
from equity_alloc.rules.base import Rule
from equity_alloc.rules.mark import rule_mark
from equity_alloc.scenario import Scenario
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.declare import Column, Kind, Sheet
from equity_alloc.sources.read_tables import Table


def _text(title: str, field: str, help_: str, example: str, *, required: bool = False) -> Column:
    return Column(
        title, field, Kind.DAY if field == "adopted" else Kind.TEXT, help_, required=required, example=example
    )


def _option(title: str, field: str, help_: str, options: tuple[str, ...]) -> Column:
    return Column(title, field, Kind.OPTION, help_, required=False, example=options[0], options=options)


POLICIES = Sheet(
    "Policies",
    "The register: one row for each policy, practice or rule, with who owns it and what is to become of it.",
    (
        _text("Name", "name", "Its name.", "Hold harmless", required=True),
        _option("Kind", "kind", "Policy, practice or rule.", tuple(PolicyKind)),
        _text("Owner", "owner", "Who answers for it.", "Chief finance officer"),
        _text("Source", "source", "Where its text stands.", "Board policy 3120"),
        _text("Adopted on", "adopted", "The day, year first; blank if unknown.", "2019-06-11"),
        _text("Purpose", "purpose", "What it is said to be for.", "No school is surprised."),
        _text("Decides", "decides", "Who decides in the single case.", "Budget office"),
        _text("Touches", "touches", "Whom it touches.", "Schools that grow"),
        _option("Can be changed by", "changed_by", "Who could change it.", tuple(ChangedBy)),
        _text("Evidence", "evidence", "What shows that it works.", "None known"),
        _option("Status", "status", "Keep, repair or retire; undecided where blank.", tuple(PolicyStatus)),
        _text("Reason", "reason", "Why that status.", "It widens the gap."),
        _text("Rule", "rule", "Its number on the sheet Rules, where a rule of the plan is meant.", "5"),
    ),
    ("name",),
)


def read_policies(table: Table, rules: Mapping[str, Rule], findings: FindingList) -> tuple[Policy, ...]:
    """Return every row that can be read; a number of a rule becomes the mark of that rule."""
    found: dict[str, Policy] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        given = {column.field: cells.exact(column.field).strip() for column in POLICIES.columns}
        options = {field: cells.option(field) for field in ("kind", "changed_by", "status")}
        if cells.text("name") is None:
            continue
        try:
            made = Policy(
                **{field: text for field, text in given.items() if field not in (*options, "adopted", "rule")},
                kind=PolicyKind(options["kind"] or PolicyKind.PRACTICE),
                changed_by=ChangedBy(options["changed_by"] or ChangedBy.UNKNOWN),
                status=PolicyStatus(options["status"] or PolicyStatus.UNDECIDED),
                adopted=given["adopted"].lower().removesuffix("t00:00:00"),
                rule=_mark(given["rule"], rules),
            )
            if made.name in found:
                raise InvalidValue(f"{made.name} stands twice in the register.")
        except InvalidValue as error:
            findings.error(
                "policy",
                cells.where("name"),
                given["name"],
                what=str(error),
                why="A row that is not understood would look as if it had been examined.",
                remedy="Correct the row, or delete it.",
            )
            continue
        found[made.name] = made
    return tuple(found.values())


def policy_rows(scenario: Scenario) -> Iterator[tuple[str, ...]]:
    """Yield one row of text for each policy."""
    numbers: Mapping[str, int] = {rule_mark(rule): number for number, rule in enumerate(scenario.rules, start=1)}
    for each in scenario.policies:
        row = [str(getattr(each, column.field)) for column in POLICIES.columns]
        yield (*row[:-1], str(numbers[each.rule]) if each.rule in numbers else "")


def _mark(typed: str, rules: Mapping[str, Rule]) -> str:
    if not typed:
        return ""
    if typed not in rules:
        raise InvalidValue(f"Rule is {typed}, and the sheet Rules has no such number.")
    return rule_mark(rules[typed])
