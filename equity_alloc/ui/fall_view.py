"""What a fall re-allocation does, on screen: in sentences, move by move, and what stays broken."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.domain.record import digest
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.fall import Fall, reallocate
from equity_alloc.planning.fall_terms import FallTerms
from equity_alloc.planning.fall_words import fall_sentences, lack_words, proof_words
from equity_alloc.planning.plan import Plan
from equity_alloc.reports.fall_moves_table import moves_csv
from equity_alloc.scenario import Scenario
from equity_alloc.store.fall_desk import FallDesk
from equity_alloc.ui.certificate_view import show_certificate
from equity_alloc.ui.downloads import offer
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: A re-allocation repairs; whether levels could be higher is a question for a new plan.
NOT_LEVELS = "Levels were not raised here: how high the lowest school could stand is for a new plan to say."


def show_count_table(district: District, desk: FallDesk) -> None:
    """Show the schools that were counted anew, with what was planned."""
    planned = district.school_of
    rows = [count for count in desk.counts if count.school in planned]
    columns = (
        TableColumn("School", Show.TEXT, tuple(planned[count.school].name for count in rows), width=200),
        TableColumn("Code", Show.TEXT, tuple(count.school for count in rows)),
        TableColumn("Planned", Show.COUNT, tuple(planned[count.school].enrollment for count in rows)),
        TableColumn("Counted", Show.COUNT, tuple(count.enrollment for count in rows)),
        TableColumn(
            "Difference", Show.CHANGE, tuple(count.enrollment - planned[count.school].enrollment for count in rows)
        ),
    )
    show_table(
        columns, alt=f"Pupils planned and counted, {count_words(len(rows), 'school')}.", key="fall-counted", pinned=1
    )
    st.caption(
        "Pupils. Schools that are not listed stay as planned. Student groups keep their planned counts, and grades their "
        "shares, unless the file counts them."
    )


def show_fall(
    district: District, scenario: Scenario, allocation: Allocation, desk: FallDesk, terms: FallTerms
) -> Plan | None:
    """Show the fewest moves that repair the adopted plan, and return the new plan, or None where there is none."""
    try:
        found = _found(
            digest(district), scenario.digest, digest((allocation, desk.counts, terms)), district, scenario,
            allocation, desk, terms,
        )  # fmt: skip
    except EquityAllocError as error:
        st.error(plain(str(error)), title="These counts cannot be worked with", icon=":material/error:")
        return None
    first, *rest = fall_sentences(found)
    show = st.success if found.is_repaired else st.warning
    show(plain(first), icon=":material/task_alt:" if found.is_repaired else ":material/warning:")
    for sentence in rest:
        st.markdown(f"- {plain(sentence)}")
    if found.moves.moves:
        _show_moves(found)
    if found.broken:
        _show_broken(found)
    with st.expander("Certificate of the new plan, made without a solver", expanded=not found.is_repaired):
        proven = (
            proof_words(found)
            if found.is_repaired and found.broken
            else "Nothing is claimed of this plan but its rules."
        )
        show_certificate(found.plan.certificate, key="fall", proven=f"{proven} {NOT_LEVELS}")
    _show_downloads(found)
    return found.plan


@st.cache_resource(max_entries=32, show_spinner="Looking for the fewest moves ...")
def _found(
    district_digest: str,
    scenario_digest: str,
    rest_digest: str,
    _district: District,
    _scenario: Scenario,
    _allocation: Allocation,
    _desk: FallDesk,
    _terms: FallTerms,
) -> Fall:
    return reallocate(_district, _scenario, _allocation, _desk.counts, _terms)


def _show_moves(found: Fall) -> None:
    st.subheader("What moves", anchor=False)
    district, moves = found.plan.district, found.moves.moves
    names = {school.code: f"{school.name} ({school.code})" for school in district.schools}
    columns = (
        TableColumn("Position", Show.TEXT, tuple(district.position_of[m.position].title for m in moves), width=160),
        TableColumn("FTE", Show.FTE, tuple(m.fte / 100 for m in moves), width=60),
        TableColumn("From", Show.TEXT, tuple(names.get(m.giver, "new post") for m in moves), width=210),
        TableColumn("To", Show.TEXT, tuple(names.get(m.taker, "given up") for m in moves), width=210),
        TableColumn("Cost", Show.DOLLARS, tuple(m.cents / 100 for m in moves), "Average salary and benefits", width=90),
    )
    show_table(columns, alt=f"Posts that move or are new, {count_words(len(moves), 'row')}.", key="fall-moves")
    st.caption(
        f"FTE and dollars at the district's average cost, {district.year}. Lines stay as adopted and no position loses "
        "posts in all. Licenses and seniority are not known here: a person decides who moves."
    )


def _show_broken(found: Fall) -> None:
    st.subheader("What the counts break", anchor=False)
    left = {breach.words for breach in found.unrepaired}
    for breach in found.broken:
        if breach.words not in left:
            st.markdown(f"- Repaired: {plain(breach.words)}")
    for words in lack_words(found):
        st.markdown(f"- **Stays broken**: {plain(words)}")


def _show_downloads(found: Fall) -> None:
    offer("Moves of posts", lambda: moves_csv(found), "fall-moves-internal.csv", "text/csv", key="fall-moves-csv")
    reserve = found.terms.reserve
    if reserve is not None:
        st.caption(f"Spent beyond the adopted plan: {plain(print_dollars(found.used))}.")
