"""Word and PowerPoint files are fit for readers who hear them: title, language, order, headings, header rows, words for pictures."""

from __future__ import annotations

import copy
import dataclasses
import io
import itertools
import re

import docx
import pytest
from docx.oxml.ns import qn
from pptx import Presentation

from equity_alloc.reports.document import Dossier
from equity_alloc.reports.equity_rows import causes_sections
from equity_alloc.reports.family import documents_named

WORD = ("memo", "letters", "resource-inequities")


@pytest.fixture(scope="module")
def draft(sample_plan):
    return Dossier(sample_plan, unfinished=("The schools were not heard.",))


@pytest.fixture(scope="module")
def words(draft):
    return {code: docx.Document(io.BytesIO(_written(draft, code))) for code in WORD}


@pytest.fixture(scope="module")
def deck(draft):
    return Presentation(io.BytesIO(_written(draft, "slides")))


def _written(dossier, code):
    [document] = documents_named([code])
    return document.write(dossier)


@pytest.mark.parametrize("code", WORD)
def test_a_word_file_says_its_title_and_its_language(words, draft, code):
    word = words[code]
    assert word.core_properties.title.startswith(draft.title)
    assert "en-US" == word.core_properties.language
    [language] = word.styles.element.iter(qn("w:lang"))
    assert "en-US" == language.get(qn("w:val"))


@pytest.mark.parametrize("code", WORD)
def test_headings_of_a_word_file_skip_no_level(words, code):
    styles = [each.style.name for each in words[code].paragraphs]
    levels = [0 if name == "Title" else int(name[-1]) for name in styles if re.fullmatch(r"Title|Heading \d", name)]
    assert levels and levels[0] <= 1
    assert all(after <= max(1, before + 1) for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("code", WORD)
def test_every_table_of_a_word_file_has_a_header_row_and_no_picture_is_without_words(words, code):
    word = words[code]
    for table in word.tables:
        header = table.rows[0]._tr.trPr.find(qn("w:tblHeader"))
        assert header is not None and header.get(qn("w:val")) == "true"
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
        assert all(cell.text.strip() for cell in table.rows[0].cells)
    assert all(each.get("descr") for each in word.element.body.iter(qn("wp:docPr")))


@pytest.mark.parametrize("code", WORD)
def test_every_page_of_a_word_file_of_a_draft_says_so_at_its_foot(words, code):
    assert ". DRAFT" in words[code].sections[0].footer.paragraphs[0].text


def test_a_word_file_that_is_no_draft_does_not_say_so(dossier):
    final = docx.Document(io.BytesIO(_written(dossier, "memo")))
    assert "DRAFT" not in final.sections[0].footer.paragraphs[0].text


def test_every_slide_has_a_title_of_its_own_that_is_read_first(deck):
    titles = []
    for slide in deck.slides:
        assert slide.shapes[0]._element is slide.shapes.title._element
        titles.append(slide.shapes.title.text.strip())
    assert all(titles) and len(titles) == len(set(titles))
    assert "en-US" == deck.core_properties.language


def test_a_slide_is_read_from_its_top_to_its_foot(deck):
    for slide in deck.slides:
        tops = [shape.top for shape in slide.shapes]
        assert tops == sorted(tops)


def test_charts_and_tables_of_slides_have_words_and_a_header_row(deck):
    found = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart or shape.has_table]
    assert found
    for shape in found:
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
        assert not shape.has_table or shape.table.first_row


def test_a_threshold_whose_nearest_school_would_tell_a_count_says_that_it_is_left_out(words):
    [table] = [
        each
        for each in words["resource-inequities"].tables
        if each.cell(0, 0).text == "Rule" and "nearest" in each.rows[0].cells[-1].text
    ]
    told = {row.cells[2].text: row.cells[-1].text for row in table.rows[1:]}
    assert "left out: it would tell a count" == told["English learners"].replace("\u00a0", " ")
    assert all(text.strip() for text in told.values())


def test_no_column_of_errors_stands_where_chance_has_no_part(words, draft):
    headings = [cell.text for table in words["resource-inequities"].tables for cell in table.rows[0].cells]
    assert "Its share" in headings and "Standard error" not in headings
    drawn = copy.copy(draft.as_public)
    drawn.__dict__["gap_causes"] = tuple(
        dataclasses.replace(each, causes=tuple(dataclasses.replace(cause, error=0.21) for cause in each.causes))
        for each in draft.as_public.gap_causes
    )
    tables = [section.table for section in causes_sections(drawn) if section.table is not None]
    assert "Standard error" in tables[0].headings
