"""Problems in a file as a table: where, what stands there, what is so, why it matters, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.ui.numbers import count_words
from equity_alloc.ui.table import show_table


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
    """Show every finding, errors first."""
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    ranked = sorted(findings, key=lambda finding: order.index(finding.severity))
    columns = (
        TableColumn("Kind", Show.TEXT, tuple(finding.severity.value for finding in ranked)),
        TableColumn("Where", Show.TEXT, tuple(finding.where for finding in ranked)),
        TableColumn("Value", Show.TEXT, tuple(finding.value or "blank" for finding in ranked)),
        TableColumn("What", Show.TEXT, tuple(finding.what for finding in ranked)),
        TableColumn("What to do", Show.TEXT, tuple(finding.remedy for finding in ranked)),
        TableColumn("Why", Show.TEXT, tuple(finding.why for finding in ranked)),
        TableColumn("Code", Show.TEXT, tuple(finding.code for finding in ranked)),
    )
    show_table(columns, alt=f"Problems in the file: {count_line(findings)}", key=key)
