"""A real browser before the real server. Without Chromium these tests are skipped; where CI is true they fail."""

import os

import pytest
from playwright.sync_api import expect

import start
from tests.browser.server import serving
from tests.browser.streamlit_page import settled

expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The installed Chromium, Chrome or Edge, found as start.py finds it."""
    executable = start.find_browser(os.environ)
    if executable is None:
        missing = "no Chromium, Chrome or Edge on this machine: install one or set CHROME to its path"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    arguments = ["--disable-dev-shm-usage"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # Chromium refuses its sandbox to root
        arguments.append("--no-sandbox")
    return {**browser_type_launch_args, "executable_path": executable, "args": arguments}


@pytest.fixture(scope="session")
def dashboard_home(tmp_path_factory):
    """The folder in which this session's server keeps its store (EQUITY_ALLOC_HOME) and its log, ``server.log``."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def base_url(browser_type_launch_args, dashboard_home):
    """The address of this session's server; ``page.goto("/plan")`` is relative to it."""
    with serving(dashboard_home) as url:
        yield url


@pytest.fixture
def open_page(page, base_url):
    """Open a path of the dashboard as a new visitor and wait for it: ``page = open_page("/plan")``."""

    def open_settled(path="/"):
        page.goto(path)
        return settled(page)

    return open_settled
