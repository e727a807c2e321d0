"""Where a file is to be written: refused before any work is done, not after minutes of it."""

from __future__ import annotations

from pathlib import Path


def unwritable(output: Path | None, *endings: str) -> str:
    """Return why a file of one of these kinds cannot be written there, and what to do; blank where it can.

    Parameters
    ----------
    output : Path or None
        None where nothing is to be written.
    endings : str
        Like ".xlsx": another one would open as what it is not.

    Examples
    --------
    >>> unwritable(Path("plan.csv"), ".xlsx")
    'plan.csv does not end in .xlsx, which is what is written. Choose another name with -o.'
    >>> unwritable(None, ".xlsx"), unwritable(Path("plan.xlsx"), ".xlsx")
    ('', '')
    """
    if output is None:
        return ""
    if output.suffix.lower() not in endings:
        return (
            f"{output} does not end in {' or '.join(endings)}, which is what is written. Choose another name with -o."
        )
    if not output.absolute().parent.is_dir():
        return f"{output} cannot be written: there is no folder {output.parent}. Choose another place with -o."
    return ""
