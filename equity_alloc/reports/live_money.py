"""Live sheets of money and posts: last year priced, by school and fund, by school, by fund, by position, what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from equity_alloc.domain.fte import pay_of
from equity_alloc.domain.money import Cents
from equity_alloc.planning.baseline import knows_posts
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import SchoolRow, school_rows
from equity_alloc.reports.live_sheet import (
    FIRST,
    Cell,
    LiveSheet,
    Row,
    added,
    column,
    fte,
    letter,
    money,
    span,
    summed,
    text,
)
from equity_alloc.reports.public_counts import UNKNOWN
from equity_alloc.scenario import LevelBasis
from equity_alloc.sources.declare import Kind
from equity_alloc.sources.tables import BY_FUND, BY_POSITION, BY_SCHOOL, BY_SCHOOL_FUND, PRICED
from equity_alloc.sources.write_tables import Written

POST, LINE = "post", "line"


@dataclass(frozen=True)
class Ledger:
    """A plan with the tables that its workbook holds.

    Parameters
    ----------
    plan : Plan
    tables : dict of str to Written
        By sheet name, as they stand in the workbook.
    """

    plan: Plan
    tables: dict[str, Written]

    @cached_property
    def rows(self) -> tuple[SchoolRow, ...]:
        """Each school last year and in the plan."""
        return school_rows(self.plan)

    @property
    def knows_posts(self) -> bool:
        """Whether the data hold posts at all; unknown is not zero."""
        return knows_posts(self.plan)

    def cells(self, sheet: str, heading: str) -> str:
        """Return a column of a table as a reference."""
        return column(self.tables[sheet], heading)

    def priced(self, letters: str) -> str:
        """Return a column of last year as a reference."""
        district = self.plan.view.district
        return span(PRICED, letters, FIRST, max(FIRST, FIRST - 1 + len(district.staffing) + len(district.spending)))


def last_year_priced(ledger: Ledger) -> LiveSheet:
    """Return last year's posts at the plan year's average cost, and last year's lines."""
    district = ledger.plan.view.district
    place_of = {position.code: number for number, position in enumerate(district.positions, start=2)}
    rows: list[Row] = []
    for staff in district.staffing:
        at = FIRST + len(rows)
        cost = district.position_of[staff.position].cost
        rows.append(
            (
                text(staff.school),
                text(staff.position),
                text(staff.fund),
                fte(staff.fte),
                money(cost, f"='Positions'!$C${place_of[staff.position]}"),
                money(pay_of(staff.fte, cost), f"=ROUND(D{at}*E{at},2)"),
                Cell(int(district.fund_of[staff.fund].counts), Kind.PUPILS),
                text(POST),
            )
        )
    for line in district.spending:
        counts = Cell(int(district.fund_of[line.fund].counts), Kind.PUPILS)
        nothing = Cell(None)
        rows.append(
            (
                text(line.school),
                text(line.line),
                text(line.fund),
                nothing,
                nothing,
                money(line.amount),
                counts,
                text(LINE),
            )
        )
    headings = (
        "School",
        "Position or line",
        "Fund",
        "FTE",
        "Cost per FTE",
        "Dollars",
        "Core money (1) or not (0)",
        "Kind",
    )
    title = "Last year's posts at the plan year's average cost, and last year's lines"
    return LiveSheet(PRICED, title, headings, tuple(rows), (10, 26, 10, 10, 16), has_filter=True)


def by_school_and_fund(ledger: Ledger) -> LiveSheet:
    """Return what each fund pays at each school in the plan; the first row says which funds are core money."""
    plan = ledger.plan
    funds = plan.view.district.funds
    by = plan.allocation.by_school_fund
    flags = (text(""), text("Core money (1) or not (0)"), *(Cell(int(fund.counts), Kind.PUPILS) for fund in funds))
    codes = (text(""), text("Code"), *(text(fund.code) for fund in funds))
    rows = []
    for number, row in enumerate(ledger.rows, start=FIRST + 2):
        cells = []
        for place, fund in enumerate(funds, start=2):
            where = f"{letter(place)}${FIRST + 1}"
            parts = [
                added(
                    ledger.cells(sheet, "Dollars"),
                    (ledger.cells(sheet, "School"), f"$A{number}"),
                    (ledger.cells(sheet, "Fund"), where),
                )[1:]
                for sheet in ("Plan pay", "Plan dollars")
            ]
            cells.append(money(by.get((row.code, fund.code), 0), f"=ROUND({'+'.join(parts)},2)"))
        rows.append((text(row.code), text(row.name), *cells))
    last = FIRST + 1 + len(rows)
    sums = []
    for place, fund in enumerate(funds, start=2):
        paid = sum(cents for (_, code), cents in by.items() if code == fund.code)
        sums.append(money(paid, f"=ROUND(SUM({letter(place)}{FIRST + 2}:{letter(place)}{last}),2)"))
    headings = ("Code", "School", *(fund.title for fund in funds))
    total = (text(""), text("All schools"), *sums)
    title = "What each fund pays at each school in the plan"
    return LiveSheet(BY_SCHOOL_FUND, title, headings, (flags, codes, *rows, total), has_total=True)


def by_school(ledger: Ledger) -> LiveSheet:
    """Return each school last year and in the plan: core money, supplemental money, posts and level."""
    rows = [_school(ledger, number, row) for number, row in enumerate(ledger.rows)]
    kinds = (Kind.PUPILS,) + (Kind.DOLLARS,) * 3 + (Kind.SHARE,) + (Kind.DOLLARS,) * 3 + (Kind.FTE,) * 3
    last = FIRST + len(rows)
    sums: list[Cell] = [text(""), text("All schools")]
    for place, kind in enumerate(kinds, start=3):
        if kind is Kind.FTE and not ledger.knows_posts:
            sums.append(text(UNKNOWN))
            continue
        total = summed(rows, place, kind)
        if kind is Kind.SHARE:
            total = _share(sum(r.counted_today for r in ledger.rows), sum(r.counted_plan for r in ledger.rows), last)
        sums.append(total)
    sums.insert(2, text(""))
    unit = ledger.plan.view.levels.unit
    headings = (
        "Code", "School", "Kind", "Enrollment", "Core last year", "Core in the plan", "Change", "Change, %",
        "Supplemental last year", "Supplemental in the plan", "All in the plan", "FTE last year", "FTE in the plan", "Change in FTE",
        "Divided by", f"Level last year, {unit}", f"Level in the plan, {unit}",
    )  # fmt: skip
    return LiveSheet(
        BY_SCHOOL, "Each school before and after", headings, (*rows, tuple(sums)), (10, 28, 14), True, has_filter=True
    )


def _school(ledger: Ledger, number: int, row: SchoolRow) -> Row:
    at, last = FIRST + number, letter(1 + len(ledger.plan.view.district.funds))
    # The row stays where it is, so that a sorted sheet still adds up each school's own.
    own = f"'{BY_SCHOOL_FUND}'!$C${at + 2}:${last}${at + 2}"
    flags = f"'{BY_SCHOOL_FUND}'!$C${FIRST}:${last}${FIRST}"
    school, core, dollars, posts = (ledger.priced(letters) for letters in "AGFD")
    posts_before = added(posts, (school, f"$A{at}"), (ledger.priced("H"), f'"{POST}"'))
    posts_now = added(ledger.cells("Plan posts", "FTE"), (ledger.cells("Plan posts", "School"), f"$A{at}"))
    divisor = _divisor(ledger, number, row)
    return (
        text(row.code),
        text(row.name),
        text(row.kind),
        Cell(row.enrollment, Kind.PUPILS, f"='Schools'!$D${number + 2}"),
        money(row.counted_today, added(dollars, (school, f"$A{at}"), (core, "1"))),
        money(row.counted_plan, f"=ROUND(SUMPRODUCT({own}*{flags}),2)"),
        money(row.counted_change, f"=ROUND(F{at}-E{at},2)"),
        _share(row.counted_today, row.counted_plan, at),
        money(row.other_today, added(dollars, (school, f"$A{at}"), (core, "0"))),
        money(row.other_plan, f"=ROUND(SUMPRODUCT({own}*(1-{flags})),2)"),
        money(row.total_plan, f"=ROUND(F{at}+J{at},2)"),
        *(
            (
                fte(row.fte_today, posts_before),
                fte(row.fte_plan, posts_now),
                fte(row.fte_change, f"=ROUND(M{at}-L{at},2)"),
            )
            if ledger.knows_posts
            else (text(UNKNOWN),) * 3
        ),
        divisor,
        Cell(row.level_today, Kind.WEIGHT, f'=IF($O{at}=0,"",E{at}/$O{at})'),
        Cell(row.level_plan, Kind.WEIGHT, f'=IF($O{at}=0,"",F{at}/$O{at})'),
    )


def _share(today: Cents, plan: Cents, at: int) -> Cell:
    return Cell((plan - today) / today if today else None, Kind.SHARE, f'=IF(E{at}=0,"",G{at}/E{at})')


def _divisor(ledger: Ledger, number: int, row: SchoolRow) -> Cell:
    """Return what a school's core money is divided by: weighted pupils as a live sum, or its target in dollars."""
    plan = ledger.plan
    if plan.scenario.basis is not LevelBasis.WEIGHTED_PUPIL:
        target = dict(plan.view.levels.weights).get(row.code)
        return Cell(None if target is None else float(target) / 100, Kind.WEIGHT)
    schools = ledger.tables["Schools"]
    weights = {need.group: place for place, need in enumerate(plan.scenario.need_weights, start=2)}
    first = next(
        (i for i, heading in enumerate(schools.headings) if heading.startswith(("Pupils: ", "Audit only: "))), 0
    )
    parts = [f"'Schools'!$D${number + 2}"]
    for place, group in enumerate(plan.district.groups, start=first):
        if group.code in weights:
            parts.append(f"'Need weights'!$B${weights[group.code]}*'Schools'!${letter(place)}${number + 2}")
    return Cell(row.weighted_pupils, Kind.WEIGHT, f"={'+'.join(parts)}")


def by_fund(ledger: Ledger) -> LiveSheet:
    """Return where the appropriation of each fund goes."""
    rows: list[Row] = []
    count = len(ledger.rows)
    for place, fund in enumerate(ledger.plan.certificate.funds):
        at, letters = FIRST + place, letter(2 + place)
        voted = money(fund.voted, f"='Funds'!$C${place + 2}")
        same = fund.appropriation == fund.voted
        paid = f"=ROUND(SUM('{BY_SCHOOL_FUND}'!{letters}{FIRST + 2}:{letters}{FIRST + 1 + count}),2)"
        rows.append(
            (
                text(fund.code),
                text(fund.title),
                voted,
                money(fund.appropriation, f"=C{at}" if same else ""),
                money(
                    fund.central,
                    added(ledger.cells("Central", "Dollars"), (ledger.cells("Central", "Fund"), f"$A{at}")),
                ),
                money(fund.schools, paid),
                money(fund.unallocated, f"=ROUND(D{at}-E{at}-F{at},2)"),
            )
        )
    sums = tuple(summed(rows, place, Kind.DOLLARS) for place in range(2, 7))
    headings = ("Fund", "Title", "Voted", "Appropriation of this plan", "Budgeted centrally", "Schools", "Unallocated")
    total = (text(""), text("All funds"), *sums)
    return LiveSheet(BY_FUND, "Where each fund's appropriation goes", headings, (*rows, total), has_total=True)


def by_position(ledger: Ledger) -> LiveSheet:
    """Return the posts of each position, and what they cost at the average."""
    rows = tuple(_positions(ledger))
    headings = ("Position", "Title", "Cost per FTE", "FTE last year", "FTE in the plan", "Change", "Paid in the plan")
    kinds = (Kind.FTE, Kind.FTE, Kind.FTE, Kind.DOLLARS)
    sums = tuple(summed(rows, place, kind) for place, kind in enumerate(kinds, start=3))
    if not ledger.knows_posts:
        sums = (text(UNKNOWN),) * len(kinds)
    total = (text(""), text("All positions"), Cell(None), *sums)
    return LiveSheet(BY_POSITION, "Posts by position", headings, (*rows, total), has_total=True)


def _positions(ledger: Ledger) -> Iterator[Row]:
    plan = ledger.plan
    today = plan.view.district.today
    for place, position in enumerate(plan.view.district.positions):
        at = FIRST + place
        before, now = today.position_fte(position.code), plan.allocation.position_fte(position.code)
        paid = sum(cents for (_, code, _), cents in plan.allocation.pay if code == position.code)
        posts = added(ledger.priced("D"), (ledger.priced("B"), f"$A{at}"), (ledger.priced("H"), f'"{POST}"'))
        planned = added(ledger.cells("Plan posts", "FTE"), (ledger.cells("Plan posts", "Position"), f"$A{at}"))
        yield (
            text(position.code),
            text(position.title),
            money(position.cost, f"='Positions'!$C${place + 2}"),
            fte(before, posts),
            fte(now, planned),
            fte(now - before, f"=ROUND(E{at}-D{at},2)"),
            money(paid, added(ledger.cells("Plan pay", "Dollars"), (ledger.cells("Plan pay", "Position"), f"$A{at}"))),
        )
