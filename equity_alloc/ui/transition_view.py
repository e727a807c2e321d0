"""The way to the plan in steps, on screen: how fast, who pays meanwhile, and when each school is there."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from equity_alloc.decisions.case import Case, Pace, usual_pace
from equity_alloc.decisions.transition import MOST_YEARS
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.formulas.gains_losses import Payer
from equity_alloc.ui.decision_work import keep_desk, work_of
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: So many years stand in columns of the table.
MOST_COLUMNS = 6


def show_pace(session: Session) -> None:
    """Show the fields for how fast schools may be moved, and who pays meanwhile."""
    pace, key = work_of(session).desk.pace, f"choices-pace-{session.district_digest[:8]}"
    loss, gain, payer = st.columns([1, 1, 2])
    loss.number_input(
        "Most given up a year (percent)",
        0.0,
        100.0,
        float(pace.most_loss * 100),
        0.5,
        key=f"{key}-loss",
        on_change=lambda: _take(session, "most_loss", field_value(f"{key}-loss")),
    )
    gain.number_input(
        "Most gained a year (percent; blank for no cap)",
        0.0,
        1000.0,
        None if pace.most_gain is None else float(pace.most_gain * 100),
        0.5,
        key=f"{key}-gain",
        on_change=lambda: _take(session, "most_gain", field_value(f"{key}-gain")),
    )
    payer.selectbox(
        "Who pays for what schools keep meanwhile",
        list(Payer),
        list(Payer).index(pace.payer),
        format_func=str.capitalize,
        key=f"{key}-payer",
        on_change=lambda: _keep(session, replace(work_of(session).desk.pace, payer=Payer(field_value(f"{key}-payer")))),
    )
    usual = usual_pace()
    if pace.most_loss == usual.value:
        st.caption(plain(f"{usual.value * 100:.1f} % a year: {usual.cited}. Enter what your district can carry."))


def show_way(case: Case) -> None:
    """Show year by year what schools that give up have, and what going slowly costs."""
    way = case.way
    last = way.last
    if last is None:
        never = sum(1 for year in way.reached.values() if year is None)
        st.warning(
            f"{count_words(never, 'school')} would never get to the plan's amount at this pace ({MOST_YEARS} years were looked at).",
            icon=":material/all_inclusive:",
        )
    elif last <= 1:
        st.markdown("At this pace every school has the plan's amount in the first year; nothing is held back.")
    else:
        held = [way.held(year) for year in range(1, len(way.years) + 1)]
        st.markdown(
            plain(
                f"At this pace the last school has the plan's amount in year {last}. Until then schools keep "
                f"{print_dollars(sum(held))} beyond the plan, {print_dollars(held[0])} of it in the first year; it is paid by {case.pace.payer.value}."
            )
        )
    short = [(n, year.imbalance) for n, year in enumerate(way.years, start=1) if year.imbalance > 0]
    if short:
        st.warning(
            plain(
                f"In year {short[0][0]} this does not add up: {print_dollars(short[0][1])} more than there is. Choose who pays, or a faster pace."
            ),
            icon=":material/error:",
        )
    rows = (*case.losses.losers, *case.losses.winners)
    if not rows or last == 1:
        return
    shown = min(len(way.years), MOST_COLUMNS)
    amounts = {row.code: way.amounts(row.code) for row in rows}
    columns = [
        TableColumn("School", Show.TEXT, tuple(row.name for row in rows)),
        TableColumn("Last year", Show.DOLLARS, tuple(row.counted_today / 100 for row in rows)),
        *(
            TableColumn(f"Year {n + 1}", Show.DOLLARS, tuple(amounts[row.code][n] / 100 for row in rows))
            for n in range(shown)
        ),
        TableColumn("The plan", Show.DOLLARS, tuple(row.counted_plan / 100 for row in rows)),
        TableColumn("Arrives in year", Show.TEXT, tuple(str(way.reached[row.code] or "never") for row in rows)),
    ]
    show_table(
        columns,
        alt="Core money of each school year by year on the way to the plan, dollars.",
        key="choices-way",
        pinned=1,
    )
    more = f" Years {shown + 1} to {len(way.years)} are left out here." if len(way.years) > shown else ""
    st.caption(
        f"Core money in dollars of the plan year; pupils and prices as in the plan. Schools that give up stand first, the largest loss on top.{more}"
    )


def _take(session: Session, name: str, percent: object) -> None:
    share = None if percent is None else Decimal(str(percent)) / 100
    if share is None and name == "most_loss":
        share = Decimal(0)
    pace = work_of(session).desk.pace
    _keep(
        session,
        replace(pace, most_loss=share) if name == "most_loss" and share is not None else replace(pace, most_gain=share),
    )


def _keep(session: Session, pace: Pace) -> None:
    keep_desk(session, replace(work_of(session).desk, pace=pace))
