"""Sheets of the workbook that tell: overview, what changed, rules and room, measures, assumptions and sources."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc import __version__
from equity_alloc.commitments.scoreboard import State, scoreboard
from equity_alloc.domain.finding import print_amount
from equity_alloc.domain.number import print_number
from equity_alloc.domain.source import Source
from equity_alloc.planning.baseline import knows_posts
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.public_identity import public_identity
from equity_alloc.planning.reason import reasons
from equity_alloc.planning.reason_words import reason_sentence
from equity_alloc.planning.summary import measure_rows, post_changes
from equity_alloc.reports.draft import IN_ORDER
from equity_alloc.reports.live_money import LINE, POST, Ledger
from equity_alloc.reports.live_sheet import FIRST, Cell, LiveSheet, Row, added, fte, money, text
from equity_alloc.reports.public_counts import UNKNOWN
from equity_alloc.reports.reconciliation import ALL_TIES
from equity_alloc.rules.usual import NO_SOURCE
from equity_alloc.sources.declare import Kind
from equity_alloc.sources.tables import (
    ASSUMED,
    BY_FUND,
    BY_SCHOOL,
    CHANGED,
    CITED,
    DECIDED,
    MEASURED,
    OVERVIEW,
    ROOM,
    TIED,
    TOLD_WHY,
)

#: So many schools without room are named for a rule; the others are counted.
NAMED = 12


def overview(ledger: Ledger, draft: str) -> LiveSheet:
    """Return the plan in a dozen lines, each a formula over the other sheets; the first says whether it is a draft."""
    plan, rows = ledger.plan, ledger.rows
    first, last = FIRST, FIRST + len(rows) - 1
    total = last + 1
    levels_today = [row.level_today for row in rows if row.level_today is not None]
    levels_plan = [row.level_plan for row in rows if row.level_plan is not None]
    changes = f"'{BY_SCHOOL}'!$G${first}:$G${last}"
    funds = FIRST + len(plan.certificate.funds)
    status = draft or " ".join((IN_ORDER, *_open_all_the_same(plan)))
    lines: list[Row] = [
        (text("Status"), text(status)),
        (text("Outcome"), text(plan.outcome.value)),
        (text("Schools"), Cell(len(rows), Kind.PUPILS, f"=COUNTA('{BY_SCHOOL}'!$A${first}:$A${last})")),
        (text("Pupils"), Cell(sum(r.enrollment for r in rows), Kind.PUPILS, f"='{BY_SCHOOL}'!$D${total}")),
        (text("Core dollars last year"), money(sum(r.counted_today for r in rows), f"='{BY_SCHOOL}'!$E${total}")),
        (text("Core dollars in the plan"), money(sum(r.counted_plan for r in rows), f"='{BY_SCHOOL}'!$F${total}")),
        (
            text("Supplemental dollars in the plan"),
            money(sum(r.other_plan for r in rows), f"='{BY_SCHOOL}'!$J${total}"),
        ),
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
        (text("Does everything tie?"), Cell(ALL_TIES, Kind.TEXT, f"='{TIED}'!$B${FIRST}")),
    ]
    title = f"{plan.district.name} {plan.district.year}: {plan.scenario.name}"
    return LiveSheet(OVERVIEW, title, ("What", "How much"), tuple(lines), (54, 60))


def _open_all_the_same(plan: Plan) -> Iterator[str]:
    """Yield what the board still has before it, though it does not make the plan a draft."""
    yield f"Whether a decision on it is on record stands on the sheet {DECIDED}; without that sheet none is."
    standings = scoreboard(plan.district, plan.scenario, plan.allocation)
    for state, words in ((State.DROPPED, "Promises dropped"), (State.NOT_TESTABLE, "Promises not testable")):
        codes = [each.commitment.code for each in standings if each.state is state]
        if codes:
            yield f"{words}: {', '.join(codes)}."


def _held(ledger: Ledger, hundredths: int, formula: str) -> Cell:
    """Return posts, or that none are known."""
    return fte(hundredths, formula) if ledger.knows_posts else text(UNKNOWN)


def _funds(plan: Plan, what: str) -> int:
    return sum(getattr(fund, what) for fund in plan.certificate.funds)


def why_each_school(ledger: Ledger) -> LiveSheet:
    """Return why each school gains or gives up core dollars, in a few long lines."""
    rows = tuple(
        (
            text(reason.row.code),
            text(reason.row.name),
            money(reason.row.counted_change, f"='{BY_SCHOOL}'!$G${at}"),
            text(reason_sentence(ledger.plan, reason)),
        )
        for at, reason in enumerate(reasons(ledger.plan), start=FIRST)
    )
    headings = ("Code", "School", "Change in core dollars", "Why")
    title = "Why each school gains or gives up core dollars"
    return LiveSheet(TOLD_WHY, title, headings, rows, (10, 28, 18, 120), has_filter=True)


def what_changed(ledger: Ledger) -> LiveSheet:
    """Return every post and line that changes at a school."""
    headings = ("Code", "School", "Position or line", "Title", "Kind", "FTE last year", "FTE in the plan", "Change in FTE", "Dollars last year",
                "Dollars in the plan", "Change in dollars")  # fmt: skip
    rows = tuple(_changes(ledger))
    title = "Every post (in FTE) and line that changes, all funds together; posts at average cost"
    return LiveSheet(CHANGED, title, headings, rows, (10, 28, 20, 28, 8, 14), has_filter=True)


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
    widths = (6, 28, 42, 26, 10, 12, 10, 44)
    headings = ("Rule", "Title", "Here", "Authority", "Kept", "Least room", "Without room", "Where")
    return LiveSheet(ROOM, "Every rule, and the room it leaves", headings, tuple(rows), widths, has_filter=True)


def measures(plan: Plan) -> LiveSheet:
    """Return every measure with its definition and source."""
    rows = []
    for row in measure_rows(plan):
        values = tuple(
            Cell(value, Kind.MEASURED, places=row.measure.places) if value is not None else text(UNKNOWN)
            for value in (row.today, row.plan)
        )
        measure = row.measure
        lacks = row.note if None in (row.today, row.plan) else ""
        definition = " ".join(part for part in (measure.definition, row.basis, lacks) if part)
        words = (measure.unit, measure.better.value, definition, measure.formula, measure.source.words)
        rows.append((text(measure.title), *values, *map(text, words)))
    headings = ("Measure", "Last year", "Plan", "Unit", "Better when", "Definition", "Formula", "Source")
    title = "Measures of core dollars, each school counted by its pupils"
    return LiveSheet(MEASURED, title, headings, tuple(rows), (26, 12, 12, 14, 9, 38, 32, 38), has_filter=True, names=1)


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
            (
                "Prices",
                "average cost",
                "Posts of last year and of the plan are priced at the plan year's district average.",
            )
            if knows_posts(plan)
            else ("Prices", "none", "The data hold no posts, so nothing is priced anew.")
        ),
        ("Invented", "yes" if district.invented else "no", "Whether the data describe a district that does not exist."),
        ("Version", __version__, "Of the program that made the plan."),
        (
            "Fingerprint of the district's data",
            plan.certificate.district_digest,
            "Changes with any figure that was read; the certificate and the run record name the same.",
        ),
        ("Fingerprint of the choices", plan.certificate.scenario_digest, "Changes with any rule, weight or setting."),
        (
            "Identity on public documents",
            public_identity(plan),
            "Of what anybody may read: with a fingerprint of all data, who guesses a small count could confirm it.",
        ),
    ]
    rows = tuple(tuple(map(text, line)) for line in lines)
    return LiveSheet(
        ASSUMED, "What the plan takes for granted", ("What", "Value", "Meaning"), rows, (26, 40, 90), names=1
    )


def sources(plan: Plan) -> LiveSheet:
    """Return every source of the rules, the objective and the measures once, with its address in full."""
    own: dict[str, list[int]] = {}
    kinds: dict[Source, list[int]] = {}
    uses: dict[Source, list[str]] = {}
    for report in plan.certificate.rules:
        own.setdefault(report.written, []).append(report.number)
        kinds.setdefault(report.source, []).append(report.number)
    uses.setdefault(plan.scenario.objective.source, []).append("the objective")
    for row in measure_rows(plan):
        uses.setdefault(row.measure.source, []).append(row.measure.title)
    lines = [(text(words), text(""), text(_rules(numbers))) for words, numbers in own.items() if words != NO_SOURCE]
    if NO_SOURCE in own:
        lines.append((text("The district names no source of its own"), text(""), text(_rules(own[NO_SOURCE]))))
    lines += [
        (text(source.words), Cell(source.url, is_address=True), text(used))
        for source, used in (
            *((source, f"the kind of {_rules(numbers)}") for source, numbers in kinds.items()),
            *((source, "; ".join(named)[:2000]) for source, named in uses.items()),
        )
    ]
    headings = ("Source", "Address", "Used by")
    return LiveSheet(CITED, "Where it is written", headings, tuple(lines), (84, 58, 50), names=1)


def _rules(numbers: list[int]) -> str:
    return f"rule{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
