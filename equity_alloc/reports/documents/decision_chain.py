"""The chain of decision records as a file in which every changed byte is found."""

from __future__ import annotations

from equity_alloc.decisions.chain import chain_bytes
from equity_alloc.domain.errors import NothingToTell
from equity_alloc.reports.document import Document, Dossier, Readers


def _write(dossier: Dossier) -> bytes:
    book = dossier.book
    if book is None or not book.chain:
        raise NothingToTell("Nothing is on record yet.")
    return chain_bytes(book.chain, book.district)


DOCUMENT = Document(
    "decision-chain",
    "Chain of decision records",
    "Every assessment, decision and review of the district, each with the fingerprint of the one before. For whoever checks it.",
    Readers.INTERNAL,
    26,
    ".json",
    "application/json",
    _write,
)
