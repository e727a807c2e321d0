"""Finds the documents by looking into their folder, and makes them: each by itself, so that one failure loses no other."""

from __future__ import annotations

import importlib
import logging
import pkgutil
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from zipfile import BadZipFile

from docx.exceptions import PythonDocxError
from pptx.exc import PythonPptxError
from xlsxwriter.exceptions import XlsxWriterException

from equity_alloc.domain.errors import EquityAllocError, NothingToTell, UnknownCode
from equity_alloc.domain.record import digest
from equity_alloc.reports import documents
from equity_alloc.reports.document import Document, Dossier
from equity_alloc.reports.draft import MARK

log = logging.getLogger(__name__)

#: What a writer may raise without anybody having meant it to; each names one document and stops no other.
_UNMEANT = (
    ImportError, OSError, RuntimeError, ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError,
    MemoryError, SyntaxError, EOFError, StopIteration, struct.error, zlib.error, BadZipFile, XlsxWriterException, PythonPptxError,
    PythonDocxError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """One document as it leaves, or why it could not be made.

    Parameters
    ----------
    document : Document
    name : str
        Of the file.
    data : bytes
        Empty where it was not made.
    error : str
        Why it could not be made; "" where it was, or need not be.
    needless : str
        Why there is nothing to make, such as letters where no school gives up; no failure.
    """

    document: Document
    name: str
    data: bytes
    error: str = ""
    needless: str = ""


@cache
def all_documents() -> tuple[Document, ...]:
    """Return every document, in the order in which they stand everywhere.

    Raises
    ------
    UnknownCode
        If two documents share a code.
    """
    names = sorted(info.name for info in pkgutil.iter_modules(documents.__path__))
    modules = [importlib.import_module(f"{documents.__name__}.{name}") for name in names]
    found = [module.DOCUMENT for module in modules if hasattr(module, "DOCUMENT")]
    if len({document.code for document in found}) != len(found):
        raise UnknownCode("Two documents share a code.")
    return tuple(sorted(found, key=lambda document: (document.place, document.code)))


def documents_named(codes: Iterable[str]) -> tuple[Document, ...]:
    """Return the documents with these codes, in the order in which they stand everywhere.

    Raises
    ------
    UnknownCode
        If there is no such document.
    """
    wanted = set(codes)
    unknown = sorted(wanted - {document.code for document in all_documents()})
    if unknown:
        known = ", ".join(document.code for document in all_documents())
        raise UnknownCode(f"There is no document called {', '.join(unknown)}. There are: {known}.")
    return tuple(document for document in all_documents() if document.code in wanted)


def make(dossier: Dossier, chosen: Iterable[Document]) -> Iterator[Made]:
    """Yield each document as it is made; one that fails says why and stops no other.

    Parameters
    ----------
    dossier : Dossier
    chosen : iterable of Document

    Yields
    ------
    Made
    """
    for document in chosen:
        yield make_one(dossier, document)


def make_one(dossier: Dossier, document: Document) -> Made:
    """Return one document, or why it could not be made."""
    name = file_name(dossier, document)
    try:
        return Made(document, name, document.write(dossier.printable))
    except NothingToTell as why:
        return Made(document, name, b"", needless=str(why))
    except EquityAllocError as error:
        return Made(document, name, b"", str(error))
    except _UNMEANT:
        number = digest((document.code, dossier.plan.digest))[:8].upper()
        log.exception("Document %s, log id %s", document.code, number)
        return Made(
            document,
            name,
            b"",
            "It could not be made; the other documents are not touched by it. Make it again. If it fails again, give log id "
            f"{number} to the person who runs this program: its log holds the details under that id.",
        )


def told_once(told_at: dict[str, str], title: str, why_not: str) -> str:
    """Return why a document could not be made, or which one before it tells the same, so that it is not read again.

    Examples
    --------
    >>> told_at = {}
    >>> told_once(told_at, "Budget lines", "A code is missing."), told_once(told_at, "Journal", "A code is missing.")
    ('A code is missing.', 'for the same reason as Budget lines')
    """
    first = told_at.setdefault(why_not, title) if why_not else title
    return why_not if first == title else f"for the same reason as {first}"


def file_name(dossier: Dossier, document: Document) -> str:
    """Return the name of a document's file: a draft says so first, and what is internal says so last."""
    name, year = (
        "-".join(re.findall(r"[a-z0-9]+", each.lower()))
        for each in (dossier.plan.district.name, dossier.plan.district.year)
    )
    draft = f"{MARK}-" if dossier.draft else ""
    internal = "" if document.is_public else "-internal"
    return f"{draft}{'-'.join(each for each in (name[:50].strip('-'), year[:12]) if each)}-{document.code}{internal}{document.ending}"
