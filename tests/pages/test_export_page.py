"""The export dialog makes what is chosen, one by one, and offers each file."""

import dataclasses
from decimal import Decimal

from equity_alloc.domain.errors import SolverFailed
from equity_alloc.reports.family import Made, all_documents
from equity_alloc.reports.read_accounts import FOLDER
from tests.pages.conftest import failures, press, words


def boxes(page):
    """Return the box of each document, in the order in which they stand."""
    return [each for each in page.checkbox if ", public). " in each.label or ", internal). " in each.label]


def ticked(page):
    """Return the codes of the documents that are chosen."""
    return [document.code for document, box in zip(all_documents(), boxes(page), strict=True) if box.value]


def choose_only(page, codes):
    for document, box in zip(all_documents(), boxes(page), strict=True):
        box.set_value(document.code in codes)
    return page.run()


def offered(page):
    """Return the codes of the documents that can be downloaded."""
    keys = [each.key for each in page.get("download_button")]
    return [key.removeprefix("export-get-") for key in keys if key.startswith("export-get-")]


def titles_in_order(page):
    assert len(all_documents()) == len(boxes(page))
    return [box.label.partition(" (")[0] for box in boxes(page)]


TITLES = [document.title for document in all_documents()]


def make(page):
    [button] = [each for each in page.button if each.key == "export-make"]
    return button.click().run()


def test_the_dialog_lists_every_document_in_order(go_to):
    page = go_to("export")
    assert [] == failures(page)
    assert TITLES == titles_in_order(page)


def test_what_is_chosen_is_made_and_offered(go_to):
    page = make(choose_only(go_to("export"), {"federal-worksheets"}))
    assert [] == failures(page)
    assert "1 of 1 document is ready." in words(page)
    assert ["federal-worksheets"] == offered(page)


def test_chosen_documents_are_chosen_again_after_another_page_and_kept_with_the_visit(go_to, session):
    choose_only(go_to("export"), {"memo", "journal"})
    go_to("library")
    page = go_to("export")
    assert ["memo", "journal"] == ticked(page)
    assert {"memo", "journal"} == set(session.exports.chosen)


def test_open_business_makes_a_draft(go_to):
    page = go_to("export")
    [field] = [each for each in page.text_area if each.key == "export-unfinished"]
    page = field.set_value("The board has not heard the schools.").run()
    assert "DRAFT. This plan is not ready to be adopted. The board has not heard the schools." in words(page)


def test_open_business_is_there_again_after_another_page(go_to, session):
    [field] = [each for each in go_to("export").text_area if each.key == "export-unfinished"]
    field.set_value("The board has not heard the schools.").run()
    go_to("library")
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
    assert "Download: Codes to fill in (TOML)" in [each.proto.label for each in page.get("download_button")]
    assert "Our own: fund-function-object-program-project-school**, your own from ours.toml" in words(page)
    go_to("library")
    page = go_to("export")
    assert [] == failures(page)
    assert "your own from ours.toml" in words(page)
    page = press(page, "Use a shipped pattern instead")
    assert "your own from" not in words(page)


def test_a_heading_that_names_nothing_in_the_district_is_told_before_anything_is_made(go_to):
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8") + '[fund."LEVI"]\nfund = "1"\n'
    page = go_to("export")
    [field] = [each for each in page.file_uploader if each.key == "export-accounts-own"]
    page = field.upload("ours.toml", text.encode(), "application/toml").run()
    assert [] == failures(page)
    assert 'Did you mean [fund."LEVY"] (Local enrichment levy)?' in words(page)
    assert "no document is made in account codes" in words(page)


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
    assert TITLES == titles_in_order(page)


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
    assert ["journal"] == offered(page)
    [box] = [each for each in page.checkbox if each.key == "export-only-set"]
    page = make(box.set_value(True).run())
    assert ["decision-record", "journal"] == offered(page)


def stand_in(monkeypatch, broken=()):
    """Let documents stand in a moment, for tests of what becomes of them, and those that are named fail; tell what is made."""
    made = []

    def make_or_fail(dossier, document):
        made.append(document.code)
        if document.code in broken:
            return Made(document, f"{document.code}.csv", b"", "It could not be made.")
        return Made(document, f"{document.code}.csv", document.title.encode())

    monkeypatch.setattr("equity_alloc.ui.export_dialog.make_one", make_or_fail)
    return made


def test_one_document_that_fails_loses_no_other_and_is_made_again_by_itself(go_to, monkeypatch):
    broken = {"journal"}
    made = stand_in(monkeypatch, broken)
    page = make(choose_only(go_to("export"), {"federal-worksheets", "journal", "run-record"}))
    assert "2 of 3 documents are ready. 1 document could not be made; nothing else is touched by it." in words(page)
    assert ["federal-worksheets", "run-record"] == offered(page)
    assert 3 == len(made)
    broken.clear()
    page = press(page, "Make again what failed (1 document)")
    assert "3 of 3 documents are ready." in words(page)
    assert ["journal", "federal-worksheets", "run-record"] == offered(page)
    assert ["journal"] == made[3:]


def test_what_was_asked_for_is_the_count_that_is_told_when_a_document_has_nothing_to_tell(go_to, monkeypatch):
    def needless(dossier, document):
        return Made(document, "letters.docx", b"", needless="No school gives up core money.")

    monkeypatch.setattr("equity_alloc.ui.export_dialog.make_one", needless)
    page = choose_only(go_to("export"), {"letters"})
    page = press(page, "Make 1 document")
    assert "0 of 1 document is ready. 1 document has nothing to tell." in words(page)
    assert "Letters to schools that give up: No school gives up core money." in words(page)


def test_documents_made_before_a_page_was_left_are_not_made_again(go_to, monkeypatch):
    made = stand_in(monkeypatch)

    class Left(Exception):
        """The visitor reloads the page."""

    def left(*_, **__):
        raise Left

    with monkeypatch.context() as patch:
        patch.setattr("equity_alloc.ui.export_dialog.release_or_withhold", left)
        make(choose_only(go_to("export"), {"journal", "run-record"}))
    page = go_to("export")
    assert "Making was cut off when 2 of 2 documents stood. They are kept" in words(page)
    page = make(page)
    assert ["journal", "run-record"] == offered(page) == made


def test_one_more_document_of_the_same_plan_leaves_those_made_before(go_to, monkeypatch):
    stand_in(monkeypatch)
    page = make(choose_only(go_to("export"), {"journal"}))
    page = make(choose_only(page, {"run-record"}))
    assert "1 of 1 document is ready. 1 document made before of the same plan stands here too." in words(page)
    assert ["journal", "run-record"] == offered(page)


def test_other_account_codes_ask_for_the_documents_in_them_again_and_for_no_other(go_to, monkeypatch):
    made = stand_in(monkeypatch)
    page = make(choose_only(go_to("export"), {"memo", "journal", "position-control"}))
    [shipped] = [each for each in page.selectbox if each.key == "export-accounts"]
    national = shipped.value
    page = shipped.set_value(next(title for title in shipped.options if title.startswith("Texas"))).run()
    assert [] == failures(page)
    told = (
        "The account codes have changed since these documents were made: Position control, Journal against last year."
    )
    assert told in words(page)
    assert ["memo"] == offered(page)
    page = press(page, "Make again what is in account codes (2 documents)")
    assert ["memo", "position-control", "journal"] == offered(page)
    assert ["memo", "position-control", "journal", "position-control", "journal"] == made
    assert told not in words(page)
    [shipped] = [each for each in page.selectbox if each.key == "export-accounts"]
    page = shipped.set_value(national).run()
    assert told in words(page) and ["memo"] == offered(page)


def test_where_only_documents_made_before_still_stand_nothing_is_counted_as_zero_of_zero(go_to, monkeypatch):
    stand_in(monkeypatch)
    page = make(choose_only(go_to("export"), {"run-record"}))
    page = make(choose_only(page, {"journal"}))
    [shipped] = [each for each in page.selectbox if each.key == "export-accounts"]
    page = shipped.set_value(next(title for title in shipped.options if title.startswith("Texas"))).run()
    assert ["run-record"] == offered(page)
    assert "1 document made before of the same plan stands here." in words(page)
    assert "0 of 0" not in words(page)


def test_what_people_wrote_on_a_scenario_that_was_not_chosen_is_read_before_publishing_too(go_to, session):
    note = "The Doe family of Central High asked for it."
    session.saved = (dataclasses.replace(session.scenario, name="Small steps", note=note, tolerance=700),)
    page = choose_only(go_to("export"), {"board-packet"})
    assert [] == failures(page)
    assert f"Note on what was not chosen (Small steps)**: {note}" in words(page)


def test_documents_that_are_not_kept_any_more_are_told_and_made_again(go_to, session, monkeypatch):
    stand_in(monkeypatch)
    page = make(choose_only(go_to("export"), {"journal", "run-record"}))
    assert "no longer here to download" not in words(page)
    del session.reports["export-shelf"]
    page = go_to("export")
    assert "2 documents made before are no longer here to download: files stay for 4 hours" in words(page)
    assert [] == offered(page)
    page = make(page)
    assert "no longer here to download" not in words(page)
    assert ["journal", "run-record"] == offered(page)


def test_the_choices_that_most_want_are_one_click(go_to):
    page = press(go_to("export"), "Only public")
    assert [document.code for document in all_documents() if document.is_public] == ticked(page)
    assert [] == ticked(press(page, "None"))
    assert [document.code for document in all_documents()] == ticked(press(page, "All"))


def test_a_page_that_asks_for_one_document_opens_the_same_dialog_and_leaves_the_kept_choice(go_to, session):
    choose_only(go_to("export"), {"memo"})
    page = press(go_to("compliance"), "Make: Title I and comparability worksheets (XLSX, internal)")
    assert [] == failures(page)
    assert TITLES == titles_in_order(page)
    assert ["federal-worksheets"] == ticked(page)
    assert ("memo",) == session.exports.chosen
    assert ["memo"] == ticked(go_to("export"))


def test_the_options_of_the_lenses_leave_though_nobody_opened_their_page(go_to, monkeypatch):
    dossiers = []

    def told(dossier, document):
        dossiers.append(dossier)
        return Made(document, f"{document.code}.x", b"x")

    monkeypatch.setattr("equity_alloc.ui.export_dialog.make_one", told)
    page = choose_only(go_to("export"), {"journal"})
    assert "Not chosen, and shown beside the plan: Keep last year; The compromise between lenses." in words(page)
    page = make(page)
    assert [] == failures(page)
    [dossier] = dossiers
    assert ["The compromise between lenses"] == [each.scenario.name for each in dossier.rejected]
    # What was made still stands after the page that shows the options was opened.
    go_to("decision")
    assert "1 of 1 document is ready." in words(go_to("export"))


def test_options_that_cannot_be_worked_out_are_told_and_stop_no_document(go_to, monkeypatch):
    def fails(_):
        raise SolverFailed("The solver stopped.")

    stand_in(monkeypatch)
    monkeypatch.setattr("equity_alloc.ui.decision_options.look_of", fails)
    page = make(choose_only(go_to("export"), {"journal"}))
    assert [] == failures(page)
    assert "1 of 1 document is ready." in words(page)
    assert "so it does not stand beside the plan: The solver stopped." in words(page)
    monkeypatch.setattr("equity_alloc.ui.decision_options.look_of", lambda _: None)
    page = make(choose_only(page, {"run-record"}))
    assert "There is no such plan, so it does not stand beside this one: The compromise between lenses." in words(page)
