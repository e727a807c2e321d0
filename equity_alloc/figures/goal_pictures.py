"""Small pictures of what a goal does to one worst-off and one well-off school, with numbers that anyone can redo."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm
from equity_alloc.objectives.agreed_dollars import AgreedDollars
from equity_alloc.objectives.even_loads import EvenLoads
from equity_alloc.objectives.least_deviation import LeastDeviation
from equity_alloc.objectives.least_shortfall import LeastShortfall
from equity_alloc.objectives.smallest_load import SmallestLargestLoad


@dataclass(frozen=True, slots=True)
class Pair:
    """What two schools have under one plan.

    Parameters
    ----------
    name : str
        Of the plan.
    well, worst : float
        What the well-off and the worst-off school have, dollars, or pupils per post.
    judged : float
        What the goal counts, in the same unit; lower is better.
    """

    name: str
    well: float
    worst: float
    judged: float


@dataclass(frozen=True, slots=True)
class GoalPicture:
    """The plans that a picture compares.

    Parameters
    ----------
    pairs : tuple of Pair
    counts : str
        Heading of what the goal counts.
    axis : str
    in_dollars : bool
        Otherwise pupils per post.
    note : str
        What is invented, and what the picture shows.
    """

    pairs: tuple[Pair, ...]
    counts: str
    axis: str
    in_dollars: bool
    note: str

    def printed(self, value: float) -> str:
        """Return a value with its unit, as short as a bar has room for."""
        return f"${value:,.0f}" if self.in_dollars else f"{value:,.0f}"


def _near(what: str) -> GoalPicture:
    return GoalPicture(
        (
            Pair(what, 8_000, 10_000, 0),
            Pair("Closest to it", 9_000, 9_000, 2_000),
            Pair("Further off", 9_500, 8_500, 3_000),
        ),
        "Dollars off",
        "Dollars per pupil",
        in_dollars=True,
        note=(
            "Invented: two schools of one pupil share $18,000, and a rule keeps the well-off school at $9,000 or more. The "
            "goal bends as few dollars as that rule allows, whoever bears them; a dollar too much counts like one too few."
        ),
    )


PICTURES = {
    LeastShortfall.code: GoalPicture(
        (
            Pair("Last year", 9_000, 6_000, 5_000),
            Pair("New money to the worst-off", 9_000, 8_000, 3_000),
            Pair("Well-off to its target first", 10_000, 7_000, 3_000),
            Pair("Beyond its target", 11_000, 6_000, 4_000),
        ),
        "Shortfall",
        "Dollars per pupil",
        in_dollars=True,
        note=(
            "Invented: two schools of one pupil with a target of $10,000 each, and $2,000 of new money. The second and the "
            "third plan are equally good by this goal, for it only adds up what is missing; money beyond a target closes "
            "no gap. Where the worst-off school should come first, choose lowest first."
        ),
    ),
    LeastDeviation.code: _near("The formula"),
    AgreedDollars.code: _near("What was agreed on"),
    SmallestLargestLoad.code: GoalPicture(
        (
            Pair("Two posts each", 150, 450, 450),
            Pair("Smallest largest load", 300, 300, 300),
            Pair("The same with one post fewer", 300, 450, 450),
        ),
        "Largest load",
        "Pupils per post",
        in_dollars=False,
        note=(
            "Invented: schools of 300 and 900 pupils share four whole posts, then three. Here more is worse: the school with "
            "the most pupils to a post is the worst off, and the goal lowers that number first."
        ),
    ),
    EvenLoads.code: GoalPicture(
        (
            Pair("Lowest mean load (0)", 200, 300, 220),
            Pair("Balanced (2) to heaviest first", 150, 240, 222),
        ),
        "Mean load",
        "Pupils per post",
        in_dollars=False,
        note=(
            "Invented: schools of 300 and 1,200 pupils share seven whole posts. The lowest mean leaves the small school with "
            "one post for 300 pupils. From an aversion of 2 on, two pupils more in the mean are accepted so that no post has "
            "more than 240. In fractions of posts every setting would give both schools the same load."
        ),
    ),
}


def goal_picture(code: str, colors: Colors) -> Figure | None:
    """Return bars of both schools under the plans of a goal's picture, or None where the goal has none here."""
    picture = PICTURES.get(code)
    if picture is None:
        return None
    names = [pair.name for pair in picture.pairs]
    chart = go.Figure()
    for name, values, color, shape in (
        ("Well-off school", [pair.well for pair in picture.pairs], colors.today, "/"),
        ("Worst-off school", [pair.worst for pair in picture.pairs], colors.plan, ""),
    ):
        chart.add_bar(
            x=[_broken(label) for label in names],
            y=values,
            name=name,
            marker={"color": color, "pattern": {"shape": shape, "fillmode": "replace", "fgcolor": color}},
            text=[picture.printed(value) for value in values],
            textposition="outside",
            textfont={"color": colors.text, "size": 12},
            hovertemplate="%{y:,.0f}<extra></extra>",
        )
    calm(chart, colors, height=320, x_title="", y_title=picture.axis)
    chart.update_layout(barmode="group", bargap=0.3)
    chart.update_xaxes(tickangle=0)
    chart.update_yaxes(tickformat="$,.0f" if picture.in_dollars else ",.0f", rangemode="tozero")
    told = "; ".join(
        f"{each.name}: {picture.printed(each.well)} and {picture.printed(each.worst)}, {picture.counts.lower()} "
        f"{picture.printed(each.judged)}"
        for each in picture.pairs
    )
    show = Show.DOLLARS if picture.in_dollars else Show.COUNT
    return Figure(
        code=f"goal-picture-{code}",
        title="What this goal does to two schools",
        alt=f"Bar chart of the well-off and the worst-off school under {count_words(len(names), 'plan')}. {told}.",
        chart=chart,
        table=(
            TableColumn("Plan", Show.TEXT, tuple(names)),
            TableColumn("Well-off school", show, tuple(pair.well for pair in picture.pairs)),
            TableColumn("Worst-off school", show, tuple(pair.worst for pair in picture.pairs)),
            TableColumn(picture.counts, show, tuple(pair.judged for pair in picture.pairs)),
        ),
        note=picture.note,
    )


def _broken(label: str, width: int = 12) -> str:
    """Return a label with a line break wherever the next word would pass the width."""
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)
