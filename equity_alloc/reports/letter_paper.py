"""Sections as a Word document (DOCX) with headings, tables with header rows, and pictures that have words."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Inches, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from equity_alloc.reports.column_widths import column_widths
from equity_alloc.reports.draft import MARK
from equity_alloc.reports.fixed_zip import with_fixed_dates
from equity_alloc.reports.section import Section, Table, unbroken

#: Inches between the margins.
_ACROSS, _INSET, POINTS_AN_INCH = 6.8, 0.17, 72
#: What a letter of a wide typeface takes of the size of type.
_LETTER = 0.6
#: Lines of a table that stand on one page.
MOST_TOGETHER = 9
#: So many rows of a longer one stand together at each of its ends.
AT_AN_END = 3


def new_word(title: str, *, is_draft: bool, numbered: bool = True) -> Word:
    """Return an empty document in US letter size with its title, language and foot set.

    Parameters
    ----------
    title : str
        Stands at the foot of every page.
    is_draft : bool
        Whether every page says at its foot that it is a draft.
    numbered : bool
        Whether the foot says which page of how many; not where each page is a letter of its own.
    """
    word = docx.Document()
    word.core_properties.title = title
    word.core_properties.author = "Equity Alloc"
    word.core_properties.language = "en-US"
    page = word.sections[0]
    page.page_width, page.page_height = Inches(8.5), Inches(11)
    page.left_margin = page.right_margin = Inches(0.85)
    page.top_margin = page.bottom_margin = Inches(0.9)
    style = word.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    style.paragraph_format.space_after = Pt(6)
    word.styles["Heading 1"].paragraph_format.space_before = Pt(14)
    foot = page.footer.paragraphs[0]
    foot.add_run(f"{title}{f'. {MARK}' if is_draft else ''}{'. Page ' if numbered else ''}")
    for field, between in (("PAGE", " of "), ("NUMPAGES", "")) if numbered else ():
        _put_field(foot, field)
        foot.add_run(between)
    word.styles["Footer"].font.size = Pt(9)
    return word


def _put_field(paragraph: Paragraph, field: str) -> None:
    """Add a number that the program fills in which shows the page."""
    run = paragraph.add_run()
    for kind in ("begin", "", "end"):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.text = field
        run._r.append(element)


def put_sections(word: Word, sections: Sequence[Section]) -> None:
    """Add sections in order."""
    for section in sections:
        heading = word.add_heading(section.title, level=section.level - 1)
        heading.paragraph_format.keep_with_next = True
        # The sentence before a table stands with it. No longer chain is tied together: LibreOffice leaves its heading behind.
        for number, sentence in enumerate(section.sentences, start=1):
            form = word.add_paragraph(unbroken(sentence)).paragraph_format
            form.keep_together = True
            form.keep_with_next = section.table is not None and number == len(section.sentences)
        if section.table is not None:
            put_table(word, section.table)


def put_draft(word: Word, line: str) -> None:
    """Add the draft's line, in bold; nothing where there is none."""
    if line:
        word.add_paragraph().add_run(unbroken(line)).bold = True


def put_table(word: Word, table: Table) -> None:
    """Add a table with a title, and a header row that repeats on every page."""
    title = word.add_paragraph()
    title.add_run(table.title).italic = True
    title.paragraph_format.keep_with_next = True
    made = word.add_table(rows=1 + len(table.rows), cols=len(table.headings))
    made.style = "Light Grid Accent 1"
    made.autofit = False
    size = 9 if len(table.headings) <= 5 else 8
    widths = column_widths(
        table.headings, table.rows, table.numbers, _ACROSS, letter=size * _LETTER / POINTS_AN_INCH, inset=_INSET
    )
    for place, width in enumerate(widths):
        made.columns[place].width = Inches(width)
    _describe(made, table.title)
    letters = [max(1, int((width - _INSET) / (size * _LETTER / POINTS_AN_INCH))) for width in widths]
    lines = sum(max(-(-len(cell) // most) for cell, most in zip(row, letters, strict=True)) for row in table.rows)
    together = lines <= MOST_TOGETHER
    for number, row in enumerate((table.headings, *table.rows)):
        whole = made.rows[number]._tr.get_or_add_trPr()
        whole.append(OxmlElement("w:cantSplit"))
        for place, (cell, text) in enumerate(zip(made.rows[number].cells, row, strict=True)):
            cell.width = Inches(widths[place])
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            # What is blank is as high as what is not.
            run = paragraph.add_run(unbroken(text) or "\u00a0")
            run.font.size = Pt(size)
            run.bold = number == 0 or (table.has_total and number == len(table.rows))
            # A short table is not torn apart, and no page has a row or two of a longer one alone.
            at_an_end = number < AT_AN_END or len(table.rows) - AT_AN_END < number
            paragraph.paragraph_format.keep_with_next = number < len(table.rows) and (together or at_an_end)
            if table.numbers[place]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    header = made.rows[0]._tr.get_or_add_trPr()
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    header.append(repeat)
    # Word asks for a paragraph behind a table; it takes no room.
    behind = word.add_paragraph().paragraph_format
    behind.space_after, behind.line_spacing = Pt(0), Pt(1)


def _describe(made: WordTable, words: str) -> None:
    """Give a table its words for readers who do not see it."""
    properties = made._tbl.tblPr
    for name in ("w:tblCaption", "w:tblDescription"):
        element = OxmlElement(name)
        element.set(qn("w:val"), words)
        properties.append(element)


def _keep_numbers_whole(text: BaseOxmlElement) -> None:
    """Put the hyphen between digits, as in resolution 24-07, as one at which no line ends."""
    first, *others = re.split(r"(?<=\d)-(?=\d)", text.text or "")
    text.text, before = first, text
    for words in others:
        after = OxmlElement("w:t")
        after.text = words
        for element in (text, after):
            element.set(qn("xml:space"), "preserve")
        hyphen = OxmlElement("w:noBreakHyphen")
        before.addnext(hyphen)
        hyphen.addnext(after)
        before = after


def word_bytes(word: Word) -> bytes:
    """Return a document's bytes; the same contents give the same bytes."""
    for text in [*word.element.body.iter(qn("w:t"))]:
        _keep_numbers_whole(text)
    stream = io.BytesIO()
    word.save(stream)
    return with_fixed_dates(stream.getvalue())
