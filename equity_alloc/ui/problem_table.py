"""Problems in a file as a table: where, what stands there, what is so, why it matters, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

IN_FULL = 25
LONGEST_VALUE = 40
_SIGNS = {
    Severity.ERROR: ":material/error:",
    Severity.WARNING: ":material/warning:",
    Severity.NOTE: ":material/info:",
}


def count_line(findings: Sequence[Finding]) -> str:
    """Return how many findings of each kind there are.

    Examples
    --------
    >>> count_line([])
    'no errors, no warnings'
    """
    counts = Counter(finding.severity for finding in findings)
    parts = [
        count_words(counts[severity], severity.value) if counts[severity] else f"no {severity.value}s"
        for severity in (Severity.ERROR, Severity.WARNING)
    ]
    if counts[Severity.NOTE]:
        parts.append(count_words(counts[Severity.NOTE], "note"))
    return ", ".join(parts)


def show_findings(findings: Sequence[Finding], *, key: str) -> None:
    """Show every finding, errors first: the first ones in full, however narrow the screen, and all as a table."""
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    ranked = sorted(findings, key=lambda finding: order.index(finding.severity))
    for finding in ranked[:IN_FULL]:
        with st.container(border=True):
            st.markdown(_in_full(finding))
    if len(ranked) > IN_FULL:
        st.markdown(f"The first {IN_FULL} of {len(ranked)} are told in full; all are in the table.")
    if ranked:
        with st.expander(f"Table: {count_line(findings)}", icon=":material/table:"):
            _show_table(ranked, key)


def _in_full(finding: Finding) -> str:
    value = finding.value if len(finding.value) <= LONGEST_VALUE else f"{finding.value[:LONGEST_VALUE]}..."
    blank = " The cell is blank." if "!" in finding.where else ""
    stands = f" There stands: {plain(value)}." if value else blank
    return (
        f"{_SIGNS[finding.severity]} **{finding.severity.value.capitalize()}, {plain(finding.where)}.**{stands}  \n"
        f"{plain(finding.what)}  \n**What to do:** {plain(finding.remedy)}  \n**Why:** {plain(finding.why)}"
    )


def _show_table(ranked: Sequence[Finding], key: str) -> None:
    columns = (
        TableColumn("Kind", Show.TEXT, tuple(finding.severity.value for finding in ranked)),
        TableColumn("Where", Show.TEXT, tuple(finding.where for finding in ranked)),
        TableColumn("Value", Show.TEXT, tuple(finding.value or "blank" for finding in ranked)),
        TableColumn("What", Show.TEXT, tuple(finding.what for finding in ranked)),
        TableColumn("What to do", Show.TEXT, tuple(finding.remedy for finding in ranked)),
        TableColumn("Why", Show.TEXT, tuple(finding.why for finding in ranked)),
        TableColumn("Code", Show.TEXT, tuple(finding.code for finding in ranked)),
    )
    show_table(columns, alt=f"Problems in the file: {count_line(ranked)}", key=key)
