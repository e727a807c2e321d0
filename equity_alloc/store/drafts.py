"""The table of drafts: one for each visitor, under the digest of the visitor's token, for thirty days."""

from __future__ import annotations

import json

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from equity_alloc.domain.record import canonical
from equity_alloc.store.draft import Draft, draft_from_plain
from equity_alloc.store.record_tables import RecordTables, seconds
from equity_alloc.store.unavailable import StoreUnavailable

__all__ = ["DRAFTS", "LIFETIME_SECONDS", "Drafts", "StoreUnavailable"]

LIFETIME_SECONDS = 30 * 24 * 3600

_METADATA = MetaData()
DRAFTS = Table(
    "drafts",
    _METADATA,
    Column("visitor", String(64), primary_key=True),
    Column("district_digest", String(64), nullable=False),
    Column("data", Text, nullable=False),
    Column("choices", Text, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
    Index("drafts_saved_at", "saved_at"),
)


class Drafts(RecordTables):
    """Keeps one draft for each visitor.

    Parameters
    ----------
    engine : Engine

    Raises
    ------
    StoreUnavailable
        If the table cannot be made.
    """

    metadata = _METADATA
    unavailable = (
        "Your work could not be kept on this server just now. It lasts as long as this page is open: download "
        "your inputs before you leave."
    )

    def save(self, visitor: str, draft: Draft, district_digest: str, *, now: float | None = None) -> None:
        """Keep a draft in the place of the visitor's earlier one.

        Parameters
        ----------
        visitor : str
            SHA-256 digest of the visitor's token; the token itself never gets here.
        draft : Draft
        district_digest : str
            Of the draft's district; an unchanged district is not written again.
        now : float, seconds since 1970
        """
        values = {"choices": canonical(draft.choices_plain), "saved_at": seconds(now)}
        same = (DRAFTS.c.visitor == visitor) & (DRAFTS.c.district_digest == district_digest)
        with self._begin() as connection:
            if connection.execute(update(DRAFTS).where(same).values(values)).rowcount:
                return
            connection.execute(delete(DRAFTS).where(DRAFTS.c.visitor == visitor))
            data = canonical(draft.data_plain)
            row = {"visitor": visitor, "district_digest": district_digest, "data": data, **values}
            connection.execute(insert(DRAFTS).values(row))

    def load(self, visitor: str, *, now: float | None = None) -> Draft | None:
        """Return the visitor's draft, or None where there is none or it has expired.

        Raises
        ------
        StoredFormat
            If another version wrote it.
        """
        fresh = DRAFTS.c.saved_at >= seconds(now) - LIFETIME_SECONDS
        query = select(DRAFTS.c.data, DRAFTS.c.choices).where((DRAFTS.c.visitor == visitor) & fresh)
        with self._begin() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else draft_from_plain(json.loads(row.data), json.loads(row.choices))

    def forget(self, visitor: str) -> None:
        """Delete what is kept for a visitor."""
        with self._begin() as connection:
            connection.execute(delete(DRAFTS).where(DRAFTS.c.visitor == visitor))

    def forget_expired(self, *, now: float | None = None) -> int:
        """Delete drafts that nobody has touched for thirty days; return how many there were."""
        with self._begin() as connection:
            old = DRAFTS.c.saved_at < seconds(now) - LIFETIME_SECONDS
            return connection.execute(delete(DRAFTS).where(old)).rowcount
