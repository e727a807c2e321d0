"""One area of the audit on screen: the largest gaps in words, a chart, where they lie, and every comparison."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.figures.group_gaps import gap_columns, group_gaps
from equity_alloc.inequity.audit import Audit
from equity_alloc.inequity.gap_words import (
    chance_words,
    cluster_words,
    gap_words,
    too_few_words,
    value_words,
    years_words,
)
from equity_alloc.inequity.group_gap import Area, Certainty, GroupGap
from equity_alloc.inequity.ranking import Key, ordered, worth_a_look
from equity_alloc.planning.plan import Result
from equity_alloc.ui.cached import audit_of
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.page_list import link
from equity_alloc.ui.session import Session
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

CARDS = 3


def audit_or_stop(session: Session, result: Result | None) -> Audit:
    """Return the audit of the district on screen; where a count it needs is unknown, say which and end the page here."""
    try:
        return audit_of(session.district, session.district_digest, session.scenario, result)
    except EquityAllocError as error:
        st.error(plain(str(error)), title="These choices cannot be audited", icon=":material/error:")
        st.markdown("Undo the last change, set the need weight that asks for it to zero, or enter the count.")
        link("rules", "Change the need weights")
        st.stop()


def show_area(found: Audit, area: Area, district: District, *, key: Key, groups: str) -> None:
    """Show one area.

    Parameters
    ----------
    found : Audit
    area : Area
    district : District
    key : Key
        What the gaps are ordered by.
    groups : str
        `ALL_GROUPS`, or the title of the student group that alone is shown.
    """
    gaps = [gap for gap in found.of(area) if groups in (ALL_GROUPS, gap.group)]
    if not gaps:
        _show_nothing(area)
        return
    adverse = ordered(worth_a_look(gaps), key)
    st.markdown(_count(gaps, adverse, area))
    for gap in adverse[:CARDS]:
        _show_card(found, gap)
    figure = group_gaps(adverse, colors(), area=area, note=_note(gaps, area))
    if figure is not None:
        show_figure(figure)
    if adverse:
        _show_places(adverse, district, area)
    st.subheader(f"Every comparison in {area.value}", anchor=False)
    show_table(
        gap_columns(ordered(gaps, key)),
        alt=f"Every comparison in {area.value} between a student group and everybody else.",
        key=f"audit-{area.value}",
        pinned=1,
        most_rows=14,
    )
    st.caption(plain(_how_sure(found, gaps, area)))


ALL_GROUPS = "Every group"


def _show_nothing(area: Area) -> None:
    st.info(
        plain(
            f"The district has no counts of {area.value} by student group, so nothing is said about it. Add the sheets "
            "Indicators and Outcomes to its workbook: who takes part in what, and how pupils fare."
        ),
        icon=":material/info:",
    )
    link("start", "Take the template with both sheets")


def _show_card(found: Audit, gap: GroupGap) -> None:
    with st.container(border=True):
        only = " (audit only: it can never drive an allocation)" if gap.is_audit_only else ""
        st.markdown(f"**{plain(gap.title)}: {plain(gap.group)}**{only}")
        st.markdown(plain(gap_words(gap)))
        after = found.after(gap)
        if after is not None:
            st.markdown(
                plain(
                    f"In the proposal {value_words(after, after.value)} against {value_words(after, after.other)}: "
                    f"{_change(gap, after)}."
                )
            )


def _change(gap: GroupGap, after: GroupGap) -> str:
    if not after.is_adverse:
        is_less = after.difference < 0
        return "the gap is gone where schools of one kind are compared" if is_less else "the gap is gone"
    before, now = abs(gap.difference), abs(after.difference)
    if value_words(gap, before) == value_words(gap, now):
        return "the gap stays as it is"
    way = "narrower" if now < before else "wider"
    return f"the gap is {way}, {value_words(gap, before)} before and {value_words(gap, now)} then"


def _show_places(adverse: tuple[GroupGap, ...], district: District, area: Area) -> None:
    names = [f"{gap.title}, {gap.group}" for gap in adverse]
    with st.expander("Where a gap lies, school by school", icon=":material/location_on:"):
        chosen = st.selectbox("Gap", names, key=f"audit-place-{area.value}")
        gap = adverse[names.index(chosen)]
        parts = [(district.school_of[code].name, between, within) for code, between, within in gap.places]
        scale, unit = (100, "points") if gap.area is not Area.RESOURCES else (1, gap.unit)
        show_table(
            (
                TableColumn("School", Show.TEXT, tuple(name for name, *_ in parts), width=220),
                TableColumn("Between", Show.NUMBER, tuple(b * scale for _, b, _ in parts), f"In {unit}"),
                TableColumn("Within", Show.NUMBER, tuple(w * scale for *_, w in parts), f"In {unit}"),
                TableColumn("Both", Show.NUMBER, tuple((b + w) * scale for _, b, w in parts), f"In {unit}"),
            ),
            alt=f"What each school adds to the gap, in {unit}: {chosen}.",
            key=f"audit-places-{area.value}",
            pinned=1,
            most_rows=12,
        )
        st.caption(
            plain(
                f"In {unit}; the column Both adds up to the difference of {value_words(gap, gap.difference)}. Between: the school lies above or "
                "below the district, and the group goes there more or less than others do. Within: the group and "
                "others of this school differ."
            )
        )


def _count(gaps: list[GroupGap], adverse: tuple[GroupGap, ...], area: Area) -> str:
    if not adverse:
        return (
            f"{count_words(len(gaps), 'comparison')} in {area.value}: in none is a group worse off by more than chance."
        )
    few = sum(1 for gap in gaps if gap.certainty is Certainty.TOO_FEW)
    left = f"; {count_words(few, 'comparison')} with too few pupils to say" if few else ""
    return (
        f"{count_words(len(gaps), 'comparison')} in {area.value}; in {len(adverse)} a group is worse off than everybody "
        f"outside it{left}."
    )


def _note(gaps: list[GroupGap], area: Area) -> str:
    years = ", ".join(sorted({gap.year for gap in gaps if gap.year}))
    sources = "; ".join(sorted({gap.source for gap in gaps if gap.source}))
    bars = "" if area is Area.RESOURCES else " The thin lines are 95 % intervals."
    return plain(f"{sources or 'Source not given'}{f', {years}' if years else ''}.{bars}")


def _how_sure(found: Audit, gaps: list[GroupGap], area: Area) -> str:
    if area is Area.RESOURCES:
        tied = f" {', '.join(found.tied)}: sized by a student group, so not compared." if found.tied else ""
        return (
            "Posts and dollars are counted in full, so no chance is in them. Both are core money per weighted pupil: schools with "
            "more need are due more. Posts have two decimals, per 100 weighted pupils. A group stands where the schools of its pupils stand; kinds of schools differ in posts, so "
            f"worth compares schools of one kind.{tied}"
        )
    left = sorted({code for gap in gaps for code in gap.left_out})
    blank = f" Counts are blank at {count_words(len(left), 'school')}, which are left out there." if left else ""
    judged = [g for g in found.gaps if g.certainty in (Certainty.STANDS_OUT, Certainty.MAY_BE_CHANCE)]
    years = years_words(gaps)
    return f"{chance_words(len(judged))} {cluster_words(gaps)} {years} Too few to say: {too_few_words()}{blank}"
