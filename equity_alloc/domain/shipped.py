"""Where the data are that come with this program: sample districts, parameters, templates, maps and lessons."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED, _CHECKOUT = _PACKAGE / "data", _PACKAGE.parent / "data"

#: Inside the package where it was installed, beside it in a copy of the repository.
DATA = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
