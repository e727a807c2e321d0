"""No table cuts a number, a name or a heading, on a phone or a desk: a number cut short reads as another number."""

import pytest
from playwright.sync_api import expect

from tests.browser.drawn_text import cut_texts, drawn_texts, watch_tables
from tests.browser.streamlit_page import settled

#: The pages with the widest tables, and a number that one of them shows.
PAGES = {
    "/": "+801,089",
    "/compare": "+806,626",
    "/equity": "0.964",
    "/district": "$209,862,400",
    "/compliance": "$4,305,600",
}
UNFOLDED = "document.querySelectorAll('[data-testid=stMain] details:not([open]) > summary').forEach(e => e.click())"
#: Leaves tables less room than two columns of numbers need.
NARROWED = "document.querySelectorAll('[data-testid=stFullScreenFrame]').forEach(e => { e.style.maxWidth = '230px' })"


def opened(browser, base_url, path):
    context = browser.new_context(base_url=base_url, viewport={"width": 390, "height": 6000})
    watch_tables(context)
    page = context.new_page()
    page.goto(path)
    settled(page)
    page.evaluate(UNFOLDED)
    settled(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=30_000)
    return page


@pytest.mark.parametrize("path", PAGES)
def test_no_table_cuts_a_number_a_name_or_a_heading(browser, base_url, path):
    page = opened(browser, base_url, path)
    assert {390: [], 768: [], 1280: []} == {width: cut_texts(page, width=width) for width in (390, 768, 1280)}
    assert PAGES[path] in drawn_texts(page)
    page.context.close()


def test_a_table_narrower_than_its_columns_is_found_to_cut_numbers(browser, base_url):
    """The check above can fail."""
    page = opened(browser, base_url, "/compare")
    page.evaluate(NARROWED)
    assert [] != cut_texts(page, width=1279)
    page.context.close()


@pytest.mark.parametrize(("path", "title"), [("/", "The money by fund"), ("/equity", "All measures")])
def test_the_contents_of_a_long_page_lead_to_a_heading_by_keyboard(open_page, path, title):
    page = open_page(path)
    heading = page.get_by_role("heading", name=title, exact=True)
    expect(heading).not_to_be_in_viewport()
    page.get_by_role("link", name=title, exact=True).focus()
    page.keyboard.press("Enter")
    expect(heading).to_be_in_viewport()
