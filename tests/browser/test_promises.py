"""A promise is made, bound, released and recorded with a pointer; a gap's cause is found and the register begun."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.streamlit_page import failures, settled


def test_a_promise_is_added_bound_released_and_recorded(open_page):
    page = open_page("/commitments")
    expect(page.get_by_text("6 commitments:")).to_be_visible(timeout=60_000)
    settled(page)
    page.get_by_label("Code", exact=True).fill("C7")
    page.get_by_label("Adopted by", exact=True).fill("Board")
    page.get_by_label("Clause, as adopted (at most 60 words)").fill("The neediest schools have no fewer dollars.")
    page.get_by_label("Adopted on (year first)").fill("2026-05-01")
    page.get_by_role("button", name="Add this commitment").click()
    expect(page.get_by_text("7 commitments:")).to_be_visible(timeout=60_000)
    settled(page)
    page.get_by_role("button", name="Change C7").click()
    page.get_by_role("button", name="Bind the plan to C7").click()
    expect(page.get_by_role("button", name="Release the plan from C7")).to_be_visible(timeout=60_000)
    settled(page)
    page.get_by_role("button", name="Release the plan from C7").click()
    expect(page.get_by_role("button", name="Bind the plan to C7")).to_be_visible(timeout=60_000)
    settled(page)
    page.get_by_role("button", name="Record this plan").click()
    expect(page.get_by_text("7 rows were added.")).to_be_visible(timeout=60_000)
    assert [] == failures(page)


def test_a_cause_is_named_and_the_register_begun(open_page):
    page = open_page("/policies")
    expect(page.get_by_text("does most: -$").first).to_be_visible(timeout=60_000)
    settled(page)
    page.get_by_role("button", name="that the register lacks").click()
    expect(page.get_by_text("31 undecided")).to_be_visible(timeout=60_000)
    assert [] == failures(page)
