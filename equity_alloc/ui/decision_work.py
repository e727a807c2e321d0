"""The records of decisions and what is being written, for the district on screen: kept at every change, here and in the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from equity_alloc.decisions.assessment import Assessment
from equity_alloc.decisions.book import Book
from equity_alloc.decisions.chain import Link, read_chain, verify
from equity_alloc.decisions.decision import Decision
from equity_alloc.decisions.desk import DecisionDesk
from equity_alloc.decisions.review import Review
from equity_alloc.domain.errors import EquityAllocError, InvalidValue
from equity_alloc.domain.number import count_words
from equity_alloc.store.unavailable import StoreUnavailable
from equity_alloc.ui.cached import decisions
from equity_alloc.ui.session import Session, Typed


@dataclass
class DecisionWork:
    """Records and desk of one district.

    Parameters
    ----------
    book : Book
    desk : DecisionDesk
    notice : str
        Why something could not be kept; "" where all is kept.
    """

    book: Book
    desk: DecisionDesk
    notice: str = ""


def work_of(session: Session) -> DecisionWork:
    """Return the records and the desk of the district on screen, from the store at first."""
    name = session.district.name
    if name not in session.decided:
        session.decided[name] = _load(session, name)
    found: DecisionWork = session.decided[name]
    return found


def keep_desk(session: Session, desk: DecisionDesk) -> None:
    """Go on with another desk."""
    work, store = work_of(session), decisions()
    work.desk = desk
    if store is not None and session.visitor is not None:
        _tell(work, partial(store.save_desk, session.visitor, session.district.name, desk))


def renew_fields(session: Session) -> None:
    """Show in every field what lies on the desk now, where it was changed by something else than the field."""
    session.reports["decision-cleared"] = session.reports.get("decision-cleared", 0) + 1


def keep_text(session: Session, name: str, text: str) -> None:
    """Keep what stands in a field."""
    keep_desk(session, work_of(session).desk.with_text(name, text))


def record(session: Session, made: Assessment | Decision | Review) -> None:
    """Add a record, at the time of this machine's clock.

    Raises
    ------
    InvalidValue
        If the clock stands before the last record.
    """
    work = work_of(session)
    _add(session, work.book.with_record(made, now()))


def take_chain(session: Session, text: bytes) -> str:
    """Go on from a file of records, and return what was taken.

    Raises
    ------
    EquityAllocError
        If a byte of it was changed, it is another district's, or it does not go on from the records that are here.
    """
    found = verify(text)
    if found:
        raise InvalidValue(f"{found[0]} Nothing was taken from the file.")
    district, chain = read_chain(text)
    work = work_of(session)
    if district != session.district.name:
        raise InvalidValue(
            f"These are the records of {district}, and {session.district.name} is open. Open that district first."
        )
    here = work.book.chain
    if chain[: len(here)] != here:
        raise InvalidValue(
            "The file does not go on from the records that are here: it begins otherwise, or is shorter. Both stay as they are; download the "
            "chain that is here, and ask who keeps the other."
        )
    book = Book(district, chain)
    tuple(book.records())
    _add(session, book)
    new = len(chain) - len(here)
    were, are = ("was" if new == 1 else "were"), ("is" if len(chain) == 1 else "are")
    return f"{count_words(new, 'record')} {were} added; {len(chain):,} {are} here, every one as it was written."


def attempt(session: Session, field: str, make: Callable[[], None]) -> bool:
    """Do what a button asks, or keep the sentence that says why it cannot be done."""
    try:
        make()
    except EquityAllocError as error:
        session.typed[field] = Typed("", str(error))
        return False
    session.typed.pop(field, None)
    return True


def now() -> str:
    """Return the time of this machine's clock, in UTC, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _add(session: Session, book: Book) -> None:
    work, store = work_of(session), decisions()
    new: tuple[Link, ...] = book.chain[len(work.book.chain) :]
    work.book = book
    if store is not None and session.visitor is not None:
        _tell(work, partial(store.add, session.visitor, session.district.name, new))


def _tell(work: DecisionWork, keep: Callable[[], None]) -> None:
    """Keep something, and say on the page where that fails."""
    try:
        keep()
        work.notice = ""
    except StoreUnavailable as error:
        work.notice = str(error)


def _load(session: Session, name: str) -> DecisionWork:
    store, empty = decisions(), DecisionWork(Book(name), DecisionDesk())
    if store is None or session.visitor is None:
        return empty
    try:
        found = DecisionWork(store.book(session.visitor, name), store.desk(session.visitor, name))
        tuple(found.book.records())
    except EquityAllocError as error:
        empty.notice = str(error)
        return empty
    return found
