"""Every PDF is fit for readers who do not see it: PDF/UA-1, by a checker of our own and by one from outside."""

from __future__ import annotations

import dataclasses
import io

import pikepdf
import pytest
from pdfua import Severity, validate
from pikepdf import Name

from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import all_documents
from tests.reports.pdf_ua import problems

CODES = [document.code for document in all_documents() if document.ending == ".pdf"]


@pytest.fixture(scope="module")
def files(dossier):
    draft = Dossier(dossier.plan, unfinished=("The schools were not heard.",))
    chosen = [document for document in all_documents() if document.ending == ".pdf"]
    return {(d.code, of): d.write(each) for d in chosen for of, each in (("plan", dossier), ("draft", draft))}


@pytest.mark.parametrize("of", ["plan", "draft"])
@pytest.mark.parametrize("code", CODES)
def test_nothing_in_it_is_loose_nameless_or_out_of_order(files, code, of):
    assert [] == problems(files[code, of])


@pytest.mark.parametrize("code", CODES)
def test_a_checker_from_outside_finds_no_error_either(files, code, tmp_path):
    """It covers 16 rules of the 106 of the profile, so it stands beside our own and not in its place."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(files[code, "plan"])
    assert [] == [finding for finding in validate(str(path)).findings if finding.severity is Severity.ERROR]


def spoiled(data, spoil):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        spoil(pdf)
        stream = io.BytesIO()
        pdf.save(stream)
    return stream.getvalue()


def without_alt(pdf):
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get(Name.S) == Name.Figure:
            del each[Name.Alt]


def without_scope(pdf):
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get(Name.S) == Name.TH:
            del each[Name.A]
            return


def with_loose_paint(pdf):
    pdf.pages[0].contents_add(b"0 0 10 10 re f")


def with_skipped_heading(pdf):
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get(Name.S) == Name.H2:
            each[Name.S] = Name.H3
            return


def without_language(pdf):
    del pdf.Root[Name.Lang]


def without_title_bar(pdf):
    pdf.Root.ViewerPreferences[Name.DisplayDocTitle] = False


def without_a_cell(pdf):
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get(Name.S) == Name.TR and len(each.K) > 2:
            del each.K[-1]
            return


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (without_alt, "7.3: a Figure has no words"),
        (without_scope, "7.5: a table's heading does not say what it is for"),
        (with_loose_paint, "7.1: page 1 paints what is neither tagged nor an artifact (f)"),
        (with_skipped_heading, "7.4: a heading of level 3 follows one of level 1"),
        (without_language, "7.2: the language is missing"),
        (without_title_bar, "7.1: the title is not shown in the window"),
        (without_a_cell, "7.5: the rows of a table have"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_each_planted_fault_is_found(files, spoil, says):
    found = problems(spoiled(files["board-packet", "plan"], spoil))
    assert any(problem.startswith(says) for problem in found), found


def test_a_picture_without_words_is_refused_before_anything_is_set(dossier):
    from equity_alloc.domain.errors import InvalidValue
    from equity_alloc.reports.paper import paper
    from equity_alloc.reports.story import first_pages

    section = next(each for each in first_pages(dossier) if each.chart is not None)
    bare = dataclasses.replace(section, chart=dataclasses.replace(section.chart, alt=" "))
    with pytest.raises(InvalidValue, match="has no words for readers who do not see it"):
        paper("A title", "", "", (bare,))
