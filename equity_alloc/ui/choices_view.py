"""Hard choices on screen: who gains and gives up, who carries it, what happens to posts, and who gives up again."""

from __future__ import annotations

import streamlit as st

from equity_alloc.decisions.burden import burdens
from equity_alloc.decisions.case import Case
from equity_alloc.decisions.loss_aversion import break_even
from equity_alloc.decisions.losses import loss_share
from equity_alloc.decisions.repeat import (
    decided_before,
    last_years,
    losses_that_count,
    one_for_each_year,
    read_changes,
    repeat_losers,
)
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.figures.burden import burden, burden_columns, burden_note
from equity_alloc.inequity.limits import least_pupils
from equity_alloc.planning.plan import Plan
from equity_alloc.ui.decision_work import keep_text, work_of
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

_EARLIER = "earlier"


def show_headline(case: Case) -> None:
    """Say in a few sentences who gains, who gives up, and on how few it lies."""
    found = case.losses
    if not found.losers:
        st.success(
            plain(
                f"No school gives up core money; {count_words(len(found.winners), 'school')} gain {print_dollars(found.gained)}."
            ),
            icon=":material/check_circle:",
        )
        return
    held, without = sum(each.held for each in case.staff), sum(each.without_post for each in case.staff)
    st.markdown(
        plain(
            f"{count_words(len(found.losers), 'school')} {'gives' if len(found.losers) == 1 else 'give'} up {print_dollars(found.lost)} of core money and "
            f"{count_words(len(found.winners), 'school')} {'gains' if len(found.winners) == 1 else 'gain'} {print_dollars(found.gained)}; together that is the change of core money, "
            f"{print_dollars(found.new_money)}. {count_words(found.carry_half, 'school')} {'carries' if found.carry_half == 1 else 'carry'} half of what is given up; it is as concentrated "
            f"as if {1 / float(found.concentration):.1f} schools carried it alike. {held / 100:,.2f} FTE that may be "
            f"held are given up, {without / 100:,.2f} of them without a post of the same kind at another school."
        )
    )


def show_break_even(plan: Plan) -> None:
    """Say how much a loss may count before staying would be better."""
    found = break_even(plan)
    if found is not None and found.losses:
        st.markdown(plain(found.words))
        st.caption(
            plain(
                f"Percent of each school's level, weighted by its pupils. How people count losses: {found.usual.cited}."
            )
        )


def show_schools(session: Session, case: Case) -> None:
    """Show each school that gains or gives up, the largest loss first, and when it is at the plan's amount."""
    rows = (*case.losses.losers, *reversed(case.losses.winners))
    if not rows:
        st.markdown("No school's core money changes.")
        return
    shares = [loss_share(row) for row in rows]
    years = [case.way.reached.get(row.code) for row in rows]
    columns = (
        TableColumn("School", Show.TEXT, tuple(row.name for row in rows)),
        TableColumn(
            "Change", Show.CHANGE, tuple(row.counted_change / 100 for row in rows), "Core money, plan less last year."
        ),
        TableColumn(
            "Given up",
            Show.SHARE,
            tuple(None if s is None else float(s) for s in shares),
            "Share of last year's core money.",
        ),
        TableColumn(
            "A pupil",
            Show.CHANGE,
            tuple(row.counted_change / 100 / row.enrollment if row.enrollment else None for row in rows),
            "Change for each pupil, dollars.",
        ),
        *(
            (
                TableColumn(
                    "FTE", Show.FTE_CHANGE, tuple(row.fte_change / 100 for row in rows), "Posts, plan less last year."
                ),
            )
            if session.district.positions
            else ()
        ),
        TableColumn(
            "Arrives in year",
            Show.TEXT,
            tuple("never" if year is None else str(year) for year in years),
            "At the pace that is set under The way there.",
        ),
        TableColumn("Pupils", Show.COUNT, tuple(row.enrollment for row in rows)),
        TableColumn("Code", Show.TEXT, tuple(row.code for row in rows)),
    )
    note = f"Core money, {session.district.year}, {len(rows)} of {count_words(len(case.losses.rows), 'school')}. Source: {session.district.name} data."
    show_table(columns, alt=f"Schools that give up and gain. {note}", key="choices-schools", pinned=1)
    st.caption(plain(note))


def show_burden(session: Session, plan: Plan) -> None:
    """Show who carries more than an equal share of the loss."""
    bearings = burdens(plan)
    note = burden_note(session.district.year, len(session.district.schools), int(least_pupils().value))
    figure = burden(bearings, colors(), note=note)
    if figure is not None:
        show_figure(figure)
    elif bearings:
        st.markdown("Nothing is given up, so nobody carries more than a share of it.")
        show_table(burden_columns(bearings), alt=f"Who gains. {note}", key="choices-burden", pinned=1)
    else:
        st.markdown("No student group and no need is known here, so nobody can say who carries the loss.")


def show_staff(case: Case) -> None:
    """Show what happens to posts and to the people who hold them."""
    rows = [each for each in case.staff if each.given_up or each.added]
    if not rows:
        st.markdown("No post is given up or added." if case.staff else "Posts are not known here.")
        return
    columns = (
        TableColumn("Position", Show.TEXT, tuple(row.title for row in rows)),
        TableColumn("Given up", Show.FTE, tuple(row.given_up / 100 for row in rows), "School by school, FTE."),
        TableColumn(
            "Vacant",
            Show.FTE,
            tuple(None if row.vacant is None else row.vacant / 100 for row in rows),
            "Of those given up; blank where vacancies are not known.",
        ),
        TableColumn(
            "Can move",
            Show.FTE,
            tuple(row.can_move / 100 for row in rows),
            "Another school adds a post of the same kind.",
        ),
        TableColumn(
            "Without a post",
            Show.FTE,
            tuple(row.without_post / 100 for row in rows),
            "No school adds one of the same kind.",
        ),
        TableColumn("Added", Show.FTE, tuple(row.added / 100 for row in rows)),
    )
    show_table(columns, alt="Posts given up and added by position, FTE.", key="choices-staff", pinned=1)
    st.caption(
        "FTE; blank is unknown. Who would move of their own will is not in the data. A rule that lets vacant posts go first can be added on Rules."
    )


def show_repeat_losers(session: Session, case: Case) -> None:
    """Show the schools that give up again and again, from earlier decisions, the sheet Earlier changes, and what is typed."""
    desk, book = work_of(session).desk, work_of(session).book
    text = desk.text(_EARLIER)
    now = {row.code: row.counted_change for row in case.losses.rows}
    try:
        kept = decided_before(book, session.district.year)
        earlier, doubts = one_for_each_year(kept, session.district.earlier, read_changes(text))
        found = repeat_losers(session.district.year, now, earlier)
    except EquityAllocError as error:
        st.error(plain(str(error)), icon=":material/edit_off:")
        found, earlier, doubts = (), (), ()
    names = {school.code: school.name for school in session.district.schools}
    for each in found:
        st.markdown(f"- **{plain(names[each.code])}** gives up again. {plain(each.words)}")
    for doubt in doubts:
        st.warning(plain(doubt), icon=":material/difference:")
    if not found and earlier:
        st.markdown(
            f"No school gave up core money in {losses_that_count()} of the last {last_years()} years, as far as these are known."
        )
    elif not found:
        st.markdown(
            "Nothing is known of earlier years, so nobody can say which schools give up again. Unknown is not zero."
        )
    key = f"choices-earlier-{session.district_digest[:8]}"
    st.text_area(
        "Changes of earlier years: year, school code, dollars; one line each",
        text,
        key=key,
        on_change=lambda: keep_text(session, _EARLIER, str(field_value(key) or "")),
        placeholder="2025-26, 0402, -52000",
        height=90,
    )
    st.caption(
        "Earlier decisions on Decision record and the sheet Earlier changes of the workbook are counted by themselves. What is typed here "
        "is kept with the decisions."
    )
