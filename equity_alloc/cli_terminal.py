"""How every command speaks: answers on standard output, findings and reasons on standard error, and one way to stop."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import typer

from equity_alloc.domain.finding import Finding

UNUSABLE = 2


def say(text: str) -> None:
    """Print a line of the answer."""
    sys.stdout.write(f"{text}\n")


def tell(text: str) -> None:
    """Print a line that is no part of the answer: what was found, why there is none, how far it has come."""
    sys.stderr.write(f"{text}\n")


def list_findings(findings: Iterable[Finding]) -> None:
    """Print every finding: severity, code, place, the value that stands there, what, why and what to do."""
    for finding in findings:
        value = f" [{finding.value}]" if finding.value else ""
        tell(
            f"{finding.severity.value}  {finding.code}  {finding.where}{value}  {finding.what} {finding.why} {finding.remedy}"
        )


def stop(code: int, text: str) -> NoReturn:
    """End the command with an exit code, and say why."""
    tell(text)
    raise typer.Exit(code)


def make_folder(path: Path, *, option: str = "-o") -> None:
    """Make a folder where there is none; end the command with what to do where there cannot be one."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(
            UNUSABLE,
            f"{path} cannot be a folder to write into: {error.strerror}. Choose another place with {option}.",
        )


def write(path: Path, data: bytes, *, option: str = "-o") -> None:
    """Write a file; end the command with what to do where it cannot be written."""
    try:
        path.write_bytes(data)
    except OSError as error:
        stop(UNUSABLE, f"{path} cannot be written: {error.strerror}. Choose another place with {option}.")
