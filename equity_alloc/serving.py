"""Serves the dashboard to this computer: which port, which command, and the browser opened once it answers.

The standard library only, and words that an old Python reads: `start.py` asks here before anything is installed.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser
from collections.abc import Mapping, Sequence
from pathlib import Path

ADDRESS = "127.0.0.1"
FIRST_PORT = 8501


class CannotStart(Exception):
    """Something on this computer is missing; the message says what, and what to do."""


def free_port(first: int = FIRST_PORT, tried: int = 100) -> int:
    """Return the first port from ``first`` on that no other program listens on.

    Raises
    ------
    CannotStart
        If all that were tried are in use.
    """
    for port in range(first, first + tried):
        if is_free(port):
            return port
    raise CannotStart(f"Ports {first} to {first + tried - 1} are all in use. Close a program that uses one of them.")


def is_free(port: int) -> bool:
    """Say whether no other program listens on a port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # a port left a moment ago counts as free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
        return True


def has_desktop(platform: str, environment: Mapping[str, str]) -> bool:
    """Say whether a browser can be opened in front of whoever started the program."""
    if environment.get("CI") or environment.get("SSH_CONNECTION"):
        return False
    if platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def dashboard_command(python: Path, port: int, script: Path = Path("dashboard.py")) -> list[str]:
    """Return the command that serves the dashboard to this computer alone, asking and reporting nothing."""
    options = (
        f"--server.address={ADDRESS}",
        f"--server.port={port}",
        "--server.headless=true",  # open_when_ready opens the browser: Streamlit opens none for an ASGI app
        "--server.showEmailPrompt=false",
        "--server.fileWatcherType=none",
        "--browser.gatherUsageStats=false",
    )
    # -P: a file in the folder where somebody stands must not be taken for a library of the same name.
    return [str(python), "-P", "-m", "streamlit", "run", str(script), *options]


def open_when_ready(url: str, seconds: float = 60) -> None:
    """Open the browser as soon as the dashboard answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):  # noqa: S310 - an address of our own
                webbrowser.open(url)
                return
        except OSError:
            time.sleep(0.2)


def run_in_front(command: Sequence[str], folder: Path | None = None) -> int:
    """Run a program until it ends, pass on a request to stop, and return its exit code.

    Raises
    ------
    KeyboardInterrupt
        After Ctrl-C, once the program has ended.
    """
    process = subprocess.Popen(command, cwd=folder)  # noqa: S603 - a command of our own
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        return process.wait()
    except KeyboardInterrupt:  # the terminal has sent Ctrl-C to the program as well
        process.wait()
        raise


def serve(python: Path, script: Path, port: int, *, open_browser: bool = True, folder: Path | None = None) -> int:
    """Serve the dashboard until it is stopped, and return the exit code; Ctrl-C is the way to stop it.

    Parameters
    ----------
    python : Path
        The Python that has what the dashboard needs.
    script : Path
        The file ``dashboard.py``.
    port : int
    open_browser : bool
        Whether a browser opens, where somebody sits in front of this computer.
    folder : Path or None
        Where the server runs; None for where this program was started.
    """
    url = f"http://{ADDRESS}:{port}"
    sys.stdout.write(f"Equity Alloc opens at {url} with the sample district. Stop it with Ctrl-C.\n")
    sys.stdout.flush()
    if open_browser and has_desktop(sys.platform, os.environ):
        threading.Thread(target=open_when_ready, args=(url,), daemon=True).start()
    try:
        return run_in_front(dashboard_command(python, port, script), folder)
    except KeyboardInterrupt:
        return 0
