"""A plan is chosen on the chart of Trade-offs with a pointer, and undo brings the one before back."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.streamlit_page import failures, settled
from tests.browser.test_road import WCAG, drawn

#: Words by which a tab shows that its work is done.
TABS = {
    "How far equity can go": "A plan on the line",
    "What it costs": "Each rule is left out alone",
    "Prices": "of rules: one step up or down",
    "What each rule takes": "Which rule holds the lowest school down",
    "Goals": "Each row is a plan, each column a judge",
}


def test_a_click_on_a_certified_plan_loads_it_and_undo_goes_back(open_page):
    page = open_page("/tradeoffs")
    plans = page.locator(".js-plotly-plot .scatterlayer .trace").nth(1).locator("path.point")
    expect(plans).to_have_count(9, timeout=60_000)
    settled(page)
    plans.nth(3).scroll_into_view_if_needed()
    settled(page)
    box = plans.nth(3).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_text("This plan was loaded from a line")).to_be_visible(timeout=60_000)
    expect(page.get_by_test_id("stSidebar").get_by_text("lowest first up to")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Undo last change").click()
    expect(page.get_by_text("This plan was loaded from a line")).to_have_count(0, timeout=60_000)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_every_tab_is_accessible_and_fits_its_screen(browser, base_url, scheme, width):
    with browser.new_context(
        base_url=base_url, color_scheme=scheme, viewport={"width": width, "height": 900}
    ) as context:
        page = context.new_page()
        page.goto("/tradeoffs")
        expect(page.get_by_text("Certified plans").first).to_be_visible(timeout=60_000)
        for name, sign in TABS.items():
            page.get_by_role("tab", name=name, exact=True).click()
            expect(page.get_by_text(sign).first).to_be_visible(timeout=60_000)
            drawn(settled(page))
            found = Axe().run(page, options=WCAG).response["violations"]
            assert [] == [(name, each["id"], each["nodes"][0]["html"]) for each in found]
            assert width >= page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth"), name
        assert [] == failures(page)
