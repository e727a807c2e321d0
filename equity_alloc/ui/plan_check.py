"""Check an exported plan workbook: certify it again from the file alone and name every change since the export."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.reports.compare_sheets import few
from equity_alloc.reports.recertify import Recertified, recertify
from equity_alloc.ui.certificate_view import show_certificate
from equity_alloc.ui.problem_table import show_findings
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.words import plain

_REPORT = "checked-plan"


def show_plan_check(session: Session) -> None:
    """Show the field for a workbook and what was found in it."""
    key = "plan-check"
    st.file_uploader(
        "Plan workbook (.xlsx) that was exported here",
        type="xlsx",
        key=key,
        on_change=_take,
        args=(session, key),
        max_upload_size=20,
    )
    found = session.reports.get(_REPORT)
    if found is not None:
        _show(*found)


def _show(name: str, checked: Recertified) -> None:
    if checked.is_unchanged:
        st.success(
            f"The plan in {plain(name)} is as it was exported, and every rule is kept.", icon=":material/verified:"
        )
        st.markdown(plain(checked.rests_on))
    elif checked.findings:
        count = count_words(len(checked.own), "difference or problem", "differences or problems")
        st.error(f"{plain(name)}: {count} since the export.", icon=":material/gpp_maybe:")
        st.markdown(plain(checked.words))
        show_findings(few(checked.own), key="plan-check-findings")
        if checked.following:
            st.markdown(plain(checked.follow_words))
            if st.toggle("Show each of these", key="plan-check-following"):
                show_findings(checked.following, key="plan-check-followers")
    if checked.certificate is not None:
        with st.expander("Certificate for what the file holds now", expanded=not checked.certificate.is_kept):
            show_certificate(checked.certificate, key="checked")


def _take(session: Session, key: str) -> None:
    file = field_value(key)
    if file is None:
        session.reports.pop(_REPORT, None)
        return
    session.reports[_REPORT] = (file.name, recertify(file.getvalue(), file.name))
