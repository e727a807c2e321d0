"""What a figure is: a chart, what it shows in words, and the same numbers as a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from textwrap import wrap
from typing import TypeAlias

import plotly.graph_objects as go

Cell: TypeAlias = str | int | float | None


class Show(StrEnum):
    """How a column of a table is shown."""

    TEXT = "text"
    DOLLARS = "dollars"
    CHANGE = "change in dollars"
    FTE = "FTE"
    FTE_CHANGE = "change in FTE"
    SHARE = "share"
    COUNT = "count"
    NUMBER = "number with three places"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table.

    Parameters
    ----------
    title : str
    show : Show
    cells : tuple
        One for each row; None where there is no value.
    help : str
    width : int or None, pixels
        None for as wide as the heading and the cells need.
    """

    title: str
    show: Show
    cells: tuple[Cell, ...]
    help: str = ""
    width: int | None = None


@dataclass(frozen=True)
class Figure:
    """One figure.

    Parameters
    ----------
    code : str
        Stable name in kebab-case.
    title : str
        A claim or a question that the figure answers.
    alt : str
        What it shows, with its numbers, for readers who do not see it.
    chart : plotly Figure
    table : tuple of TableColumn
        The same numbers.
    note : str
        Unit, year, n and source.
    """

    code: str
    title: str
    alt: str
    chart: go.Figure = field(compare=False)
    table: tuple[TableColumn, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Colors:
    """The colors of figures on one background; grey is today, blue is the proposal (Okabe and Ito, 2008).

    Parameters
    ----------
    today, plan, other, fourth, line, text : str
        At least 3:1 against the background, but for lines; text at least 4.5:1.
    """

    today: str
    plan: str
    other: str
    fourth: str
    line: str
    text: str

    @property
    def under_marks(self) -> dict[str, object]:
        """The marker of a bar that other marks lie on: pale inside, so that they stand out at 3:1, and its own color around."""
        red, green, blue = (int(self.plan[place : place + 2], 16) for place in (1, 3, 5))
        return {"color": f"rgba({red},{green},{blue},{PALE})", "line": {"color": self.plan, "width": 1.5}}


#: How much of a bar's color is left where other marks lie on it.
PALE = 0.45
LIGHT = Colors(today="#6b7280", plan="#0072B2", other="#D55E00", fourth="#008560", line="#d0d5dc", text="#1a1a1a")
DARK = Colors(today="#9aa3ae", plan="#56B4E9", other="#E69F00", fourth="#00B487", line="#3b424d", text="#f5f5f5")


#: Letters of an axis title in one line; a longer one is cut on a phone.
_LONGEST_TITLE = 44


def calm(chart: go.Figure, colors: Colors, *, height: int, x_title: str, y_title: str = "") -> go.Figure:
    """Give a chart the layout that all figures share: no frame, few lines, room for long names.

    Parameters
    ----------
    chart : plotly Figure
    colors : Colors
    height : int, pixels
    x_title, y_title : str

    Returns
    -------
    plotly Figure
        The same object.
    """
    chart.update_layout(
        height=height,
        margin={"l": 8, "r": 16, "t": 44, "b": 8},
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "xanchor": "left", "title": {"text": ""}},
        font={"color": colors.text, "size": 14},
        hoverlabel={"namelength": -1},
        dragmode=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    axis = {"showline": False, "zeroline": False, "automargin": True, "fixedrange": True, "gridcolor": colors.line}
    text = {"font": {"color": colors.text, "size": 14}}
    below = "<br>".join(wrap(x_title, _LONGEST_TITLE))
    chart.update_xaxes(**axis, title={"text": below, **text}, tickfont={"color": colors.text, "size": 13})
    chart.update_yaxes(**axis, title={"text": y_title, **text}, tickfont={"color": colors.text, "size": 13})
    return chart


def level_format(unit: str) -> str:
    """Return the d3 format of a level's axis."""
    return ".1%" if unit.startswith("share") else "$,.0f"


def level_show(unit: str) -> Show:
    """Return how a level is shown in a table."""
    return Show.SHARE if unit.startswith("share") else Show.DOLLARS
