"""How the dashboard is served: which port, to whom, from which folder, and what is said where it cannot be."""

import os
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from equity_alloc import serving
from equity_alloc.cli import app

ROOT = Path(__file__).resolve().parent.parent


def test_a_port_in_use_is_passed_over():
    with socket.socket() as taken:
        taken.bind((serving.ADDRESS, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serving.free_port(first=port) > port


def test_no_free_port_is_said():
    with socket.socket() as taken:
        taken.bind((serving.ADDRESS, 0))
        taken.listen()
        with pytest.raises(serving.CannotStart, match="in use"):
            serving.free_port(first=taken.getsockname()[1], tried=1)


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("win32", {}, True),
        ("darwin", {}, True),
        ("darwin", {"SSH_CONNECTION": "10.0.0.2 50000 10.0.0.1 22"}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0", "CI": "true"}, False),
    ],
)
def test_a_browser_is_opened_only_in_front_of_a_person(platform, environment, expected):
    assert expected is serving.has_desktop(platform, environment)


def test_the_dashboard_is_served_to_this_computer_only_and_reports_nothing():
    command = serving.dashboard_command(Path("python"), 8507)
    assert "--server.address=127.0.0.1" in command
    assert "--server.port=8507" in command
    assert "--server.showEmailPrompt=false" in command
    assert "--browser.gatherUsageStats=false" in command


def test_a_file_where_somebody_stands_is_not_taken_for_a_library():
    assert "-P" == serving.dashboard_command(Path("python"), 8507)[1]


def test_the_command_says_that_the_port_it_was_given_is_in_use():
    with socket.socket() as taken:
        taken.bind((serving.ADDRESS, 0))
        taken.listen()
        port = taken.getsockname()[1]
        shown = CliRunner().invoke(app, ["dashboard", "--port", str(port)])
    assert 2 == shown.exit_code
    assert f"Port {port}" in shown.stderr
    assert "--port" in shown.stderr


def test_an_installed_package_has_the_dashboard_with_its_pages_and_settings(tmp_path):
    """Laid out as the wheel is, and asked from a folder that is no copy of the repository."""
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    assert "exclude" not in wheel
    installed, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    for package in wheel["packages"]:
        shutil.copytree(ROOT / package, installed / package, ignore=shutil.ignore_patterns("__pycache__"))
    for source, target in wheel["force-include"].items():
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, installed / target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (installed / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, installed / target)
    asked = "from equity_alloc.domain.shipped import DASHBOARD, DATA; print(DASHBOARD); print(DATA)"
    told = subprocess.run(
        [sys.executable, "-P", "-c", asked],
        cwd=elsewhere,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert [str(installed / "equity_alloc" / name) for name in ("dashboard", "data")] == told
    for name in (
        "dashboard.py",
        ".streamlit/config.toml",
        *(f"pages/{page.name}" for page in (ROOT / "pages").glob("*.py")),
    ):
        assert (installed / "equity_alloc" / "dashboard" / name).is_file()
    assert (installed / "equity_alloc" / "ui" / "main.py").is_file()
