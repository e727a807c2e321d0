"""The terms of a fall re-allocation on screen: the reserve, who may give posts, and what is repaired."""

from __future__ import annotations

import dataclasses
from typing import Any

import streamlit as st

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.fall_terms import FallTerms, Givers, Reserve, likely_reserve, reserves
from equity_alloc.rules.base import Force
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.words import plain

_NOTHING = "No money beyond the plan's"


def show_terms(session: Session, district: District, allocation: Allocation) -> FallTerms:
    """Show the terms and return them as they stand."""
    there = {(each.fund, each.line): each for each in reserves(district, allocation)}
    terms = _fitting(session.fall.terms or FallTerms(likely_reserve(district, allocation)), there)
    _show_reserve(session, district, terms, there)
    givers = list(Givers)
    st.radio(
        "Who may give posts",
        givers,
        givers.index(terms.givers),
        format_func=lambda each: each.value[0].upper() + each.value[1:],
        key="fall-givers",
        on_change=_take,
        args=(session, terms, "fall-givers", "givers"),
    )
    if terms.givers is Givers.FALLEN:
        st.number_input(
            "At least so many pupils fewer than planned",
            min_value=1,
            max_value=1000,
            value=max(1, terms.fewer),
            step=1,
            key="fall-fewer",
            on_change=_take,
            args=(session, terms, "fall-fewer", "fewer"),
        )
    forces = [force for force in Force if force.strength >= Force.POLICY.strength]
    st.selectbox(
        "What must be repaired",
        forces,
        forces.index(terms.force) if terms.force in forces else 0,
        format_func=_repaired,
        key="fall-force",
        on_change=_take,
        args=(session, terms, "fall-force", "force"),
        help="The authority that each rule has on the page Rules. Weaker rules are kept where that moves no more posts.",
    )
    st.checkbox(
        "Keep weaker rules even where that moves more posts",
        terms.keep_weaker,
        key="fall-keep",
        on_change=_take,
        args=(session, terms, "fall-keep", "keep_weaker"),
    )
    return terms


def _fitting(terms: FallTerms, there: dict[tuple[str, str], Reserve]) -> FallTerms:
    """Return terms with no more of a reserve than this plan has, so that what is shown is what is used."""
    if terms.reserve is None:
        return terms
    place = there.get((terms.reserve.fund, terms.reserve.line))
    amount = 0 if place is None else min(terms.reserve.amount, place.amount)
    return dataclasses.replace(terms, reserve=dataclasses.replace(place, amount=amount) if place else None)


def _show_reserve(
    session: Session, district: District, terms: FallTerms, there: dict[tuple[str, str], Reserve]
) -> None:
    places: list[tuple[str, str] | None] = [None, *there]
    chosen = None if terms.reserve is None else (terms.reserve.fund, terms.reserve.line)
    chosen = chosen if chosen in there else None

    def words(place: tuple[str, str] | None) -> str:
        if place is None:
            return _NOTHING
        fund = district.fund_of[place[0]].title
        where = f"{place[1]}, {fund}" if place[1] else f"{fund}, unallocated"
        return f"{print_dollars(there[place].amount)}: {where}"  # on a phone a number at the end would be cut

    left, right = st.columns(2)
    left.selectbox(
        "Reserve",
        places,
        places.index(chosen),
        format_func=words,
        key="fall-reserve",
        on_change=_take_place,
        args=(session, terms, there),
        help="A central line, or what a fund leaves unallocated. Lines named contingency or reserve come first.",
    )
    if chosen is not None and terms.reserve is not None:
        most = there[chosen].amount / 100
        key = f"fall-dollars-{chosen[0]}-{chosen[1]}"
        right.number_input(
            "Dollars of it that may be used",
            min_value=0.0,
            max_value=most,
            value=min(terms.reserve.amount / 100, most),
            step=10_000.0,
            format="%.0f",
            key=key,
            on_change=_take_dollars,
            args=(session, terms, key),
        )


def _repaired(force: Force) -> str:
    stronger = [each.value for each in Force if each.strength >= force.strength]
    return plain(f"Rules of {', '.join(stronger)}")


def _take(session: Session, terms: FallTerms, key: str, name: str) -> None:
    value: Any = field_value(key)
    if value is not None:
        _keep(session, dataclasses.replace(terms, **{name: value}))


def _take_place(session: Session, terms: FallTerms, there: dict[tuple[str, str], Reserve]) -> None:
    place = field_value("fall-reserve")
    _keep(session, dataclasses.replace(terms, reserve=None if place is None else there[place]))


def _take_dollars(session: Session, terms: FallTerms, key: str) -> None:
    value = field_value(key)
    if value is not None and terms.reserve is not None:
        reserve = dataclasses.replace(terms.reserve, amount=round(float(value) * 100))
        _keep(session, dataclasses.replace(terms, reserve=reserve))


def _keep(session: Session, terms: FallTerms) -> None:
    session.count(dataclasses.replace(session.fall, terms=terms))
