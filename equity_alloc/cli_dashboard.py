"""The dashboard command: opens the dashboard on the sample district, wherever the package is installed.

Exit codes: 0 stopped by Ctrl-C; 2 it cannot start here; else that of the server.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from equity_alloc.cli_terminal import stop
from equity_alloc.domain.shipped import DASHBOARD
from equity_alloc.serving import ADDRESS, CannotStart, free_port, is_free, serve

UNUSABLE = 2


def dashboard(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Where it is served; default: the first free one from 8501.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser, where there is a desktop.")] = True,
) -> None:
    """Open the dashboard on the sample district, for this computer alone; Ctrl-C stops it."""
    try:
        if port is not None and not is_free(port):
            raise CannotStart(
                f"Port {port} at {ADDRESS} cannot be used: another program listens there, or it is kept for the system. "
                "Choose another with --port, or leave the option out."
            )
        chosen = free_port() if port is None else port
    except CannotStart as missing:
        stop(UNUSABLE, str(missing))
    raise typer.Exit(serve(Path(sys.executable), DASHBOARD / "dashboard.py", chosen, open_browser=browser))
