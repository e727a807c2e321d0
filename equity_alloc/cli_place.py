"""Where a command writes: refused before any work is done, not after minutes of it."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

UNUSABLE = 2


def refuse_place(output: Path | None, *endings: str) -> None:
    """Stop with a sentence unless a file of one of the kinds can be written there.

    Parameters
    ----------
    output : Path or None
        None where nothing is to be written.
    endings : str
        Like ".xlsx": another one would open as what it is not.
    """
    if output is None:
        return
    kinds = " or ".join(endings)
    if output.suffix.lower() not in endings:
        _refuse(f"{output} does not end in {kinds}, which is what is written. Choose another name with -o.")
    if not output.absolute().parent.is_dir():
        _refuse(f"{output} cannot be written: there is no folder {output.parent}. Choose another place with -o.")


def _refuse(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    raise typer.Exit(UNUSABLE)
