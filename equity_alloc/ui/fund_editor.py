"""Funds of the scenario: amount, whether they count toward the level, how they are shared, and what they may pay for."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from equity_alloc.domain.district import ALL, Fund
from equity_alloc.domain.money import print_dollars
from equity_alloc.rules.fund_sharing import LAST_YEAR
from equity_alloc.rules.title1_shares import TITLE_ONE
from equity_alloc.scenario import Scenario
from equity_alloc.ui.changes import with_fund_value
from equity_alloc.ui.district_lists import need_groups
from equity_alloc.ui.money_input import show_money
from equity_alloc.ui.opener import show_opener
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import field_key, field_start, show_typed_error
from equity_alloc.ui.words import plain


def show_funds(session: Session) -> None:
    """Show every fund of the district, as the scenario has it."""
    changes = {change.fund: change for change in session.scenario.funds}
    for own in session.district.funds:
        fund = changes[own.code].apply(own) if own.code in changes else own
        badge = " :orange-badge[changed here]" if own.code in changes else ""
        kind = "core" if fund.counts else "supplemental, by its own rule"
        words = f"**{plain(fund.title)}**: {plain(print_dollars(fund.amount))}, {kind}{badge}"
        with st.container(border=True):
            if show_opener(session, f"fund-{fund.code}", words, plain(fund.code)):
                _show_fund(session, fund)


def _show_fund(session: Session, fund: Fund) -> None:
    central = session.district.central_of(fund.code)
    show_money(
        session,
        f"fund-{fund.code}-amount",
        "Appropriation (dollars)",
        fund.amount,
        partial(_with_amount, session, fund.code),
        help_text=f"Authority to spend for the plan year. Of it, {plain(print_dollars(central))} is budgeted centrally.",
    )
    _show_choice(session, fund)
    field = f"fund-{fund.code}-counts"
    key = field_key(session, field)
    st.checkbox(
        "Counts toward the level",
        bool(field_start(session, field, fund.counts)),
        key=key,
        on_change=_take,
        args=(session, field, key, fund.code, "counts"),
        help="Core money counts. Supplemental money, mostly federal, does not, so that it never takes the place of state "
        "and local money.",
    )
    show_typed_error(session, field)
    schools = {school.code: school.label for school in session.district.schools}
    positions = {position.code: position.title for position in session.district.positions}
    lines = {line: line for line in session.district.lines}
    for name, title, options in (
        ("schools", "schools", schools),
        ("positions", "positions", positions),
        ("lines", "lines", lines),
    ):
        _show_list(session, fund, name, title, options)


def _show_choice(session: Session, fund: Fund) -> None:
    ways = {
        "": "The plan decides",
        LAST_YEAR: "In proportion to last year",
        TITLE_ONE: "By the law of Title I-A, in rank order of poverty",
    }
    ways |= {code: f"By pupils: {title}" for code, title in need_groups(session.district).items()}
    field = f"fund-{fund.code}-shared_by"
    key = field_key(session, field)
    codes = list(ways)
    start = field_start(session, field, fund.shared_by)
    st.selectbox(
        "Shared out",
        codes,
        codes.index(start) if start in codes else 0,
        format_func=ways.__getitem__,
        key=key,
        on_change=_take,
        args=(session, field, key, fund.code, "shared_by"),
    )
    show_typed_error(session, field)


def _show_list(session: Session, fund: Fund, name: str, title: str, options: dict[str, str]) -> None:
    value: tuple[str, ...] = getattr(fund, name)
    field = f"fund-{fund.code}-{name}"
    all_key, list_key = field_key(session, f"{field}-all"), field_key(session, field)
    st.checkbox(
        f"May pay for all {title}",
        value == ALL,
        key=all_key,
        on_change=_take_all,
        args=(session, field, all_key, fund.code, name, tuple(options)),
    )
    if value != ALL:
        st.pills(
            f"Eligible {title}",
            list(options),
            selection_mode="multi",
            default=[code for code in value if code in options],
            format_func=options.__getitem__,
            key=list_key,
            on_change=_take,
            args=(session, field, list_key, fund.code, name),
        )
    show_typed_error(session, field)


def _take(session: Session, field: str, key: str, code: str, name: str) -> None:
    typed: Any = field_value(key)
    value = tuple(sorted(typed)) if isinstance(typed, list) else typed
    session.attempt(field, typed, lambda: with_fund_value(session.scenario, session.district, code, name, value))


def _take_all(session: Session, field: str, key: str, code: str, name: str, every: tuple[str, ...]) -> None:
    value = ALL if field_value(key) else every
    session.attempt(field, value, lambda: with_fund_value(session.scenario, session.district, code, name, value))


def _with_amount(session: Session, code: str, scenario: Scenario, cents: int) -> Scenario:
    return with_fund_value(scenario, session.district, code, "amount", cents)
