"""Sheets of the workbook that tell: overview, what changed, rules and room, measures, assumptions, sources, and how it ties."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc import __version__
from equity_alloc.domain.finding import print_amount
from equity_alloc.domain.number import print_number
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import measure_rows, post_changes
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.live_money import LINE, POST, Ledger
from equity_alloc.reports.live_sheet import FIRST, Cell, LiveSheet, Row, added, fte, letter, money, text
from equity_alloc.reports.public_counts import UNKNOWN
from equity_alloc.sources.declare import Kind
from equity_alloc.sources.tables import (
    ASSUMED,
    BY_FUND,
    BY_POSITION,
    BY_SCHOOL,
    BY_SCHOOL_FUND,
    CHANGED,
    CITED,
    MEASURED,
    OVERVIEW,
    ROOM,
    TIED,
)

#: So many schools without room are named for a rule; the others are counted.
NAMED = 12


def overview(ledger: Ledger, draft: tuple[str, ...]) -> LiveSheet:
    """Return the plan in a dozen lines, each a formula over the other sheets."""
    plan, rows = ledger.plan, ledger.rows
    first, last = FIRST, FIRST + len(rows) - 1
    total = last + 1
    levels_today = [row.level_today for row in rows if row.level_today is not None]
    levels_plan = [row.level_plan for row in rows if row.level_plan is not None]
    changes = f"'{BY_SCHOOL}'!$G${first}:$G${last}"
    funds = FIRST + len(plan.certificate.funds)
    status = draft_line(draft) or "Nothing stands against adopting this plan: every rule is kept, and it is proven."
    lines: list[Row] = [
        (text("Status"), text(status)),
        (text("Outcome"), text(plan.outcome.value)),
        (text("Schools"), Cell(len(rows), Kind.PUPILS, f"=COUNTA('{BY_SCHOOL}'!$A${first}:$A${last})")),
        (text("Pupils"), Cell(sum(r.enrollment for r in rows), Kind.PUPILS, f"='{BY_SCHOOL}'!$D${total}")),
        (text("Core dollars last year"), money(sum(r.counted_today for r in rows), f"='{BY_SCHOOL}'!$E${total}")),
        (text("Core dollars in the plan"), money(sum(r.counted_plan for r in rows), f"='{BY_SCHOOL}'!$F${total}")),
        (text("Dollars on top in the plan"), money(sum(r.other_plan for r in rows), f"='{BY_SCHOOL}'!$J${total}")),
        (text("Budgeted centrally"), money(_funds(plan, "central"), f"='{BY_FUND}'!$E${funds}")),
        (text("Unallocated"), money(_funds(plan, "unallocated"), f"='{BY_FUND}'!$G${funds}")),
        (text("FTE last year"), _held(ledger, sum(r.fte_today for r in rows), f"='{BY_SCHOOL}'!$L${total}")),
        (text("FTE in the plan"), _held(ledger, sum(r.fte_plan for r in rows), f"='{BY_SCHOOL}'!$M${total}")),
        (
            text("Schools that gain core dollars"),
            Cell(sum(1 for r in rows if r.counted_change > 0), Kind.PUPILS, f'=COUNTIF({changes},">0")'),
        ),
        (
            text("Schools that give up core dollars"),
            Cell(sum(1 for r in rows if r.counted_change < 0), Kind.PUPILS, f'=COUNTIF({changes},"<0")'),
        ),
        (
            text(f"Lowest level last year, {plan.view.levels.unit}"),
            Cell(min(levels_today, default=None), Kind.WEIGHT, f"=MIN('{BY_SCHOOL}'!$P${first}:$P${last})"),
        ),
        (
            text(f"Lowest level in the plan, {plan.view.levels.unit}"),
            Cell(min(levels_plan, default=None), Kind.WEIGHT, f"=MIN('{BY_SCHOOL}'!$Q${first}:$Q${last})"),
        ),
    ]
    title = f"{plan.district.name} {plan.district.year}: {plan.scenario.name}"
    return LiveSheet(OVERVIEW, title, ("What", "How much"), tuple(lines), (48, 60))


def _held(ledger: Ledger, hundredths: int, formula: str) -> Cell:
    """Return posts, or that none are known."""
    return fte(hundredths, formula) if ledger.knows_posts else text(UNKNOWN)


def _funds(plan: Plan, what: str) -> int:
    return sum(getattr(fund, what) for fund in plan.certificate.funds)


def what_changed(ledger: Ledger) -> LiveSheet:
    """Return every post and line that changes at a school."""
    headings = ("Code", "School", "Position or line", "Title", "Is", "Last year", "Plan", "Change", "Dollars last year",
                "Dollars in the plan", "Change in dollars")  # fmt: skip
    rows = tuple(_changes(ledger))
    title = "Every post (in FTE) and line that changes, all funds together; posts at average cost"
    return LiveSheet(CHANGED, title, headings, rows, (10, 28, 20, 28, 8, 14))


def _changes(ledger: Ledger) -> Iterator[Row]:
    plan, at = ledger.plan, FIRST
    paid: list[dict[tuple[str, str, bool], int]] = [{}, {}]
    for sums, allocation in zip(paid, (plan.view.district.today, plan.allocation), strict=True):
        for entries, is_post in ((allocation.pay, True), (allocation.dollars, False)):
            for (school, item, _), cents in entries:
                sums[school, item, is_post] = sums.get((school, item, is_post), 0) + cents
    for row in ledger.rows:
        for change in post_changes(plan, row.code):
            key = (row.code, change.item, change.is_position)
            before, now = (sums.get(key, 0) for sums in paid)
            if change.today == change.plan and before == now:
                continue
            was = ((ledger.priced("A"), f"$A{at}"), (ledger.priced("B"), f"$C{at}"), (ledger.priced("H"), f"$E{at}"))
            sheet, item = ("Plan pay", "Position") if change.is_position else ("Plan dollars", "Line")
            dollars = _planned(ledger, sheet, item, "Dollars", at)
            posts = (Cell(None),) * 3
            if change.is_position:
                posts = (
                    fte(change.today, added(ledger.priced("D"), *was)),
                    fte(change.plan, _planned(ledger, "Plan posts", "Position", "FTE", at)),
                    fte(change.plan - change.today, f"=ROUND(G{at}-F{at},2)"),
                )
            yield (
                text(row.code),
                text(row.name),
                text(change.item),
                text(change.title),
                text(POST if change.is_position else LINE),
                *posts,
                money(before, added(ledger.priced("F"), *was)),
                money(now, dollars),
                money(now - before, f"=ROUND(J{at}-I{at},2)"),
            )
            at += 1


def _planned(ledger: Ledger, sheet: str, item: str, what: str, at: int) -> str:
    where = ((ledger.cells(sheet, "School"), f"$A{at}"), (ledger.cells(sheet, item), f"$C{at}"))
    return added(ledger.cells(sheet, what), *where)


def rules_and_room(plan: Plan) -> LiveSheet:
    """Return each rule with how much room is left, and where there is none."""
    rows = []
    for report in plan.certificate.rules:
        room = "" if report.least_room is None or report.unit is None else print_amount(report.least_room, report.unit)
        basis = f"{report.force.value}: {report.written}"
        words = (str(report.number), report.title, report.explain, basis, report.verdict.value, room)
        named, more = report.binding[:NAMED], len(report.binding) - NAMED
        where = "; ".join(named) + (f"; and {more} more" if more > 0 else "")
        rows.append((*map(text, words), text(f"{len(report.binding)} of {report.subjects}"), text(where)))
    headings = ("Rule", "Title", "Here", "Authority", "Kept", "Least room", "Without room", "Where")
    return LiveSheet(ROOM, "Every rule, and the room it leaves", headings, tuple(rows), (6, 30, 46, 30, 10, 14, 11, 50))


def measures(plan: Plan) -> LiveSheet:
    """Return every measure with its definition and source."""
    rows = []
    for row in measure_rows(plan):
        values = tuple(
            Cell(value, Kind.MEASURED, places=row.measure.places) if value is not None else text(row.note)
            for value in (row.today, row.plan)
        )
        measure = row.measure
        definition = f"{measure.definition} {row.basis}".strip()
        words = (measure.unit, measure.better.value, definition, measure.formula, str(measure.source))
        rows.append((text(measure.title), *values, *map(text, words)))
    headings = ("Measure", "Last year", "Plan", "Unit", "Better when", "Definition", "Formula", "Source")
    title = "Measures of core dollars, each school counted by its pupils"
    return LiveSheet(MEASURED, title, headings, tuple(rows), (30, 14, 14, 18, 9, 42))


def assumptions(plan: Plan) -> LiveSheet:
    """Return what the plan takes for granted."""
    scenario, district = plan.scenario, plan.district
    titles = {group.code: group.title for group in district.groups}
    lines = [
        ("Scenario", scenario.name, scenario.note),
        ("Objective", scenario.objective.title, scenario.objective.explain(plan.view)),
        ("Level", plan.view.levels.unit, "Core money of a school, divided by this."),
        (
            "Tolerance",
            f"${scenario.tolerance / 100:.2f}",
            "How far a level may stay below the best for the sake of fewer moves.",
        ),
        *(
            ("Need weight", f"{titles[w.group]}: {print_number(w.weight)}", str(w.source))
            for w in scenario.need_weights
        ),
        *(("Supposed, not voted", "", sentence) for sentence in plan.certificate.supposed),
        *(("Noticed: nobody has decided this", "", sentence) for sentence in plan.certificate.noticed),
        *(("Formula", "", sentence) for sentence in plan.certificate.formula),
        *(
            ("Decision about the data", decision.what, f"{decision.who}, {decision.when}")
            for decision in district.decisions
        ),
        (
            "Prices",
            "average cost",
            "Posts of last year and of the plan are priced at the plan year's district average.",
        ),
        ("Invented", "yes" if district.invented else "no", "Whether the data describe a district that does not exist."),
        ("Version", __version__, "Of the program that made the plan."),
        ("District digest", plan.certificate.district_digest, "Identity of the data."),
        ("Scenario digest", plan.certificate.scenario_digest, "Identity of the choices."),
    ]
    rows = tuple(tuple(map(text, line)) for line in lines)
    return LiveSheet(ASSUMED, "What the plan takes for granted", ("What", "Value", "Meaning"), rows, (26, 40, 90))


def sources(plan: Plan) -> LiveSheet:
    """Return every source of the rules, the objective and the measures, once."""
    uses: dict[str, list[str]] = {}
    for report in plan.certificate.rules:
        uses.setdefault(report.written, []).append(f"rule {report.number}")
    for report in plan.certificate.rules:
        uses.setdefault(f"Rules of this kind: {report.source}", []).append(f"kind of rule {report.number}")
    uses.setdefault(str(plan.scenario.objective.source), []).append("objective")
    for row in measure_rows(plan):
        uses.setdefault(str(row.measure.source), []).append(row.measure.title)
    rows = tuple((text(source), text("; ".join(named)[:2000])) for source, named in uses.items())
    return LiveSheet(CITED, "Where it is written", ("Source", "Used by"), rows, (100, 60))


def reconciliation(ledger: Ledger) -> LiveSheet:
    """Return what the certificate says beside what the sheets add up to; every difference must be zero."""
    plan = ledger.plan
    rows: list[Row] = []
    for place, fund in enumerate(plan.certificate.funds):
        at = FIRST + len(rows)
        parts = "+".join(
            added(ledger.cells(sheet, "Dollars"), (ledger.cells(sheet, "Fund"), f"$A{at}"))[1:]
            for sheet in ("Plan pay", "Plan dollars")
        )
        named = (text(fund.code), text(f"{fund.title}: dollars at schools"), money(fund.schools))
        rows.append((*named, money(fund.schools, f"=ROUND({parts},2)"), money(0, f"=ROUND(C{at}-D{at},2)")))
        at, row = at + 1, FIRST + place
        spent = f"=ROUND('{BY_FUND}'!$E${row}+'{BY_FUND}'!$F${row}+'{BY_FUND}'!$G${row},2)"
        named = (text(fund.code), text(f"{fund.title}: central, schools and unallocated"), money(fund.appropriation))
        rows.append((*named, money(fund.appropriation, spent), money(0, f"=ROUND(C{at}-D{at},2)")))
    for place, (code, title, posts) in enumerate(plan.certificate.positions):
        at = FIRST + len(rows)
        found = fte(posts, f"='{BY_POSITION}'!$E${FIRST + place}")
        rows.append((text(code), text(f"{title}: FTE"), fte(posts), found, fte(0, f"=ROUND(C{at}-D{at},2)")))
    at, end = FIRST + len(rows), FIRST + 1 + len(ledger.rows)
    total = plan.allocation.total
    last = len(plan.certificate.funds)
    matrix = f"'{BY_SCHOOL_FUND}'!$C${FIRST + 2}:${letter(1 + last)}${end}"
    named = (text(""), text("All dollars at schools"), money(total))
    rows.append((*named, money(total, f"=ROUND(SUM({matrix}),2)"), money(0, f"=ROUND(C{at}-D{at},2)")))
    words = "Everything ties, to the cent and to the hundredth of a post."
    test = f'=IF(SUMPRODUCT(ABS(E{FIRST}:E{at}))=0,"{words}","Something does not tie: see the differences above.")'
    rows.append((text(""), Cell(words, Kind.TEXT, test)))
    headings = ("Code", "What", "Certificate", "The sheets add up to", "Difference")
    return LiveSheet(
        TIED, "What the certificate says, and what the sheets add up to", headings, tuple(rows), (12, 60, 20)
    )
