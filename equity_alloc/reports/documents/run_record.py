"""The run record: what it takes to make the plan again, byte for byte."""

from __future__ import annotations

from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.run_record import run_record


def _write(dossier: Dossier) -> bytes:
    return run_record(dossier.plan, dossier.workbook, dossier.open_business, dossier.decided)


DOCUMENT = Document(
    "run-record",
    "Run record",
    "Hash of the inputs, the choices and all versions; with the inputs it makes the same plan again, byte for byte.",
    Readers.INTERNAL,
    110,
    ".json",
    "application/json",
    _write,
)
