"""python -m equity_alloc: the command line."""

from __future__ import annotations

from equity_alloc.cli import app

app(prog_name="equity_alloc")
