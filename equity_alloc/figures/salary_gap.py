"""What averaging salaries hides: actual cost of a post, and the difference per pupil, by quarter of schools by need."""

from __future__ import annotations

import plotly.graph_objects as go

from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm
from equity_alloc.planning.salary_basis import SalaryBasis

TITLES = {1: "Least need", 2: "Second", 3: "Third", 4: "Most need"}


def salary_gap(basis: SalaryBasis, colors: Colors, *, group: str, year: str) -> Figure | None:
    """Return a figure of the difference per pupil by quarter, or None where need is known for too few schools.

    Parameters
    ----------
    basis : SalaryBasis
    colors : Colors
    group : str
        Title of the student group that need is measured by.
    year : str
    """
    quarters = basis.quartiles
    if not quarters:
        return None
    labels = [f"{TITLES[item.quartile]}<br>{count_words(item.schools, 'school')}" for item in quarters]
    values = [float(item.per_pupil / 100) for item in quarters]
    chart = go.Figure()
    chart.add_bar(
        x=labels,
        y=values,
        marker={"color": [colors.plan if value >= 0 else colors.other for value in values]},
        text=[_signed(round(item.per_pupil)) for item in quarters],
        textposition="outside",
        cliponaxis=False,
        textfont={"color": colors.text, "size": 13},
        hovertemplate="%{y:$,.0f} per pupil<extra></extra>",
    )
    calm(chart, colors, height=360, x_title=f"Schools by share of pupils: {group.lower()}", y_title="Dollars per pupil")
    chart.update_yaxes(tickformat="$,.0f")
    chart.update_xaxes(tickangle=0)
    told = "; ".join(
        f"{TITLES[item.quartile].lower()}: a post costs {print_dollars(round(item.actual))}, "
        f"{_signed(round(item.per_pupil))} per pupil against the average"
        for item in quarters
    )
    return Figure(
        code="salary-gap",
        title="What average salaries hide, by need",
        alt=f"Bar chart of actual minus average cost of posts in dollars per pupil, by quarter of schools. {told}.",
        chart=chart,
        table=(
            TableColumn("Quarter", Show.TEXT, tuple(TITLES[item.quartile] for item in quarters), group),
            TableColumn("Schools", Show.COUNT, tuple(item.schools for item in quarters)),
            TableColumn("Pupils", Show.COUNT, tuple(item.pupils for item in quarters)),
            TableColumn("Posts", Show.FTE, tuple(item.fte / 100 for item in quarters)),
            TableColumn("Actual cost", Show.DOLLARS, tuple(float(item.actual / 100) for item in quarters)),
            TableColumn("Per pupil", Show.CHANGE, tuple(values), "Actual minus average, dollars per pupil"),
        ),
        note=f"Actual minus average cost of posts, dollars per pupil, {year or 'year not stated'}; "
        f"{count_words(sum(item.schools for item in quarters), 'school')} with known actual costs, in quarters by their share of "
        f"{group.lower()}. Above zero: the school's posts cost more than the average charges it.",
    )


def _signed(cents: int) -> str:
    return f"{'+' if cents > 0 else ''}{print_dollars(cents)}"
