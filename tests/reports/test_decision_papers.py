"""The decision leaves with the plan: its own document, page one of the packet, the memo, and the workbook."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import subprocess

import docx
import openpyxl
import pytest
from pptx import Presentation

from equity_alloc.cli_decision import record_lines
from equity_alloc.decisions.assessment import Voice
from equity_alloc.decisions.book import Book, What
from equity_alloc.decisions.case import Case
from equity_alloc.decisions.chain import verify
from equity_alloc.decisions.prefill import first_voices, prefilled
from equity_alloc.domain.district import GroupUse
from equity_alloc.reports.decided_lines import decided_lines
from equity_alloc.reports.decision_sections import Shown, decided_section, record_sections
from equity_alloc.reports.decision_tables import schools_table, touched
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import documents_named, file_name, make_one
from equity_alloc.reports.run_record import read_record
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.sources.working_workbook import read_plan
from tests.decisions.conftest import (  # noqa: F401
    SAID,
    VERSIONS,
    assessment_of,
    decided,
    old_record,
    sample_look,
    three_options,
)


def made(dossier, code):
    [document] = documents_named([code])
    found = make_one(dossier, document)
    assert not found.error, found.error
    return found


def pages(data):
    """Return the words of each page of a PDF, without line breaks."""
    done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    return [" ".join(page.split()) for page in done.stdout.decode("utf-8").split("\f")]


def page_one(data):
    return pages(data)[0]


@pytest.fixture(scope="module")
def told(sample_plan, decided):  # noqa: F811
    """The sample plan with its decision on record."""
    return Dossier(sample_plan, book=decided)


def test_a_plan_that_nobody_has_assessed_leaves_as_a_draft(sample_plan):
    dossier = Dossier(sample_plan, book=Book(sample_plan.district.name))
    [why] = dossier.draft
    assert "No assessment of this plan is complete" in why
    [document] = documents_named(["memo"])
    assert file_name(dossier, document).startswith("DRAFT-")


def test_an_assessment_of_this_plan_and_of_no_other_ends_that(sample_plan):
    name = sample_plan.district.name
    assessed = Book(name).with_record(assessment_of(sample_plan), "2026-11-20T15:00:00+00:00")
    assert () == Dossier(sample_plan, book=assessed).draft
    other = dataclasses.replace(assessment_of(sample_plan), plan="another")
    assert 1 == len(Dossier(sample_plan, book=Book(name).with_record(other, "2026-11-20T15:00:00+00:00")).draft)


def test_a_level_on_record_is_left_out_where_levels_are_public_no_more(decided):  # noqa: F811
    """An earlier set of public documents can take levels away after the decision was recorded."""
    [_, (link, decision)] = decided.records()
    with_level = tuple(dataclasses.replace(each, lowest="$7,421") for each in decision.options)
    decision = dataclasses.replace(decision, options=with_level)
    for levels, times in ((True, 3), (False, 0)):
        [table] = [
            s.table for s in record_sections(link, decision, Shown(levels=levels)) if s.title.startswith("Options")
        ]
        assert levels == ("Lowest level" in table.headings)
        assert times == sum("$7,421" in row for row in table.rows)
        assert not any("*" in row for row in table.rows)


def test_the_record_prints_options_dissent_and_what_drove_the_plan(told, sample_plan):
    text = " ".join(pages(made(told, "decision-record").data))
    for words in (
        SAID.dissent,
        SAID.reasons,
        "Keep last year",
        "The compromise between lenses",
        "Need weight 0.25",
        "$250,000",
    ):
        assert words in text, words
    assert told.book.chain[-1].hash[:12] in text.replace(" ", "")
    assert "14. " in text


def test_nothing_in_the_record_names_a_protected_group_or_a_hidden_count(told, sample_plan):
    text = " ".join(pages(made(told, "decision-record").data))
    [(_, decision)] = told.book.decisions()
    audit = [group.title for group in sample_plan.district.groups if group.use is GroupUse.AUDIT]
    carried = {each.title for each in decision.carried}
    assert audit and not carried & set(audit)
    assert [] == [title for title in audit if re.search(rf"\b{title}\b", text)]


def test_what_lenses_judge_is_told_in_public_only_where_no_count_is_hidden(told):
    hides = bool(told.public.hidden.places)
    text = " ".join(pages(made(told, "decision-record").data))
    assert hides == ("What the chosen plan forgoes of each lens" not in text)
    assert hides == ("The shares of some groups are left out here" in text)
    assert not any(f"{each.title} {each.ratio}" in text for each in told.book.decisions()[0][1].carried)
    assert made(told, "decision-chain").document.readers.value == "internal"


def test_page_one_of_the_packet_says_who_decided_and_against_whose_dissent(told):
    first = page_one(made(told, "board-packet").data)
    assert "Decided by Board of Education (Board) on November 24, 2026: 5 to 2." in first
    assert f"Dissent: {SAID.dissent}" in first
    assert "before the decision" in first


def test_an_assessment_after_the_decision_is_said_on_page_one(sample_plan, decided):  # noqa: F811
    [(_, decision)] = decided.decisions()
    late = dataclasses.replace(decision, assessed_at="2026-11-26T09:00:00+00:00")
    book = Book(decided.district).with_record(assessment_of(sample_plan), "2026-11-26T09:00:00+00:00")
    dossier = Dossier(sample_plan, book=book.with_record(late, "2026-11-26T10:00:00+00:00"))
    for code in ("board-packet", "decision-record"):
        assert "Assessment AFTER decision" in page_one(made(dossier, code).data)
    assert ("Assessment", "AFTER the decision") in dossier.decided


def test_the_workbook_holds_the_decision_and_reads_back_as_the_same_plan(told, sample_plan):
    data = made(told, "workbook").data
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Decision"]
    rows = {str(row[0].value): str(row[1].value) for row in sheet.iter_rows(min_row=4, max_col=2)}
    assert SAID.dissent == rows["Dissent"]
    assert told.book.chain[-1].hash == rows["Last fingerprint of the chain"]
    assert sample_plan.allocation == read_plan(data, "plan.xlsx").allocation


def test_the_workbook_of_a_plan_that_is_only_assessed_says_that_nobody_has_decided(told, sample_plan):
    """The sheet bears the assessment; that it is there must not read as if a decision were on record."""
    book = Book(told.book.district).with_record(assessment_of(sample_plan), "2026-11-20T15:00:00+00:00")
    made_again = openpyxl.load_workbook(io.BytesIO(made(Dossier(sample_plan, book=book), "workbook").data))
    first = [row[1].value for row in made_again["Decision"].iter_rows(min_row=4, max_row=4)]
    assert ["No decision on this plan is on record."] == first
    overview = " ".join(str(row[1].value) for row in made_again["Overview"].iter_rows(max_col=2))
    assert "Whether a decision on it is on record stands on the sheet Decision; without that sheet none is." in overview
    assert "No decision on this plan is on record." not in dict(told.decided).values()


def test_the_run_record_makes_the_same_workbook_again(told, sample_plan):
    record = read_record(made(told, "run-record").data)
    assert decided_lines(told.book, sample_plan) == record.decided
    assert made(told, "workbook").data == plan_workbook(sample_plan, record.unfinished, record.decided)


def test_letters_say_what_is_decided_and_what_is_done_for_the_school(told, sample_plan):
    def letter(dossier):
        return "\n".join(each.text for each in docx.Document(io.BytesIO(made(dossier, "letters").data)).paragraphs)

    assert "The board has not adopted it" in letter(Dossier(sample_plan))
    after = letter(told)
    assert "The board has not adopted it" not in after
    assert "Board of Education (Board) decided this on November\u00a024, 2026: 5 to 2." in after
    assert f"For schools that give up: {SAID.mitigation}." in after


def test_the_chain_leaves_as_a_file_that_is_verified(told):
    data = made(told, "decision-chain").data
    assert () == verify(data)
    assert 2 == len(json.loads(data)["records"])


def test_where_nothing_is_on_record_there_is_a_form_to_fill_in_and_no_chain(sample_plan):
    for dossier in (Dossier(sample_plan), Dossier(sample_plan, book=Book("x"))):
        assert made(dossier, "decision-chain").needless
        form = page_one(made(dossier, "decision-record").data)
        assert "Nothing is on record of this plan yet" in form and "Dissent:" in form and "____" not in form
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(sample_plan)), read_only=True)
    assert "Decision" not in book.sheetnames
    said = ("Decision", "Nothing is on record of this plan.")
    assert said in [*book["Read me"].iter_rows(max_col=2, values_only=True)]


def test_where_only_the_assessment_is_on_record_the_decision_is_left_as_a_form(sample_plan):
    book = Book(sample_plan.district.name).with_record(assessment_of(sample_plan), "2026-11-20T15:00:00+00:00")
    [page] = [each for each in pages(made(Dossier(sample_plan, book=book), "decision-record").data) if each.strip()]
    assert "by Ann Lee (CFO)" in page and "No decision on this plan is on record yet" in page
    assert "Vote, or how it was agreed:" in page and "Assessed by:" not in page


def test_a_board_that_has_decided_is_not_asked_to_decide(told, sample_plan):
    def memo(dossier):
        return "\n".join(each.text for each in docx.Document(io.BytesIO(made(dossier, "memo").data)).paragraphs)

    assert "What the board is asked to do" in memo(Dossier(sample_plan))
    after = memo(told)
    assert "What is proposed" not in after and "What was decided" in after
    assert "asked to" not in after and "The decision is taken; this memo says what was decided." in after


def test_what_comes_after_the_dissent_is_a_paragraph_of_its_own(told):
    memo = docx.Document(io.BytesIO(made(told, "memo").data))
    assert f"Dissent: {SAID.dissent}" in [each.text for each in memo.paragraphs]


def test_slides_of_a_decided_plan_say_who_decided_and_against_whose_dissent(told, sample_plan):
    def words(dossier):
        slides = Presentation(io.BytesIO(made(dossier, "slides").data)).slides
        return [" ".join(s.text_frame.text for s in each.shapes if s.has_text_frame) for each in slides]

    assert not any("Who decided" in each for each in words(Dossier(sample_plan)))
    [slide] = [each for each in words(told) if "Who decided" in each]
    assert SAID.dissent in slide and "5 to 2" in slide


def test_papers_for_a_school_call_a_decided_plan_no_proposal(told, sample_plan):
    before, after = (pages(made(each, "why-sheets").data)[0] for each in (Dossier(sample_plan), told))
    assert "The proposal gives it" in before and "The board has not adopted it." in before
    # The scenario is called so by whoever made it.
    assert "proposal" not in after.lower().replace("proposal for 2026-27", "")
    assert "Board of Education (Board) decided this on November 24, 2026." in after


def test_need_weights_stand_in_a_reply_of_the_record_as_they_were_adopted(told):
    text = " ".join(pages(made(told, "decision-record").data))
    reply = text[text.index("What drove it:") : text.index("How a court would judge")]
    assert "left out here" not in reply
    for need in told.plan.scenario.need_weights:
        assert f"Need weight {float(need.weight):g} for" in reply


def test_the_schools_of_a_record_add_up_in_its_last_row(told):
    [(_, decision)] = told.book.decisions()
    table = schools_table(decision)
    # The packet's page on the sample: $131,779,817 last year, $2,036,183 more in the plan.
    assert ("", "All 24 schools", "$131,779,817.00", "$133,816,000.00", "+$2,036,183.00") == table.rows[-1]
    assert table.has_total


def test_what_nobody_entered_is_neither_zero_nor_no():
    silent, table = touched((Voice("Staff", "2.00 FTE given up"), Voice("Families", "gives up $5")))
    assert ("Who", "What it does to them") == table.headings
    [words] = silent
    assert "Nobody entered of any group in the table: its influence; " in words
    assert "whether and when it was asked" in words
    # A record of a time when a number could not stay blank.
    assert table == touched((Voice("Staff", "2.00 FTE given up", 0, 0), Voice("Families", "gives up $5", 0, 0)))[1]
    silent, table = touched((Voice("Staff", asked="not asked", claim=0), Voice("Families", needs="A bus")))
    assert ("Who", "What it does to them", "Claim", "Asked on", "What they need") == table.headings
    assert (
        ("Staff", "", "0", "not asked", "not entered"),
        ("Families", "", "not entered", "not entered", "A bus"),
    ) == table.rows
    assert ("Nobody entered of any group in the table: its influence.",) == silent


def test_an_answer_of_one_word_on_record_is_no_assessment(sample_plan):
    said = dataclasses.replace(assessment_of(sample_plan), asked="x")
    book = old_record(Book(sample_plan.district.name), What.ASSESSMENT, said)
    [why] = Dossier(sample_plan, book=book).draft
    assert "(record 1, Decision record) is not complete. What is missing: Who was asked, and what they said." in why


def test_a_decision_on_record_with_a_word_for_its_reasons_says_so_wherever_it_is_read(sample_plan, decided):  # noqa: F811
    [(_, whole)] = decided.decisions()
    book = old_record(Book(sample_plan.district.name), What.DECISION, dataclasses.replace(whole, reasons="Because."))
    said = "Not complete. What is missing: Reasons."
    [(link, record)] = book.decisions()
    assert said == record_sections(link, record)[0].sentences[0]
    [told_first] = decided_section(book, sample_plan)
    assert said == told_first.sentences[-1]
    assert ("Not said in a sentence", "Reasons") in decided_lines(book, sample_plan)
    assert said not in str(decided_section(decided, sample_plan))


def test_an_assessment_that_is_not_complete_is_nowhere_called_complete(sample_plan, decided):  # noqa: F811
    """Page one said above that the assessment is not complete, and below that it was."""
    [(_, decision)] = decided.decisions()
    silent = dataclasses.replace(assessment_of(sample_plan), voices=(Voice("Staff", "2.00 FTE given up"),))
    book = old_record(Book(sample_plan.district.name), What.ASSESSMENT, silent)
    book = old_record(book, What.DECISION, decision, "2026-11-25T15:00:00+00:00")
    [section] = decided_section(book, sample_plan)
    assert "was recorded on 2026-11-20 15:00 UTC, before the decision. It is not complete" in str(section.sentences)
    assert "was complete" not in str(section.sentences)
    # The record of the decision says the same.
    [(link, record)] = book.decisions()
    assert "It is not complete." in str(record_sections(link, record, book=book))
    told_first = page_one(made(Dossier(sample_plan, book=book), "decision-record").data)
    assert "before the decision. It is not complete." in told_first and "was complete" not in told_first
    [whole] = decided_section(decided, sample_plan)
    assert "The assessment was complete on" in str(whole.sentences)


def test_an_assessment_on_record_in_which_nobody_was_named_says_so_wherever_it_is_read(sample_plan):
    silent = dataclasses.replace(assessment_of(sample_plan), voices=(Voice("Staff", "2.00 FTE given up"),))
    book = old_record(Book(sample_plan.district.name), What.ASSESSMENT, silent)
    [why] = Dossier(sample_plan, book=book).draft
    assert "What is missing: Whether each group that is touched was asked." in why
    [(link, record)] = book.records()
    [section] = record_sections(link, record)
    assert "Not complete. What is missing: Whether each group that is touched was asked." == section.sentences[0]
    assert section.sentences[1].startswith("Recorded on 2026-11-20")
    assert any(line.startswith("NOT COMPLETE, missing: Whether each") for line in record_lines(record))
    # Its words are there to go on from, and a complete one takes its place.
    case = Case(sample_plan, book)
    assert "The cap moved." == prefilled(case)["changed"]
    assert silent.voices == first_voices(case)
    whole = book.with_record(assessment_of(sample_plan), "2026-11-21T15:00:00+00:00")
    assert None is whole.unfinished_assessment_of(sample_plan.digest)
    assert () == Dossier(sample_plan, book=whole).draft


def test_the_overview_claims_what_is_known_and_names_what_is_open(sample_plan):
    status = openpyxl.load_workbook(io.BytesIO(plan_workbook(sample_plan)))["Overview"]["B4"].value
    assert status.startswith(
        "Every rule is kept, and the assessment is complete; whether to adopt the plan is the board's decision."
    )
    assert "Promises dropped: C3. Promises not testable: C4." in status
