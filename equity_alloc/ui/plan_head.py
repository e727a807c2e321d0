"""The head of the plan: the proposal in one sentence, the numbers a board asks for first, and who, what holds, and proof."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from equity_alloc.domain.fte import Hundredths, print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.planning.baseline import NO_LAST_YEAR, baseline_note, knows_last_year, knows_posts
from equity_alloc.planning.held_words import held_words
from equity_alloc.planning.own_level import own_level
from equity_alloc.planning.plan import Certificate, Plan
from equity_alloc.rules.base import Force
from equity_alloc.rules.fixed_posts import uncapped
from equity_alloc.rules.staffing_most import StaffingMost
from equity_alloc.ui.cached import Summary
from equity_alloc.ui.changes import with_rule
from equity_alloc.ui.left_over_view import show_unallocated
from equity_alloc.ui.numbers import (
    print_change,
    print_fte_change,
    print_level,
    print_level_change,
    verdict_words,
)
from equity_alloc.ui.page_list import link
from equity_alloc.ui.plan_figures import as_money
from equity_alloc.ui.proof_words import nearness
from equity_alloc.ui.sentences import certified_words, headline, who_moves
from equity_alloc.ui.session import Session
from equity_alloc.ui.words import plain

#: Told among the first answers; the table of measures follows below.
FIRST_MEASURES = ("gini", "poor-to-non-poor-ratio")


def show_invented_note(session: Session) -> None:
    """Say that a sample is invented, for as long as one is shown."""
    if not session.district.invented:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            "**This district is invented.** It shows what a plan looks like; nothing here describes a real school."
        )
        link("start", "Use your own data")


def show_headline(plan: Plan, summary: Summary) -> None:
    """Say what the proposal does; announced by screen readers when it changes."""
    st.success(
        plain(f"{headline(plan, summary.totals)}; {who_moves(summary.totals)}; {certified_words(plan)}."),
        title="Proposal",
        icon=":material/verified:",
    )
    if not knows_last_year(plan):
        st.info(plain(NO_LAST_YEAR), icon=":material/info:")
    show_supposed(plan.certificate)
    show_unallocated(plan)


def show_noticed(session: Session, plan: Plan) -> None:
    """Say in amber what keeps every rule and yet is nobody's decision, with the two ways to decide it."""
    for found in uncapped(plan.scenario.rules, plan.view.district, plan.allocation):
        st.warning(
            plain(f"{found.words} Hold it there, or say that it is meant; both become a rule that you can change."),
            title=f"More {found.position.title} than any school had",
            icon=":material/person_add:",
        )
        with st.container(horizontal=True):
            for words, most in (("Hold to", found.usual), ("Allow up to", found.most)):
                st.button(
                    f"{words} {print_fte(most)} FTE of {plain(found.position.title)} at each school",
                    key=f"decide-{found.position.code}-{most}-{session.revision}",
                    on_click=_decide,
                    args=(session, found.position.code, most),
                )


def _decide(session: Session, position: str, most: Hundredths) -> None:
    rule = StaffingMost(position, most_fte=Decimal(most) / 100, force=Force.CHOICE)
    session.choose(with_rule(session.scenario, rule))


def show_supposed(certificate: Certificate) -> None:
    """Say what a plan supposes about funds that the board has not voted."""
    if certificate.supposed:
        st.warning(
            plain(" ".join(certificate.supposed)),
            title="Supposed by this scenario, not the district's own figures",
            icon=":material/edit_note:",
        )


def show_cards(plan: Plan, summary: Summary) -> None:
    """Show the numbers that a board asks for first."""
    sums, unit = summary.totals, plan.view.levels.unit
    today, proposal = sums.counted_today + sums.other_today, sums.counted_plan + sums.other_plan
    with st.grid(min_column_width=190):
        st.metric(
            "Lowest school",
            print_level(sums.lowest_plan, unit),
            f"{print_level_change(sums.lowest_plan - sums.lowest_today, unit)} from {print_level(sums.lowest_today, unit)}",
            help=f"{unit[0].upper() + unit[1:]}, core money.",
            border=True,
        )
        _show_own(plan)
        _show_gap(summary, unit)
        st.metric(
            "Dollars at schools",
            print_dollars(proposal),
            as_money(plan, proposal - today),
            delta_color="off",
            delta_arrow="off",
            help=f"All funds; last year {print_dollars(today)}. {baseline_note(plan)}",
            border=True,
        )
        if knows_posts(plan):  # where no posts are known, zero would be a number that nobody counted
            st.metric(
                "Posts at schools, FTE",
                print_fte(sums.fte_plan),
                f"{print_fte_change(sums.fte_plan - sums.fte_today)} from {print_fte(sums.fte_today)}",
                delta_color="off",
                delta_arrow="off",
                help=f"{print_fte(sums.fte_added)} FTE are added and {print_fte(sums.fte_given_up)} FTE given up.",
                border=True,
            )


def _show_own(plan: Plan) -> None:
    """Show what the plan reaches by its own goal, where that is not the lowest school's level."""
    own = own_level(plan)
    if own is None:
        return
    change = None
    if own.today is not None:
        change = f"{print_level_change(own.plan - own.today, own.unit)} from {print_level(own.today, own.unit)}"
    st.metric(
        own.name,
        print_level(own.plan, own.unit),
        change,
        delta_color="inverse" if own.unit.startswith("pupils") else "normal",
        help=f"What this plan's goal itself counts, in {own.unit}.",
        border=True,
    )


def _show_gap(summary: Summary, unit: str) -> None:
    pairs = [(row.level_today, row.level_plan) for row in summary.rows]
    known = [(today, plan) for today, plan in pairs if today is not None and plan is not None]
    if not known:
        return
    before, after = (max(side) - min(side) for side in zip(*known, strict=True))
    st.metric(
        "Highest less lowest",
        print_level(after, unit),
        f"{print_level_change(after - before, unit)} from {print_level(before, unit)}",
        delta_color="inverse",
        help=f"The gap between the schools with most and least, {unit}, core money. Smaller is more equal.",
        border=True,
    )


def show_answers(plan: Plan, summary: Summary) -> None:
    """Answer what a board asks next: who gains, how equal it is, what holds the plan back, and who has checked it."""
    answers = (
        ("Who gains and who gives up", ":material/swap_vert:", _who(summary)),
        ("How equal it is", ":material/balance:", _equal(summary)),
        ("What holds the plan back", ":material/lock:", _holds(plan, summary)),
        ("Certificate", ":material/verified:", _checked(plan)),
    )
    with st.grid(min_column_width=330):
        for title, icon, sentences in answers:
            with st.container(border=True, height="stretch"):
                st.markdown(f"{icon} **{title}**")
                for sentence in sentences:
                    st.markdown(plain(sentence))


def _who(summary: Summary) -> list[str]:
    told = []
    for sign, does in ((1, ("gains", "gain")), (-1, ("gives up", "give up"))):
        rows = sorted(
            (row for row in summary.rows if row.counted_change * sign > 0), key=lambda r: -abs(r.counted_change)
        )
        if not rows:
            told.append(f"No school {does[0]} core money.")
            continue
        total = print_dollars(abs(sum(row.counted_change for row in rows)))
        most = f"{rows[0].name} ({print_change(rows[0].counted_change)})"
        verb = does[0] if len(rows) == 1 else does[1]
        told.append(f"{count_words(len(rows), 'school')} {verb} {total}, most {most}.")
    return told


def _equal(summary: Summary) -> list[str]:
    rows = {row.measure.code: row for row in summary.measures}
    shown = [rows[code] for code in FIRST_MEASURES if code in rows]
    return [
        f"{row.measure.title}: {row.measure.printed(row.today)} last year, "
        f"{row.measure.printed(row.plan)} in the proposal "
        f"({verdict_words(row.today, row.plan, row.measure)})."
        for row in shown
        if row.today is not None and row.plan is not None
    ] or ["No measure is defined for this district."]


def _holds(plan: Plan, summary: Summary) -> list[str]:
    levels = [reason for reason in summary.reasons if reason.row.level_plan is not None]
    lowest = min(levels, key=lambda reason: (reason.row.level_plan or 0.0, reason.row.code), default=None)
    told = []
    if lowest is not None and lowest.load is not None:
        told.append(f"This goal looks at one position, {lowest.load.position}; core money only follows.")
    elif lowest is not None:
        held = held_words(plan, lowest) if lowest.change else "its core money does not change"
        told.append(f"Lowest in the plan is {lowest.name}: {held}.")
    limits = sum(1 for rule in plan.certificate.rules if rule.binding)
    told.append(f"{count_words(limits, 'rule')} of {len(plan.certificate.rules)} leave no room somewhere.")
    return told


def _checked(plan: Plan) -> list[str]:
    certificate, near = plan.certificate, nearness(plan)
    kept = sum(1 for rule in certificate.rules if rule.is_kept)
    words = (
        f"{kept} of {len(certificate.rules)} rules kept" if kept < len(certificate.rules) else f"All {kept} rules kept"
    )
    told = [f"{words}, checked in cents and posts by a program that did not make the plan."]
    return [*told, f"{near[0].upper()}{near[1:]}."] if near else told
