"""Prices on screen: what money, posts and one unit of each rule would buy, for whom, and how far that holds."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.frontier import Axis
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.post_prices import PostPrice, post_prices
from equity_alloc.planning.price_words import holds_words
from equity_alloc.planning.prices import FundPrice, Slope, alike, fund_prices
from equity_alloc.planning.unit_prices import Step, UnitPrice, unit_prices
from equity_alloc.planning.unit_words import moved_post_sentence, still_words
from equity_alloc.rules.setting import print_setting
from equity_alloc.ui.frontier_work import traced
from equity_alloc.ui.numbers import print_close, signed
from equity_alloc.ui.sentences import first_sentence
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
    st.subheader("One more post", anchor=False)
    _show_posts(plan, _posts(plan.certificate.district_digest, plan.scenario.digest, plan))
    work = traced(session, Axis.MOVES, session.scenario)
    if work is not None:
        st.markdown(plain(moved_post_sentence(work.line)))
    st.subheader("One step of each rule", anchor=False)
    _show_units(plan, unit_prices_of(plan.certificate.district_digest, plan.scenario.digest, plan))


@st.cache_resource(max_entries=32, show_spinner="Pricing money ...")
def _funds(district_digest: str, scenario_digest: str, _plan: Plan) -> tuple[FundPrice, ...]:
    return tuple(fund_prices(_plan.district, _plan.scenario))


@st.cache_resource(max_entries=32, show_spinner="Pricing posts ...")
def _posts(district_digest: str, scenario_digest: str, _plan: Plan) -> tuple[PostPrice, ...]:
    funds = _funds(district_digest, scenario_digest, _plan)
    return tuple(post_prices(_plan, funds))


@st.cache_resource(max_entries=32, show_spinner="Moving every setting of every rule one step up and one step down ...")
def unit_prices_of(district_digest: str, scenario_digest: str, _plan: Plan) -> tuple[UnitPrice, ...]:
    """Return the price of one step of every rule, worked out once for each district and scenario."""
    return tuple(unit_prices(_plan.district, _plan.scenario))


def _show_funds(plan: Plan, prices: tuple[FundPrice, ...]) -> None:
    if not prices:
        st.markdown("No fund is shared out by the plan, so no dollar has a price.")
        return
    titles = {fund.code: fund.title for fund in plan.view.district.funds}
    unit = plan.view.levels.unit
    rows = [
        (", ".join(titles[each.fund] for each in group), f"${DOLLARS:,} {way}", side)
        for group in alike(prices)
        for way, side in (("more", group[0].more), ("less", group[0].less))
    ]
    columns = (
        TableColumn("Fund, or any of these", Show.TEXT, tuple(fund for fund, _, _ in rows), width=260),
        TableColumn("With", Show.TEXT, tuple(way for _, way, _ in rows)),
        TableColumn("Level", Show.TEXT, tuple(_moved(side, unit) for _, _, side in rows), f"Change, {unit}."),
        TableColumn("Of whom", Show.TEXT, tuple(_whom(plan, side) for _, _, side in rows), width=260),
        TableColumn(
            "Holds for",
            Show.TEXT,
            tuple("" if side is None else holds_words(side) for _, _, side in rows),
            "How much more or less does the same, dollar by dollar.",
        ),
        TableColumn(
            "Then",
            Show.TEXT,
            tuple("" if side is None or side.beyond is None else _of_cents(side.beyond, unit) for _, _, side in rows),
            f"What the next ${DOLLARS:,} beyond do to the first of these schools.",
        ),
    )
    show_table(
        columns, alt=f"What more or less money in each fund does to levels, {unit}.", key="price-funds", pinned=1
    )


def _show_posts(plan: Plan, prices: tuple[PostPrice, ...]) -> None:
    if not prices:
        return
    titles = {fund.code: fund.title for fund in plan.view.district.funds}
    unit, positions = plan.view.levels.unit, plan.district.position_of
    scale = 1 if unit.startswith("share") else 100
    rising = list(dict.fromkeys(p.schools for p in prices if p.room))
    if len(rising) == 1:
        # Said once where it is the same of every post; the table then has room for what differs.
        st.markdown(plain(f"New money for any of these posts raises {_names(plan, rising[0])}."))
    of_whom = tuple(_names(plan, p.schools) if p.room else "" for p in prices)
    columns = (
        TableColumn("One more post", Show.TEXT, tuple(positions[p.position].title for p in prices), width=190),
        TableColumn("Costs", Show.DOLLARS, tuple(p.cost / 100 for p in prices)),
        TableColumn(
            "Level",
            Show.TEXT,
            tuple(
                signed(print_close(p.level / scale, unit)) if p.room else "no room" if p.barred else "no level"
                for p in prices
            ),
            f"Change, {unit}.",
        ),
        *((TableColumn("Of whom", Show.TEXT, of_whom, width=220),) if len(rising) > 1 else ()),
        TableColumn("Rules leave room at", Show.TEXT, tuple(_room(plan, p) for p in prices), width=250),
        TableColumn("Holds for", Show.TEXT, tuple(_posts_held(p) for p in prices), width=130),
        TableColumn(
            "New money in", Show.TEXT, tuple(" or ".join(titles[f] for f in p.funds) for p in prices), width=200
        ),
    )
    show_table(
        columns, alt=f"What the money for one more post would do to levels, {unit}.", key="price-posts", pinned=1
    )


def _room(plan: Plan, price: PostPrice) -> str:
    if price.room:
        return "all of them" if set(price.room) == set(price.schools) else _names(plan, price.room)
    rules = ", ".join(f"{number} ({plan.view.titles[number - 1]})" for number in price.barred)
    return f"none of them: rule {rules}" if rules else ""


def _posts_held(price: PostPrice) -> str:
    if not price.room:
        return ""
    return f"{price.holds:,.1f} FTE{', then no room' if price.held_by_rules else ''}"


def _moved(slope: Slope | None, unit: str) -> str:
    if slope is None:
        return "no plan"
    return _of_cents(slope.per_dollar, unit) if slope.schools else "no level"


def _of_cents(per_dollar: float, unit: str) -> str:
    cents = per_dollar * DOLLARS
    return signed(print_close(cents if unit.startswith("share") else cents / 100, unit))


def _whom(plan: Plan, slope: Slope | None) -> str:
    if slope is None or not slope.schools:
        return ""
    return _names(plan, slope.schools)


def _names(plan: Plan, codes: tuple[str, ...]) -> str:
    """Return how many schools, and the first of them by name."""
    first = ", ".join(plan.district.school_of[code].name for code in codes[:3])
    if len(codes) > 3:
        return f"{count_words(len(codes), 'school')}: {first} and others"
    return f"{len(codes)} school{'' if len(codes) == 1 else 's'}: {first}"


def _show_units(plan: Plan, prices: tuple[UnitPrice, ...]) -> None:
    moving = [price for price in prices if price.moves or price.no_plan]
    others = len(prices) - len(moving)
    if moving:
        unit = plan.view.levels.unit
        rows = [
            (price, price.value + sign * price.step, side)
            for price in moving
            for sign, side in ((1, price.up), (-1, price.down))
            if side is not None or sign in price.no_plan
        ]
        titles = [
            f"Rule {each.number}: {first_sentence(plan.certificate.rules[each.number - 1].explain)}"
            for each, _, _ in rows
        ]
        columns = (
            TableColumn("Rule", Show.TEXT, tuple(titles), width=260),
            TableColumn(
                "From, to",
                Show.TEXT,
                tuple(
                    f"{print_setting(price.value, price.info)}, {print_setting(value, price.info)}"
                    for price, value, _ in rows
                ),
            ),
            TableColumn("Setting", Show.TEXT, tuple(price.info.label for price, _, _ in rows)),
            TableColumn(
                "Lowest level", Show.TEXT, tuple(_lowest(side, unit) for _, _, side in rows), f"Change, {unit}."
            ),
            TableColumn("Higher", Show.TEXT, tuple(_side(plan, side, gains=True) for _, _, side in rows), width=200),
            TableColumn("Lower", Show.TEXT, tuple(_side(plan, side, gains=False) for _, _, side in rows), width=200),
            TableColumn(
                "Holds until",
                Show.TEXT,
                tuple(
                    ""
                    if side is None or not (side.gain or side.pay)
                    else f"{'at least ' if side.is_at_least else ''}{print_setting(side.holds, price.info)}"
                    for price, _, side in rows
                ),
                "Value of the setting up to which each step does the same.",
            ),
        )
        show_table(
            columns, alt=f"What one step of a rule's setting does to levels, {unit}.", key="price-units", pinned=1
        )
    st.markdown(still_words(others))


def _lowest(step: Step | None, unit: str) -> str:
    if step is None:
        return "no plan"
    change = step.lowest if unit.startswith("share") else step.lowest / 100
    return signed(print_close(change, unit))


def _side(plan: Plan, step: Step | None, *, gains: bool) -> str:
    moved = () if step is None else step.gain if gains else step.pay
    return _names(plan, tuple(code for code, _ in moved)) if moved else ""
