"""A record from the question to the file, in a real browser: what was typed is there after a reload, and leaves with the plan."""

import re

from playwright.sync_api import expect

from equity_alloc.decisions.chain import read_chain, verify
from tests.browser.streamlit_page import failures, settled

ASSESSED = {
    "Who was asked, and what they said": "Families of every school.",
    "How it is carried out": "In two steps.",
    "What changed because of this assessment": "The cap was raised.",
    "Assessed by": "Ann Lee",
    "Role of who assessed": "CFO",
}
DECIDED = {
    "Title": "Which schools get the new money",
    "Decided by": "Board of Education",
    "Body or role": "Board",
    "Vote, or how it was agreed": "5 to 2",
    "Decided on (year first)": "2999-01-05",
    "Reasons": "The lowest cannot wait.",
    "Dissent, verbatim": "Two members: the high school was not asked.",
    "What is done for those who carry the loss": "One year of transition.",
    "Looked at again on (year first)": "2999-06-01",
    "What will tell whether it worked": "Posts filled by October.",
}


def write(page, said):
    """Fill fields as a visitor does, each left before the next is entered."""
    for label, text in said.items():
        field = page.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Tab")
        settled(page)
        expect(field).to_have_value(text)


def test_a_record_is_filled_in_outlives_a_reload_and_leaves_as_a_chain(open_page, tmp_path):
    page = open_page("/decision")
    write(
        page, {"What is to be decided, and which gap is it about?": "How do we raise the lowest schools?", **ASSESSED}
    )
    page.reload()
    settled(page)
    expect(page.get_by_label("Assessed by", exact=True)).to_have_value("Ann Lee")
    page.get_by_role("button", name="Complete the assessment").click()
    expect(page.get_by_text("lines do not say whether that group was asked").last).to_be_visible(timeout=30_000)
    expect(page.get_by_label("Assessed by", exact=True)).to_have_value("Ann Lee")
    settled(page)
    page.get_by_role("button", name="Write 'not asked' where that is blank").click()
    settled(page)
    page.get_by_role("button", name="Complete the assessment").click()
    expect(page.get_by_text("Complete since")).to_be_visible(timeout=30_000)
    settled(page)
    write(page, DECIDED)
    page.get_by_role("button", name="Sign and record the decision").click()
    expect(page.get_by_text("Decided by Board of Education on January 5, 2999 (5 to 2)").first).to_be_visible(
        timeout=60_000
    )
    page.reload()
    settled(page)
    expect(page.get_by_text(re.compile("2 records, every one as it was written"))).to_be_visible(timeout=30_000)
    assert [] == failures(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download: Chain of decision records (JSON, internal)").click()
    path = tmp_path / "decision-chain.json"
    download.value.save_as(path)
    data = path.read_bytes()
    assert () == verify(data)
    district, chain = read_chain(data)
    assert ["assessment", "decision"] == [link.kind for link in chain]
    assert DECIDED["Dissent, verbatim"] == chain[1].content["dissent"]
    page.goto("/export")
    settled(page)
    expect(page.get_by_role("button", name=re.compile("^Make [0-9]+ document"))).to_be_visible(timeout=30_000)
    expect(page.get_by_text("No assessment of this plan is complete")).to_have_count(0)
    assert district
