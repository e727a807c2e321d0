"""What to look at and act on first, on screen: twelve indicators, what is not seen, and the team's map."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.domain.priority import CONTROL, MOST, URGENCY, GapMark
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.inequity.audit import Audit
from equity_alloc.inequity.gap_words import size_words
from equity_alloc.inequity.priorities import Finding, findings, with_mark
from equity_alloc.inequity.start_here import OUT_OF_REACH, TWELVE, coverage, seen
from equity_alloc.ui.page_list import link
from equity_alloc.ui.session import Session, Typed, field_value
from equity_alloc.ui.setting_input import show_typed_error
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: So many of the largest gaps of each area are weighed.
LARGEST = 5


def show_start(session: Session) -> None:
    """Show the twelve, and the parts of school life of which the district knows nothing."""
    found, parts = seen(session.district), coverage(session.district)
    known = sum(1 for names in found.values() if names)
    st.markdown(f"The district has counts of **{known} of {len(TWELVE)}** things to look at first.")
    show_table(
        (
            TableColumn("Look at first", Show.TEXT, tuple(each.title for each in TWELVE), width=240),
            TableColumn("Area", Show.TEXT, tuple(each.area.value for each in TWELVE), width=100),
            TableColumn(
                "What the district has of it",
                Show.TEXT,
                tuple(", ".join(found[each.title]) or "nothing yet" for each in TWELVE),
                width=460,
            ),
        ),
        alt="Twelve things to look at first, and what the district has of each.",
        key="audit-start",
        most_rows=12,
    )
    blank = [domain for domain, names in parts.items() if not names and domain not in OUT_OF_REACH]
    if blank:
        st.markdown(f"Nothing is known here of: {', '.join(blank)}. What is not counted is not equal; it is not seen.")
    if known < len(TWELVE):
        link("start", "Bring more counts: fill the template's sheets for access and outcomes")
    st.caption(f"Out of the reach of any allocation, and so not weighed here: {', '.join(OUT_OF_REACH)}.")


def show_priorities(session: Session, found: Audit) -> None:
    """Show the gaps in front, the map of control and urgency, and the form for one gap."""
    rows = findings(found, session.scenario.actions.priorities, most=LARGEST)
    if not rows:
        st.markdown("No gap stands out, so there is nothing to weigh.")
        return
    st.markdown(
        "How far is each gap yours to change, and how soon must it be? Impact is filled in from pupils and size. The three are "
        "never added up: a gap is in front where no other has at least as much of all three."
    )
    front = [row for row in rows if row.is_in_front]
    if front:
        names = "; ".join(f"{row.letter} ({row.gap.title}, {row.gap.group})" for row in front)
        st.markdown(plain(f"In front: {names}."))
    else:
        st.markdown("Nobody has weighed a gap yet.")
    _show_rows(rows)
    _show_map(rows)
    _show_form(session, rows)


def _show_rows(rows: tuple[Finding, ...]) -> None:
    marks = [row.mark for row in rows]
    show_table(
        (
            TableColumn("Gap", Show.TEXT, tuple(row.letter for row in rows), width=50),
            TableColumn("Compared", Show.TEXT, tuple(row.gap.title for row in rows), width=200),
            TableColumn("Student group", Show.TEXT, tuple(row.gap.group for row in rows), width=200),
            TableColumn("Size", Show.TEXT, tuple(size_words(row.gap) for row in rows), width=260),
            TableColumn("Impact", Show.COUNT, tuple(row.impact for row in rows), width=70),
            TableColumn("Control", Show.TEXT, tuple("" if m is None else str(m.control) for m in marks), width=70),
            TableColumn("Urgency", Show.TEXT, tuple("" if m is None else str(m.urgency) for m in marks), width=70),
            TableColumn("In front", Show.TEXT, tuple("yes" if row.is_in_front else "" for row in rows), width=70),
            TableColumn("Why", Show.TEXT, tuple("" if m is None else m.note for m in marks), width=260),
        ),
        alt="Gaps with impact, control and urgency.",
        key="audit-priorities",
        pinned=1,
        most_rows=15,
    )


def _show_map(rows: tuple[Finding, ...]) -> None:
    marked = [row for row in rows if row.mark is not None]
    if not marked:
        return
    places = range(MOST + 1)

    def at(control: int, urgency: int) -> str:
        return " ".join(
            row.letter for row in marked if row.mark and (row.mark.control, row.mark.urgency) == (control, urgency)
        )

    down = list(reversed(places))
    columns = [TableColumn("Urgency", Show.TEXT, tuple(f"{u}: {URGENCY[u]}" for u in down), width=220)]
    columns += [
        TableColumn(f"Control {c}: {CONTROL[c]}", Show.TEXT, tuple(at(c, u) for u in down), width=180) for c in places
    ]
    alt = "Map of the weighed gaps: control from left to right, urgency from bottom to top."
    show_table(tuple(columns), alt=alt, key="audit-map", pinned=1)
    st.caption(f"{count_words(len(marked), 'gap')} weighed; letters as in the list above.")


def _show_form(session: Session, rows: tuple[Finding, ...]) -> None:
    names = {row.letter: f"{row.letter}: {row.gap.title}, {row.gap.group}" for row in rows}
    letter = st.selectbox("Weigh", list(names), format_func=names.__getitem__, key="audit-weigh")
    row = next(each for each in rows if each.letter == letter)
    mark = row.mark
    key = f"mark-{session.revision}-{letter}"
    numbers = list(range(MOST + 1))
    with st.form(key, border=True):
        left, right = st.columns(2)
        left.selectbox(
            "How far is it yours to change?",
            numbers,
            mark.control if mark else None,
            format_func=lambda n: f"{n}: {CONTROL[n]}",
            placeholder="Choose a number",
            key=f"{key}-control",
        )
        right.selectbox(
            "How soon must it be?",
            numbers,
            mark.urgency if mark else None,
            format_func=lambda n: f"{n}: {URGENCY[n]}",
            placeholder="Choose a number",
            key=f"{key}-urgency",
        )
        st.text_input("Why", mark.note if mark else "", key=f"{key}-note")
        st.form_submit_button("Keep this", icon=":material/save:", on_click=_keep, args=(session, row, key))
        show_typed_error(session, key)


def _keep(session: Session, row: Finding, key: str) -> None:
    control, urgency = field_value(f"{key}-control"), field_value(f"{key}-urgency")
    note = str(field_value(f"{key}-note") or "").strip()
    if control is None or urgency is None:
        session.typed[key] = Typed(
            note, "Choose both numbers: a gap that nobody has weighed has none, and none is not 0."
        )
        return
    session.typed.pop(key, None)
    session.choose(with_mark(session.scenario, GapMark(row.gap.title, row.gap.group, int(control), int(urgency), note)))
