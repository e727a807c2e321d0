"""Files that a visitor has brought and not yet turned into a district, and the maps kept for next year."""

from __future__ import annotations

import json
import zlib

from sqlalchemy import (
    BigInteger,
    Column,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    insert,
    select,
)
from sqlalchemy import delete as delete_rows

from equity_alloc.domain.errors import StoredFormat
from equity_alloc.store.drafts import LIFETIME_SECONDS
from equity_alloc.store.files_desk import FilesDesk, desk_from_plain, desk_plain
from equity_alloc.store.record_tables import RecordTables, seconds

#: A map holds headings and no pupils; it waits for the same file of next year.
MAP_LIFETIME_SECONDS = 2 * 366 * 24 * 3600
#: What one visitor's files may take on the server, all together.
MOST_BYTES = 60 * 1024 * 1024

_METADATA = MetaData()
FILES = Table(
    "arrived_files",
    _METADATA,
    Column("visitor", String(64), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
)
DESKS = Table(
    "files_desks",
    _METADATA,
    Column("visitor", String(64), primary_key=True),
    Column("answers", Text, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
)
MAPS = Table(
    "kept_maps",
    _METADATA,
    Column("visitor", String(64), primary_key=True),
    Column("code", String(200), primary_key=True),
    Column("text", Text, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
)


class Arrivals(RecordTables):
    """Keeps files, answers and maps for each visitor.

    Parameters
    ----------
    engine : Engine

    Raises
    ------
    StoreUnavailable
        If the tables cannot be made.
    """

    metadata = _METADATA
    unavailable = "Your files could not be kept on this server just now. They last as long as this page is open."

    def save(self, visitor: str, desk: FilesDesk, *, now: float | None = None) -> None:
        """Keep a visitor's files and answers in the place of the earlier ones; files that are there are not written again.

        Parameters
        ----------
        visitor : str
            SHA-256 digest of the visitor's token.
        desk : FilesDesk
        now : float, seconds since 1970
        """
        second = seconds(now)
        with self._begin() as connection:
            found = connection.execute(select(FILES.c.name).where(FILES.c.visitor == visitor)).scalars().all()
            kept = {file.name for file in desk.files}
            gone = (FILES.c.visitor == visitor) & FILES.c.name.not_in(kept)
            connection.execute(delete_rows(FILES).where(gone))
            for file in desk.files:
                if file.name in found and not file.is_new:
                    continue
                connection.execute(delete_rows(FILES).where((FILES.c.visitor == visitor) & (FILES.c.name == file.name)))
                packed = zlib.compress(file.data, 6)
                row = {"visitor": visitor, "name": file.name, "data": packed, "saved_at": second}
                connection.execute(insert(FILES).values(row))
            connection.execute(delete_rows(DESKS).where(DESKS.c.visitor == visitor))
            answers = json.dumps(desk_plain(desk), sort_keys=True)
            connection.execute(insert(DESKS).values({"visitor": visitor, "answers": answers, "saved_at": second}))

    def load(self, visitor: str, *, now: float | None = None) -> FilesDesk:
        """Return a visitor's files and answers; an empty desk where there are none or they have expired."""
        fresh = seconds(now) - LIFETIME_SECONDS
        with self._begin() as connection:
            files = connection.execute(
                select(FILES.c.name, FILES.c.data).where((FILES.c.visitor == visitor) & (FILES.c.saved_at >= fresh))
            ).all()
            answers = connection.execute(
                select(DESKS.c.answers).where((DESKS.c.visitor == visitor) & (DESKS.c.saved_at >= fresh))
            ).scalar_one_or_none()
        unpacked = {row.name: zlib.decompress(row.data) for row in files}
        try:
            return desk_from_plain(json.loads(answers) if answers else {}, unpacked)
        except StoredFormat:
            return FilesDesk()

    def keep_map(self, visitor: str, code: str, text: str, *, now: float | None = None) -> None:
        """Keep a map for next year, in the place of an earlier one with its code."""
        with self._begin() as connection:
            connection.execute(delete_rows(MAPS).where((MAPS.c.visitor == visitor) & (MAPS.c.code == code)))
            row = {"visitor": visitor, "code": code, "text": text, "saved_at": seconds(now)}
            connection.execute(insert(MAPS).values(row))

    def maps(self, visitor: str, *, now: float | None = None) -> tuple[str, ...]:
        """Return the texts of the maps that a visitor has kept, by code."""
        fresh = MAPS.c.saved_at >= seconds(now) - MAP_LIFETIME_SECONDS
        query = select(MAPS.c.text).where((MAPS.c.visitor == visitor) & fresh).order_by(MAPS.c.code)
        with self._begin() as connection:
            return tuple(connection.execute(query).scalars().all())

    def forget(self, visitor: str) -> None:
        """Delete everything that is kept for a visitor here."""
        with self._begin() as connection:
            for table in (FILES, DESKS, MAPS):
                connection.execute(delete_rows(table).where(table.c.visitor == visitor))

    def forget_expired(self, *, now: float | None = None) -> None:
        """Delete files that nobody has touched for thirty days, and maps after two years."""
        second = seconds(now)
        with self._begin() as connection:
            for table, lifetime in ((FILES, LIFETIME_SECONDS), (DESKS, LIFETIME_SECONDS), (MAPS, MAP_LIFETIME_SECONDS)):
                connection.execute(delete_rows(table).where(table.c.saved_at < second - lifetime))
