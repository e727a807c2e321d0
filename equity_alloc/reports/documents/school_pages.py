"""School pages: one HTML file for each school that opens anywhere, without a network, and one that lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from equity_alloc.domain.day import days_in_words
from equity_alloc.planning.reason import Reason
from equity_alloc.planning.summary import SchoolRow
from equity_alloc.reports.chart import Chart
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.fixed_zip import archive
from equity_alloc.reports.school_story import neighbors_chart, school_sections
from equity_alloc.reports.section import Section, Table, dollars, signed, signed_fte
from equity_alloc.reports.story import core_words, status_words

_STYLE = """
:root{color-scheme:light dark}
body{font:1.05rem/1.5 system-ui,Segoe UI,Roboto,Helvetica,Arial,sans-serif;margin:0 auto;max-width:46rem;padding:1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0}h2{font-size:1.25rem;margin:1.6rem 0 .4rem}
.draft{border:2px solid #8a5a00;background:#fff3d6;color:#1a1a1a;padding:.6rem .8rem;font-weight:600}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.5rem 0}
caption{text-align:left;font-weight:600;padding:.3rem 0}th,td{padding:.35rem .5rem;border-bottom:1px solid #767676;text-align:left;vertical-align:top}
thead th{border-bottom-width:2px}.n{text-align:right;font-variant-numeric:tabular-nums}
figure{margin:.5rem 0}.year{white-space:nowrap}
@media(max-width:30rem){body{padding:.6rem;font-size:1rem}th,td{padding:.3rem .2rem;font-size:.9rem}}
svg{min-width:34rem;max-width:100%;height:auto;background:#fff}a{color:#0b57a4}
@media(prefers-color-scheme:dark){body{color:#f5f5f5;background:#16191d}a{color:#8ab4f8}}
@page{margin:.7in}
@media print{tbody tr:nth-last-child(-n+3){break-before:avoid}body{max-width:none;padding:0;color:#000;background:#fff;font-size:10pt;line-height:1.35}a{color:inherit}h1{font-size:16pt}h2{font-size:12pt;margin:.8rem 0 .2rem}
th,td{padding:.1rem .4rem}h2,h3,caption{break-after:avoid}tr,figure{break-inside:avoid}details,.back{display:none}.scroll{overflow:visible}svg{min-width:0}}
"""


def _write(dossier: Dossier) -> bytes:
    names = _names(dossier)
    pages = ((f"schools/{names[reason.row.code]}", _page(dossier, reason).encode()) for reason in dossier.reasons)
    return archive((("index.html", _index(dossier, names).encode()), *pages))


def _names(dossier: Dossier) -> dict[str, str]:
    """Return a file name for each school, in letters that every system takes, each one once."""
    names: dict[str, str] = {}
    for row in dossier.rows:
        stem = re.sub(r"[^a-z0-9]+", "-", f"{row.code}-{row.name}".lower()).strip("-")[:60] or "school"
        taken = set(names.values())
        number = 1
        while (name := f"{stem}{'' if number == 1 else f'-{number}'}.html") in taken:
            number += 1
        names[row.code] = name
    return names


def _page(dossier: Dossier, reason: Reason) -> str:
    beside = neighbors_chart(dossier, reason.row)
    sections = (*school_sections(dossier, reason), *((beside,) if beside else ()))
    body = "".join(_section(section) for section in sections)
    back = '<p class="back"><a href="../index.html">All schools</a></p>'
    return _frame(dossier, f"{reason.name}, {dossier.plan.district.year}", f"{body}{back}")


def _index(dossier: Dossier, names: dict[str, str]) -> str:
    # Without posts in the data no column stays empty for them.
    posts = dossier.knows_posts
    rows = "".join(
        f'<tr><th scope="row"><a href="schools/{names[row.code]}">{escape(row.name)}</a></th>'
        f'<td class="n">{row.enrollment:,}</td><td class="n">{signed(row.counted_change)}</td>'
        f"{_posts(row) if posts else ''}</tr>"
        for row in dossier.rows
    )
    words = ("Pupils", "Change, core dollars", *(("Change, FTE",) if posts else ()))
    head = "".join(f'<th scope="col" class="n">{each}</th>' for each in words)
    table = (
        '<div class="scroll" tabindex="0" role="region" aria-label="What changes at each school"><table>'
        f'<caption>What changes at each school</caption><thead><tr><th scope="col">School</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
    # What is said on every school's page once, for whoever reads the list alone.
    fte = "1.00 FTE is one full-time post." if posts else ""
    said = (status_words(dossier), " ".join(each for each in (core_words(dossier), fte) if each), *dossier.money_note)
    note = "".join(f"<p>{escape(sentence)}</p>" for sentence in said if sentence)
    return _frame(dossier, f"{dossier.title}: every school", f"{note}{table}")


def _posts(row: SchoolRow) -> str:
    return f'<td class="n">{signed_fte(row.fte_change)}</td>'


def _frame(dossier: Dossier, title: str, body: str) -> str:
    draft = draft_line(dossier.draft)
    told = f'<p class="draft">{escape(draft)}</p>' if draft else ""
    # A year must not be torn at its stroke.
    heading = re.sub(r"\d{4}-\d{2,4}", r'<span class="year">\g<0></span>', escape(title))
    invented = "<p>This district is invented.</p>" if dossier.plan.district.invented else ""
    return days_in_words(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main><h1>{heading}</h1>"
        f"<p>{escape(dossier.title)}: {escape(dossier.plan.scenario.name)}</p>{told}{invented}{body}</main></body></html>"
    )


def _section(section: Section) -> str:
    return f"<section>{''.join(_parts(section))}</section>"


def _parts(section: Section) -> Iterator[str]:
    yield f"<h{section.level}>{escape(section.title)}</h{section.level}>"
    yield from (f"<p>{escape(sentence)}</p>" for sentence in section.sentences)
    if section.table is not None:
        yield _table(section.table)
    if section.chart is not None:
        svg = section.chart.svg.replace("<svg ", f'<svg role="img" aria-label="{escape(section.chart.alt)}" ', 1)
        frame = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(section.chart.title)}">{svg}</div>'
        yield f"<figure>{frame}<figcaption>{escape(section.chart.title)}</figcaption></figure>"
        yield f"<details><summary>The figures of the picture as a table</summary>{_table(_twin(section.chart))}</details>"


def _twin(chart: Chart) -> Table:
    """Return the numbers of a picture as a table: levels are dollars or shares, as the picture says."""
    shares = "share" in chart.title
    cells = [
        tuple(f"{value * 100:.1f} %" if shares else dollars(round(value * 100)) for value in values)
        for _, values in chart.series
    ]
    rows = tuple(zip(chart.names, *cells, strict=True))
    headings = ("School", *(name for name, _ in chart.series))
    return Table(chart.title, headings, rows, (False, *(True for _ in chart.series)))


def _table(table: Table) -> str:
    classes = [' class="n"' if number else "" for number in table.numbers]
    head = "".join(
        f'<th scope="col"{cls}>{escape(text)}</th>' for text, cls in zip(table.headings, classes, strict=True)
    )
    rows = []
    for row in table.rows:
        first, *others = row
        cells = "".join(f"<td{cls}>{escape(text)}</td>" for text, cls in zip(others, classes[1:], strict=True))
        rows.append(f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>')
    caption = f"<caption>{escape(table.title)}</caption>"
    region = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(table.title)}">'
    return f"{region}<table>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"


DOCUMENT = Document(
    "school-pages",
    "School pages",
    "One web page for each school that opens anywhere, also without a network, in one ZIP. For families.",
    Readers.PUBLIC,
    50,
    ".zip",
    "application/zip",
    _write,
)
