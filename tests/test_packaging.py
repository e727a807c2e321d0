"""The lists of dependencies agree with each other, and the shipped settings are settings that Streamlit knows."""

import importlib
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import streamlit
from streamlit import config

import equity_alloc

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def requirements(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def setting_names(table, prefix=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from setting_names(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


def test_requirements_txt_and_pyproject_ask_for_the_same():
    assert PYPROJECT["project"]["dependencies"] == requirements("requirements.txt")


def test_other_requirements_start_from_what_the_dashboard_needs():
    assert requirements("requirements-dev.txt")[0] == "-r requirements.txt"
    assert requirements("requirements-benchmarks.txt")[0] == "-r requirements.txt"


def test_pyproject_takes_its_version_from_the_package():
    assert PYPROJECT["tool"]["hatch"]["version"]["path"] == "equity_alloc/__init__.py"
    assert f"## {equity_alloc.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_an_installed_package_brings_its_data_and_its_command():
    wheel = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert (ROOT / "data").is_dir()
    assert "equity_alloc/data" == wheel["force-include"]["data"]
    module, _, function = PYPROJECT["project"]["scripts"]["equity-alloc"].partition(":")
    assert callable(getattr(importlib.import_module(module), function))


def test_only_one_module_says_where_the_data_are():
    """A second place that counts folders upward would look in vain where the package is installed."""
    climbing = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "equity_alloc").rglob("*.py")
        if ".parents[" in path.read_text(encoding="utf-8")
    ]
    assert ["equity_alloc/domain/shipped.py"] == climbing


def test_every_shipped_setting_is_one_that_streamlit_knows():
    assert [] == [name for name in setting_names(SETTINGS) if name not in config._config_options_template]


def test_streamlit_reads_the_shipped_settings_without_a_warning():
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    shown = subprocess.run(
        [sys.executable, "-m", "streamlit", "config", "show"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "" == shown.stderr
    assert "showEmailPrompt = false" in shown.stdout


def test_visitors_are_asked_nothing_and_nothing_is_reported():
    assert SETTINGS["browser"]["gatherUsageStats"] is False
    assert SETTINGS["server"]["showEmailPrompt"] is False
    assert SETTINGS["server"]["address"] == "127.0.0.1"
    assert SETTINGS["client"]["showErrorDetails"] == "none"


def test_no_folder_named_pages_stands_beside_the_frame():
    """With one, Streamlit runs a linked page alone, without the frame (design D3)."""
    assert streamlit.App is not None
    assert not (ROOT / "equity_alloc" / "ui" / "pages").exists()
