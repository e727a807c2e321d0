"""The formula and its trace as files."""

from __future__ import annotations

import streamlit as st

from equity_alloc.reports.formula_trace import trace_csv, trace_workbook
from equity_alloc.ui.downloads import XLSX, file_name, offer
from equity_alloc.ui.formula_work import FormulaWork
from equity_alloc.ui.session import Session


def show_downloads(session: Session, work: FormulaWork) -> None:
    """Show the downloads: the formula as text, its trace as CSV and as a workbook."""
    name = file_name(session.district, session.scenario, "")
    st.markdown(
        "The formula opens here again, or on the command line (`python -m equity_alloc formula`). The trace holds every "
        "factor of every school, small groups included: it is for internal use."
    )
    for title, data, ending, kind in (
        ("Formula", lambda: work.use.text, ".toml", "application/toml"),
        ("Trace of the formula", lambda: trace_csv(work.result), "-trace-internal.csv", "text/csv"),
        ("Trace of the formula", lambda: trace_workbook(work.result), "-trace-internal.xlsx", XLSX),
    ):
        offer(title, data, f"{name}-formula{ending}", kind, key=f"formula-download{ending}")
