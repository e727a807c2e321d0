"""Why did this school get more (or less) than another? Parts that add up to the difference, and what keeps them apart."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.money import print_dollars
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.difference import best_levels, difference
from equity_alloc.planning.difference_words import difference_sentences, part_words
from equity_alloc.planning.plan import Plan
from equity_alloc.ui.numbers import signed
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def show_pair(plan: Plan, school: str) -> None:
    """Let a visitor choose a school to compare with, and say what makes the difference."""
    names = {each.code: each.label for each in plan.district.schools if each.code != school}
    if not names:
        return
    against = st.selectbox(
        f"Why more or less than another school? Compare {plain(plan.district.school_of[school].name)} with",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Choose a school",
        key="pair-against",
        persist_state="session",
    )
    if against not in names:
        return
    per_pupil = st.toggle("In dollars per pupil", key="pair-per-pupil", persist_state="session")
    try:
        found = difference(plan, school, against, best=_best(plan.digest, plan), per_pupil=per_pupil)
    except EquityAllocError as error:
        st.markdown(plain(str(error)))
        return
    first, *rest = (plain(sentence) for sentence in difference_sentences(plan, found))
    st.markdown(f"**{first}**")
    told = [plain(part_words(plan, found, part)) for part in found.parts]
    amounts = [part.cents for part in found.parts]
    columns = (
        TableColumn("What makes the difference", Show.TEXT, (*told, "Together"), width=420),
        TableColumn(
            "Dollars per pupil" if per_pupil else "Dollars",
            Show.TEXT,
            tuple(_exact(cents) for cents in (*amounts, found.total)),
        ),
    )
    show_table(
        columns, alt=f"What makes the difference between {names[against]} and the school above.", key="pair-parts"
    )
    st.caption(
        f"Core money, plan year {plain(plan.district.year)}. Pupils and needs are priced at the mean of the two schools' "
        "levels, levels at the mean of their weights; the parts add up exactly, and each is printed to its nearest cent."
    )
    for sentence in rest:
        st.markdown(sentence)


@st.cache_resource(max_entries=32, show_spinner="Working out the best levels ...")
def _best(plan_digest: str, _plan: Plan) -> dict[str, Fraction] | None:
    return best_levels(_plan)


def _exact(cents: Fraction) -> str:
    return signed(print_dollars(round(cents), with_cents=True))
