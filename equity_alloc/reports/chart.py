"""Charts for paper and for pages that stand alone: drawn as SVG without a browser, with their words and their numbers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from equity_alloc.domain.money import print_dollars
from equity_alloc.figures.base import LIGHT
from equity_alloc.planning.summary import SchoolRow

WIDTH, ROW, TOP = 700, 17, 30
#: So many letters of a name stand beside its line; what one takes in the widest typeface that a browser may choose; and the
#: same of a name in bold, and of a figure, with room for figures at both ends.
LETTERS, LETTER, BOLD, FIGURE = 38, 7.2, 8.4, 7.7
#: Headings on paper and on slides.
HEADING = "#0b4f8a"


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart.

    Parameters
    ----------
    title, alt : str
        What it is, and what it shows with its numbers for readers who do not see it.
    names : tuple of str
    series : tuple of (str, tuple of float)
        The numbers, by name of the series; dollars.
    svg : str
    """

    title: str
    alt: str
    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    svg: str


def level_chart(rows: Sequence[SchoolRow], unit: str, *, own: str = "") -> Chart:
    """Return each school's level last year (open ring) and in the plan (full dot), one line a school; one name in bold."""
    known = [(row.name, row.level_today, row.level_plan) for row in rows]
    points = [(name, today, plan) for name, today, plan in known if today is not None and plan is not None]
    names = tuple(name for name, *_ in points)
    today, plan = tuple(p[1] for p in points), tuple(p[2] for p in points)
    share = unit.startswith("share")
    shown = _share if share else _dollars
    frame = _Frame(names, (*today, *plan), (*map(shown, today), *map(shown, plan)), shown, own)
    marks = []
    for number, (_, before, after) in enumerate(points):
        y, a, b = frame.middle(number), frame.x(before), frame.x(after)
        marks.append(f'<line x1="{a:.1f}" y1="{y}" x2="{b:.1f}" y2="{y}" stroke="{LIGHT.line}" stroke-width="3"/>')
        marks.append(f'<circle cx="{a:.1f}" cy="{y}" r="4" fill="#ffffff" stroke="{LIGHT.today}" stroke-width="2"/>')
        marks.append(f'<circle cx="{b:.1f}" cy="{y}" r="4.5" fill="{LIGHT.plan}"/>')
        if shown(before) != shown(after):
            marks.append(_figure(min(a, b) - 8, y, shown(min(before, after)), anchor="end"))
        marks.append(_figure(max(a, b) + 8, y, shown(max(before, after)), anchor="start"))
    left = frame.label
    legend = (
        f'<circle cx="{left + 10}" cy="12" r="4" fill="#ffffff" stroke="{LIGHT.today}" stroke-width="2"/>'
        f"{_text(left + 20, 16, 'last year')}"
        f'<circle cx="{left + 100}" cy="12" r="4.5" fill="{LIGHT.plan}"/>{_text(left + 110, 16, "in the plan")}'
    )
    told = "; ".join(f"{name} {shown(a)} last year, {shown(b)} in the plan" for name, a, b in points)
    return Chart(
        f"Level of schools, {unit}",
        f"Dot plot, core {unit}, last year and in the plan. {told}.",
        names,
        (("Last year", today), ("Plan", plan)),
        frame.svg(f"{legend}{''.join(marks)}"),
    )


def change_chart(rows: Sequence[SchoolRow]) -> Chart:
    """Return each school's change of core dollars as a bar from zero."""
    changes = tuple(row.counted_change / 100 for row in rows)
    names = tuple(row.name for row in rows)
    frame = _Frame(names, (0.0, *changes), tuple(map(_signed, changes)), _dollars)
    zero = frame.x(0)
    bars = [
        f'<line x1="{zero:.1f}" y1="{TOP - 4}" x2="{zero:.1f}" y2="{TOP + len(rows) * ROW}" stroke="{LIGHT.today}"/>'
    ]
    for number, change in enumerate(changes):
        x, color = frame.x(change), LIGHT.plan if change >= 0 else LIGHT.other
        y = TOP + number * ROW + 3
        bars.append(
            f'<rect x="{min(x, zero):.1f}" y="{y}" width="{abs(x - zero):.1f}" height="{ROW - 6}" fill="{color}"/>'
        )
        end, anchor = (x + 5, "start") if change >= 0 else (x - 5, "end")
        bars.append(_figure(end, frame.middle(number), _signed(change), anchor=anchor))
    told = "; ".join(
        f"{name} {print_dollars(round(change * 100))}" for name, change in zip(names, changes, strict=True)
    )
    return Chart(
        "Change of core dollars",
        f"Bar chart of the change of core dollars from last year to the plan. {told}.",
        names,
        (("Change", changes),),
        frame.svg("".join(bars)),
    )


def span_of(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of an axis that shows all values, with a little room."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = (high - low) * 0.06 or max(1.0, abs(high) * 0.06)
    return low - room, high + room


def round_ticks(low: float, high: float) -> list[float]:
    """Return round numbers between two ends, three to six of them.

    Examples
    --------
    >>> round_ticks(6_846, 8_816)
    [7000.0, 7500.0, 8000.0, 8500.0]
    """
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    return [round(number * step, 9) for number in range(math.ceil(low / step), math.floor(high / step) + 1)]


def short_names(names: Sequence[str], most: int) -> tuple[str, ...]:
    """Return names of at most so many letters, cut at their ends; in their middles where two would look the same.

    Examples
    --------
    >>> short_names(("Lincoln High", "Lincoln Elementary", "Lincoln Elementary East"), 14)
    ('Lincoln High', 'Lincoln…entary', 'Lincoln…y East')
    """
    cut = [name if len(name) <= most else f"{name[: most - 1].rstrip(' ,')}…" for name in names]
    same = {short for short, number in Counter(cut).items() if number > 1}
    half = (most - 1) // 2
    return tuple(
        f"{name[: most - 1 - half].rstrip(' ,')}…{name[-half:].lstrip(' ,')}"
        if short in same and short != name
        else short
        for name, short in zip(names, cut, strict=True)
    )


class _Frame:
    """Where everything stands: names at the left, figures beside their marks, and round numbers below."""

    def __init__(
        self,
        names: Sequence[str],
        values: Sequence[float],
        figures: Sequence[str],
        shown: Callable[[float], str],
        own: str = "",
    ) -> None:
        self.names, self.bold = short_names(names, LETTERS), tuple(bool(own) and name == own for name in names)
        wide = (len(name) * (BOLD if bold else LETTER) for name, bold in zip(self.names, self.bold, strict=True))
        self.label = max(wide, default=LETTER) + 12
        self.room = max((len(figure) for figure in figures), default=1) * FIGURE + 12
        self.low, self.high = min(values, default=0.0), max(values, default=1.0)
        if self.high <= self.low:
            self.low, self.high = span_of((self.low,))
        self.shown = shown

    def x(self, value: float) -> float:
        """Return where a value stands across."""
        across = WIDTH - self.label - 2 * self.room
        return self.label + self.room + (value - self.low) / (self.high - self.low) * across

    def middle(self, number: int) -> float:
        """Return the middle of a line."""
        return TOP + number * ROW + ROW / 2

    def svg(self, inside: str) -> str:
        """Return the whole picture, with one name in bold where one is the reader's own."""
        height = TOP + len(self.names) * ROW + 26
        parts = [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
                'font-family="Libertinus Serif, Arial, sans-serif" font-size="12">'
            ),
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        ]
        for value in round_ticks(self.low, self.high):
            x = self.x(value)
            parts.append(f'<line x1="{x:.1f}" y1="{TOP - 4}" x2="{x:.1f}" y2="{height - 24}" stroke="{LIGHT.line}"/>')
            parts.append(_text(x, height - 8, self.shown(value), anchor="middle"))
        for number, name in enumerate(self.names):
            place = (self.label - 8, self.middle(number) + 4)
            parts.append(_text(*place, name, anchor="end", is_bold=self.bold[number]))
        return f"{''.join(parts)}{inside}</svg>"


def _text(x: float, y: float, words: str, *, anchor: str = "start", is_bold: bool = False) -> str:
    weight = ' font-weight="bold"' if is_bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{LIGHT.text}"{weight}>{escape(words)}</text>'


def _figure(x: float, middle: float, words: str, *, anchor: str) -> str:
    """Return a figure beside its mark, on white, so that no line of the grid runs through it."""
    wide = len(words) * FIGURE * 0.75
    left = x - wide if anchor == "end" else x
    under = f'<rect x="{left:.1f}" y="{middle - 6:.1f}" width="{wide:.1f}" height="12" fill="#ffffff"/>'
    return f"{under}{_text(x, middle + 4, words, anchor=anchor)}"


def _dollars(value: float) -> str:
    return print_dollars(round(value * 100))


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{_dollars(value)}"


def _share(value: float) -> str:
    return f"{value * 100:.1f} %"
