"""Prices on screen: what money, posts and one unit of each rule would buy, for whom, and how far that holds."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.money import print_dollars
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.frontier import Axis
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.prices import FundPrice, Slope, fund_prices
from equity_alloc.planning.unit_prices import Step, UnitPrice, unit_prices
from equity_alloc.planning.unit_words import moved_post_sentence, print_setting
from equity_alloc.ui.frontier_work import traced
from equity_alloc.ui.numbers import print_close, signed
from equity_alloc.ui.session import Session
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: Dollars for which the effect is told: one dollar alone moves a level by a fraction of a cent.
DOLLARS = 10_000


def show_prices(session: Session, plan: Plan) -> None:
    """Show the prices of funds, of a post and of each rule's settings."""
    st.markdown(
        "Prices are read from the best levels in dollars and fractions of posts, where they are exact; a plan in whole posts "
        "stays near them. A price holds up to where it says, and then another one takes its place."
    )
    st.subheader("More or less money", anchor=False)
    _show_funds(plan, _funds(plan.certificate.district_digest, plan.scenario.digest, plan))
    st.subheader("A post", anchor=False)
    work = traced(session, Axis.MOVES)
    if work is not None:
        st.markdown(plain(moved_post_sentence(work.line)))
    st.subheader("One step of each rule", anchor=False)
    _show_units(plan, _units(plan.certificate.district_digest, plan.scenario.digest, plan))


@st.cache_resource(max_entries=32, show_spinner="Pricing money ...")
def _funds(district_digest: str, scenario_digest: str, _plan: Plan) -> tuple[FundPrice, ...]:
    return tuple(fund_prices(_plan.district, _plan.scenario))


@st.cache_resource(max_entries=32, show_spinner="Moving every setting of every rule one step up and one step down ...")
def _units(district_digest: str, scenario_digest: str, _plan: Plan) -> tuple[UnitPrice, ...]:
    return tuple(unit_prices(_plan.district, _plan.scenario))


def _show_funds(plan: Plan, prices: tuple[FundPrice, ...]) -> None:
    if not prices:
        st.markdown("No fund is shared out by the plan, so no dollar has a price.")
        return
    titles = {fund.code: fund.title for fund in plan.view.district.funds}
    unit = plan.view.levels.unit
    columns = [TableColumn("Fund", Show.TEXT, tuple(titles[price.fund] for price in prices), width=180)]
    for words, sides in (
        (f"${DOLLARS:,} more", [price.more for price in prices]),
        (f"${DOLLARS:,} less", [price.less for price in prices]),
    ):
        columns += [
            TableColumn(words, Show.TEXT, tuple(_moved(side, unit) for side in sides), f"Change of level, {unit}."),
            TableColumn(f"{words}: for", Show.TEXT, tuple(_whom(plan, side) for side in sides), width=220),
            TableColumn(
                f"{words}: holds for",
                Show.TEXT,
                tuple("" if side is None else print_dollars(side.holds) for side in sides),
                "How much more or less does the same, dollar by dollar.",
            ),
        ]
    show_table(
        columns, alt=f"What more or less money in each fund does to levels, {unit}.", key="price-funds", pinned=1
    )


def _moved(slope: Slope | None, unit: str) -> str:
    if slope is None:
        return "no plan"
    cents = slope.per_dollar * DOLLARS
    return (
        signed(print_close(cents if unit.startswith("share") else cents / 100, unit)) if slope.schools else "no level"
    )


def _whom(plan: Plan, slope: Slope | None) -> str:
    if slope is None or not slope.schools:
        return ""
    return _names(plan, slope.schools)


def _names(plan: Plan, codes: tuple[str, ...]) -> str:
    """Return how many schools, and the first of them by name."""
    first = ", ".join(plan.district.school_of[code].name for code in codes[:3])
    if len(codes) > 3:
        return f"{len(codes)} schools: {first} and others"
    return f"{len(codes)} school{'' if len(codes) == 1 else 's'}: {first}"


def _show_units(plan: Plan, prices: tuple[UnitPrice, ...]) -> None:
    moving = [price for price in prices if price.moves]
    others = len(prices) - len(moving)
    if moving:
        titles = [f"{plan.scenario.rules[price.number - 1].title} (rule {price.number})" for price in moving]
        unit = plan.view.levels.unit
        columns = [
            TableColumn("Rule", Show.TEXT, tuple(titles), width=260),
            TableColumn("Setting", Show.TEXT, tuple(price.info.label for price in moving)),
            TableColumn("Now", Show.TEXT, tuple(print_setting(price.value, price.info) for price in moving)),
            TableColumn("One step", Show.TEXT, tuple(print_setting(price.step, price.info) for price in moving)),
        ]
        for words, sides in (("Up", [price.up for price in moving]), ("Down", [price.down for price in moving])):
            columns += [
                TableColumn(f"{words}: lowest level", Show.TEXT, tuple(_lowest(side, unit) for side in sides), unit),
                TableColumn(
                    f"{words}: higher", Show.TEXT, tuple(_side(plan, side, gains=True) for side in sides), width=220
                ),
                TableColumn(
                    f"{words}: lower", Show.TEXT, tuple(_side(plan, side, gains=False) for side in sides), width=220
                ),
                TableColumn(
                    f"{words}: holds until",
                    Show.TEXT,
                    tuple(
                        "" if side is None or not (side.gain or side.pay) else print_setting(side.holds, price.info)
                        for side, price in zip(sides, moving, strict=True)
                    ),
                    "Value of the setting up to which each step does the same.",
                ),
            ]
        show_table(
            columns, alt=f"What one step of a rule's setting does to levels, {unit}.", key="price-units", pinned=1
        )
    st.markdown(
        f"{others} other setting{'' if others == 1 else 's'} of rules: one step up or down moves no level of any school."
    )


def _lowest(step: Step | None, unit: str) -> str:
    if step is None:
        return "no plan"
    change = step.lowest if unit.startswith("share") else step.lowest / 100
    return signed(print_close(change, unit))


def _side(plan: Plan, step: Step | None, *, gains: bool) -> str:
    moved = () if step is None else step.gain if gains else step.pay
    return _names(plan, tuple(code for code, _ in moved)) if moved else ""
