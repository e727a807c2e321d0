"""What each fund has left at the end of each year."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from equity_alloc.figures.base import Colors, Figure, Show, TableColumn, calm
from equity_alloc.years.course import YearOf

#: Funds that are drawn, the largest balances first; the table has all.
MOST_FUNDS = 3
_LINES = (("solid", "circle"), ("dash", "diamond"), ("dot", "square"))


def ahead_balances(years: Sequence[YearOf], colors: Colors, *, note: str) -> Figure | None:
    """Return a figure with one line for each fund that has a balance, or None where no balance is known.

    Parameters
    ----------
    years : sequence of YearOf
        Those with a plan, at least one.
    colors : Colors
    note : str
    """
    names = [year.year for year in years]
    titles = {fund.fund.code: fund.fund.title for fund in years[0].funds}
    left = {code: [next(f.left for f in y.funds if f.fund.code == code) for y in years] for code in titles}
    known = {code: values for code, values in left.items() if any(value is not None for value in values)}
    if not known:
        return None
    ranked = sorted(known, key=lambda code: (-max(abs(value or 0) for value in known[code]), code))
    drawn = [code for code in ranked if any(known[code])][:MOST_FUNDS] or ranked[:1]
    chart = go.Figure()
    for code, color, (dash, symbol) in zip(drawn, (colors.plan, colors.other, colors.today), _LINES, strict=False):
        chart.add_scatter(
            x=names,
            y=[None if value is None else value / 100 for value in known[code]],
            mode="lines+markers",
            name=titles[code],
            line={"color": color, "dash": dash, "width": 2.5},
            marker={"color": color, "symbol": symbol, "size": 10},
            hovertemplate=f"%{{x}}<br>{titles[code]}: %{{y:$,.0f}} left<extra></extra>",
        )
    calm(chart, colors, height=340, x_title="", y_title="Dollars left at the end")
    chart.update_layout(legend={"orientation": "v"}, margin={"t": 28 + 24 * len(drawn)}, showlegend=True)
    chart.update_xaxes(type="category", showgrid=False)
    chart.update_yaxes(tickformat="$~s", nticks=5, rangemode="tozero")
    told = "; ".join(f"{titles[code]} {_money(known[code][0])} to {_money(known[code][-1])}" for code in drawn)
    part = f" {len(drawn)} of {len(titles)} funds are drawn; the table has all." if len(drawn) < len(titles) else ""
    return Figure(
        code="ahead-balances",
        title="What funds have left at the end of each year",
        alt=f"Line chart of ending balances, {names[0]} to {names[-1]}: {told}.{part}",
        chart=chart,
        table=_table(years),
        note=note + part,
    )


def _table(years: Sequence[YearOf]) -> tuple[TableColumn, ...]:
    rows = [(year.year, fund) for year in years for fund in year.funds]

    def money(title: str, values: Sequence[int | None], words: str = "") -> TableColumn:
        return TableColumn(title, Show.DOLLARS, tuple(None if v is None else v / 100 for v in values), words)

    return (
        TableColumn("Fund", Show.TEXT, tuple(fund.fund.title for _, fund in rows)),
        TableColumn("Year", Show.TEXT, tuple(year for year, _ in rows)),
        money("Carried in", [fund.carried_in for _, fund in rows], "Blank is unknown"),
        money("Taken in", [fund.revenue for _, fund in rows], "Blank is unknown"),
        money("Spent centrally", [fund.central for _, fund in rows]),
        money("Spent at schools", [fund.schools for _, fund in rows]),
        money(
            "Gone back", [fund.gone_back for _, fund in rows], "Beyond the carryover limit, or left after its last day"
        ),
        money("Left", [fund.left for _, fund in rows], "Blank is unknown"),
        money("Reserve asked for", [fund.reserve for _, fund in rows], "Of the rules on reserves; blank without one"),
    )


def _money(cents: int | None) -> str:
    return "unknown" if cents is None else f"${cents / 100:,.0f}"
