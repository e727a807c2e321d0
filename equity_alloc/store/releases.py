"""The ledger of releases: what each set of public documents told of student groups, by district and year."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Index,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    or_,
    select,
)

from equity_alloc.store.record_tables import RecordTables

#: Who keeps the ledger where no browser does.
COMMAND_LINE = "command line"

_METADATA = MetaData()
RELEASES = Table(
    "releases",
    _METADATA,
    Column("keeper", String(64), primary_key=True),
    Column("district", String(300), primary_key=True),
    Column("release", String(64), primary_key=True),
    Column("data_digest", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Index("releases_district", "district"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One release in the ledger.

    Parameters
    ----------
    release : str
        Digest of what was told.
    title : str
        The scenario.
    text : str
        What was told, as JSON.
    made_at : int, seconds since 1970
    """

    release: str
    title: str
    text: str
    made_at: int


class Releases(RecordTables):
    """Keeps releases until somebody says that they were not published.

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
        "The ledger of public documents cannot be read or written just now. It keeps what was public before: two sets laid "
        "side by side can give small counts away."
    )

    def add(self, keeper: str, district: str, data_digest: str, entry: Entry) -> None:
        """Keep a release; one that tells the same as an earlier one takes its place.

        Parameters
        ----------
        keeper : str
            Key of the visitor, or COMMAND_LINE.
        district : str
            Name and year.
        data_digest : str
            Of the district's data.
        entry : Entry
        """
        row = {
            "keeper": keeper,
            "district": district[:300],
            "release": entry.release,
            "data_digest": data_digest,
            "title": entry.title,
            "text": entry.text,
            "made_at": entry.made_at,
        }
        with self._begin() as connection:
            connection.execute(delete(RELEASES).where(_is(keeper, district) & (RELEASES.c.release == entry.release)))
            connection.execute(insert(RELEASES).values(row))

    def of(self, keeper: str, district: str, data_digest: str) -> tuple[Entry, ...]:
        """Return the releases of a district and year, the earliest first: the keeper's own, and any of the very same data."""
        same = (RELEASES.c.district == district[:300]) & or_(
            RELEASES.c.keeper == keeper, RELEASES.c.data_digest == data_digest
        )
        columns = (RELEASES.c.release, RELEASES.c.title, RELEASES.c.text, RELEASES.c.made_at)
        with self._begin() as connection:
            rows = connection.execute(select(*columns).where(same).order_by(RELEASES.c.made_at, RELEASES.c.release))
            found = {row.release: Entry(row.release, row.title, row.text, row.made_at) for row in rows}
        return tuple(found.values())

    def forget(self, keeper: str, district: str = "", release: str = "") -> int:
        """Take a release that was not published out of the ledger, or all that a keeper has; return how many there were."""
        mine = _is(keeper, district) & (RELEASES.c.release == release) if release else RELEASES.c.keeper == keeper
        with self._begin() as connection:
            return int(connection.execute(delete(RELEASES).where(mine)).rowcount)


def now() -> int:
    """Return the time, in whole seconds since 1970."""
    return int(time.time())


def _is(keeper: str, district: str) -> ColumnElement[bool]:
    return (RELEASES.c.keeper == keeper) & (RELEASES.c.district == district[:300])
