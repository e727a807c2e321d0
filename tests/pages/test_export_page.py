"""The export dialog makes what is chosen, one by one, and offers each file."""

import dataclasses
from decimal import Decimal

from equity_alloc.reports.accounts import FOLDER
from equity_alloc.reports.family import all_documents
from tests.pages.conftest import failures, press, words


def choose_only(page, codes):
    for document in all_documents():
        [box] = [each for each in page.checkbox if each.key == f"export-{document.code}"]
        box.set_value(document.code in codes)
    return page.run()


def make(page):
    [button] = [each for each in page.button if each.key == "export-make"]
    return button.click().run()


def test_the_dialog_lists_every_document_in_order(go_to):
    page = go_to("export")
    assert [] == failures(page)
    keys = [each.key for each in page.checkbox if each.key and each.key.startswith("export-")]
    assert [f"export-{document.code}" for document in all_documents()] == keys


def test_what_is_chosen_is_made_and_offered(go_to):
    page = make(choose_only(go_to("export"), {"federal-worksheets"}))
    assert [] == failures(page)
    assert "1 of 1 documents are ready" in words(page)
    offered = [each.key for each in page.get("download_button")]
    assert "export-get-federal-worksheets" in offered


def test_chosen_documents_are_chosen_again_after_another_page_and_kept_with_the_visit(go_to, session):
    choose_only(go_to("export"), {"memo", "journal"})
    go_to("plan")
    page = go_to("export")
    ticked = [each.key for each in page.checkbox if each.key and each.key.startswith("export-") and each.value]
    assert ["export-memo", "export-journal"] == ticked
    assert {"memo", "journal"} == set(session.exports.chosen)


def test_open_business_makes_a_draft(go_to):
    page = go_to("export")
    [field] = [each for each in page.text_area if each.key == "export-unfinished"]
    page = field.set_value("The board has not heard the schools.").run()
    assert "DRAFT. This plan is not ready to be adopted. The board has not heard the schools." in words(page)


def test_open_business_is_there_again_after_another_page(go_to, session):
    [field] = [each for each in go_to("export").text_area if each.key == "export-unfinished"]
    field.set_value("The board has not heard the schools.").run()
    go_to("plan")
    page = go_to("export")
    [field] = [each for each in page.text_area if each.key == "export-unfinished"]
    assert "The board has not heard the schools." == field.value
    assert ("The board has not heard the schools.",) == session.exports.sentences
    assert "DRAFT" in words(page)


def test_an_own_pattern_is_there_again_after_another_page_until_it_is_given_up(go_to):
    text = (
        (FOLDER / "nces.toml").read_text(encoding="utf-8").replace('title = "NCES: fund', 'title = "Our own: fund', 1)
    )
    page = go_to("export")
    [field] = [each for each in page.file_uploader if each.key == "export-accounts-own"]
    page = field.upload("ours.toml", text.encode(), "application/toml").run()
    assert "Our own: fund-function-object-program-school**, your own from ours.toml" in words(page)
    go_to("plan")
    page = go_to("export")
    assert [] == failures(page)
    assert "your own from ours.toml" in words(page)
    page = press(page, "Use a shipped pattern instead")
    assert "your own from" not in words(page)


def test_a_pattern_that_cannot_be_read_leaves_the_one_in_use(go_to):
    page = go_to("export")
    [field] = [each for each in page.file_uploader if each.key == "export-accounts-own"]
    page = field.upload("ours.toml", b"[valid", "application/toml").run()
    assert [] == failures(page)
    assert "The codes above stay in use." in words(page)
    assert "ours.toml" in words(page)


def test_the_dialog_opens_over_the_plan_with_the_same_documents(go_to):
    page = press(go_to("plan"), "Make the documents of this plan")
    assert [] == failures(page)
    keys = [each.key for each in page.checkbox if each.key and each.key.startswith("export-")]
    assert [f"export-{document.code}" for document in all_documents()] == keys


def test_a_second_public_set_with_other_need_weights_leaves_more_out_until_the_first_is_taken_back(go_to, session):
    page = make(choose_only(go_to("export"), {"public-tables"}))
    assert "made before" not in words(page)
    needs = tuple(
        dataclasses.replace(need, weight=Decimal("0.3")) if need.group == "homeless" else need
        for need in session.scenario.need_weights
    )
    session.choose(dataclasses.replace(session.scenario, need_weights=needs))
    page = choose_only(go_to("export"), {"public-tables"})
    assert [] == failures(page)
    assert "Beside 1 set of public documents made before of this district and year, this one leaves out" in words(page)
    assert "made before" not in words(choose_only(page, {"federal-worksheets"}))
    page = press(choose_only(page, {"public-tables"}), "It was not published: take out set 1")
    assert [] == failures(page)
    assert "made before" not in words(page)


def test_where_the_ledger_cannot_be_kept_nothing_public_is_given_without_a_word(go_to, monkeypatch):
    monkeypatch.setattr("equity_alloc.ui.export_ledger.releases", lambda: None)
    page = make(choose_only(go_to("export"), {"decision-record", "journal"}))
    assert [] == failures(page)
    assert "So nothing public is made without your word" in words(page)
    assert "Not given out: The ledger of public documents cannot be read or written just now" in words(page)
    offered = [each.key for each in page.get("download_button")]
    assert "export-get-journal" in offered
    assert "export-get-decision-record" not in offered
    [box] = [each for each in page.checkbox if each.key == "export-only-set"]
    page = make(box.set_value(True).run())
    assert "export-get-decision-record" in [each.key for each in page.get("download_button")]
