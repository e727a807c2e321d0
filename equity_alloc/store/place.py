"""Where the store is: a database by URL, or a file in a folder of its own."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from equity_alloc.store.unavailable import StoreUnavailable

HOME = "EQUITY_ALLOC_HOME"
URL = "EQUITY_ALLOC_DATABASE_URL"
FILE = "equity-alloc.sqlite3"


def home_folder(environment: Mapping[str, str], *, platform: str = sys.platform) -> Path:
    """Return the folder for this program's own files.

    Parameters
    ----------
    environment : mapping of str to str
        EQUITY_ALLOC_HOME goes before the place where the operating system keeps such data.
    platform : str

    Examples
    --------
    >>> home_folder({"EQUITY_ALLOC_HOME": "/srv/alloc"}).name
    'alloc'
    """
    if environment.get(HOME):
        return Path(environment[HOME])
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "equity-alloc"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "equity-alloc"
    return Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "equity-alloc"


def open_engine(environment: Mapping[str, str] = os.environ) -> Engine:
    """Return the engine of the store; a file is made on first use, readable by its owner only.

    Parameters
    ----------
    environment : mapping of str to str
        EQUITY_ALLOC_DATABASE_URL names a database, for instance postgresql+psycopg://host/name.

    Raises
    ------
    OSError
        If the folder cannot be made.
    StoreUnavailable
        If the named database cannot be opened: a mistyped address, or its driver is not installed.
    """
    url = environment.get(URL)
    if url:
        try:
            return create_engine(url, pool_pre_ping=True)
        except (SQLAlchemyError, ImportError) as error:
            raise StoreUnavailable(f"{URL} names a database that cannot be opened here: {error}") from error
    folder = home_folder(environment)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / FILE
    file.touch(mode=0o600)
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 10})
    event.listen(engine, "connect", _write_ahead)
    return engine


def _write_ahead(connection: sqlite3.Connection, _record: object) -> None:
    """Let readers go on while one writer writes, and let a deleted row leave no trace in the file."""
    for pragma in ("journal_mode=WAL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
