"""The whole road in a real browser: see a plan, change a rule, take the workbook away; and what is mine stays mine."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError as TookTooLong
from playwright.sync_api import expect

from equity_alloc.domain.shipped import DATA
from equity_alloc.planning.certify import certify
from equity_alloc.sources.open_file import read_path
from equity_alloc.sources.working_workbook import read_plan
from equity_alloc.ui.downloads import inputs_workbook
from tests.browser.streamlit_page import failures, settled

PAGES = (
    "/",
    "/rules",
    "/formula",
    "/equity",
    "/tradeoffs",
    "/audit",
    "/policies",
    "/interventions",
    "/compare",
    "/commitments",
    "/choices",
    "/decision",
    "/compliance",
    "/years",
    "/fall",
    "/start",
    "/files",
    "/district",
    "/export",
    "/library",
    "/method",
)
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


def told(page, text):
    """Wait for a message that a screen reader announces."""
    messages = page.get_by_role("status").or_(page.get_by_role("alert"))
    expect(messages.filter(has_text=text).first).to_be_visible(timeout=30_000)
    return settled(page)


def follow(page, name, heading):
    page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=30_000)
    return settled(page)


def choose_tab(page, name):
    tab = page.get_by_role("tab", name=name, exact=True)
    tab.click()
    expect(tab).to_have_attribute("aria-selected", "true")
    settled(page)
    expect(tab).to_have_attribute("aria-selected", "true")


def drawn(page):
    """Wait until charts and tables have taken the place of their gray bars."""
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=30_000)
    return settled(page)


def tiny_workbook():
    reading = read_path(DATA / "tiny_district")
    data = inputs_workbook(reading.district, reading.scenario)
    return {"name": "tiny.xlsx", "mimeType": "application/octet-stream", "buffer": data}


def upload(page, file):
    """Choose a file as a visitor does: on a page that is all there, and once more if a reconnection dropped it.

    What became of it is in the words of the page or in the list of the field; without either, nothing arrived.
    """
    last_of_page = page.get_by_role("button", name="Forget my data on this server")
    outcome = page.get_by_text(re.compile("is loaded:|must be mended|" + re.escape(file["name"]))).first
    for _ in range(3):
        expect(last_of_page).to_be_visible(timeout=30_000)
        settled(page).locator("input[type=file]").first.set_input_files(file)
        try:
            outcome.wait_for(state="visible", timeout=20_000)
        except TookTooLong:
            continue
        return
    raise AssertionError(f"{file['name']} never arrived")


def choose(page, label, option):
    """Choose from a list; a list that a page drew over before it could open is opened again, as a visitor would."""
    field = page.get_by_role("combobox", name=label, exact=True)
    listed = page.get_by_role("option", name=option)
    for _ in range(3):
        field.click()
        try:
            listed.wait_for(state="visible", timeout=10_000)
        except TookTooLong:
            page.keyboard.press("Escape")
            continue
        listed.click()
        return
    raise AssertionError(f"{label} never showed {option}")


def test_see_a_plan_change_a_rule_and_take_the_workbook_away(open_page, tmp_path):
    page = open_page("/")
    told(page, "The lowest school rises from")
    expect(page.get_by_text("This district is invented.")).to_be_visible()
    follow(page, "Rules", "Rules")
    choose_tab(page, "Rules")
    page.get_by_role("button", name="Change rule 6", exact=True).click()
    gain = page.get_by_role("spinbutton", name="Most gain (percent)")
    gain.fill("10")
    gain.press("Enter")
    told(page, "Lowest school +$")
    expect(gain).to_have_value(re.compile(r"10(\.0)?"))
    follow(page, "Export", "Export")
    page.get_by_role("button", name=re.compile("^Make [0-9]+ document")).click()
    offered = page.get_by_role("button", name="Download: Workbook for board and auditor")
    expect(offered).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        offered.click()
    reading = read_plan(Path(download.value.path()).read_bytes())
    assert () == reading.errors
    assert "0.1" == str(reading.scenario.rules[5].gain)
    certificate = certify(reading.district, reading.scenario, reading.allocation)
    assert certificate.is_kept
    assert reading.stored.allocation_digest == certificate.allocation_digest
    assert [] == failures(page)


def test_without_a_plan_no_number_of_one_is_shown_and_a_way_out_is_one_click(open_page):
    page = open_page("/rules")
    told(page, "The lowest school rises from")
    choose_tab(page, "Rules")
    page.get_by_role("button", name="Change rule 5", exact=True).click()
    share = page.get_by_role("spinbutton", name="Share of last year (percent)")
    share.fill("150")
    share.press("Enter")
    told(page, "These cannot all hold")
    page.get_by_role("navigation").get_by_role("link", name="Plan", exact=True).click()
    expect(page.get_by_text("No figures are shown, because there is no plan.")).to_be_visible()
    expect(page.get_by_test_id("stMetric")).to_have_count(0)
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)
    page.get_by_role("button", name="Change rule 5 like this").click()
    told(page, "all 35 rules kept")
    assert [] == failures(page)


def test_a_reload_brings_the_district_back_and_another_browser_never_sees_it(open_page, browser, base_url):
    page = open_page("/start")
    upload(page, tiny_workbook())
    told(page, "is loaded")
    page.reload()
    settled(page)
    page.goto("/")
    expect(page.get_by_role("heading", level=1, name="Four Corners")).to_be_visible()
    with browser.new_context(base_url=base_url) as other:
        second = other.new_page()
        second.goto("/")
        expect(second.get_by_role("heading", level=1, name="Larkspur Valley")).to_be_visible(timeout=30_000)
        assert "Four Corners" not in second.inner_text("body")
    page.goto("/start")
    page.get_by_role("button", name="Forget my data on this server").click()
    told(page, "were deleted")
    page.goto("/")
    expect(page.get_by_role("heading", level=1, name="Larkspur Valley")).to_be_visible()


OWN = "The district's own: Proposal for 2026-27"


def test_a_reload_keeps_undo_and_what_is_compared_for_this_visitor_alone(open_page, browser, base_url):
    page = open_page("/rules")
    learners = page.get_by_role("spinbutton", name="English learners (percent extra)")
    learners.fill("60")
    learners.press("Enter")
    told(page, "Last change")
    page.goto("/compare")
    choose(drawn(page), "A", OWN)
    expect(page.get_by_text("A is Proposal for 2026-27").first).to_be_visible(timeout=30_000)
    choose(drawn(page), "C", "Last year")
    expect(page.get_by_text("C is Last year").first).to_be_visible(timeout=30_000)
    settled(page).reload()
    settled(page)
    expect(page.get_by_role("combobox", name="C", exact=True)).to_have_value("Last year")
    expect(page.get_by_role("combobox", name="A", exact=True)).to_have_value(OWN)
    undo = page.get_by_test_id("stSidebar").get_by_role("button", name="Undo last change")
    with browser.new_context(base_url=base_url) as other:
        second = other.new_page()
        second.goto("/compare")
        expect(second.get_by_role("combobox", name="A", exact=True)).to_have_value("Last year", timeout=30_000)
        expect(second.get_by_role("button", name="Undo last change")).to_be_disabled()
    undo.click()
    expect(undo).to_be_disabled(timeout=30_000)
    expect(page.get_by_test_id("stSidebar").get_by_text("the district's own choices")).to_be_visible()


def test_a_new_rule_is_in_view_with_its_first_field_ready(open_page):
    page = open_page("/rules")
    choose_tab(page, "Rules")
    page.get_by_role("button", name="Add this rule").click()
    added = page.get_by_text("Just added:")
    expect(added).to_be_in_viewport(timeout=30_000)
    expect(page.locator(".st-key-newest-rule input").first).to_be_focused()


def test_a_bad_file_is_listed_and_a_good_one_is_loaded_after_it(open_page):
    page = open_page("/start")
    upload(page, {"name": "schools.csv", "mimeType": "text/csv", "buffer": b"Code,Name\n1,One\n"})
    told(page, "must be mended")
    page.get_by_role("button", name="Remove schools.csv").click()
    expect(page.get_by_text("must be mended")).to_have_count(0)
    settled(page)
    upload(page, tiny_workbook())
    told(page, "is loaded")
    assert [] == failures(page)


def test_a_file_that_is_too_large_is_refused_with_a_reason(open_page):
    page = open_page("/start")
    upload(page, {"name": "big.xlsx", "mimeType": "application/octet-stream", "buffer": b"x" * 30 * 1024 * 1024})
    expect(page.get_by_role("alert").filter(has_text="20.0MB or smaller")).to_have_count(1)
    expect(page.get_by_text("A larger file gets an error sign and is not read")).to_be_visible()


def test_a_weight_is_changed_and_taken_back_by_keyboard_alone(open_page):
    page = open_page("/rules")
    weight = page.get_by_role("spinbutton", name="English learners (percent extra)")
    weight.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    told(page, "Last change.")
    undo = page.get_by_role("main").get_by_role("button", name="Undo last change")
    undo.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("changed from the district's own")).to_have_count(0)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_has_no_barrier_that_a_machine_can_find(browser, base_url, path, scheme):
    with browser.new_context(base_url=base_url, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(path)
        drawn(page)
        found = Axe().run(page, options=WCAG).response["violations"]
        assert [] == [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone_without_moving_sideways(browser, base_url, path):
    with browser.new_context(base_url=base_url, viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(path)
        drawn(page)
        assert 390 >= page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert [] == failures(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_fields_and_messages_have_no_barrier_that_a_machine_can_find(browser, base_url, scheme):
    with browser.new_context(base_url=base_url, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto("/rules")
        told(page, "The lowest school rises from")
        choose_tab(page, "Funds")
        page.get_by_role("button", name="Change COMP", exact=True).click()
        expect(page.get_by_role("textbox", name="Appropriation (dollars)")).to_be_visible()
        settled(page)
        found = Axe().run(page, options=WCAG).response["violations"]
        choose_tab(page, "Rules")
        page.get_by_role("button", name="Change rule 5", exact=True).click()
        share = page.get_by_role("spinbutton", name="Share of last year (percent)")
        share.fill("150")
        share.press("Enter")
        told(page, "These cannot all hold")
        found += Axe().run(page, options=WCAG).response["violations"]
        assert [] == [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
