"""Two to four levels of every school on one axis: today and the proposal, or scenarios side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm, level_format, level_show

MOST_ROWS = 40
#: Rows between two plans' marks of one school.
APART = 0.15
#: Of the plans in order; shape tells them apart where color does not.
SYMBOLS = ("circle-open", "diamond", "square-open", "triangle-up")


@dataclass(frozen=True, slots=True)
class LevelPair:
    """A school with its two levels."""

    code: str
    name: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class SchoolLevels:
    """A school with its level in each of two to four plans."""

    code: str
    name: str
    levels: tuple[float, ...]


def level_change(
    pairs: Sequence[LevelPair],
    colors: Colors,
    *,
    unit: str,
    before: str,
    after: str,
    note: str,
) -> Figure:
    """Return a figure with one row for each school, the lowest at the top, and two levels in it.

    Parameters
    ----------
    pairs : sequence of LevelPair
        At least one.
    colors : Colors
    unit : str
    before, after : str
        What the two levels are: "Last year" and "Proposal".
    note : str
    """
    schools = [SchoolLevels(pair.code, pair.name, (pair.before, pair.after)) for pair in pairs]
    return levels_by_school(schools, colors, unit=unit, names=(before, after), note=note)


def levels_by_school(
    schools: Sequence[SchoolLevels], colors: Colors, *, unit: str, names: Sequence[str], note: str
) -> Figure:
    """Return a figure with one row for each school, the lowest in the first plan at the top, all on one axis.

    Parameters
    ----------
    schools : sequence of SchoolLevels
        At least one.
    colors : Colors
    unit : str
    names : sequence of str
        What the levels are, two to four.
    note : str
    """
    ranked = sorted(schools, key=lambda school: (school.levels[0], school.code))
    shown = ranked[:MOST_ROWS]
    chart = go.Figure()
    # Rows have numbers, not codes: plotly would read a code such as 0101 as a number on an axis of its own.
    places = list(range(len(shown)))
    for place, school in zip(places, shown, strict=True):
        chart.add_shape(
            type="line", x0=min(school.levels), x1=max(school.levels), y0=place, y1=place,
            line={"color": colors.line, "width": 4}, layer="below",
        )  # fmt: skip
    labels = [school.name for school in shown]
    form = level_format(unit)
    marks = zip((colors.today, colors.plan, colors.other, colors.fourth), SYMBOLS, strict=True)
    for k, (title, (color, symbol)) in enumerate(zip(names, marks, strict=False)):
        chart.add_scatter(
            x=[school.levels[k] for school in shown],
            # More than two marks at one level would hide each other.
            y=places if len(names) < 3 else [place + (k - (len(names) - 1) / 2) * APART for place in places],
            mode="markers",
            name=title,
            marker={"color": color, "symbol": symbol, "size": 11, "line": {"width": 2.5, "color": color}},
            text=labels,
            hovertemplate=f"%{{text}}<br>{title}: %{{x:{form}}}<extra></extra>",
        )
    calm(chart, colors, height=26 * len(shown) + 110, x_title=unit[0].upper() + unit[1:])
    chart.update_xaxes(tickformat=form, nticks=5, autotickangles=[0, 45, 90])
    chart.update_yaxes(
        range=[len(shown) - 0.4, -0.6],
        tickvals=places,
        ticktext=[_short(name) for name in labels],
        showgrid=False,
    )
    part = (
        f" The {MOST_ROWS} lowest of {len(ranked)} schools are drawn; the table has all."
        if len(ranked) > MOST_ROWS
        else ""
    )
    levels = [tuple(school.levels[k] for school in ranked) for k in range(len(names))]
    return Figure(
        code="level-change",
        title=f"{unit[0].upper() + unit[1:]} by school",
        alt=_alt(levels, unit, names) + part,
        chart=chart,
        table=(
            TableColumn("School", Show.TEXT, tuple(school.name for school in ranked)),
            *(TableColumn(name, level_show(unit), cells, unit) for name, cells in zip(names, levels, strict=True)),
            TableColumn("Code", Show.TEXT, tuple(school.code for school in ranked)),
        ),
        note=note + part,
    )


def _alt(levels: Sequence[tuple[float, ...]], unit: str, names: Sequence[str]) -> str:
    ranges = [
        f"{name} from {_print(min(cells), unit)} to {_print(max(cells), unit)}"
        for name, cells in zip(names, levels, strict=True)
    ]
    words = [f"Dot chart of {count_words(len(levels[0]), 'school')}, {unit}. {'; '.join(ranges)}."]
    for name, cells in zip(names[1:], levels[1:], strict=True):
        rises = sum(1 for before, after in zip(levels[0], cells, strict=True) if after > before)
        falls = sum(1 for before, after in zip(levels[0], cells, strict=True) if after < before)
        whose, against = (f"In {name}, ", f" against {names[0]}") if len(names) > 2 else ("", "")
        rise, fall = ("rises" if rises == 1 else "rise"), ("falls" if falls == 1 else "fall")
        words.append(f"{whose}{count_words(rises, 'school')} {rise}, {falls:,} {fall}{against}.")
    return " ".join(words)


def _print(value: float, unit: str) -> str:
    return f"{value * 100:.1f} %" if unit.startswith("share") else f"${value:,.0f}"


def _short(name: str) -> str:
    return name if len(name) <= 26 else f"{name[:25]}…"
