"""One school: why it gains or gives up, every position and line today and in the proposal, and who pays."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from equity_alloc.domain.district import District
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.baseline import knows_posts
from equity_alloc.planning.line_reason import paid_words
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.reason_words import reason_sentence
from equity_alloc.planning.salary_basis import SalaryBasis, salary_basis
from equity_alloc.planning.summary import PostChange, SchoolRow, post_changes
from equity_alloc.ui.cached import Summary
from equity_alloc.ui.line_why import show_line_reasons
from equity_alloc.ui.numbers import print_change, print_fte_change, print_level, print_share
from equity_alloc.ui.one_more_view import show_one_more
from equity_alloc.ui.table import show_table
from equity_alloc.ui.tradeoff_pair import show_pair
from equity_alloc.ui.words import plain


def show_school_picker(plan: Plan, summary: Summary) -> None:
    """Let a visitor choose a school and show what it has and would get."""
    rows = {row.code: row for row in summary.rows}
    code = st.selectbox(
        "School",
        list(rows),
        format_func=lambda each: f"{rows[each].name} ({each})",
        key="school-picker",
        # In the address, so that a reload, or a link that is handed on, shows the same school.
        bind="query-params",
        persist_state="session",
    )
    if code not in rows:
        return
    row = rows[code]
    reason = next(reason for reason in summary.reasons if reason.row.code == code)
    with st.container(border=True):
        what, *why = (plain(part) for part in reason_sentence(plan, reason).split("; "))
        st.markdown("; ".join((f"**{what}**", *why)))
        st.caption(plain(_facts(row, plan.view.levels.unit)))
    changes = post_changes(plan, code)
    changed = [change for change in changes if change.plan != change.today]
    if changed:
        _show_changes(plan, changed, f"What changes at {row.name}", f"school-{code}")
    else:
        st.markdown("No position or line changes here.")
    if len(changed) < len(changes):
        with st.expander(
            f"Table: all {count_words(len(changes), 'position or line', 'positions and lines')}, with who pays",
            icon=":material/table:",
        ):
            _show_changes(
                plan, changes, f"Positions and lines of {row.name}, last year and proposal", f"school-all-{code}"
            )
    st.caption(
        plain(
            f"FTE and dollars, plan year {plan.district.year}. Posts are priced at the district's average cost."
            f"{_in_fact(plan, code)}"
            if knows_posts(plan)
            else f"Dollars, plan year {plan.district.year}. Posts are not known here."
        )
    )
    show_one_more(plan, code)
    show_line_reasons(plan, code)
    _show_limits(plan, row)
    show_pair(plan, code)


def _in_fact(plan: Plan, code: str) -> str:
    """Return what last year's posts of a school cost more or less by the ledger than at average, "" where that is not known."""
    basis = _salaries(plan.certificate.district_digest, plan.district)
    found = None if basis is None else next((each for each in basis.schools if each.school.code == code), None)
    if found is None:
        return ""
    cents = round(found.difference)
    way = "more than" if cents > 0 else "less than"
    told = (
        f"{print_dollars(abs(cents))} {way} these averages charge it"
        if cents
        else "as much as these averages charge it"
    )
    return f" In fact last year's {print_fte(found.fte)} FTE here, as far as their cost is known, cost {told} (District, salaries)."


@st.cache_resource(max_entries=16, show_spinner=False)
def _salaries(district_digest: str, _district: District) -> SalaryBasis | None:
    return salary_basis(_district, "")


def _show_changes(plan: Plan, changes: Sequence[PostChange], alt: str, key: str) -> None:
    columns = (
        TableColumn("Position or line", Show.TEXT, tuple(change.title for change in changes)),
        TableColumn("Last year", Show.TEXT, tuple(_amount(change.today, change) for change in changes)),
        TableColumn("Proposal", Show.TEXT, tuple(_amount(change.plan, change) for change in changes)),
        TableColumn("Change", Show.TEXT, tuple(_change(change) for change in changes)),
        TableColumn("Paid in the proposal by", Show.TEXT, tuple(_payers(plan, change) for change in changes)),
    )
    show_table(columns, alt=alt, key=key, pinned=1)


def _facts(row: SchoolRow, unit: str) -> str:
    need = "" if row.need_share is None else f", need share {print_share(row.need_share)}"
    level = "" if row.level_plan is None or row.level_today is None else (
        f"; {print_level(row.level_today, unit)} last year, {print_level(row.level_plan, unit)} in the proposal, core "
        f"{unit}"
    )  # fmt: skip
    kind = f"{row.kind}, " if row.kind else ""
    return f"{kind}{count_words(row.enrollment, 'pupil')}{need}{level}"


def _amount(value: int, change: PostChange) -> str:
    return f"{print_fte(value)} FTE" if change.is_position else print_dollars(value)


def _change(change: PostChange) -> str:
    difference = change.plan - change.today
    if not difference:
        return "unchanged"
    return f"{print_fte_change(difference)} FTE" if change.is_position else print_change(difference)


def _payers(plan: Plan, change: PostChange) -> str:
    table = plan.allocation.pay_of if change.is_position else plan.allocation.dollars_of
    paid = [(fund, cents) for (s, item, fund), cents in table.items() if (s, item) == (change.school, change.item)]
    return paid_words(plan, paid) or "nobody"


def _show_limits(plan: Plan, row: SchoolRow) -> None:
    limits = [
        f"- {plain(rule.title)} (rule {rule.number}, {rule.force.value}): {plain(', '.join(subjects))}"
        for rule in plan.certificate.rules
        if (subjects := [s for s in rule.binding if s == row.name or s.startswith(f"{row.name}: ")])
    ]
    if limits:
        with st.expander(f"Rules at their limit here: {len(limits)}"):
            st.markdown("\n".join(limits))
