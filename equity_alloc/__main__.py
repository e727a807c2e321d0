"""python -m equity_alloc: the command line."""

from __future__ import annotations

import io
import sys

from equity_alloc.cli import app

for stream in (sys.stdout, sys.stderr):
    # A terminal that lacks a letter of a school's name gets its number instead of an error.
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
app(prog_name="equity_alloc")
