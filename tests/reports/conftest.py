"""Plans that documents are made of."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports.document import Dossier
from equity_alloc.sources.sample import sample_reading
from tests.patience import PATIENCE_SECONDS


@pytest.fixture(scope="session")
def sample_plan() -> Plan:
    """The plan of the sample district."""
    reading = sample_reading()
    found = make_plan(reading.district, reading.scenario)
    assert isinstance(found, Plan)
    return found


@pytest.fixture(scope="session")
def dossier(sample_plan) -> Dossier:
    """The sample plan as documents are made from it; every writer shares it."""
    return Dossier(sample_plan)


@pytest.fixture(scope="session")
def convert(tmp_path_factory) -> Callable[[bytes, str, str], bytes]:
    """Open a file with LibreOffice and save it as another kind: ``convert(data, ".xlsx", "pdf")``."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        missing = "LibreOffice is not on this machine; .ci/run installs it."
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    profile = tmp_path_factory.mktemp("office-profile").as_uri()

    def run(data: bytes, ending: str, to: str) -> bytes:
        folder: Path = tmp_path_factory.mktemp("office")
        given, made = folder / f"given{ending}", folder / "made"
        given.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            made,
            given,
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
        found = made / f"given.{to}"
        if "source file could not be loaded" in done.stderr + done.stdout and os.environ.get("CI") != "true":
            pytest.skip(f"LibreOffice on this machine lacks what opens {ending} files; .ci/run installs it.")
        assert found.is_file(), done.stderr or done.stdout
        return found.read_bytes()

    return run
