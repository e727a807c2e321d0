"""Which rule causes how much, on screen: a sentence, a chart with its table, and how it was found."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.figures.rule_causes import CauseBar, rule_causes_figure
from equity_alloc.planning.cause_words import (
    amount_words,
    cause_headline,
    cause_method,
    idle_words,
    is_idle,
    printed_shares,
    printed_total,
)
from equity_alloc.planning.causes import Causes, rule_causes
from equity_alloc.planning.plan import Plan
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.plan_figures import source_note
from equity_alloc.ui.words import plain

#: Above so many schools the answer takes many seconds, so it is given on demand.
AT_ONCE = 60


def show_causes(plan: Plan) -> None:
    """Show which rule takes how much off the lowest level."""
    if len(plan.district.schools) > AT_ONCE and not st.toggle("Find which rule takes how much", key="causes-on"):
        return
    try:
        found = _causes(plan.certificate.district_digest, plan.scenario.digest, plan)
    except EquityAllocError as error:
        st.markdown(plain(str(error)))
        return
    if found is None:
        st.markdown("Without steps the rules cannot all hold, so there is no level to compare with.")
        return
    st.markdown(plain(cause_headline(found)))
    bars = _bars(found)
    drawn = [bar for bar, cause in zip(bars, found.causes, strict=True) if not is_idle(cause)]
    if drawn:
        total = amount_words(found, printed_total(found))
        show_figure(rule_causes_figure(drawn, bars, colors(), unit=found.unit, total=total, note=source_note(plan)))
    st.caption(plain(" ".join(words for words in (idle_words(found), cause_method(found)) if words)))


def _bars(found: Causes) -> list[CauseBar]:
    return [
        CauseBar(
            cause.number,
            found.titles[cause.number - 1],
            float(cause.share),
            float(cause.first_in),
            float(cause.last_out),
            amount_words(found, printed),
            amount_words(found, cause.first_in),
            amount_words(found, cause.last_out),
            f"{cause.error:,.2f}"
            if found.orders and not found.unit.startswith("share")
            else _percent(found, cause.error),
        )
        for cause, printed in zip(found.causes, printed_shares(found), strict=True)
    ]


def _percent(found: Causes, error: float) -> str:
    return f"{error * 100:.2f} %" if found.orders else ""


@st.cache_resource(max_entries=32, show_spinner="Planning without each rule ...")
def _causes(district_digest: str, scenario_digest: str, _plan: Plan) -> Causes | None:
    return rule_causes(_plan.district, _plan.scenario)
