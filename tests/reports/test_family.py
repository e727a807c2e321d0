"""Documents are found by looking, made one by one, and a draft says so."""

from __future__ import annotations

import dataclasses
import logging
from zipfile import BadZipFile

import pytest
from xlsxwriter.exceptions import DuplicateWorksheetName

from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import draft_line, draft_reasons
from equity_alloc.reports.family import all_documents, documents_named, file_name, make


def stub(code: str, write) -> Document:
    return Document(code, code.capitalize(), "For the test.", Readers.PUBLIC, 1, ".txt", "text/plain", write)


def spoil(error: Exception):
    def write(_):
        raise error

    return write


def test_every_document_has_a_place_of_its_own_and_words():
    found = all_documents()
    assert len(found) == len({document.place for document in found})
    assert list(found) == sorted(found, key=lambda document: document.place)
    for document in found:
        assert document.title
        assert document.says.endswith(".")
        assert document.ending.startswith(".")


def test_named_documents_come_in_the_order_of_all_whatever_the_order_of_asking():
    codes = [document.code for document in all_documents()]
    assert codes == [document.code for document in documents_named(reversed(codes))]
    with pytest.raises(UnknownCode, match="There is no document called poster"):
        documents_named(["poster"])


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("x"), AttributeError("x"), DuplicateWorksheetName("x"), BadZipFile("x")]
)
def test_a_document_that_fails_loses_none_of_the_others(dossier, caplog, error):
    chosen = [
        stub("first", lambda _: b"1"),
        stub("meant", spoil(InvalidValue("A name is too long for a cell."))),
        stub("unmeant", spoil(error)),
        stub("last", lambda _: b"2"),
    ]
    with caplog.at_level(logging.CRITICAL):
        made = list(make(dossier, chosen))
    assert [b"1", b"", b"", b"2"] == [each.data for each in made]
    assert "A name is too long for a cell." == made[1].error
    assert "It could not be made" in made[2].error
    assert type(error).__name__ not in made[2].error
    assert "" == made[0].error == made[3].error


def test_a_plan_that_keeps_every_rule_and_is_proven_is_no_draft(dossier):
    assert () == dossier.draft
    assert "" == draft_line(dossier.draft)
    for document in all_documents():
        assert not file_name(dossier, document).startswith("DRAFT")
        assert document.is_public != ("internal" in file_name(dossier, document))


def test_a_draft_says_why_and_its_files_say_so_first(sample_plan):
    district, scenario = sample_plan.district, sample_plan.scenario
    last_year = Plan(
        district, scenario, district.today, certify(district, scenario, district.today), OutcomeKind.BEST_FOUND
    )
    reasons = draft_reasons(last_year, ("The board has not heard the schools.",))
    assert reasons[0].startswith("It breaks rule ")
    assert not any("not proven" in reason for reason in reasons)
    assert "The board has not heard the schools." == reasons[-1]
    found = dataclasses.replace(sample_plan, outcome=OutcomeKind.BEST_FOUND)
    assert any("not proven" in reason for reason in draft_reasons(found))
    draft = Dossier(last_year)
    assert all(file_name(draft, document).startswith("DRAFT-") for document in all_documents())


def test_money_that_is_supposed_makes_a_draft(sample_plan):
    supposed = dataclasses.replace(sample_plan.certificate, supposed=("General fund: $5 more than was voted.",))
    [reason] = draft_reasons(dataclasses.replace(sample_plan, certificate=supposed))
    assert "supposed and not voted: General fund: $5 more than was voted." in reason
