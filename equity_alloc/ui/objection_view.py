"""Objections on screen: what people say, what this plan answers, what is offered, and what nobody can answer."""

from __future__ import annotations

import streamlit as st

from equity_alloc.decisions.objection import Answer, Objection
from equity_alloc.decisions.replies import all_objections
from equity_alloc.decisions.status_quo import Protection
from equity_alloc.planning.plan import Plan
from equity_alloc.ui.cached_decisions import replies_of, status_quo_of
from equity_alloc.ui.decision_work import work_of
from equity_alloc.ui.session import Session
from equity_alloc.ui.words import plain


def show_objections(session: Session, plan: Plan, options: int) -> None:
    """Show the objections that this plan gives rise to, each with its answer."""
    work = work_of(session)
    answered = replies_of(plan, work.book, work.desk.pace, options=options)
    st.markdown(
        f"{len(answered)} of {len(all_objections())} objections arise here. Every fact is worked out from the plan on screen and follows it "
        "when it changes. What the data cannot answer is said as well."
    )
    for objection, answer in answered:
        show_reply(objection, answer)
    numbers = {objection.number for objection, _ in answered}
    silent = [each for each in all_objections() if each.number not in numbers]
    if silent:
        st.caption("Do not arise here: " + "; ".join(f"{plain(each.says)} ({plain(each.arises)})" for each in silent))


def show_reply(objection: Objection, answer: Answer) -> None:
    """Show one objection with its answer."""
    with st.container(border=True):
        st.markdown(f"**{objection.number}. \u201c{plain(objection.says)}\u201d**")
        st.markdown(f"**Fact.** {plain(answer.fact)}")
        st.markdown(f"**Reply.** {plain(answer.reply)}")
        if answer.offer:
            st.markdown(f"**Offer.** {plain(answer.offer)}")
        st.markdown(f"**Cannot be answered.** {plain(answer.unknown)}")


def show_status_quo(plan: Plan) -> None:
    """Show what each rule that protects last year takes off the lowest school."""
    found = status_quo_of(plan)
    if found is None:
        st.markdown("What staying costs cannot be told here: no lowest level is defined.")
        return
    if not found.protections:
        st.markdown("No rule here holds schools near last year.")
        return
    per = found.unit.removeprefix("dollars ")
    for rule in found.protections:
        with st.container(border=True):
            st.markdown(f"**Rule {rule.number}. {plain(rule.title)}** ({rule.force.value})")
            st.markdown(plain(rule.says))
            st.markdown(plain(_price_words(rule, per)))
    st.caption(
        "The first amount is the rule's part of what all rules together take off the lowest school, the mean over all orders in which they could "
        "come; the second is what leaving out this rule alone gives back. Rules share effects, so the two differ. A price says what a protection "
        "costs, not whether it is worth it."
    )


def _price_words(rule: Protection, per: str) -> str:
    """Return what a protection takes off the lowest school; nothing is said as nothing, not as an amount."""
    takes, gives = (any(digit in amount for digit in "123456789") for amount in (rule.share, rule.without))
    if not takes and not gives:
        return "It costs the lowest school nothing here: with it or without it, that school could have as much."
    alone = (
        f"Without it alone the lowest school could change by {rule.without} {per}."
        if gives
        else "Leaving out this rule alone would change nothing: other rules would hold the school where it is."
    )
    if not takes:
        return alone
    return f"Its part in what all rules together do to the lowest school: {rule.share} {per}. {alone}"
