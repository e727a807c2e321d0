"""The ledger of releases: what each set of public documents told of student groups, with district and year as they were called."""

from __future__ import annotations

import time
from collections.abc import Collection
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
    district : str
        Name and year, as they were called then.
    """

    release: str
    title: str
    text: str
    made_at: int
    district: str = ""


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

    def add(self, keeper: str, data_digest: str, entry: Entry) -> None:
        """Keep a release; one that tells the same as an earlier one takes its place.

        Parameters
        ----------
        keeper : str
            Key of the visitor, or COMMAND_LINE.
        data_digest : str
            What data with the very same counts share.
        entry : Entry
        """
        row = {
            "keeper": keeper,
            "district": entry.district[:300],
            "release": entry.release,
            "data_digest": data_digest,
            "title": entry.title,
            "text": entry.text,
            "made_at": entry.made_at,
        }
        with self._begin() as connection:
            same = _is(keeper, entry.district) & (RELEASES.c.release == entry.release)
            connection.execute(delete(RELEASES).where(same))
            connection.execute(insert(RELEASES).values(row))

    def of(self, keeper: str, data_digests: Collection[str]) -> tuple[Entry, ...]:
        """Return releases, the earliest first: the keeper's own of every district, and anybody's of the very same data.

        Which of them are about a district is for the caller to say: names do not (`reports.earlier_sets`).
        """
        same = or_(RELEASES.c.keeper == keeper, RELEASES.c.data_digest.in_(tuple(data_digests)))
        columns = (RELEASES.c.release, RELEASES.c.title, RELEASES.c.text, RELEASES.c.made_at, RELEASES.c.district)
        with self._begin() as connection:
            rows = connection.execute(select(*columns).where(same).order_by(RELEASES.c.made_at, RELEASES.c.release))
            found = {(row.district, row.release): Entry(*row) for row in rows}
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
