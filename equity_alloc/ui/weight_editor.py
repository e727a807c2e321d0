"""Need weights: the extra share of the base that a pupil of each group brings."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.plan import Plan
from equity_alloc.ui.changes import with_weight
from equity_alloc.ui.district_lists import need_groups
from equity_alloc.ui.numbers import count_words
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import field_key, field_start, show_typed_error
from equity_alloc.ui.words import plain


def show_weights(session: Session, plan: Plan | None) -> None:
    """Show a field for every group that may drive an allocation; groups for audit only have none."""
    groups, known = need_groups(session.district), {need.group: need for need in session.scenario.need_weights}
    if not groups:
        st.markdown("This district has no student groups that may drive an allocation.")
        return
    st.markdown("A pupil counts once, plus this extra share of the base for each group the pupil belongs to.")
    for code, title in groups.items():
        field = f"weight-{code}"
        key = field_key(session, field)
        weight = known[code].weight if code in known else Decimal(0)
        st.number_input(
            f"{title} (percent extra)",
            value=float(field_start(session, field, float(weight * 100))),
            step=5.0,
            format="%.1f",
            key=key,
            on_change=_take,
            args=(session, field, key, code),
        )
        show_typed_error(session, field)
        st.caption(plain(_words(session, code, known[code].source if code in known else "")))
    if plan is not None:
        total = sum(plan.view.weighted_pupils.values())
        pupils = sum(school.enrollment for school in session.district.schools)
        st.markdown(
            plain(
                f"Together: {pupils:,} pupils count as {float(total):,.1f} weighted pupils; counted funds leave schools "
                f"{print_dollars(plan.view.counted_pot)}, "
                f"{print_dollars(round(plan.view.counted_pot / total)) if total else 'nothing'} per weighted pupil."
            )
        )


def _take(session: Session, field: str, key: str, code: str) -> None:
    typed = field_value(key)
    weight = Decimal(repr(round(float(typed or 0), 6))) / 100
    session.attempt(field, typed, lambda: with_weight(session.scenario, code, weight))


def _words(session: Session, code: str, source: str) -> str:
    counts = [school.group(code) for school in session.district.schools]
    unknown = counts.count(None)
    words = f"{sum(count or 0 for count in counts):,} pupils"
    if unknown:
        words += f"; the count is unknown at {count_words(unknown, 'school')}, so a weight above zero cannot be used"
    return f"{words}. {'Source: ' + source if source else 'No source stated.'}"
