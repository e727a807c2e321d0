"""Pages run in this process, through the frame, without a browser and without a store."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.patience import PATIENCE_SECONDS

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
def visit(tmp_path, monkeypatch):
    """A new visitor who has not opened a page yet."""
    monkeypatch.setenv("EQUITY_ALLOC_HOME", str(tmp_path))
    return AppTest.from_file(str(MAIN), default_timeout=PATIENCE_SECONDS)


@pytest.fixture
def app(visit):
    """The dashboard as a new visitor finds it: on the page Plan."""
    return visit.run()


@pytest.fixture
def go_to(visit):
    """Open a page of the visit, by a link to it where it is the first: ``page = go_to("rules")``."""
    return lambda name: opened(visit, name)


@pytest.fixture
def session(visit, request):
    """What the visitor works on; for a test to look at, and to put a scenario in."""
    if "app" in request.fixturenames:
        request.getfixturevalue("app")
    else:
        opened(visit, "library")  # the page that costs least
    return visit.session_state["equity-alloc"]


def opened(visit, name):
    return visit.switch_page(f"../../pages/{name}.py").run()


def failures(page):
    """Return what stopped a page."""
    return [error.value for error in page.exception]


def words(page):
    """Return all words of a page's body and messages, as Markdown."""
    parts = [*page.title, *page.header, *page.subheader, *page.markdown, *page.caption]
    parts += [*page.success, *page.info, *page.warning, *page.error]
    return "\n".join(str(part.value) for part in parts).replace("\\", "").replace("&#58;", ":").replace("\u00a0", " ")


def press(page, label):
    """Press the one button with these words."""
    [button] = [each for each in page.button if each.label == label]
    return button.click().run()
