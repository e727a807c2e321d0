"""The ledger of promises: one row for each plan and promise, added and never changed.

A year is judged by what was promised and what was kept then, so a row keeps the words and the state of its day. Rows go
only when their visitor has everything deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from sqlalchemy import Column, Connection, Index, Integer, MetaData, String, Table, Text, delete, insert, select

from equity_alloc.store.record_tables import RecordTables


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """How one promise stood in one plan on the day it was recorded.

    Parameters
    ----------
    district, year, plan : str
        Name of the district, plan year, name of the scenario.
    plan_digest : str
        Of the plan.
    code, clause : str
        Of the commitment, in the words of that day.
    identity : str
        Of the commitment, to tell whether it was changed since.
    state, found, short : str
        How it stood, what its test found, and by how much it was missed.
    decided : str
        Who dropped it, why, and with what dissent.
    recorded : str
        Day, year first.
    """

    district: str
    year: str
    plan: str
    plan_digest: str
    code: str
    clause: str
    identity: str
    state: str
    found: str
    short: str
    decided: str
    recorded: str


_METADATA = MetaData()
LEDGER = Table(
    "promise_ledger",
    _METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("visitor", String(64), nullable=False),
    *(Column(item.name, Text, nullable=False) for item in fields(LedgerRow)),
    Index("promise_ledger_visitor", "visitor"),
)
#: Columns that say whether a row stands there already; the day does not.
_SAME = tuple(item.name for item in fields(LedgerRow) if item.name != "recorded")


class Ledger(RecordTables):
    """Keeps rows for each visitor, the oldest first.

    Parameters
    ----------
    engine : Engine

    Raises
    ------
    StoreUnavailable
        If the table cannot be made.
    """

    metadata = _METADATA
    unavailable = "The ledger of promises could not be read or written just now. Nothing was recorded; try again."

    def add(self, visitor: str, rows: Sequence[LedgerRow]) -> int:
        """Add the rows that do not stand there already; return how many that were."""
        new = 0
        with self._begin() as connection:
            known = {tuple(getattr(row, name) for name in _SAME) for row in self._rows(connection, visitor)}
            for row in rows:
                if tuple(getattr(row, name) for name in _SAME) not in known:
                    values = {item.name: getattr(row, item.name) for item in fields(LedgerRow)}
                    connection.execute(insert(LEDGER).values(visitor=visitor, **values))
                    new += 1
        return new

    def rows(self, visitor: str, district: str = "") -> tuple[LedgerRow, ...]:
        """Return what was recorded, the oldest first; of one district where it is named."""
        with self._begin() as connection:
            return tuple(row for row in self._rows(connection, visitor) if district in ("", row.district))

    def forget(self, visitor: str) -> None:
        """Delete what is kept for a visitor, at the visitor's own wish."""
        with self._begin() as connection:
            connection.execute(delete(LEDGER).where(LEDGER.c.visitor == visitor))

    def _rows(self, connection: Connection, visitor: str) -> list[LedgerRow]:
        columns = [LEDGER.c[item.name] for item in fields(LedgerRow)]
        query = select(*columns).where(LEDGER.c.visitor == visitor).order_by(LEDGER.c.id)
        return [LedgerRow(*row) for row in connection.execute(query)]
