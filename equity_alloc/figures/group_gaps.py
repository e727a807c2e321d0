"""The largest gaps of one area, each as a share of what the others have, with how far chance reaches."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm
from equity_alloc.inequity.gap_words import alone_words, change_words, size_words, value_words
from equity_alloc.inequity.group_gap import Area, Certainty, GroupGap
from equity_alloc.inequity.limits import ratio_line

#: More bars than these cannot be read at once; the table has all.
MOST_BARS = 10
DOLLARS_APART, SHARE_APART = "Dollars per weighted pupil", "Share of the others' value"


def group_gaps(gaps: Sequence[GroupGap], colors: Colors, *, area: Area, note: str) -> Figure | None:
    """Return a figure of gaps in the order given, or None where there is none.

    Parameters
    ----------
    gaps : sequence of GroupGap
        Adverse and told; the largest first.
    colors : Colors
    area : Area
    note : str
    """
    shown = [gap for gap in gaps if gap.size != float("inf")][:MOST_BARS]
    if not shown:
        return None
    labels = [f"{gap.title}<br>{gap.group}" for gap in shown]
    is_money = area is Area.RESOURCES
    values = [gap.like_for_like / gap.other if gap.worth is None else gap.worth for gap in shown]
    reach = [_reach(gap) for gap in shown]
    chart = go.Figure()
    chart.add_bar(
        x=values,
        y=labels,
        orientation="h",
        marker=colors.under_marks,
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [high for _, high in reach],
            "arrayminus": [low for low, _ in reach],
            "color": colors.text,
            "thickness": 1.5,
        },
        hovertext=[f"{value_words(gap, gap.value)} against {value_words(gap, gap.other)}" for gap in shown],
        hovertemplate="%{y}: %{hovertext}<extra></extra>",
        showlegend=False,
    )
    calm(chart, colors, height=90 + 52 * len(shown), x_title=DOLLARS_APART if is_money else SHARE_APART)
    chart.update_yaxes(autorange="reversed")
    chart.update_xaxes(tickformat="$,.0f" if is_money else ".0%", nticks=5 if is_money else 3, tickangle=0)
    if is_money:
        chart.update_traces(error_x=None)
    told = "; ".join(f"{gap.title}, {gap.group}: {size_words(gap)}" for gap in shown)
    return Figure(
        code=f"group-gaps-{area.value}",
        title=f"The largest gaps in {area.value}",
        alt=f"Bar chart of gaps in {area.value} between student groups and everybody else. {told}.",
        chart=chart,
        table=gap_columns(shown),
        note=note,
    )


def gap_columns(gaps: Sequence[GroupGap]) -> tuple[TableColumn, ...]:
    """Return the columns of a table of gaps; what too few pupils stand behind stays blank."""
    told = [gap.certainty is not Certainty.TOO_FEW for gap in gaps]

    def words(values: Sequence[float]) -> tuple[str | None, ...]:
        each = zip(gaps, values, told, strict=True)
        return tuple(value_words(gap, value) if is_told else None for gap, value, is_told in each)

    columns = (
        TableColumn("Compared", Show.TEXT, tuple(gap.title for gap in gaps), width=210),
        TableColumn("Group", Show.TEXT, tuple(_group(gap) for gap in gaps), width=210),
        TableColumn("Group's", Show.TEXT, words([gap.value for gap in gaps]), "See the unit"),
        TableColumn("Others'", Show.TEXT, words([gap.other for gap in gaps]), "Everybody outside the group"),
        _size(gaps, told),
        TableColumn(
            "Between schools",
            Show.SHARE,
            tuple(gap.movable if is_told else None for gap, is_told in zip(gaps, told, strict=True)),
            "Part of the difference that lies between schools, where an allocation can move it",
        ),
        TableColumn("Ratio", Show.NUMBER, tuple(gap.ratio for gap in gaps), "Risk ratio; blank for dollars and posts"),
        TableColumn(
            "Allowing for chance",
            Show.NUMBER,
            tuple(None if gap.shrunk is None else gap.shrunk.ratio for gap in gaps),
            "The ratio drawn toward one as far as few pupils ask for",
        ),
        TableColumn(
            "Wide gap",
            Show.SHARE,
            tuple(None if gap.shrunk is None else gap.shrunk.beyond for gap in gaps),
            f"How likely the lasting ratio is over {ratio_line(more_is_better=False):g} where fewer would be better, "
            f"or under {ratio_line(more_is_better=True):g} where more would be",
        ),
        TableColumn("Over the years", Show.TEXT, tuple(change_words(gap) or None for gap in gaps), width=260),
        TableColumn("Pupils", Show.COUNT, tuple(gap.pupils for gap in gaps), "Of the group"),
        TableColumn("How sure", Show.TEXT, tuple(gap.certainty.value for gap in gaps), width=150),
        TableColumn(
            "Looked at alone",
            Show.TEXT,
            tuple(alone_words(gap) for gap in gaps),
            "What its own 95 % interval says, as if nothing else were compared",
            width=150,
        ),
    )
    # Resources are counted in full and lie between schools, all of them.
    same: tuple[str, ...] = (
        ("Between schools", "Ratio", "Allowing for chance", "Wide gap", "How sure", "Looked at alone")
        if gaps and gaps[0].worth is not None
        else ()
    )
    if all(gap.trend is None for gap in gaps):
        same = (*same, "Over the years")
    return tuple(column for column in columns if column.title not in same)


def _size(gaps: Sequence[GroupGap], told: Sequence[bool]) -> TableColumn:
    if gaps and gaps[0].worth is not None:
        words = "The difference in dollars per weighted pupil at average cost, schools of one kind compared"
        return TableColumn("Worth", Show.CHANGE, tuple(gap.worth for gap in gaps), words)
    sizes = tuple(_signed(gap) if is_told else None for gap, is_told in zip(gaps, told, strict=True))
    return TableColumn("Size", Show.SHARE, sizes, "The difference as a share of the others' value")


def _group(gap: GroupGap) -> str:
    return f"{gap.group} (audit only)" if gap.is_audit_only else gap.group


def _signed(gap: GroupGap) -> float | None:
    if gap.size == float("inf"):
        return None
    return gap.size if gap.like_for_like >= 0 else -gap.size


def _reach(gap: GroupGap) -> tuple[float, float]:
    """Return how far the interval reaches below and above the bar's end; nothing where all is counted."""
    if gap.interval is None:
        return 0.0, 0.0
    return (gap.difference - gap.interval[0]) / gap.other, (gap.interval[1] - gap.difference) / gap.other
