"""Files in, in a real browser: a district's exports are dropped, decided about and opened, and a reload keeps the answers."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.streamlit_page import failures, settled
from tests.browser.test_road import WCAG, drawn, told

NEW_YORK = ("demographic_snapshot_2017_2022", "galaxy_budget_fy2018_2022", "galaxy_allocations_fy2018_2022")


def drop(page, paths):
    page.locator("input[type=file]").first.set_input_files([str(path) for path in paths])
    expect(page.get_by_role("heading", name="5. Open the district")).to_be_visible(timeout=60_000)
    return settled(page)


def fill(page, name, words, then):
    field = page.get_by_role("textbox", name=name, exact=True)
    field.fill(words)
    field.press("Enter")
    expect(page.get_by_text(then).first).to_be_visible(timeout=60_000)
    return settled(page)


def test_a_community_district_of_new_york_walks_from_its_exports_to_a_certified_plan(browser, base_url, shared):
    """27 schools with dollars of 28 in the snapshot of 2021-22 (SOURCES.md)."""
    with browser.new_context(base_url=base_url, color_scheme="dark") as context:
        page = context.new_page()
        page.goto("/files")
        drop(settled(page), [shared / "data" / "raw" / f"nyc_csd05_{name}.csv" for name in NEW_YORK])
        expect(page.get_by_text("27 of 27 schools differ").first).to_be_visible()
        fill(page, "Who decides", "Finance office", "must be mended or decided first")
        for words in ("Take these totals as they are", "Leave out schools of which no file knows the dollars"):
            page.get_by_text(words, exact=True).click()
            settled(page)
        expect(page.get_by_text(re.compile("27 schools, 15 positions, 1 fund"))).to_be_visible(timeout=60_000)
        found = Axe().run(drawn(page), options=WCAG).response["violations"]
        assert [] == [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
        page.reload()
        expect(page.get_by_text(re.compile("27 schools, 15 positions, 1 fund"))).to_be_visible(timeout=60_000)
        fill(page, "District's name", "Community District 5", "Open Community District 5")
        page.get_by_role("button", name="Open Community District 5").click()
        told(page, "is loaded")
        page.get_by_role("link", name="See the plan").click()
        told(page, "The lowest school rises from")
        expect(page.get_by_role("heading", name="Community District 5, 2021-22")).to_be_visible()
        assert [] == failures(page)
