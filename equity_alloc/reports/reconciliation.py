"""The sheet of the workbook that shows that everything ties: what the certificate says beside what the sheets add up to."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.domain.fte import pay_of
from equity_alloc.reports.live_money import Ledger
from equity_alloc.reports.live_sheet import FIRST, Cell, LiveSheet, Row, added, fte, letter, money, text
from equity_alloc.sources.declare import Kind
from equity_alloc.sources.tables import BY_FUND, BY_POSITION, BY_SCHOOL, BY_SCHOOL_FUND, SUMMARY, TIED

ALL_TIES = "Everything ties, to the cent and to the hundredth of a post."
SOME_DO_NOT = "Something does not tie: see below."
OK, OFF = "OK", "does not tie"


def reconciliation(ledger: Ledger) -> LiveSheet:
    """Return what the certificate says beside what the sheets add up to, each with OK or what is amiss; the verdict stands first."""
    rows: list[Row] = []
    for code, words, said, found, formula, kind in _checks(ledger):
        at = FIRST + 1 + len(rows)
        put = fte if kind is Kind.FTE else money
        amiss = put(said - found, f"=ROUND(C{at}-D{at},2)")
        verdict = Cell(OK if said == found else OFF, Kind.TEXT, f'=IF(E{at}=0,"{OK}","{OFF}")')
        rows.append((text(code), text(words), put(said), put(found, formula), amiss, verdict))
    last = FIRST + len(rows)
    test = f'=IF(SUMPRODUCT(ABS(E{FIRST + 1}:E{last}))=0,"{ALL_TIES}","{SOME_DO_NOT}")'
    ties = all(row[-1].value == OK for row in rows)
    first = (
        text(""),
        Cell(ALL_TIES if ties else SOME_DO_NOT, Kind.TEXT, test),
        *(Cell(None),) * 3,
        Cell(
            OK if ties else OFF,
            Kind.TEXT,
            f'=IF(COUNTIF(F{FIRST + 1}:F{last},"{OK}")={len(rows)},"{OK}","{OFF}")',
        ),
    )
    headings = ("Code", "What", "Certificate", "The sheets add up to", "Difference", "Check")
    title = "What the certificate says, and what the sheets add up to"
    return LiveSheet(TIED, title, headings, (first, *rows), (12, 60, 20, 20, 20, 14))


def _checks(ledger: Ledger) -> Iterator[tuple[str, str, int, int, str, Kind]]:
    """Yield code, words, what is said, what is found with its formula, and in what unit."""
    plan, count = ledger.plan, len(ledger.rows)
    pay, lines = ledger.cells("Plan pay", "Dollars"), ledger.cells("Plan dollars", "Dollars")
    paid: dict[str, int] = {}
    at_schools: dict[str, int] = {}
    for (_, position, payer), cents in plan.allocation.pay:
        paid[position] = paid.get(position, 0) + cents
        at_schools[payer] = at_schools.get(payer, 0) + cents
    for (_, _, payer), cents in plan.allocation.dollars:
        at_schools[payer] = at_schools.get(payer, 0) + cents
    for place, fund in enumerate(plan.certificate.funds):
        row = FIRST + place
        named = f"'{BY_FUND}'!$A${row}"
        parts = "+".join(
            added(ledger.cells(sheet, "Dollars"), (ledger.cells(sheet, "Fund"), named))[1:]
            for sheet in ("Plan pay", "Plan dollars")
        )
        words = f"{fund.title}: dollars at schools"
        yield fund.code, words, fund.schools, at_schools.get(fund.code, 0), f"=ROUND({parts},2)", Kind.DOLLARS
        spent = f"=ROUND('{BY_FUND}'!$E${row}+'{BY_FUND}'!$F${row}+'{BY_FUND}'!$G${row},2)"
        words = f"{fund.title}: central, schools and unallocated"
        comes = fund.central + fund.schools + fund.unallocated
        yield fund.code, words, fund.appropriation, comes, spent, Kind.DOLLARS
    for place, (code, title, posts) in enumerate(plan.certificate.positions):
        row, has = FIRST + place, plan.allocation.position_fte(code)
        yield code, f"{title}: FTE", posts, has, f"='{BY_POSITION}'!$E${row}", Kind.FTE
        cost = plan.view.district.position_of[code].cost
        due = f"=ROUND('{BY_POSITION}'!$C${row}*'{BY_POSITION}'!$E${row},2)"
        yield (
            code,
            f"{title}: what the funds pay is FTE times cost",
            paid.get(code, 0),
            pay_of(has, cost),
            due,
            Kind.DOLLARS,
        )
    total, before = plan.allocation.total, plan.view.district.today.total
    end, last = FIRST + count, letter(1 + len(plan.certificate.funds))
    matrix = f"'{BY_SCHOOL_FUND}'!$C${FIRST + 2}:${last}${end + 1}"
    yield "", "All dollars at schools, line by line", total, total, f"=ROUND(SUM({pay})+SUM({lines}),2)", Kind.DOLLARS
    yield "", "All dollars at schools, by school and fund", total, total, f"=ROUND(SUM({matrix}),2)", Kind.DOLLARS
    yield "", "All dollars at schools, by school", total, total, f"='{BY_SCHOOL}'!$K${end}", Kind.DOLLARS
    yield (
        "",
        "Last year, by school",
        before,
        before,
        f"=ROUND('{BY_SCHOOL}'!$E${end}+'{BY_SCHOOL}'!$I${end},2)",
        Kind.DOLLARS,
    )
    core, on_top = (sum(getattr(row, name) for row in ledger.rows) for name in ("counted_plan", "other_plan"))
    row = count + 2
    yield "", f"Core dollars in the plan, as {SUMMARY} says", core, core, f"='{SUMMARY}'!$F${row}", Kind.DOLLARS
    yield (
        "",
        f"Supplemental dollars in the plan, as {SUMMARY} says",
        on_top,
        on_top,
        f"='{SUMMARY}'!$J${row}",
        Kind.DOLLARS,
    )
