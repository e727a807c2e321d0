"""Slides for the meeting: one thought a slide, with native charts that can be changed."""

from __future__ import annotations

import dataclasses
import io

from pptx import Presentation
from pptx.chart.chart import Chart as PowerPointChart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.text import PP_ALIGN
from pptx.presentation import Presentation as Slides
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Inches, Pt

from equity_alloc.domain.csv_text import harmless
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import LIGHT
from equity_alloc.reports.chart import HEADING, Chart, change_chart, level_chart, round_ticks, span_of
from equity_alloc.reports.column_widths import column_widths
from equity_alloc.reports.commitment_rows import commitments_section, dropped_section
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import draft_line
from equity_alloc.reports.fixed_zip import with_fixed_dates
from equity_alloc.reports.section import Section, Table
from equity_alloc.reports.story import biggest, first_pages

#: Bars or rows that can be read from the last row of seats.
MOST_BARS, MOST_ROWS = 16, 9
#: Inches: a table, a letter of 13 points, and both edges of a cell.
ACROSS, LETTER, INSET = 12.1, 0.11, 0.22


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
    _title(slide, dossier.title, 40)
    lines = [dossier.plan.scenario.name]
    if dossier.plan.district.invented:
        lines.append("This district is invented.")
    if dossier.draft:
        lines.append(draft_line(dossier.draft))
    _say(slide.placeholders[1].text_frame, tuple(lines), 20, dark=True)


def _words(slides: Slides, section: Section) -> None:
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    _wide(slide)
    _title(slide, section.title, 34)
    _say(slide.placeholders[1].text_frame, section.sentences, 22)


def _chart(slides: Slides, title: str, chart: Chart, *, shares: bool = False) -> None:
    """Put a chart: dots for levels, which need no zero to start from, and bars for changes, which do."""
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    _wide(slide)
    _title(slide, title, 30)
    number_format = "0.0%" if shares else '"$"#,##0'
    dots = len(chart.series) > 1
    data = CategoryChartData(number_format=number_format)
    order = range(len(chart.names))[:MOST_BARS]
    # The chart brings a workbook of its own, whose cells would take a name that begins like a formula for one.
    data.categories = [harmless(chart.names[place]) for place in (order if dots else order[::-1])]
    for name, values in chart.series:
        data.add_series(name, [values[place] for place in (order if dots else order[::-1])])
    kind = XL_CHART_TYPE.LINE_MARKERS if dots else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(kind, Inches(0.6), Inches(1.3), Inches(12.1), Inches(5.9), data)
    _describe(frame, chart.title, chart.alt)
    made = frame.chart
    made.has_title = False
    made.has_legend = dots
    if dots:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        made.legend.font.size = Pt(14)
    for axis in (made.category_axis, made.value_axis):
        axis.tick_labels.font.size = Pt(12)
        axis.format.line.color.rgb = _color(LIGHT.line)
    made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    made.value_axis.tick_labels.number_format = number_format
    made.value_axis.tick_labels.number_format_is_linked = False
    made.value_axis.major_gridlines.format.line.color.rgb = _color(LIGHT.line)
    if dots:
        _as_dots(made)
    else:
        made.plots[0].gap_width = 40
        [series] = made.plots[0].series
        series.format.fill.solid()
        falls = max(chart.series[0][1], default=0) <= 0
        series.format.fill.fore_color.rgb = _color(LIGHT.other if falls else LIGHT.plan)
        series.invert_if_negative = False


def _as_dots(made: PowerPointChart) -> None:
    """Draw last year as a diamond and the plan as a dot; the axis begins where the values do."""
    values = [value for series in made.plots[0].series for value in series.values]
    ticks = round_ticks(*span_of(values))
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1
    made.value_axis.minimum_scale, made.value_axis.maximum_scale = ticks[0] - step, ticks[-1] + step
    looks = ((LIGHT.today, XL_MARKER_STYLE.DIAMOND), (LIGHT.plan, XL_MARKER_STYLE.CIRCLE))
    for series, (color, style) in zip(made.plots[0].series, looks, strict=True):
        series.smooth = False
        series.format.line.fill.background()
        series.marker.style, series.marker.size = style, 11
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = _color(color)
        series.marker.format.line.color.rgb = _color(color)


def _color(hexadecimal: str) -> RGBColor:
    color: RGBColor = RGBColor.from_string(hexadecimal.lstrip("#").upper())
    return color


def _title(slide: Slide, words: str, size: int) -> None:
    """Put a slide's title: at the left, in the color of headings on paper."""
    shape = slide.shapes.title
    if shape is None:
        raise InvalidValue("A slide of this kind has no title.")
    frame = shape.text_frame
    _say(frame, (words,), size)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    frame.paragraphs[0].font.color.rgb = _color(HEADING)


def _table(slides: Slides, section: Section) -> None:
    slide = slides.slides.add_slide(slides.slide_layouts[5])
    _wide(slide)
    _title(slide, section.title, 30)
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
    _describe(frame, table.title, f"{table.title}: {count_words(len(rows), 'row')}.")
    made = frame.table
    widths = column_widths(table.headings, rows, table.numbers, ACROSS, letter=LETTER, inset=INSET)
    for place, width in enumerate(widths):
        made.columns[place].width = Inches(width)
    for number, row in enumerate((table.headings, *rows)):
        for place, text in enumerate(row):
            frame_of = made.cell(number, place).text_frame
            _say(frame_of, (text[:240],), 13)
            if table.numbers[place]:
                frame_of.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _describe(frame: GraphicFrame, name: str, words: str) -> None:
    """Give a chart or table its words for people who do not see it."""
    properties = frame._element.nvGraphicFramePr.cNvPr
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


def _say(frame: TextFrame, sentences: tuple[str, ...], size: int, *, dark: bool = False) -> None:
    frame.word_wrap = True
    for number, sentence in enumerate(sentences):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = sentence
        paragraph.font.size = Pt(size)
        if dark:
            paragraph.font.color.rgb = _color(LIGHT.text)
            paragraph.alignment = PP_ALIGN.LEFT


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
