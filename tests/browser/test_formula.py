"""The page Formula in a real browser: choose, let the plan follow, change, reload; readable by everybody, on a phone too."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.streamlit_page import failures, settled
from tests.browser.test_road import WCAG, choose_tab, drawn, told
from tests.browser.test_road import choose as choose_option

TABS = ("Schools", "One school", "Amounts", "Components", "Last year", "Phase-in", "Salaries", "Thresholds")


def choose(page, title):
    """Work with a shipped formula."""
    choose_option(page, re.compile("Formula that comes"), title)
    expect(page.get_by_text(re.compile("fits this district|must first be given"))).to_be_visible()
    page.get_by_role("button", name="Work with this formula").click()
    return settled(page)


def plain(page):
    choose(page, "Plain weighted student funding")
    expect(page.get_by_role("heading", level=2, name="Plain weighted student funding")).to_be_visible(timeout=30_000)
    return settled(page)


def test_choose_a_formula_change_an_amount_the_plan_follows_and_a_reload_keeps_it(open_page):
    page = plain(open_page("/formula"))
    page.get_by_text("Target", exact=True).click()
    told(page, "% of target")
    choose_tab(page, "Amounts")
    base = page.get_by_role("spinbutton", name="Base (dollars per pupil)")
    base.fill("6600")
    base.press("Enter")
    told(page, "Last change.")
    expect(page.get_by_test_id("stMetric").filter(has_text="Dollars")).to_contain_text("$119")
    page.reload()
    settled(page)
    expect(page.get_by_role("radio", name="Target")).to_be_checked(timeout=30_000)
    choose_tab(page, "Amounts")
    expect(page.get_by_role("spinbutton", name="Base (dollars per pupil)")).to_have_value(re.compile("6600"))
    told(page, "% of target")
    assert [] == failures(page)


def test_a_text_with_an_error_is_kept_over_a_reload_beside_the_last_good_formula(open_page):
    page = plain(open_page("/formula"))
    choose_tab(page, "Components")
    page.get_by_text("The whole text", exact=True).click()
    text = page.get_by_role("textbox", name="Text of the formula (TOML)")
    text.fill(text.input_value().replace('count = "enrollment"', 'count = "enrolment"'))
    text.press("Control+Enter")
    told(page, "must be mended before this formula can be used")
    page.reload()
    settled(page)
    told(page, "must be mended before this formula can be used")
    expect(page.get_by_text("24 of 24")).to_be_visible()
    assert [] == failures(page)


def test_a_component_is_moved_by_keyboard_alone(open_page):
    page = plain(open_page("/formula"))
    choose_tab(page, "Components")
    down = page.get_by_role("button", name="Move down")
    down.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Component", exact=True)).to_have_value("2. Foundation for every school")
    assert [] == failures(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_tab_has_a_barrier_that_a_machine_can_find(browser, base_url, scheme):
    with browser.new_context(base_url=base_url, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto("/formula")
        choose(settled(page), "Like Boston")
        told(page, "must be mended")
        found = Axe().run(drawn(page), options=WCAG).response["violations"]
        plain(page)
        for name in TABS:
            choose_tab(page, name)
            found += Axe().run(drawn(page), options=WCAG).response["violations"]
        assert [] == [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


def test_every_tab_fits_a_phone(browser, base_url):
    with browser.new_context(base_url=base_url, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto("/formula")
        plain(settled(page))
        for name in TABS:
            choose_tab(page, name)
            drawn(page)
            assert 390 >= page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert [] == failures(page)
