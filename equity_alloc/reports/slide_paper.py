"""Slides (PPTX): words, tables and native charts, no letter of them smaller than the last row of seats can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Slides
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Inches, Pt

from equity_alloc.domain.csv_text import harmless
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import LIGHT
from equity_alloc.reports.chart import HEADING, Chart, short_names
from equity_alloc.reports.column_widths import column_widths
from equity_alloc.reports.section import Table, unbroken

#: Inches: the page, its left edge, what stands across, where a slide's matter begins and ends, and where its foot stands.
WIDE, HIGH, LEFT, ACROSS, TOP, END, FOOT = 13.333, 7.5, 0.6, 12.1, 1.4, 6.9, 7.0
#: Points: titles, longer titles, words, the smallest letters of what is to be read, and the foot of a slide.
TITLE, LONG_TITLE, WORDS, SMALL, FOOT_SIZE = 32, 26, 22, 18, 14
#: A letter of the smallest size and both edges of a cell, in inches; a line of it and both edges of a row.
LETTER, INSET, LINE, ROW = 0.12, 0.22, 0.31, 0.12
#: Between a table and words beneath it, in inches; a line and the room behind a sentence, in sizes of type.
GAP, SPACED, POINTS_AN_INCH = 0.4, 1.6, 72
#: Letters in a line of words and lines on a slide; letters from which a title is a long one.
LETTERS, LINES, LONG = 90, 12, 56
#: Inches that a bar takes at most, and a pair of them; and what stands above and below them.
BAR, PAIR, LEGEND = 0.7, 1.2, 0.8
#: Letters of a name beside its bar.
NAME = 36
#: The paler bar of two.
PALE = "#c3c9d2"

Item = TypeVar("Item")


class Deck:
    """Slides that are filled one after the other.

    Parameters
    ----------
    slides : Slides
    foot : str
        What stands at the foot of every slide but the first, beside its number.
    """

    def __init__(self, slides: Slides, foot: str) -> None:
        self._slides, self._foot = slides, foot
        slides.slide_width, slides.slide_height = Inches(WIDE), Inches(HIGH)

    def first(self, title: str, lines: tuple[str, ...], draft: str) -> None:
        """Put the first slide, with the draft's line where there is one."""
        slide = self._new(0)
        for place, (top, height) in enumerate(((1.6, 1.4), (3.1, 3.6))):
            _put(slide.placeholders[place], top, height)
        _title(slide, title, 40)
        frame = slide.placeholders[1].text_frame
        _say(frame, (*lines, *((draft,) if draft else ())), WORDS)
        for paragraph in frame.paragraphs:
            paragraph.font.color.rgb, paragraph.alignment = _color(LIGHT.text), PP_ALIGN.LEFT
        if draft:
            frame.paragraphs[-1].font.bold = True

    def words(self, title: str, sentences: Sequence[str]) -> None:
        """Put sentences under a title, on as many slides as they take."""
        parts = [*_by_lines(sentences, [-(-len(each) // LETTERS) for each in sentences], LINES)]
        for number, part in enumerate(parts, start=1):
            slide = self._new(1)
            _put(slide.placeholders[0], 0.35, 0.95)
            _put(slide.placeholders[1], TOP, END - TOP)
            _title(slide, _numbered(title, number, len(parts)))
            _say(slide.placeholders[1].text_frame, part, WORDS)

    def table(self, title: str, table: Table, sentences: tuple[str, ...] = (), beneath: tuple[str, ...] = ()) -> None:
        """Put a table under a title, on as many slides as it takes; each begins with the headings.

        What stands beneath is put only where the last slide has room for all of it.
        """
        widths = column_widths(table.headings, table.rows, table.numbers, ACROSS, letter=LETTER, inset=INSET)
        letters = [max(1.0, (width - INSET) / LETTER) for width in widths]
        told = sum(-(-len(each) // int(ACROSS / LETTER)) for each in sentences) * LINE + (0.2 if sentences else 0)
        heights = [_height(row, letters) for row in (table.headings, *table.rows)]
        parts = [*_by_lines(table.rows, heights[1:], END - TOP - told - heights[0])]
        done = 0
        for number, rows in enumerate(parts, start=1):
            slide = self._new(5)
            _put(slide.placeholders[0], 0.35, 0.95)
            _title(slide, _numbered(title, number, len(parts)))
            if sentences:
                box = slide.shapes.add_textbox(Inches(LEFT), Inches(TOP), Inches(ACROSS), Inches(told))
                _say(box.text_frame, sentences, SMALL)
            last = table.has_total and number == len(parts)
            here = [heights[0], *heights[1 + done : 1 + done + len(rows)]]
            _put_table(slide, table, rows, widths, here, TOP + told, has_total=last)
            done += len(rows)
            if number == len(parts):
                _put_beneath(slide, beneath, TOP + told + sum(here) + GAP)

    def bars(self, title: str, chart: Chart, *, shares: bool = False, note: str = "") -> None:
        """Put a native bar chart with a figure at each bar; of two series the first is the paler one."""
        slide = self._new(5)
        _put(slide.placeholders[0], 0.35, 0.95)
        _title(slide, title)
        top = TOP
        if note:
            box = slide.shapes.add_textbox(Inches(LEFT), Inches(top), Inches(ACROSS), Inches(0.4))
            _say(box.text_frame, (note,), SMALL)
            top += 0.5
        number_format = "0.0%" if shares else '"$"#,##0'
        data = CategoryChartData(number_format=number_format)
        # The first name stands on top. The chart brings a workbook of its own, whose cells would take a name that begins like
        # a formula for one. A long name would take the bars' room, or its line would be left out.
        data.categories = [harmless(name) for name in short_names(chart.names[::-1], NAME)]
        for name, values in chart.series[::-1]:
            # The workbook in the slide tells no more than the documents: dollars to the cent, shares to a thousandth.
            data.add_series(name, [round(value, 3 if shares else 2) for value in values[::-1]])
        # Few bars do not fill a slide.
        room = len(chart.names) * (PAIR if len(chart.series) > 1 else BAR) + LEGEND
        left, across, high = Inches(LEFT), Inches(ACROSS), Inches(min(END - top, room))
        frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, left, Inches(top), across, high, data)
        _describe(frame, chart.title, chart.alt)
        made, pair = frame.chart, len(chart.series) > 1
        made.has_title, made.has_legend = False, pair
        if pair:
            made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
            made.legend.font.size = Pt(SMALL)
        every = [value for _, numbers in chart.series for value in numbers]
        least, most = min(0.0, *every), max(0.0, *every)
        # Room for the figures, which stand outside of the bars.
        made.value_axis.minimum_scale, made.value_axis.maximum_scale = least * 1.2, most * 1.2
        made.value_axis.visible, made.value_axis.has_major_gridlines = False, False
        made.category_axis.tick_labels.font.size = Pt(SMALL)
        made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        _name_every_bar(made.category_axis)
        made.category_axis.format.line.color.rgb = _color(LIGHT.line)
        plot = made.plots[0]
        plot.gap_width, plot.overlap = (40, 0) if pair else (30, 0)
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.font.size, labels.position = Pt(SMALL), XL_LABEL_POSITION.OUTSIDE_END
        # A figure is never torn over two lines.
        labels._element.find(qn("c:txPr")).find(qn("a:bodyPr")).set("wrap", "none")
        labels.number_format, labels.number_format_is_linked = number_format, False
        strong = LIGHT.other if most == 0 else LIGHT.plan
        for series, color in zip(plot.series, (strong, PALE) if pair else (strong,), strict=True):
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = _color(color)
            series.invert_if_negative = False

    def number(self) -> None:
        """Put the foot of every slide but the first: whose slides they are, and which of how many."""
        count = len(self._slides.slides)
        for place, slide in enumerate(self._slides.slides, start=1):
            if place == 1:
                continue
            box = slide.shapes.add_textbox(Inches(LEFT), Inches(FOOT), Inches(ACROSS), Inches(0.35))
            _say(box.text_frame, (f"{self._foot}. {place} of {count}",), FOOT_SIZE)

    def _new(self, layout: int) -> Any:
        # The types that python-pptx states for charts are not those that it takes and gives.
        return self._slides.slides.add_slide(self._slides.slide_layouts[layout])


def _put_beneath(slide: Slide, sentences: Sequence[str], top: float) -> None:
    """Put sentences into what room a slide has left, all of them or none."""
    high = sum(-(-len(each) // LETTERS) for each in sentences) * WORDS * SPACED / POINTS_AN_INCH
    if sentences and top + high <= END:
        box = slide.shapes.add_textbox(Inches(LEFT), Inches(top), Inches(ACROSS), Inches(high))
        _say(box.text_frame, sentences, WORDS)
        for paragraph in box.text_frame.paragraphs:
            paragraph.space_after = Pt(WORDS / 3)


def _numbered(title: str, number: int, of: int) -> str:
    """Return the title of one of several slides that go on with each other, so that no two titles are the same."""
    return title if of == 1 else f"{title} ({number} of {of})"


def _by_lines(items: Sequence[Item], lines: Sequence[float], most: float) -> Iterator[tuple[Item, ...]]:
    """Yield items in parts that fit a slide; one that is longer than a slide has one of its own."""
    part: list[Item] = []
    used = 0.0
    for item, each in zip(items, lines, strict=True):
        if part and used + each > most:
            yield tuple(part)
            part, used = [], 0.0
        part.append(item)
        used += each
    if part:
        yield tuple(part)


def _height(row: Sequence[str], letters: Sequence[float]) -> float:
    lines = max(-(-len(cell) // int(most + 0.05)) for cell, most in zip(row, letters, strict=True))
    return max(1, lines) * LINE + ROW


def _put_table(
    slide: Slide,
    table: Table,
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    heights: Sequence[float],
    top: float,
    *,
    has_total: bool,
) -> None:
    place = (Inches(LEFT), Inches(top), Inches(ACROSS), Inches(sum(heights)))
    frame = slide.shapes.add_table(len(rows) + 1, len(table.headings), *place)
    _describe(frame, table.title, f"{table.title}: {count_words(len(rows), 'row')}.")
    made = frame.table
    made.last_row = has_total
    for number, width in enumerate(widths):
        made.columns[number].width = Inches(width)
    for number, (row, height) in enumerate(zip((table.headings, *rows), heights, strict=True)):
        made.rows[number].height = Inches(height)
        for column, text in enumerate(row):
            cell = made.cell(number, column)
            cell.margin_top = cell.margin_bottom = Inches(ROW / 2)
            _say(cell.text_frame, (text,), SMALL)
            if number == 0 or (has_total and number == len(rows)):
                # The blue of the style is too light for its white letters.
                cell.fill.solid()
                cell.fill.fore_color.rgb = _color(HEADING)
            if table.numbers[column]:
                cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT


def _title(slide: Slide, words: str, size: int = 0) -> None:
    """Put a slide's title: at the left, in the color of headings on paper, smaller where it is long."""
    shape = slide.shapes.title
    if shape is None:
        raise InvalidValue("A slide of this kind has no title.")
    frame = shape.text_frame
    _say(frame, (words,), size or (LONG_TITLE if len(words) > LONG else TITLE))
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    frame.paragraphs[0].font.color.rgb = _color(HEADING)


def _put(shape: BaseShape, top: float, height: float) -> None:
    """Let a placeholder of the small template fill the wide page."""
    shape.left, shape.width = Inches(LEFT), Inches(ACROSS)
    shape.top, shape.height = Inches(top), Inches(height)


def _describe(frame: GraphicFrame, name: str, words: str) -> None:
    """Give a chart or table its words for people who do not see it."""
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("name", name)
    properties.set("descr", words)


def _name_every_bar(axis: Any) -> None:
    """Let no name be left out beside its bar, however many there are."""
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
    after = axis._element.find(qn("c:noMultiLvlLbl"))
    if after is None:
        axis._element.append(skip)
    else:
        after.addprevious(skip)


def _color(hexadecimal: str) -> RGBColor:
    color: RGBColor = RGBColor.from_string(hexadecimal.lstrip("#").upper())
    return color


def _say(frame: TextFrame, sentences: Sequence[str], size: int) -> None:
    frame.word_wrap = True
    for number, sentence in enumerate(sentences):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text = unbroken(sentence)
        paragraph.font.size = Pt(size)
