"""Interventions on screen: the money, and each chosen one from its gap to its stop rule."""

from __future__ import annotations

import streamlit as st

from equity_alloc.actions.choose import Chosen
from equity_alloc.actions.replies import replies
from equity_alloc.actions.settings import Basis, usual
from equity_alloc.actions.trace import PARTS_OF_TRACE, Trace, gain_words, traces
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.ui.cached import actions_of
from equity_alloc.ui.page_list import link
from equity_alloc.ui.session import Session
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: Told on the card itself; the others open below.
_FIRST = ("gap", "why", "action", "money", "expected", "stop")
_ENDS = {Basis.CAUTIOUS: "The cautious end", Basis.MIDDLE: "The middle"}


def chosen_or_stop(session: Session) -> Chosen:
    """Return what is chosen under the end that the visitor picks; where nothing can be, say why and end the page here."""
    ends, limits = st.columns(2, vertical_alignment="bottom")
    basis = ends.radio(
        "What of the range of studies counts",
        list(_ENDS),
        format_func=_ENDS.__getitem__,
        horizontal=True,
        key="action-end",
    )
    has_caps = limits.toggle(
        "Keep the limits",
        value=True,
        key="action-limits",
        help="On what one intervention may take and one pupil may gain. Switch them off to see what they do.",
    )
    try:
        return actions_of(session.district, session.district_digest, session.scenario, usual(basis, has_caps=has_caps))
    except EquityAllocError as error:
        st.error(plain(str(error)), title="No intervention can be chosen", icon=":material/error:")
        link("rules", "Change the rules")
        st.stop()


def show_headline(district: District, found: Chosen) -> None:
    """Say what the money does."""
    told = traces(district, found)
    spent, total = found.choice.spent, found.menu.total
    if not found.menu.standings:
        st.info("No cause is named yet, so no money follows. Name one on the tab Causes.", icon=":material/info:")
        return
    if not told:
        st.info(
            plain(f"{print_dollars(total)} is set aside, and nothing is bought: the tab Causes says why for each."),
            icon=":material/info:",
        )
        return
    schools = len({place.school for trace in told for place in trace.places})
    opened = len({trace.cause.code for trace in told})
    st.success(
        plain(
            f"{print_dollars(spent)} of {print_dollars(total)} goes to {count_words(len(told), 'intervention')} at "
            f"{count_words(schools, 'school')}, behind {count_words(opened, 'named cause')}. {print_dollars(total - spent)} stays where it is."
        ),
        title="Proposal",
        icon=":material/verified:",
    )


def show_money(district: District, found: Chosen) -> None:
    """Show what each fund has set aside and pays."""
    pots = found.menu.pots
    if not pots:
        st.info(
            "No money is set aside. The sheet Action money names the central lines that may pay.",
            icon=":material/info:",
        )
        return
    spent = [found.choice.spent_in(pot.money.fund) for pot in pots]
    show_table(
        (
            TableColumn("Fund", Show.TEXT, tuple(district.fund_of[pot.money.fund].title for pot in pots), width=230),
            TableColumn("Set aside", Show.DOLLARS, tuple(pot.amount / 100 for pot in pots)),
            TableColumn("Spent", Show.DOLLARS, tuple(cents / 100 for cents in spent)),
            TableColumn("Left", Show.DOLLARS, tuple((p.amount - c) / 100 for p, c in zip(pots, spent, strict=True))),
            TableColumn(
                "Asks for", Show.TEXT, tuple(_asks(pot.money.weakest_tier, pot.is_one_time) for pot in pots), width=230
            ),
        ),
        alt="Money set aside for interventions, by fund, in dollars.",
        key="action-money",
    )
    st.caption(
        "Every dollar comes out of a line that is budgeted centrally already, so schools' money is not touched and nothing is spent "
        "twice. Change the lines on the sheets Central and Action money of the workbook."
    )


def show_traces(district: District, found: Chosen) -> None:
    """Show each chosen intervention, then what it all comes to."""
    for trace in traces(district, found):
        _show_card(trace)
    for goal in found.choice.goals:
        gain = gain_words(goal.unit, goal.gain / 10_000)
        alone = gain_words(goal.unit, goal.alone / 10_000)
        st.markdown(
            plain(
                f"{goal.outcome.capitalize()}: {gain}. With all the money for this alone it would be {alone}. Whatever is chosen, no more "
                f"than {1 / goal.proven_share:.2f} times as much is possible."
                if goal.gain
                else f"{goal.outcome.capitalize()}: nothing is bought for it; with all the money it would be {alone}."
            )
        )
    if found.choice.goals:
        st.caption(
            "Effects on different outcomes are never added. Each outcome is lifted by the same share of its best, as far as that goes. "
            "A standard deviation is how far a usual score lies from the mean: an effect below 0.05 counts as small and from 0.20 as large in schools (Kraft 2020; unverified default)."
        )


def show_replies(district: District, found: Chosen) -> None:
    """Show what people will say, and what can be answered."""
    for reply in replies(district, found):
        with st.container(border=True):
            st.markdown(f"**\u201c{plain(reply.says)}\u201d**")
            st.markdown(plain(reply.fact))
            st.caption(plain(f"What we do not know: {reply.unknown}"))


def _show_card(trace: Trace) -> None:
    titles = dict(PARTS_OF_TRACE)
    with st.container(border=True):
        st.markdown(
            f"**{plain(trace.cause.code)}&ensp;{plain(trace.intervention.title)}, {plain(print_dollars(trace.cost))}**"
        )
        for part in _FIRST:
            st.markdown(f"**{titles[part]}.** {plain(getattr(trace, part))}")
        show_table(
            (
                TableColumn("School", Show.TEXT, tuple(place.name for place in trace.places), width=200),
                TableColumn("Units", Show.COUNT, tuple(place.units for place in trace.places), trace.intervention.unit),
                TableColumn("Pupils", Show.COUNT, tuple(place.pupils for place in trace.places), "Whom it reaches"),
                TableColumn("Dollars", Show.DOLLARS, tuple(place.cost / 100 for place in trace.places)),
            ),
            alt=f"{trace.intervention.title} by school: units, pupils reached and dollars.",
            key=f"action-{trace.cause.code}-{trace.intervention.code}",
        )
        with st.expander("Evidence, measure, runner-up and cautions", icon=":material/fact_check:"):
            for part, title in PARTS_OF_TRACE:
                if part not in _FIRST:
                    st.markdown(f"**{title}.** {plain(getattr(trace, part))}")
            for caution in trace.cautions:
                st.markdown(f"- {plain(caution)}")


def _asks(tier: int | None, is_one_time: bool | None) -> str:
    parts = [f"tier {tier} or stronger"] if tier is not None else []
    parts += ["one-time: nothing that costs every year"] if is_one_time else []
    return "; ".join(parts) or "nothing"
