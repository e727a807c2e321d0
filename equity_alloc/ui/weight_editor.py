"""Need weights: the extra share of the base that a pupil of each group brings."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.planning.plan import Plan
from equity_alloc.scenario import Scenario
from equity_alloc.ui.changes import with_weight, with_weight_source
from equity_alloc.ui.district_lists import need_groups
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import field_key, field_start, show_typed_error
from equity_alloc.ui.words import plain

#: The most that a need weight may be (domain/need.py), in percent.
MOST_PERCENT = 1000
LONGEST_SOURCE = 300


def show_weights(session: Session, plan: Plan | None) -> None:
    """Show a field for every group that may drive an allocation; groups for audit only have none."""
    groups, known = need_groups(session.district), {need.group: need for need in session.scenario.need_weights}
    if not groups:
        st.markdown("This district has no student groups that may drive an allocation.")
        return
    st.markdown("A pupil counts once, plus this extra share of the base for each group the pupil belongs to.")
    for code, title in groups.items():
        amount, source = st.columns([1, 2])
        with amount:
            _show_weight(session, code, title, known[code].weight if code in known else Decimal(0))
        if code in known:
            with source:
                _show_source(session, code, title, known[code].source)
    if plan is not None:
        total = sum(plan.view.weighted_pupils.values())
        pupils = sum(school.enrollment for school in session.district.schools)
        st.markdown(
            plain(
                f"Together: {pupils:,} pupils count as {float(total):,.1f} weighted pupils; core funds leave schools "
                f"{print_dollars(plan.view.counted_pot)}, "
                f"{print_dollars(round(plan.view.counted_pot / total)) if total else 'nothing'} per weighted pupil."
            )
        )


def _show_weight(session: Session, code: str, title: str, weight: Decimal) -> None:
    field = f"weight-{code}"
    key = field_key(session, field)
    st.number_input(
        f"{title} (percent extra)",
        value=float(field_start(session, field, float(weight * 100))),
        step=5.0,
        format="%.1f",
        key=key,
        on_change=_take,
        args=(session, field, key, code, title),
    )
    show_typed_error(session, field)
    st.caption(plain(_words(session, code)))


def _show_source(session: Session, code: str, title: str, source: str) -> None:
    field = f"weight-{code}-source"
    key = field_key(session, field)
    st.text_input(
        f"Who set the weight for {title}, and where it is written",
        field_start(session, field, source),
        key=key,
        on_change=_take_source,
        args=(session, field, key, code),
        placeholder="No source stated",
        help="Kept with the scenario and written into every export.",
    )
    show_typed_error(session, field)


def _take_source(session: Session, field: str, key: str, code: str) -> None:
    typed = str(field_value(key) or "")

    def make() -> Scenario:
        if len(typed) > LONGEST_SOURCE:
            raise InvalidValue(f"The source has {len(typed):,} characters. Enter at most {LONGEST_SOURCE}.")
        return with_weight_source(session.scenario, code, typed.strip())

    session.attempt(field, typed, make)


def _take(session: Session, field: str, key: str, code: str, title: str) -> None:
    typed = field_value(key)
    percent = Decimal(repr(round(float(typed or 0), 6))).normalize()

    def make() -> Scenario:
        if not 0 <= percent <= MOST_PERCENT:
            raise InvalidValue(
                f"{title}: the extra share is {percent:f} %. Enter 0 to {MOST_PERCENT:,} percent: 25 means that a pupil "
                "of the group counts a quarter more."
            )
        return with_weight(session.scenario, code, percent / 100)

    session.attempt(field, typed, make)


def _words(session: Session, code: str) -> str:
    counts = [school.group(code) for school in session.district.schools]
    unknown = counts.count(None)
    words = count_words(sum(count or 0 for count in counts), "pupil")
    if unknown:
        words += f"; the count is unknown at {count_words(unknown, 'school')}, so a weight above zero cannot be used"
    return f"{words}."
