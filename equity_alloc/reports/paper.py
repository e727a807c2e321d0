"""Sections as a tagged PDF (PDF/UA): Typst refuses to make one in which a picture has no words."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst

from equity_alloc.domain.day import days_in_words
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.reports.column_widths import column_widths
from equity_alloc.reports.printable import printable, with_printable_texts
from equity_alloc.reports.section import Section, Table

_TEMPLATE = r"""
#let data = json("data.json")
#set document(title: data.title, author: "Equity Alloc", date: none)
#set page(paper: "us-letter", margin: (x: 0.85in, top: 0.8in, bottom: 0.75in),
  footer: context { set text(size: 8.5pt); grid(columns: (1fr, auto, auto), column-gutter: 16pt, data.footer,
    if data.draft != "" [DRAFT], [Page #counter(page).display("1 of 1", both: true)]) })
#set text(lang: "en", region: "US", font: "Libertinus Serif", size: data.size * 1pt, fallback: true)
#set par(leading: 0.52em, spacing: 0.7em)
#set block(spacing: 0.7em)
#show heading.where(level: 1): set text(size: 19pt)
#show heading.where(level: 2): set text(size: 13pt, fill: rgb("#0b4f8a"))
#show heading.where(level: 2): set block(above: 15pt, below: 7pt)
#show heading.where(level: 3): set text(size: 10.5pt)
#show heading.where(level: 3): set block(above: 10pt, below: 5pt)
#show figure.caption: set text(size: 9pt, style: "italic")
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.caption: set block(sticky: true)
#show table.cell.where(y: 0): strong
#show figure.where(kind: table): set align(left)
#let whole-number = regex("[+-]?\\$\\d[\\d,.]*\\d|[+-]?\\d[\\d,.]* (%|FTE)|\\d{4}-\\d\\d-\\d\\d")
// An address leads where it says.
#show regex("https?://[^\\s;]*[^\\s;.,)]"): it => link(it.text)
#let say(words) = par({ show whole-number: it => box(it); words })
#let cells(t, first, last) = t.rows.enumerate().slice(first, last).map(((i, r)) => r.map(c => if t.total and i == t.rows.len() - 1 { strong(c) } else [#c])).flatten()
#let show-table(t) = {
  show figure.where(kind: table): set block(breakable: not t.whole)
  figure(
  kind: table, supplement: none, numbering: none, caption: figure.caption(position: top, t.title),
  { set text(size: t.size * 1pt); set par(justify: false, leading: 0.45em)
  set table.cell(breakable: false) if not t.long
  table(
    columns: t.widths.map(w => w * 1fr),
    align: (x, y) => (if t.numbers.at(x) { right } else { left }) + top,
    stroke: (x, y) => (bottom: if y == 0 or (t.total and y >= t.rows.len() - 1) { 0.8pt } else { 0.3pt + rgb("#d0d5dc") }),
    inset: (x: 4pt, y: 2.6pt),
    table.header(..t.headings.map(c => [#c])),
    ..cells(t, 0, t.rows.len() - t.end),
    // The last rows are one group, so that none of them stands on a page alone.
    ..if t.end > 0 { (table.footer(repeat: false, ..cells(t, t.rows.len() - t.end, t.rows.len())),) },
  ) })
}
// A heading moves to the next page with its table where less than the first rows of it would stand below.
#let need(told, t) = context {
  let begin = t + (rows: t.rows.slice(0, t.begin), total: false, end: 0, whole: true)
  let height = measure({ told; show-table(begin) }, width: 6.8in).height
  block(breakable: false, sticky: true, above: 15pt, below: 0pt, height: height)
  v(-height - 15pt)
}
#let banner(words) = block(fill: rgb("#fff3d6"), stroke: 1pt + rgb("#8a5a00"), inset: 8pt, width: 100%, strong(words))
#let to-fill-in(label) = block(above: 15pt, below: 5pt, width: 100%)[#label #box(width: 1fr, stroke: (bottom: 0.6pt))]
#heading(level: 1, data.title)
#if data.subtitle != "" [#text(size: 12pt, data.subtitle)]
#if data.draft != "" { banner(data.draft) }
#for s in data.sections {
  if s.break { pagebreak() }
  if s.break and data.draft != "" and data.repeat { banner(data.draft) }
  // What is short stands on one page, and what is longer never ends with a line or two on a page of its own.
  let told = {
    heading(level: s.level, s.title)
    for p in s.sentences { say(p) }
    for p in s.blanks { to-fill-in(p) }
  }
  let goes-on = s.table != none or s.svg != ""
  if s.table != none and s.svg == "" and not s.table.whole and s.whole { need(told, s.table) }
  if s.whole { block(breakable: false, sticky: goes-on, above: if s.level == 2 { 15pt } else { 10pt }, told) } else {
    heading(level: s.level, s.title)
    for p in s.sentences.slice(0, -s.together) { say(p) }
    block(breakable: false, sticky: goes-on, for p in s.sentences.slice(-s.together) { say(p) })
    for p in s.blanks { to-fill-in(p) }
  }
  if s.svg != "" { figure(kind: image, supplement: none, numbering: none, caption: s.chart, alt: s.alt, image(bytes(s.svg), format: "svg", alt: s.alt, width: s.width * 100%)) }
  if s.table != none { show-table(s.table) }
}
"""

#: Letters by themselves, to find those that no typeface has.
_LETTERS = r"""
#let data = json("data.json")
#set document(title: "Letters")
#set text(lang: "en", font: "Libertinus Serif", fallback: true)
#for letter in data [#letter #h(1pt)]
"""
#: What stands in the place of a letter that the typefaces lack, and what is said about it.
LACKS = "\u25a1"
LACKING = f"{LACKS} stands for a letter that the typefaces of this paper lack. The workbook and the web pages show it."


def paper(
    title: str,
    subtitle: str,
    draft: str,
    sections: Sequence[Section],
    *,
    breaks: Sequence[int] = (),
    size: float = 10.5,
    repeat: bool = False,
    footer: str = "",
) -> bytes:
    """Return sections as a PDF that meets PDF/UA-1.

    Parameters
    ----------
    title, subtitle, draft : str
        The draft's line stands on page one, "" where there is none.
    sections : sequence of Section
    breaks : sequence of int
        Places of the sections that begin a page.
    size : float, points
    repeat : bool
        Whether the draft's line stands on top of every section that begins a page.
    footer : str
        What stands at the foot of every page; title and subtitle where it is "".

    Raises
    ------
    InvalidValue
        If it cannot be set; the sentence says why.
    """
    for section in sections:
        if section.chart is not None and not section.chart.alt.strip():
            raise InvalidValue(f"The picture in '{section.title}' has no words for readers who do not see it.")
    title, subtitle, draft, footer = map(printable, (title, subtitle, draft, footer))
    sections = with_printable_texts(tuple(sections))
    data: dict[str, Any] = {
        "title": title,
        "subtitle": subtitle,
        "footer": footer or f"{title}. {subtitle}",
        "draft": draft,
        "size": size,
        "repeat": repeat,
        "sections": [_section(section, number in breaks) for number, section in enumerate(sections)],
    }
    told = days_in_words(json.dumps(data, ensure_ascii=False))
    lacking = missing_letters(frozenset(letter for letter in set(told) if not letter.isascii()))
    if lacking:
        data["sections"].append(_section(Section("Letters that are missing", (LACKING,)), begins_page=False))
        told = days_in_words(json.dumps(data, ensure_ascii=False)).translate({ord(letter): LACKS for letter in lacking})
    try:
        return _set(_TEMPLATE, told)
    except typst.TypstError as error:
        raise InvalidValue(f"The PDF could not be set: {error}") from error


def _set(template: str, data: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "main.typ").write_text(template, encoding="utf-8")
        Path(folder, "data.json").write_text(data, encoding="utf-8")
        made = typst.compile(str(Path(folder, "main.typ")), root=folder, font_paths=_fonts(), pdf_standards=["ua-1"])
    if not isinstance(made, bytes):
        raise InvalidValue("The PDF could not be set: it was split into several files.")
    return made


@cache
def missing_letters(letters: frozenset[str]) -> frozenset[str]:
    """Return those of some letters that the typefaces of the paper lack; PDF/UA makes no page with one of them.

    Parameters
    ----------
    letters : frozenset of str
    """
    left, missing = set(letters), set[str]()
    while left:
        try:
            _set(_LETTERS, json.dumps(sorted(left), ensure_ascii=False))
        except typst.TypstError as error:
            named = {letter for letter in left if letter in str(error) or f"{ord(letter):x}" in str(error)}
            # An error that names none of them is about something else; then each is taken for missing.
            missing |= named or left
            left -= named or set(left)
        else:
            break
    return frozenset(missing)


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts that come with Typst, so that a page looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


#: Points across a page between its margins; letters of a line of text; what a letter takes of the size of type; and the inset.
_ACROSS, LINE, _LETTER, _INSET = 489.6, 105, 0.47, 10
#: Lines of a table, or of a section without one, that stand on one page; and how a sentence ends that is to be filled in.
_ONE_PAGE, _SHORT, BLANK = 16, 13, "____"
#: So many rows of a table that goes over a page's end stand together at each of its ends; one fewer where they are long.
_AT_AN_END, _LINES_AT_AN_END = 3, 6
#: A cell with more letters may run over a page's end.
_LONG = 1_500
#: So many sentences at the end of a section stand together.
_TOGETHER = 3


def _section(section: Section, begins_page: bool) -> dict[str, object]:
    chart = section.chart
    sentences = [each for each in section.sentences if not each.endswith(BLANK)]
    lines = sum(-(-len(each) // LINE) for each in sentences)
    return {
        "title": section.title,
        "level": section.level,
        "sentences": sentences,
        "blanks": [each.rstrip("_ ") for each in section.sentences if each.endswith(BLANK)],
        "whole": lines <= _SHORT,
        "together": max(1, min(_TOGETHER, len(sentences))),
        "break": begins_page,
        "svg": chart.svg if chart else "",
        "chart": chart.title if chart else "",
        "alt": chart.alt if chart else "",
        "width": 0.95,
        "table": None if section.table is None else _table(section.table),
    }


def _table(table: Table) -> dict[str, object]:
    columns = len(table.headings)
    size = 8.5 if columns <= 8 else 7.5 if columns <= 10 else 7 if columns <= 12 else 6
    widths = column_widths(table.headings, table.rows, table.numbers, _ACROSS, letter=size * _LETTER, inset=_INSET)
    letters = [max(1, (width - _INSET) / (size * _LETTER)) for width in widths]
    lines = [max(math.ceil(len(cell) / n) for cell, n in zip(row, letters, strict=True)) for row in table.rows]
    begin, end = _together(lines), _together(lines[::-1])
    return {
        "title": table.title,
        "headings": table.headings,
        "rows": table.rows,
        "numbers": table.numbers,
        "total": table.has_total,
        "widths": widths,
        "size": size,
        "whole": sum(lines) <= _ONE_PAGE,
        "begin": begin,
        "end": end if sum(lines) > _ONE_PAGE and sum(lines[-end:]) <= _ONE_PAGE else 0,
        "long": any(len(cell) > _LONG for row in table.rows for cell in row),
    }


def _together(lines: Sequence[int]) -> int:
    """Return how many rows stand together at the end of a table that comes first in `lines`."""
    few = _AT_AN_END - 1
    return min(few if sum(lines[:few]) >= _LINES_AT_AN_END else _AT_AN_END, len(lines))
