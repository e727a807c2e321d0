"""What people wrote and public papers print is listed to be read, because no program sees whom it names."""

from __future__ import annotations

import dataclasses

from equity_alloc.planning.certify import certify
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.free_texts import free_texts, reading_list
from tests.reports.read_public import text_of, written
from tests.reports.test_record_in_public import with_all_told


def test_every_text_of_a_person_on_record_is_listed_once_and_stands_in_the_public_record(sample_plan):
    book, assessment, decision = with_all_told(sample_plan)
    dossier = Dossier(sample_plan, unfinished=("Mr. Doe of Central High was not heard.",), book=book)
    texts = free_texts(dossier)
    assert len(texts) == len(set(texts))
    words = {each.where: each.words for each in texts}
    assert "Mr. Doe of Central High was not heard." == words["Open business"]
    assert decision.reasons == words["Decision, reasons"]
    assert decision.dissent == words["Decision, dissent"]
    assert assessment.burden in words.values()
    assert {each.note for each in decision.options} <= set(words.values())
    assert {each.clause for each in sample_plan.scenario.commitments} <= set(words.values())
    assert not [each for each in texts if each.words in (decision.decided_on, decision.review_on)]
    record = " ".join(text_of(".pdf", written(dossier, "decision-record")).split())
    for label in ("Decision, reasons", "Decision, dissent", "Decision, question"):
        where = label if label in words else "Decision, the question"
        assert " ".join(words[where].split()) in record, where


def test_what_people_wrote_of_another_plan_and_an_answer_that_says_none_are_not_listed(sample_plan):
    book, _, _ = with_all_told(sample_plan)
    today = dataclasses.replace(sample_plan, allocation=sample_plan.district.today)
    certificate = certify(today.district, today.scenario, today.allocation)
    other = Dossier(dataclasses.replace(today, certificate=certificate), book=book)
    assert free_texts(other)
    assert () == tuple(each for each in free_texts(other) if each.where.startswith(("Decision, ", "Assessment, ")))


def test_the_list_says_first_why_it_is_to_be_read(sample_plan):
    first, *lines = reading_list(free_texts(Dossier(sample_plan, unfinished=("One.", "Two."))))
    assert first.startswith(f"{len(lines)} texts that people wrote leave in public papers word for word.")
    assert "read them before you publish" in first
    assert {"Open business: One.", "Open business: Two."} <= set(lines)
    scenario = dataclasses.replace(sample_plan.scenario, note="", commitments=())
    district = dataclasses.replace(sample_plan.district, decisions=())
    assert () == reading_list(
        free_texts(Dossier(dataclasses.replace(sample_plan, scenario=scenario, district=district)))
    )
