"""A plan is chosen on the chart of Trade-offs with a pointer, and undo brings the one before back."""

from playwright.sync_api import expect

from tests.browser.streamlit_page import settled


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
