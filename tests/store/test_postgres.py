"""The store in a real PostgreSQL: a server of its own where one is installed, or the database that a variable names.

EQUITY_ALLOC_TEST_POSTGRES holds its address. It must be for tests alone: drafts in it expire.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, text

from equity_alloc.store.drafts import DRAFTS, LIFETIME_SECONDS, Drafts
from equity_alloc.store.place import open_engine
from tests.patience import PATIENCE_SECONDS
from tests.store.test_drafts import NOW, draft, save

URL = "EQUITY_ALLOC_TEST_POSTGRES"
ANN, BEN = "a" * 64, "b" * 64


def server_program(name: str) -> str | None:
    """Return a program of PostgreSQL's server; Debian keeps them in a folder of their own for each version."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="module")
def address():
    if os.environ.get(URL):
        yield os.environ[URL]
        return
    initdb, control = server_program("initdb"), server_program("pg_ctl")
    if initdb is None or control is None:
        missing = f"No PostgreSQL: {URL} names none, and initdb and pg_ctl are not installed"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with tempfile.TemporaryDirectory(prefix="alloc-pg-") as home:  # pytest's own folders are closed to other users
        yield from served(Path(home), initdb, control)


def served(home, initdb, control):
    """Serve a new, empty database from a folder; the server refuses to run as root."""
    user = "nobody" if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(home, user)
    data, options = home / "data", f"-c listen_addresses='' -c unix_socket_directories='{home}' -c fsync=off"

    def run(program, *words):
        command = [program, "-D", data, *words]
        subprocess.run(command, cwd=home, user=user, check=True, capture_output=True, timeout=PATIENCE_SECONDS)

    run(initdb, "-U", "alloc", "-A", "trust", "-E", "UTF8", "--locale=C")
    run(control, "-w", "-t", str(PATIENCE_SECONDS), "-l", home / "log", "-o", options, "start")
    try:
        yield f"postgresql+psycopg://alloc@/postgres?host={home}"
    finally:
        run(control, "-m", "immediate", "stop")


@pytest.fixture
def engine(address) -> Engine:
    found = open_engine({"EQUITY_ALLOC_DATABASE_URL": address})
    yield found
    with found.begin() as connection:
        connection.execute(delete(DRAFTS).where(DRAFTS.c.visitor.in_([ANN, BEN])))
    found.dispose()


def test_a_draft_comes_back_to_its_visitor_alone(engine):
    drafts, work = Drafts(engine), draft(3)
    save(drafts, ANN, work)
    assert work == drafts.load(ANN, now=NOW)
    assert drafts.load(BEN, now=NOW) is None
    changed = draft(3, tolerance=900)
    save(drafts, ANN, changed)
    save(drafts, BEN, draft(4))
    assert changed == Drafts(engine).load(ANN, now=NOW)
    assert draft(4) == drafts.load(BEN, now=NOW)


def test_a_draft_is_forgotten_and_expires(engine):
    drafts = Drafts(engine)
    save(drafts, ANN, draft())
    save(drafts, BEN, draft(), now=NOW + LIFETIME_SECONDS)
    drafts.forget_expired(now=NOW + LIFETIME_SECONDS + 1)
    assert drafts.load(ANN, now=NOW) is None
    drafts.forget(BEN)
    assert drafts.load(BEN, now=NOW + LIFETIME_SECONDS) is None


def test_letters_of_every_script_are_kept_as_they_are(engine):
    drafts, work = Drafts(engine), draft(1, name="Peñasco 学校 \U0001f3eb")
    save(drafts, ANN, work)
    assert work == drafts.load(ANN, now=NOW)
    with engine.connect() as connection:
        assert "UTF8" == connection.execute(text("SHOW server_encoding")).scalar_one()
