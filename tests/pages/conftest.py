"""Pages run in this process, through the frame, without a browser and without a store."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

MAIN = Path(__file__).resolve().parents[2] / "equity_alloc" / "ui" / "main.py"
PAGES = (
    "plan",
    "rules",
    "formula",
    "equity",
    "tradeoffs",
    "audit",
    "policies",
    "interventions",
    "compare",
    "commitments",
    "choices",
    "decision",
    "compliance",
    "years",
    "fall",
    "start",
    "files",
    "district",
    "export",
    "library",
    "method",
)


@pytest.fixture
def app(tmp_path, monkeypatch):
    """The dashboard as a new visitor finds it."""
    monkeypatch.setenv("EQUITY_ALLOC_HOME", str(tmp_path))
    return AppTest.from_file(str(MAIN), default_timeout=60).run()


@pytest.fixture
def go_to(app):
    """Open a page of the same visit: ``page = go_to("rules")``."""

    def open_page(name):
        return app.switch_page(f"../../pages/{name}.py").run()

    return open_page


@pytest.fixture
def session(app):
    """What the visitor works on; for a test to look at, and to put a scenario in."""
    return app.session_state["equity-alloc"]


def failures(page):
    """Return what stopped a page."""
    return [error.value for error in page.exception]


def words(page):
    """Return all words of a page's body and messages, as Markdown."""
    parts = [*page.title, *page.header, *page.subheader, *page.markdown, *page.caption]
    parts += [*page.success, *page.info, *page.warning, *page.error]
    return "\n".join(str(part.value) for part in parts).replace("\\", "").replace("&#58;", ":")


def press(page, label):
    """Press the one button with these words."""
    [button] = [each for each in page.button if each.label == label]
    return button.click().run()
