"""Where the files are that come with this program: its data, and the dashboard with its pages and settings."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_IS_INSTALLED = (_PACKAGE / "data").is_dir()

#: Inside the package where it was installed, beside it in a copy of the repository: sample districts, parameters,
#: templates, maps and lessons.
DATA = (_PACKAGE if _IS_INSTALLED else _PACKAGE.parent) / "data"
#: The folder of dashboard.py with its pages and its settings, which Streamlit reads beside the script it runs.
DASHBOARD = _PACKAGE / "dashboard" if _IS_INSTALLED else _PACKAGE.parent
