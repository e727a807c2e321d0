"""The export dialog makes what is chosen, one by one, and offers each file."""

import dataclasses

from equity_alloc.reports.family import all_documents
from tests.pages.conftest import failures, words


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


def test_open_business_makes_a_draft(go_to):
    page = go_to("export")
    [field] = [each for each in page.text_area if each.key == "export-unfinished"]
    page = field.set_value("The board has not heard the schools.").run()
    assert "DRAFT. This plan is not ready to be adopted. The board has not heard the schools." in words(page)


def test_a_second_public_set_with_other_need_weights_is_warned_of(go_to, session):
    page = make(choose_only(go_to("export"), {"public-tables"}))
    assert "publish one of them only" not in words(page)
    session.choose(dataclasses.replace(session.scenario, need_weights=session.scenario.need_weights[:2]))
    page = choose_only(go_to("export"), {"public-tables"})
    assert [] == failures(page)
    assert "publish one of them only" in words(page)
    assert "publish one of them only" not in words(choose_only(page, {"federal-worksheets"}))
