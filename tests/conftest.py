"""What all tests may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Everywhere as where CI is true: a property draws the same examples each time, and a busy machine breaks no deadline.
settings.load_profile("ci")

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of official cases and public data, kept beside the repository and not in it."""
    folder = REPOSITORY.parent / "shared"
    if folder.is_dir():
        return folder
    missing = "The folder `shared` with official cases and public data is not beside the repository."
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)
