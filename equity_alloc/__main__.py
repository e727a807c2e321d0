"""The command line: ``python -m equity_alloc``, or ``equity-alloc`` where the package is installed."""

from __future__ import annotations

import io
import sys

from equity_alloc.cli import app


def main() -> None:
    """Run the command that the arguments of this process name."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a letter of a school's name gets its number instead of an error.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="equity_alloc")


if __name__ == "__main__":
    main()
