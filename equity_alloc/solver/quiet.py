"""Keeps HiGHS from writing its banner to standard output, where scripts read our answers."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import highspy


def start_quietly() -> None:
    """Make a first HiGHS instance with standard output turned away; the banner comes once a process.

    The banner is written below Python, so it is the file descriptor that is turned away, for a millisecond.
    """
    try:
        sys.stdout.flush()
        kept = os.dup(1)
    except (OSError, ValueError, AttributeError):
        return  # No standard output to protect: a window program, a closed pipe.
    try:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(kept, 1)
        os.close(kept)
