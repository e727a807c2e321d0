"""What every kind of stored record shares: tables made once, one transaction for each change, times in whole seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from sqlalchemy import Connection, Engine, MetaData
from sqlalchemy.exc import SQLAlchemyError

from equity_alloc.store.unavailable import StoreUnavailable


class RecordTables:
    """The tables of one kind of record. Each kind names its tables and says what a visitor is told when they do not answer.

    Parameters
    ----------
    engine : Engine

    Raises
    ------
    StoreUnavailable
        If the tables cannot be made.
    """

    metadata: ClassVar[MetaData]
    unavailable: ClassVar[str]

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with self._begin() as connection:
            self.metadata.create_all(connection)

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreUnavailable(self.unavailable) from error


def seconds(now: float | None) -> int:
    """Return a moment, or the present one, in whole seconds since 1970."""
    return int(time.time() if now is None else now)
