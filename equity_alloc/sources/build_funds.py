"""Positions and funds from their sheets."""

from __future__ import annotations

from collections.abc import Collection

from equity_alloc.domain.district import ALL, Fund, GroupUse, Position, StudentGroup
from equity_alloc.domain.federal import FundSource
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.codes import check_code
from equity_alloc.sources.declare import EVERYTHING, LAST_YEAR, NOTHING, PLAN_DECIDES, TITLE_ONE
from equity_alloc.sources.group_names import find_group
from equity_alloc.sources.read_tables import Table

#: How a fund that is shared out like last year is marked in the domain.
SHARED_LAST_YEAR = "last-year"
#: And one that follows the law of Title I-A.
SHARED_TITLE_ONE = "title-1"


def read_positions(table: Table, findings: FindingList) -> dict[str, Position]:
    """Return every position whose row can be read, by code."""
    positions: dict[str, Position] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        code, title, cost = cells.code("code"), cells.text("title"), cells.dollars("cost")
        step, smallest = cells.fte("step"), cells.fte("smallest")
        step = 100 if step is None else step
        if step == 0:
            findings.error(
                "step-zero",
                cells.where("step"),
                cells.exact("step").strip(),
                what=f"Step is 0 for {cells.subject}.",
                why="Posts come in multiples of the step, so it must be above zero.",
                remedy="Enter a step such as 1, 0.5 or 0.2, or leave it blank for whole posts.",
            )
        elif cost is not None and cost * step % 100:
            findings.error(
                "cost-step-not-whole-cents",
                cells.where("cost"),
                cells.exact("cost").strip(),
                what=f"A step of {step / 100:g} FTE does not cost whole cents at {cells.exact('cost').strip()} "
                f"for {cells.subject}.",
                why="Every post must cost whole cents, so that funds add up exactly.",
                remedy="Round the cost per FTE to whole dollars, or choose another step.",
            )
        elif not _lost(cells, "position", code, positions) and code is not None:
            positions[code] = Position(code, title or "", cost or 0, step, smallest or 0, cells.maybe("compares"))
        if code is not None and code not in positions:
            positions[code] = Position(code, title or "", 0)
    return positions


def read_funds(
    table: Table, groups: tuple[StudentGroup, ...], schools: Collection[str], positions: Collection[str],
    findings: FindingList,
) -> dict[str, Fund]:  # fmt: skip
    """Return every fund whose row can be read, by code."""
    funds: dict[str, Fund] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        code, title, amount = cells.code("code"), cells.text("title"), cells.dollars("amount")
        shared_by = read_sharing(cells, "shared_by", cells.exact("shared_by"), groups)
        counts, source = cells.yes_no("counts", default=True), cells.option("source")
        money = FundSource(source) if source else None
        lists = (
            read_codes(cells, "schools", cells.exact("schools"), schools),
            read_codes(cells, "positions", cells.exact("positions"), positions),
            read_codes(cells, "lines", cells.exact("lines"), None),
        )
        if not counts and not shared_by and shared_by is not None:
            findings.error(
                "fund-without-sharing",
                cells.where("shared_by"),
                "",
                what=f"{cells.subject} does not count toward the level, and nothing says how it is shared out.",
                why="Money that comes on top must follow a rule of its own, so that it never displaces general money.",
                remedy="Enter last year or the title of a student group under Shared out by, or let the fund count.",
            )
            shared_by = SHARED_LAST_YEAR
        if not counts and shared_by is None:
            shared_by = SHARED_LAST_YEAR
        if not _lost(cells, "fund", code, funds) and code is not None:
            funds[code] = Fund(code, title or "", amount or 0, counts, shared_by or "", *lists, source=money)
    return funds


def read_sharing(cells: Cells, field: str, found: str, groups: tuple[StudentGroup, ...]) -> str | None:
    """Return how a fund is shared out: "", "last-year" or a group's code; None with a finding where unclear."""
    words = found.strip()
    if words.lower() in ("", PLAN_DECIDES):
        return ""
    if words.lower() in (LAST_YEAR, SHARED_LAST_YEAR):
        return SHARED_LAST_YEAR
    if words.lower() in (TITLE_ONE.lower(), SHARED_TITLE_ONE):
        return SHARED_TITLE_ONE
    group = find_group(groups, words)
    if group is not None and group.use is GroupUse.NEED:
        return group.code
    drivers = ", ".join(g.title for g in groups if g.use is GroupUse.NEED) or "none"
    audit = group is not None
    cells.findings.error(
        "shared-by-protected" if audit else "shared-by-unknown",
        cells.where(field),
        words,
        what=f"{cells.subject} is shared out by {words}, "
        + ("a group that is for audit only." if audit else "which is neither last year nor a student group here."),
        why="A fund with a rule of its own follows last year's dollars, Title I ranking or the pupils of one group.",
        remedy=f"Enter last year, Title I ranking, or one of the need drivers: {drivers}.",
    )
    return None


def read_codes(cells: Cells, field: str, found: str, known: Collection[str] | None) -> tuple[str, ...]:
    """Return a list of codes; all where blank."""
    words = found.strip()
    if words.lower() in ("", EVERYTHING, "*"):
        return ALL
    if words.lower() == NOTHING:
        return ()
    codes = tuple(dict.fromkeys(code for code in (part.strip() for part in words.split(";")) if code))
    if known is not None:
        for code in codes:
            check_code(code, known, cells.where(field), field, cells.table.shown, cells.findings)
    return codes


def _lost(cells: Cells, kind: str, code: str | None, known: Collection[str]) -> bool:
    """Whether a row gives no code of its own; a finding says so where it repeats one."""
    if code is not None and code not in known:
        cells.findings.homes[kind, code] = cells.where("code")
        return False
    cells.findings.leave_out(kind, cells.where("code"))
    if code is None:
        return True
    cells.findings.error(
        "code-duplicate",
        cells.where("code"),
        code,
        what=f"Code {code} is used twice on {cells.table.shown}.",
        why="Identity is the code, so two members would be taken for one.",
        remedy="Give each row its own code, or delete the row that repeats it.",
    )
    return True
