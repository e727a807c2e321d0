"""A real server of the dashboard, started for a test and stopped after it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from equity_alloc.serving import ADDRESS, dashboard_command

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 300


@contextmanager
def serving(home: Path, *, folder: Path = ROOT) -> Iterator[str]:
    """Serve ``folder/dashboard.py`` as start.py does and give its address.

    The server keeps its store in ``home`` (EQUITY_ALLOC_HOME) and writes what visitors are not shown to
    ``home/server.log``.
    """
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port = probe.getsockname()[1]
    url = f"http://{ADDRESS}:{port}"
    log = home / "server.log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    environment |= {"EQUITY_ALLOC_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = dashboard_command(Path(sys.executable), port)
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        await_health(url, server, log)
        yield url
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def await_health(url: str, server: subprocess.Popen, log: Path) -> None:
    """Return when the server answers; fail with its log when it ends or stays silent."""
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The dashboard did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")
