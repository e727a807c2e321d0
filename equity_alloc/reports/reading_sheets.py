"""The sheets of a plan's workbook that are worked out from the plan alone: written with it, and worked out again by the auditor."""

from __future__ import annotations

from equity_alloc.planning.plan import Plan
from equity_alloc.reports.entitlement_rows import trace_table
from equity_alloc.reports.live_money import (
    Ledger,
    by_fund,
    by_position,
    by_school,
    by_school_and_fund,
    last_year_priced,
)
from equity_alloc.reports.live_sheet import LiveSheet
from equity_alloc.reports.live_words import (
    assumptions,
    measures,
    overview,
    rules_and_room,
    sources,
    what_changed,
    why_each_school,
)
from equity_alloc.reports.reconciliation import reconciliation
from equity_alloc.sources.write_tables import Written, write_plan_tables, write_tables


def tables_of(plan: Plan) -> tuple[Written, ...]:
    """Return the tables of a plan's workbook: the plan's three first, then what was read and chosen, and the formula's trace."""
    trace = trace_table(plan)
    tables = (*write_plan_tables(plan.district, plan.allocation), *write_tables(plan.district, plan.scenario))
    return tables if trace is None else (*tables, trace)


def reading_sheets(plan: Plan, tables: tuple[Written, ...], draft: str) -> tuple[LiveSheet, ...]:
    """Return the sheets in the order in which they stand.

    Parameters
    ----------
    plan : Plan
    tables : tuple of Written
        Of its workbook, over which the formulas go.
    draft : str
        Why it is a draft; "" where it is none.
    """
    ledger = Ledger(plan, {table.sheet.name: table for table in tables})
    return (
        overview(ledger, draft),
        reconciliation(ledger),
        by_school(ledger),
        why_each_school(ledger),
        by_fund(ledger),
        # Without positions there is nothing to tell of any, and the guide says so.
        *((by_position(ledger),) if plan.view.district.positions else ()),
        what_changed(ledger),
        rules_and_room(plan),
        measures(plan),
        assumptions(plan),
        sources(plan),
        by_school_and_fund(ledger),
        last_year_priced(ledger),
    )
