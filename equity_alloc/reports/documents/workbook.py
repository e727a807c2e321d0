"""The workbook for the board and the auditor: the plan to the cent, with live formulas; it opens again as the same plan."""

from __future__ import annotations

from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.workbook import plan_workbook


def _write(dossier: Dossier) -> bytes:
    return plan_workbook(dossier.plan, dossier.open_business, dossier.decided)


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
