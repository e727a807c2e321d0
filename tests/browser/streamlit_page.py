"""How a test waits for a page of the dashboard: by what Streamlit says of itself, never by the clock."""

from playwright.sync_api import Page, expect

FIRST_RUN_MILLISECONDS = 60_000


def settled(page: Page) -> Page:
    """Wait until the page is connected and its script has finished, and return it.

    After an action (click, key, upload) prefer ``expect`` on the result: between the action and the script's start the
    page still counts as settled.
    """
    frame = page.get_by_test_id("stApp")
    expect(frame).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=FIRST_RUN_MILLISECONDS)
    expect(frame).to_have_attribute("data-test-script-state", "notRunning", timeout=FIRST_RUN_MILLISECONDS)
    return page


def failures(page: Page) -> list[str]:
    """Return the words of every unexpected stop the page shows; empty when all went well."""
    return (
        page.get_by_role("alert").filter(has_text="log id").all_inner_texts()
        + page.get_by_test_id("stException").all_inner_texts()
    )
