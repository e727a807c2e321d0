"""Decisions about the data in public documents: the way of reading is told, no count, no school and no person."""

from __future__ import annotations

import dataclasses

import pytest

from equity_alloc.domain.district import Decision
from equity_alloc.reports.data_words import data_words
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import all_documents
from equity_alloc.sources.kentucky import READ_AS, SCALED
from tests.reports.read_public import text_of


def with_decisions(plan, *decisions):
    return Dossier(dataclasses.replace(plan, district=dataclasses.replace(plan.district, decisions=decisions)))


@pytest.mark.parametrize(
    "what",
    [
        "Seven English learners were moved to another school.",
        "One homeless pupil was counted twice and left out.",
        "\u00be of the group were matched.",
        "A dozen pupils have no school.",
        "{school} has no homeless pupils.",
        "The count at {school}, which was blank, means zero.",
    ],
)
def test_a_sentence_that_could_tell_a_count_stays_in_the_workbook(sample_plan, what):
    told = what.format(school=sample_plan.district.schools[0].name.upper())
    words = data_words(with_decisions(sample_plan, Decision(told, "Jane Roe", "2026-11-02")))
    assert ("1 decision about the data stands in the workbook.",) == words


@pytest.mark.parametrize(
    "what", [READ_AS + SCALED, "A blank count of English learners means zero.", "Blank means none"]
)
def test_a_way_of_reading_is_told_with_its_day(sample_plan, what):
    words = data_words(with_decisions(sample_plan, Decision(what, "", "2026-11-02")))
    assert (f"About the data: {what.rstrip('.')} (November 2, 2026).",) == words


def test_a_decision_without_a_day_has_no_empty_brackets(sample_plan):
    assert ("About the data: Blank means zero.",) == data_words(
        with_decisions(sample_plan, Decision("Blank means zero.", "", ""))
    )


def test_no_public_document_names_who_decided_about_the_data_or_what_a_sentence_counted(sample_plan):
    dossier = with_decisions(
        sample_plan,
        Decision("Blank means zero.", "Jane Q. Roe", "2026-11-02"),
        Decision("Seven pupils of the group Homeless were matched by name.", "Jane Q. Roe", "2026-11-02"),
    )
    told = {each.code: text_of(each.ending, each.write(dossier)) for each in all_documents()
            if each.code in ("board-packet", "public-tables")}  # fmt: skip
    assert 2 == len(told)
    for words in told.values():
        plain = " ".join(words.split())
        assert "Blank means zero" in plain
        assert "stands in the workbook" in plain
        assert "Roe" not in plain
        assert "Seven pupils" not in plain
