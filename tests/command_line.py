"""The command line as a script sees it: an exit code, an answer on standard output, and what stands in the way on standard error."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from equity_alloc.cli import app
from tests.patience import PATIENCE_SECONDS

ROOT = Path(__file__).resolve().parents[1]
#: A folder of its own: what the export command writes down must not reach whoever runs the tests.
HOME = tempfile.TemporaryDirectory(prefix="equity-alloc-tests-")


@dataclass(frozen=True, slots=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(*words: str | Path) -> Done:
    """Run a command in this process: loading the package anew takes longer than most commands do.

    What nobody meant to be raised is raised here, where a script would get a traceback.
    """
    with contextlib.chdir(ROOT):
        found = CliRunner().invoke(
            app, [str(word) for word in words], env={"EQUITY_ALLOC_HOME": HOME.name}, catch_exceptions=False
        )
    return Done(found.exit_code, found.stdout, found.stderr)


def run_anew(*words: str | Path) -> Done:
    """Run a command in a process of its own, where what lies below Python could write to standard output too."""
    command = [sys.executable, "-m", "equity_alloc", *map(str, words)]
    own = {**os.environ, "EQUITY_ALLOC_HOME": HOME.name}
    found = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False, env=own
    )
    return Done(found.returncode, found.stdout, found.stderr)
