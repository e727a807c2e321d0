"""What equity costs, on screen: of the total, in dollars and moves, what it is worth, and what each rule costs whom."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.objectives.dial import dial_card
from equity_alloc.planning.baseline import baseline, source_sentences
from equity_alloc.planning.fairness import TotalPrice, has_goal_of_levels, new_core, total_price, worths
from equity_alloc.planning.frontier import Axis
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.prices import RulePrice, rule_prices
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.ui.frontier_view import marks_of
from equity_alloc.ui.frontier_work import traced
from equity_alloc.ui.numbers import print_close, print_level, print_share, signed
from equity_alloc.ui.session import Session
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: Payers that are named in a sentence; the table of levels has all.
NAMED_PAYERS = 4


def show_fairness(session: Session, plan: Plan) -> None:
    """Show the price of fairness, its worth, and the price of each rule."""
    st.subheader("The price of fairness", anchor=False)
    price = _price(plan.certificate.district_digest, plan.scenario.digest, plan)
    if price is not None:
        st.markdown(plain(price_words(price)))
        if not has_goal_of_levels(plan.scenario):
            st.caption(
                "Your goal raises no levels, so the fairest plan here is the one that raises the lowest level first."
            )
    for words in (_cheapest(session, plan), _moves(session)):
        if words:
            st.markdown(plain(words))
    st.subheader("What it costs beside last year", anchor=False)
    st.markdown(plain(" ".join(source_sentences(plan))))
    st.subheader("What the plan is worth", anchor=False)
    _show_worth(plan)
    st.subheader("What each rule costs, and who pays", anchor=False)
    _show_rules(plan, rule_prices_of(plan.certificate.district_digest, plan.scenario.digest, plan))


def price_words(price: TotalPrice) -> str:
    """Return the price of fairness in percent and dollars."""
    if price.cents < 100:
        return (
            f"0.0 % and $0: the fairest plan shares out as much core money as any plan can, {print_dollars(round(price.best))}. "
            "Under these rules equity takes nothing from the total; it takes moves, and it decides who gets the money."
        )
    return (
        f"{print_share(price.share)} or {print_dollars(round(price.cents))}: the highest total of core money of any plan is "
        f"{print_dollars(round(price.best))}, and with the best levels it is {print_dollars(round(price.fair))}."
    )


@st.cache_resource(max_entries=32, show_spinner="Working out the price of fairness ...")
def _price(district_digest: str, scenario_digest: str, _plan: Plan) -> TotalPrice | None:
    return total_price(_plan.district, _plan.scenario)


@st.cache_resource(max_entries=32, show_spinner="Leaving out one rule after the other ...")
def rule_prices_of(district_digest: str, scenario_digest: str, _plan: Plan) -> tuple[RulePrice, ...]:
    """Return what leaving out each rule does, worked out once for each district and scenario."""
    return tuple(rule_prices(_plan.district, _plan.scenario))


def _cheapest(session: Session, plan: Plan) -> str:
    work = traced(session, Axis.COST, session.scenario)
    if work is None or work.line.is_point:
        return ""
    first, last, unit = work.line.corners[0], work.line.corners[-1], work.line.unit
    today = marks_of(work, plan)[0].level
    cheapest, now = print_level(first.level, unit), print_level(today, unit)
    below = f", below last year's {now}" if first.level < today and cheapest != now else ""
    return (
        "Counting all money at schools, core money and the rest together, in dollars and fractions of posts: the cheapest plan that "
        f"keeps every rule costs {print_dollars(round(first.limit))} and leaves the lowest level at {cheapest}{below}; the best "
        f"lowest level, {print_level(last.level, unit)}, takes {print_dollars(round(last.limit - first.limit))} more."
    )


def _moves(session: Session) -> str:
    work = traced(session, Axis.MOVES, session.scenario)
    if work is None or work.line.is_point:
        return ""
    first, last = work.line.corners[0], work.line.corners[-1]
    return (
        f"In moves, the best lowest level takes at least {print_fte(round(last.limit))} FTE added or given up in fractions of posts; "
        f"the rules alone take {print_fte(round(first.limit))}."
    )


def _show_worth(plan: Plan) -> None:
    found, unit = worths(plan), plan.view.levels.unit
    columns = (
        TableColumn("Judged by", Show.TEXT, tuple(dial_card(each.setting).name for each in found), width=200),
        TableColumn("Last year", Show.TEXT, tuple(print_level(each.today, unit) for each in found), unit),
        TableColumn("Your plan", Show.TEXT, tuple(print_level(each.plan, unit) for each in found), unit),
        TableColumn("Worth as much as", Show.DOLLARS, tuple(each.cents / 100 for each in found), width=130),
        TableColumn("Field's name", Show.TEXT, tuple(dial_card(each.setting).field_name for each in found), width=320),
    )
    show_table(
        columns, alt=f"Equal level that is worth as much, last year and under the plan, {unit}.", key="worth", pinned=1
    )
    st.caption(
        plain(
            f"The equal level that is worth as much as the schools' levels, {unit}, and the new core money that would do the same "
            f"if it were spread evenly over last year's. The plan itself has {print_dollars(new_core(plan))} of core money beyond "
            f"{baseline(plan)}; the rest comes from sharing it out otherwise."
        )
    )


def _show_rules(plan: Plan, prices: tuple[RulePrice, ...]) -> None:
    unit = plan.view.levels.unit
    moving = [price for price in prices if price.gain or price.pay]
    if not moving:
        st.markdown("No rule that can be left out moves a level.")
        return
    for price in moving:
        if isinstance(plan.scenario.rules[price.number - 1], HoldHarmless):
            st.markdown(plain(hold_harmless_words(plan, price)))
    rules = plan.scenario.rules
    columns = (
        TableColumn(
            "Rule", Show.TEXT, tuple(f"{rules[p.number - 1].title} (rule {p.number})" for p in moving), width=280
        ),
        TableColumn("Authority", Show.TEXT, tuple(rules[p.number - 1].force.value for p in moving)),
        TableColumn(
            "Change of the lowest level without it",
            Show.TEXT,
            tuple(_rise(p.lowest, unit) for p in moving),
            f"By how much the lowest level would be higher, {unit}.",
        ),
        TableColumn("Dollars held by it", Show.DOLLARS, tuple(p.dollars / 100 for p in moving)),
        TableColumn("Schools higher", Show.COUNT, tuple(len(p.gain) for p in moving)),
        TableColumn("Schools lower", Show.COUNT, tuple(len(p.pay) for p in moving)),
    )
    show_table(
        columns,
        alt="What each rule does to the lowest level, and the dollars that it holds.",
        key="rule-price",
        pinned=1,
    )
    st.caption(
        "Each rule is left out alone; levels in dollars and fractions of posts. Dollars held: core money that schools have "
        "because of the rule and would not have without it. Rules that are not listed move no level."
    )


def hold_harmless_words(plan: Plan, price: RulePrice) -> str:
    """Return what hold-harmless holds, for whom, and who pays for it."""
    weights = dict(plan.view.levels.weights)
    names = plan.district.school_of
    paid = sorted(((code, -change * float(weights[code])) for code, change in price.pay), key=lambda each: -each[1])
    told = ", ".join(f"{names[code].name} {print_dollars(round(cents))}" for code, cents in paid[:NAMED_PAYERS])
    rest = len(paid) - NAMED_PAYERS
    others = f" and {rest} other{'' if rest == 1 else 's'}" if rest > 0 else ""
    return (
        f"Hold-harmless (rule {price.number}) keeps {print_dollars(price.dollars)} at {len(price.gain)} "
        f"school{'' if len(price.gain) == 1 else 's'} that would have less without it. "
        + (f"Who pays: {told}{others}." if paid else "No school has less because of it.")
    )


def _rise(cents: float, unit: str) -> str:
    return signed(print_close(cents if unit.startswith("share") else cents / 100, unit))
