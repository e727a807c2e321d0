"""The sheets Causes and Action money: what stands behind a gap, and which central line may act on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from equity_alloc.domain.action import SAME_TERMS, ActionMoney, Actions
from equity_alloc.domain.cause import A_RULE, Bone, Cause, CauseStatus
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.intervention import Intervention
from equity_alloc.evidence.catalog import cause_kinds
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.build_funds import read_codes
from equity_alloc.sources.cell_words import codes, yes_no
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.codes import check_code
from equity_alloc.sources.declare import Column, Kind, Sheet
from equity_alloc.sources.district_tables import FUND, LINE
from equity_alloc.sources.intervention_table import INTERVENTIONS, read_interventions
from equity_alloc.sources.priority_table import PRIORITIES, read_priorities
from equity_alloc.sources.read_tables import Table

CAUSES = Sheet(
    "Causes",
    "One row for each cause of a gap that the audit finds. Money for interventions follows a named cause, and nothing else.",
    (
        Column("Code", "code", Kind.TEXT, "Its name in lists.", example="K1"),
        Column("Gap", "indicator", Kind.TEXT, "What the audit compares, in its words.", example="Chronically absent"),
        Column("Student group", "group", Kind.TEXT, "The group that is worse off.", example="English learners"),
        Column("Schools", "schools", Kind.CODES, "Where the cause works; blank means all.", required=False, example="0104; 0105"),
        Column("Cause", "words", Kind.TEXT, "In your own words.", example="Messages reach families in one language."),
        Column(
            "Kind of cause",
            "kind",
            Kind.TEXT,
            f"As interventions name what they act on, or: {A_RULE}.",
            example="family access",
        ),
        Column("Where it lies", "bone", Kind.OPTION, "In which part of the work.", example=Bone.VOICE, options=tuple(Bone)),
        Column(
            "Status",
            "status",
            Kind.OPTION,
            "How far it was looked into; money follows no cause that is only suspected.",
            example=CauseStatus.FITS,
            options=tuple(CauseStatus),
        ),
        Column("Evidence", "evidence", Kind.TEXT, "What shows it.", required=False, example="Survey of 2026-09"),
        Column("Owner", "owner", Kind.TEXT, "Who answers for it.", required=False, example="Director of family support"),
        Column("Within reach", "is_ours", Kind.YES_NO, "Whether the district can act on it; blank means yes.", required=False, example="yes"),
        Column("Measure", "measure", Kind.TEXT, "What is counted to see whether it helps; blank for the gap itself.", required=False, example="Days absent, by month"),
        Column("Stop if", "stop", Kind.TEXT, "What would end it; blank for the usual rule.", required=False, example="Absence is no lower by March."),
        Column("Decide on", "decide_on", Kind.DAY, "The day, year first.", required=False, example="2027-05-15"),
    ),
    ("code",),
)  # fmt: skip
ACTION_MONEY = Sheet(
    "Action money",
    "Central lines that are set aside for interventions. Every dollar for them comes out of such a line, so none is spent twice.",
    (
        FUND,
        LINE,
        Column(
            "Weakest tier",
            "tier",
            Kind.TEXT,
            "Weakest tier of evidence that the fund may pay for, 1 to 4; blank where it asks for none.",
            required=False,
            example="3",
        ),
        Column(
            "Exit plan",
            "exit",
            Kind.TEXT,
            "How what costs every year goes on after one-time money; without one it buys nothing that recurs.",
            required=False,
            example="Moves to GEN in 2027-28, board vote of 2026-06-09",
        ),
    ),
    ("fund", "line"),
)
_WHY_CAUSE = "Money would follow a cause that nobody can look up."
_WHY_MONEY = "The money would come from nowhere, or be spent twice."
_WHY_TERMS = "A plan says which fund pays and not which line, so what one line asks for could not be held."


def read_actions(tables: Mapping[str, Table], district: District, findings: FindingList) -> Actions:
    """Return causes, own interventions and money; a row that cannot be read is a finding."""
    own = read_interventions(tables[INTERVENTIONS.name], findings) if INTERVENTIONS.name in tables else ()
    causes = _read_causes(tables[CAUSES.name], own, set(district.school_of), findings) if CAUSES.name in tables else ()
    money = _read_money(tables[ACTION_MONEY.name], district, findings) if ACTION_MONEY.name in tables else ()
    marks = read_priorities(tables[PRIORITIES.name], findings) if PRIORITIES.name in tables else ()
    return Actions(causes, own, money, marks)


def cause_rows(actions: Actions) -> Iterator[tuple[str, ...]]:
    """Yield one row of text for each cause."""
    for c in actions.causes:
        yield (
            c.code, c.indicator, c.group, codes(c.schools), c.words, c.kind, c.bone.value, c.status.value, c.evidence, c.owner,
            yes_no(c.is_ours), c.measure, c.stop, c.decide_on,
        )  # fmt: skip


def money_rows(actions: Actions) -> Iterator[tuple[str, ...]]:
    """Yield one row of text for each line of money."""
    for m in actions.money:
        yield m.fund, m.line, "" if m.weakest_tier is None else str(m.weakest_tier), m.exit_plan


def _read_causes(
    table: Table, own: tuple[Intervention, ...], schools: Collection[str], findings: FindingList
) -> tuple[Cause, ...]:
    known = {kind.lower(): kind for kind in (*cause_kinds(own), A_RULE)}
    found: dict[str, Cause] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        given = {name: cells.text(name) for name in ("code", "indicator", "group", "words", "kind")}
        asked = {name: cells.text(name) and cells.option(name) for name in ("bone", "status")}
        named = read_codes(cells, "schools", cells.exact("schools"), schools)
        words = {name: cells.exact(name).strip() for name in ("evidence", "owner", "measure", "stop")}
        is_ours = cells.yes_no("is_ours", default=True)
        if not all(given.values()) or not all(asked.values()):
            continue
        kind = known.get(str(given["kind"]).lower())
        if kind is None:
            listed = ", ".join(sorted(known.values()))
            _refuse(cells, "kind", f"No intervention acts on {given['kind']}.", f"Use one of: {listed}.", _WHY_CAUSE)
            continue
        try:
            made = Cause(
                code=str(given["code"]),
                indicator=str(given["indicator"]),
                group=str(given["group"]),
                words=str(given["words"]),
                kind=kind,
                bone=Bone(str(asked["bone"])),
                schools=named,
                status=CauseStatus(str(asked["status"])),
                is_ours=is_ours,
                decide_on=cells.exact("decide_on").strip().lower().removesuffix("t00:00:00"),
                **words,
            )
        except InvalidValue as error:
            _refuse(cells, "status", str(error), "Correct the row, or delete it.", _WHY_CAUSE)
            continue
        if made.code in found:
            _refuse(cells, "code", f"Cause {made.code} stands twice.", "Give each its own code.", _WHY_CAUSE)
            continue
        found[made.code] = made
    return tuple(found.values())


def _read_money(table: Table, district: District, findings: FindingList) -> tuple[ActionMoney, ...]:
    found: dict[tuple[str, str], ActionMoney] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        fund, line, tier = cells.code("fund"), cells.code("line"), cells.exact("tier").strip()
        if fund is not None and not check_code(
            fund, set(district.fund_of), cells.where("fund"), "fund", table.shown, findings
        ):
            fund = None
        if fund is None or line is None:
            continue
        if (fund, line) in found:
            _refuse(cells, "line", f"{line} of {fund} stands twice.", "Delete one of the rows.", _WHY_MONEY)
            continue
        if line not in {block.line for block in district.central if block.fund == fund}:
            lines = ", ".join(sorted({b.line for b in district.central if b.fund == fund})) or "none"
            _refuse(
                cells,
                "line",
                f"{fund} has no line {line} on the sheet Central. It has: {lines}.",
                "Add the line with its dollars to the sheet Central, or correct its name.",
                _WHY_MONEY,
            )
            continue
        try:
            weakest = int(tier) if tier.isdecimal() else None
            if tier and weakest is None:
                raise InvalidValue(f"The weakest tier is {tier}. Write 1, 2, 3 or 4, or leave it blank.")
            made = ActionMoney(fund, line, weakest, cells.exact("exit").strip())
        except InvalidValue as error:
            _refuse(cells, "tier", str(error), "Enter 1, 2, 3 or 4, or leave it blank.", _WHY_MONEY)
            continue
        other = next((each for each in found.values() if each.fund == fund and not each.asks_as(made)), None)
        if other is not None:
            field = "tier" if other.weakest_tier != made.weakest_tier else "exit"
            _refuse(
                cells, field, f"{line} of {fund} does not ask for the same as {other.line}.", SAME_TERMS, _WHY_TERMS
            )
            continue
        found[fund, line] = made
    return tuple(found.values())


def _refuse(cells: Cells, field: str, what: str, remedy: str, why: str) -> None:
    cells.findings.error(
        f"{'cause' if why is _WHY_CAUSE else 'action-money'}-{field.replace('_', '-')}",
        cells.where(field),
        cells.exact(field).strip(),
        what=what,
        why=why,
        remedy=remedy,
    )
