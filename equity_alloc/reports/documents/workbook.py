"""The workbook for the board and the auditor: the plan to the cent, with live formulas; it opens again as the same plan."""

from __future__ import annotations

from equity_alloc.reports.document import Document, Dossier, Readers


def _write(dossier: Dossier) -> bytes:
    return dossier.workbook


DOCUMENT = Document(
    "workbook",
    "Workbook for board and auditor",
    "The plan to the cent with live formulas, certificate and reconciliation. It opens again as the same plan.",
    Readers.INTERNAL,
    70,
    ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    _write,
)
