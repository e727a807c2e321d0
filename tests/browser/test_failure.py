"""A page that stops unexpectedly tells its visitor what to do, and its details only to the log."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.server import ROOT, serving
from tests.browser.streamlit_page import failures, settled

BROKEN_PAGE = """
import streamlit as st

from equity_alloc.ui.downloads import offer


def fail():
    raise ValueError("salary of a named person")


@st.fragment
def card():
    if st.button("Card"):
        fail()


st.title("Broken on purpose")
st.button("Callback", on_click=fail)
card()
offer("Figures", fail, "figures-internal.csv", "text/csv", key="figures")
if "whole" in st.query_params:
    fail()
"""


@pytest.fixture(scope="module")
def broken_home(tmp_path_factory):
    """A dashboard with our shell and settings around one page that fails."""
    home = tmp_path_factory.mktemp("broken")
    (home / "equity_alloc" / "ui").mkdir(parents=True)
    (home / "equity_alloc" / "ui" / "main.py").write_text(BROKEN_PAGE, encoding="utf-8")
    shutil.copytree(ROOT / ".streamlit", home / ".streamlit")
    # The package comes from the repository: only the script that is served is another.
    frame = 'Path(ui.__file__).with_name("main.py")'
    source = (ROOT / "dashboard.py").read_text(encoding="utf-8")
    assert frame in source
    source = source.replace(frame, 'Path(__file__).parent / "equity_alloc" / "ui" / "main.py"')
    (home / "dashboard.py").write_text(source, encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def broken_url(browser_type_launch_args, broken_home):
    with serving(broken_home, folder=broken_home) as url:
        yield url


@pytest.mark.parametrize("where", ["whole page", "Callback", "Card"])
def test_a_failure_is_told_calmly_and_its_details_go_to_the_log(page, broken_url, broken_home, where):
    page.goto(broken_url + ("?whole=1" if where == "whole page" else ""))
    settled(page)
    if where != "whole page":
        page.get_by_role("button", name=where).click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("This page could not be completed")
    [words] = failures(page)
    log_id = re.search(r"log id ([0-9A-F]{8})", words).group(1)
    for detail in ("salary", "ValueError", "Traceback", "main.py"):
        assert detail not in page.inner_text("body")
    log = (broken_home / "server.log").read_text(encoding="utf-8")
    assert f"Log id {log_id}: ValueError" in log
    assert "salary of a named person" in log.partition(log_id)[2]


def test_a_file_that_cannot_be_made_says_so_for_as_long_as_the_page_stands(page, broken_url, broken_home):
    page.goto(broken_url)
    settled(page).get_by_role("button", name="Download: Figures (CSV, internal)").click()
    told = page.get_by_role("alert").filter(has_text="Not made: Figures")
    expect(told).to_contain_text("The file could not be made; nothing else is touched by it.")
    log_id = re.search(r"log id ([0-9A-F]{8})", told.inner_text()).group(1)
    assert "salary" not in page.inner_text("body")
    log = (broken_home / "server.log").read_text(encoding="utf-8")
    assert f"Log id {log_id}: ValueError" in log
