"""The records of decisions, to which can only be added, and what is being written; for each visitor and district."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, Text, insert, select
from sqlalchemy import delete as delete_rows

from equity_alloc.decisions.book import Book
from equity_alloc.decisions.chain import Link, link_from_plain, link_plain
from equity_alloc.decisions.desk import DecisionDesk
from equity_alloc.domain.errors import InvalidValue, StoredFormat
from equity_alloc.domain.record import canonical, from_plain, to_plain
from equity_alloc.store.record_tables import RecordTables, seconds

#: A record is wanted when the next plans are made; the file that is exported is the archive.
LIFETIME_SECONDS = 4 * 366 * 24 * 3600

_METADATA = MetaData()
LINKS = Table(
    "decision_links",
    _METADATA,
    Column("visitor", String(64), primary_key=True),
    Column("district", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
)
DESKS = Table(
    "decision_desks",
    _METADATA,
    Column("visitor", String(64), primary_key=True),
    Column("district", String(64), primary_key=True),
    Column("text", Text, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
)


class Decisions(RecordTables):
    """Keeps chains of records and what is being written.

    Parameters
    ----------
    engine : Engine

    Raises
    ------
    StoreUnavailable
        If the tables cannot be made.
    """

    metadata = _METADATA
    unavailable = "Decision records could not be kept on this server just now. Download the chain: it is the archive."

    def add(self, visitor: str, district: str, links: tuple[Link, ...], *, now: float | None = None) -> None:
        """Add records behind those that are there; none that is there is ever written again.

        Parameters
        ----------
        visitor : str
            SHA-256 digest of the visitor's token.
        district : str
            Its name.
        links : tuple of Link
        now : float, seconds since 1970
        """
        rows = [
            {
                "visitor": visitor,
                "district": _key(district),
                "number": link.number,
                "text": canonical(link_plain(link)),
                "saved_at": seconds(now),
            }
            for link in links
        ]
        if rows:
            with self._begin() as connection:
                connection.execute(insert(LINKS), rows)

    def book(self, visitor: str, district: str) -> Book:
        """Return the records of a district, in order.

        Raises
        ------
        StoredFormat
            If another version wrote them.
        """
        query = select(LINKS.c.text).where((LINKS.c.visitor == visitor) & (LINKS.c.district == _key(district)))
        with self._begin() as connection:
            texts = connection.execute(query.order_by(LINKS.c.number)).scalars().all()
        return Book(district, tuple(link_from_plain(json.loads(text)) for text in texts))

    def save_desk(self, visitor: str, district: str, desk: DecisionDesk, *, now: float | None = None) -> None:
        """Keep what is being written, in the place of what was there."""
        mine = (DESKS.c.visitor == visitor) & (DESKS.c.district == _key(district))
        row = {
            "visitor": visitor,
            "district": _key(district),
            "text": canonical(to_plain(desk)),
            "saved_at": seconds(now),
        }
        with self._begin() as connection:
            connection.execute(delete_rows(DESKS).where(mine))
            connection.execute(insert(DESKS).values(row))

    def desk(self, visitor: str, district: str) -> DecisionDesk:
        """Return what is being written; an empty desk where nothing is, or another version wrote it."""
        query = select(DESKS.c.text).where((DESKS.c.visitor == visitor) & (DESKS.c.district == _key(district)))
        with self._begin() as connection:
            text = connection.execute(query).scalar_one_or_none()
        try:
            return from_plain(DecisionDesk, json.loads(text)) if text else DecisionDesk()
        except (StoredFormat, InvalidValue):
            return DecisionDesk()

    def forget(self, visitor: str) -> None:
        """Delete everything that is kept for a visitor here."""
        with self._begin() as connection:
            for table in (LINKS, DESKS):
                connection.execute(delete_rows(table).where(table.c.visitor == visitor))

    def forget_expired(self, *, now: float | None = None) -> None:
        """Delete what nobody has added to for four years; a chain goes as a whole, so that none begins in its middle."""
        last = seconds(now) - LIFETIME_SECONDS
        fresh = select(LINKS.c.visitor, LINKS.c.district).where(LINKS.c.saved_at >= last)
        with self._begin() as connection:
            kept = {tuple(row) for row in connection.execute(fresh)}
            every = {tuple(row) for row in connection.execute(select(LINKS.c.visitor, LINKS.c.district).distinct())}
            for visitor, district in every - kept:
                gone = (LINKS.c.visitor == visitor) & (LINKS.c.district == district)
                connection.execute(delete_rows(LINKS).where(gone))
            connection.execute(delete_rows(DESKS).where(DESKS.c.saved_at < last))


def _key(district: str) -> str:
    return hashlib.sha256(district.encode()).hexdigest()
