"""Sections as a tagged PDF (PDF/UA): Typst refuses to make one in which a picture has no words."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import typst

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.reports.section import Section

_TEMPLATE = """
#let data = json("data.json")
#set document(title: data.title, author: "Equity Alloc", date: none)
#set page(paper: "us-letter", margin: (x: 0.85in, top: 0.8in, bottom: 0.75in),
  footer: context [#set text(size: 8.5pt); #data.footer #h(1fr) #if data.draft != "" [DRAFT #h(1fr)] Page #counter(page).display("1 of 1", both: true)])
#set text(lang: "en", region: "US", font: "Libertinus Serif", size: data.size * 1pt, fallback: true)
#set par(leading: 0.52em, spacing: 0.7em)
#show heading.where(level: 1): set text(size: 19pt)
#show heading.where(level: 2): set text(size: 13pt, fill: rgb("#0b4f8a"))
#show heading.where(level: 3): set text(size: 11pt)
#show figure.caption: set text(size: 9pt)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.caption: set block(sticky: true)
#show table.cell.where(y: 0): strong
#show figure.where(kind: table): set block(breakable: true)
#show figure.where(kind: table): set align(left)
#let show-table(t) = figure(
  kind: table, supplement: none, numbering: none, caption: figure.caption(position: top, t.title),
  { set text(size: t.size * 1pt); set par(justify: false, leading: 0.45em)
  table(
    columns: t.widths.map(w => if w.fixed { w.size * 1pt } else { w.size * 1fr }),
    align: (x, y) => (if t.numbers.at(x) { right } else { left }) + top,
    stroke: (x, y) => (bottom: if y == 0 { 0.8pt } else { 0.3pt + rgb("#d0d5dc") }),
    inset: (x: 4pt, y: 2.6pt),
    table.header(..t.headings.map(c => [#c])),
    ..t.rows.flatten().map(c => [#c]),
  ) })
#let banner(words) = block(fill: rgb("#fff3d6"), stroke: 1pt + rgb("#8a5a00"), inset: 8pt, width: 100%, strong(words))
#heading(level: 1, data.title)
#if data.subtitle != "" [#text(size: 12pt, data.subtitle)]
#if data.draft != "" { banner(data.draft) }
#for s in data.sections {
  if s.break { pagebreak() }
  if s.break and data.draft != "" and data.repeat { banner(data.draft) }
  heading(level: 2, s.title)
  for p in s.sentences { par(p) }
  if s.svg != "" { figure(kind: image, supplement: none, numbering: none, caption: s.chart, alt: s.alt, image(bytes(s.svg), format: "svg", alt: s.alt, width: s.width * 100%)) }
  if s.table != none { show-table(s.table) }
}
"""


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
        What stands at the foot of every page; the title where it is "".

    Raises
    ------
    InvalidValue
        If it cannot be set; the sentence says why.
    """
    for section in sections:
        if section.chart is not None and not section.chart.alt.strip():
            raise InvalidValue(f"The picture in '{section.title}' has no words for readers who do not see it.")
    data = {
        "title": title,
        "subtitle": subtitle,
        "footer": footer or title,
        "draft": draft,
        "size": size,
        "repeat": repeat,
        "sections": [_section(section, number in breaks) for number, section in enumerate(sections)],
    }
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "main.typ").write_text(_TEMPLATE, encoding="utf-8")
        Path(folder, "data.json").write_text(json.dumps(data), encoding="utf-8")
        try:
            made = typst.compile(
                str(Path(folder, "main.typ")), root=folder, font_paths=_fonts(), pdf_standards=["ua-1"]
            )
        except typst.TypstError as error:
            raise InvalidValue(f"The PDF could not be set: {error}") from error
    if not isinstance(made, bytes):
        raise InvalidValue("The PDF could not be set: it was split into several files.")
    return made


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts that come with Typst, so that a page looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def _section(section: Section, begins_page: bool) -> dict[str, object]:
    table, chart = section.table, section.chart
    few = chart is not None and len(chart.names) > 12
    columns = len(table.headings) if table is not None else 0
    size = 8.5 if columns <= 8 else 7 if columns <= 12 else 6
    return {
        "title": section.title,
        "sentences": list(section.sentences),
        "break": begins_page,
        "svg": chart.svg if chart else "",
        "chart": chart.title if chart else "",
        "alt": chart.alt if chart else "",
        "width": 0.92 if few else 0.95,
        "table": None
        if table is None
        else {
            "title": table.title,
            "headings": table.headings,
            "rows": table.rows,
            "numbers": table.numbers,
            "widths": _widths(table.headings, table.rows, table.numbers, size),
            "size": size,
        },
    }


#: Points across a page between its margins; what a letter takes of the size of type, plain and in a bold heading; and the inset.
_ACROSS, _LETTER, _BOLD, _INSET = 490, 0.52, 0.62, 10
#: Beside columns of words, those with no longer cell are as wide as it, where that leaves the words this part of the page.
_SHORT, _LEFT = 16, 0.35


def _widths(
    headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[bool], size: float
) -> list[dict[str, object]]:
    """Return each column's width: short ones as wide as their longest cell, the others what they need of the rest."""
    longest = [max((len(row[place]) for row in rows), default=1) for place in range(len(headings))]
    words = [max(len(each) for each in heading.split(" ")) for heading in headings]
    points = [max(a * _LETTER, b * _BOLD) * size + _INSET for a, b in zip(longest, words, strict=True)]
    short = [place for place in range(len(headings)) if longest[place] <= _SHORT]
    if len(headings) - len(short) > 1 and sum(points[place] for place in short) <= _ACROSS * (1 - _LEFT):
        return [
            {"fixed": place in short, "size": points[place] if place in short else min(60, longest[place])}
            for place in range(len(headings))
        ]
    # Headings are bold, so a letter of theirs is wider.
    needs = [max(a, math.ceil(b * 1.3), 4) for a, b in zip(longest, words, strict=True)]
    return [
        {"fixed": False, "size": need + 1 if number else min(60, need) + 2}
        for need, number in zip(needs, numbers, strict=True)
    ]
