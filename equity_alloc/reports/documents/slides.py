"""Slides for the meeting: one thought a slide, with native charts that can be changed."""

from __future__ import annotations

import dataclasses
import io

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import PP_ALIGN
from pptx.presentation import Presentation as Slides
from pptx.slide import Slide
from pptx.util import Inches, Pt

from equity_alloc.figures.base import LIGHT
from equity_alloc.reports.chart import Chart, change_chart, level_chart
from equity_alloc.reports.commitment_rows import commitments_section, dropped_section
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.fixed_zip import with_fixed_dates
from equity_alloc.reports.story import Section, Table, biggest, first_pages

#: Bars or rows that can be read from the last row of seats.
MOST_BARS, MOST_ROWS = 16, 9


def _write(dossier: Dossier) -> bytes:
    slides = Presentation()
    slides.slide_width, slides.slide_height = Inches(13.333), Inches(7.5)
    slides.core_properties.title = f"{dossier.title}: {dossier.plan.scenario.name}"
    slides.core_properties.author = "Equity Alloc"
    what, for_whom, costs, gives_up, rejected = first_pages(dossier)
    _first(slides, dossier)
    _words(slides, what)
    rows = biggest(dossier.rows, MOST_BARS)
    unit = dossier.plan.view.levels.unit
    if dossier.public.hidden.levels:
        few = "each school stands" if len(rows) == len(dossier.rows) else "the schools with the largest changes stand"
        _chart(slides, f"Where {few}, {unit}", level_chart(rows, unit), shares=unit.startswith("share"))
    gain = sorted((row for row in dossier.rows if row.counted_change > 0), key=lambda row: -row.counted_change)
    lose = sorted((row for row in dossier.rows if row.counted_change < 0), key=lambda row: row.counted_change)
    for section, members in ((for_whom, gain), (gives_up, lose)):
        if members:
            few = f" The {MOST_BARS} largest:" if len(members) > MOST_BARS else ""
            _chart(slides, f"{section.sentences[0]}{few}", change_chart(members[:MOST_BARS]))
        else:
            _words(slides, section)
        if section is for_whom:
            _table(slides, costs)
    _table(slides, rejected)
    for section in (*dropped_section(dossier.standings), *commitments_section(dossier.standings)):
        if section.table is None:
            _words(slides, section)
        else:
            _table(slides, dataclasses.replace(section, sentences=section.sentences[:1]))
    stream = io.BytesIO()
    slides.save(stream)
    return with_fixed_dates(stream.getvalue())


def _first(slides: Slides, dossier: Dossier) -> None:
    slide = slides.slides.add_slide(slides.slide_layouts[0])
    _wide(slide)
    _say(slide.shapes.title.text_frame, (dossier.title,), 40)
    lines = [dossier.plan.scenario.name]
    if dossier.plan.district.invented:
        lines.append("This district is invented.")
    if dossier.draft:
        lines.append(draft_line(dossier.draft))
    _say(slide.placeholders[1].text_frame, tuple(lines), 20, dark=True)


def _words(slides: Slides, section: Section) -> None:
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    _wide(slide)
    _say(slide.shapes.title.text_frame, (section.title,), 34)
    _say(slide.placeholders[1].text_frame, section.sentences, 22)


def _chart(slides: Slides, title: str, chart: Chart, *, shares: bool = False) -> None:
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    _wide(slide)
    _say(slide.shapes.title.text_frame, (title,), 30)
    number_format = "0.0%" if shares else '"$"#,##0'
    data = CategoryChartData(number_format=number_format)
    order = range(len(chart.names))[:MOST_BARS][::-1]
    data.categories = [chart.names[place] for place in order]
    for name, values in chart.series:
        data.add_series(name, [values[place] for place in order])
    frame = slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, Inches(0.6), Inches(1.3), Inches(12.1), Inches(5.9), data
    )
    _describe(frame, chart.title, chart.alt)
    made = frame.chart
    made.has_title = False
    made.has_legend = len(chart.series) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        made.legend.font.size = Pt(14)
    made.category_axis.tick_labels.font.size = Pt(12)
    made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    made.value_axis.tick_labels.font.size = Pt(12)
    made.value_axis.tick_labels.number_format = number_format
    made.value_axis.tick_labels.number_format_is_linked = False
    made.plots[0].gap_width = 40
    colors: tuple[str, ...] = (LIGHT.today, LIGHT.plan)
    if len(chart.series) == 1:
        colors = (LIGHT.other,) if max(chart.series[0][1], default=0) <= 0 else (LIGHT.plan,)
    for series, color in zip(made.plots[0].series, colors, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(color.lstrip("#").upper())
        series.invert_if_negative = False


def _table(slides: Slides, section: Section) -> None:
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    _wide(slide)
    _say(slide.shapes.title.text_frame, (section.title,), 30)
    top = 1.3
    if section.sentences:
        box = slide.shapes.add_textbox(Inches(0.6), Inches(top), Inches(12.1), Inches(0.8))
        _say(box.text_frame, section.sentences[:2], 18)
        top += 0.3 * sum(-(-len(sentence) // 110) for sentence in section.sentences[:2]) + 0.3
    if section.table is not None:
        _put_table(slide, section.table, top)


def _put_table(slide: Slide, table: Table, top: float) -> None:
    rows = table.rows
    if len(rows) > MOST_ROWS + 2:
        left = len(rows) - MOST_ROWS - 1
        between = (f"... and {left} more, in the board packet", *("" for _ in table.headings[1:]))
        rows = (*rows[:MOST_ROWS], between, rows[-1])
    frame = slide.shapes.add_table(
        len(rows) + 1, len(table.headings), Inches(0.6), Inches(top), Inches(12.1), Inches(0.4 * (len(rows) + 1))
    )
    _describe(frame, table.title, f"{table.title}: {len(rows)} rows.")
    made = frame.table
    longest = [
        max(10, *(min(60, len(row[place])) for row in (table.headings, *rows))) for place in range(len(table.headings))
    ]
    for place, width in enumerate(longest):
        made.columns[place].width = Inches(12.1 * width / sum(longest))
    for number, row in enumerate((table.headings, *rows)):
        for place, text in enumerate(row):
            frame_of = made.cell(number, place).text_frame
            _say(frame_of, (text[:240],), 13)
            if table.numbers[place]:
                frame_of.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _describe(frame: object, name: str, words: str) -> None:
    """Give a chart or table its words for people who do not see it."""
    properties = frame._element.nvGraphicFramePr.cNvPr  # type: ignore[attr-defined]
    properties.set("name", name)
    properties.set("descr", words)


def _wide(slide: Slide) -> None:
    """Let the placeholders of the small template fill the wide page."""
    for place, shape in enumerate(slide.placeholders):
        if slide.slide_layout.name == "Title Slide":
            top, height = (2.0, 1.4) if place == 0 else (3.6, 2.4)
        else:
            top, height = (0.35, 0.9) if place == 0 else (1.4, 5.6)
        shape.left, shape.top, shape.width, shape.height = Inches(0.6), Inches(top), Inches(12.1), Inches(height)


def _say(frame: object, sentences: tuple[str, ...], size: int, *, dark: bool = False) -> None:
    frame.word_wrap = True  # type: ignore[attr-defined]
    for number, sentence in enumerate(sentences):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()  # type: ignore[attr-defined]
        paragraph.text = sentence
        paragraph.font.size = Pt(size)
        if dark:
            paragraph.font.color.rgb = RGBColor.from_string(LIGHT.text.lstrip("#").upper())


DOCUMENT = Document(
    "slides",
    "Slides for the meeting",
    "One thought a slide, with charts that can be changed in PowerPoint. For the public meeting.",
    Readers.PUBLIC,
    30,
    ".pptx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    _write,
)
