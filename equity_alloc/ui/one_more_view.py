"""What one more post at one school would cost, who could pay it, and what it takes from whom, on screen."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.fte import FULL_TIME
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.one_more import Answer, OneMore, Taken, one_more
from equity_alloc.planning.one_more_words import (
    answer_sentences,
    answer_title,
    cost_sentences,
    emptied_words,
    items_words,
    left_words,
    payer_words,
)
from equity_alloc.planning.plan import Plan
from equity_alloc.ui.changes import with_rule
from equity_alloc.ui.numbers import print_change, print_close, signed
from equity_alloc.ui.session import Session, current
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: Dollars of a line that are asked for unless somebody types another amount.
DOLLARS = 10_000

#: Hundredths of an FTE: so much of a post can be asked for.
MOST = 10_000


def show_one_more(plan: Plan, school: str) -> None:
    """Show, once it is opened, what one more post or line would cost at a school and take from others."""
    with st.expander("What would one more post cost here?", key=f"more-open-{school}", on_change="rerun") as opened:
        # Each answer solves the plan anew, twice, so it is worked out once somebody asks.
        if opened.open:
            _ask(plan, school)


def _ask(plan: Plan, school: str) -> None:
    district = plan.view.district
    titles = {position.code: position.title for position in district.positions} | {
        line: line for line in district.lines
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        item = st.selectbox(
            "Of which post or line",
            list(titles),
            index=None,
            format_func=titles.__getitem__,
            placeholder="Choose a post or line",
            key="more-item",
            persist_state="session",
        )
        if item not in titles:
            return
        position = district.position_of.get(item)
        if position is None:
            typed = st.number_input("More dollars", 1, 10**9, DOLLARS, 1_000, key=f"more-by-{item}")
            by = int(typed) * 100
        else:
            # Whole posts to begin with, where the position's steps come to one.
            start = FULL_TIME if FULL_TIME % position.step == 0 else position.step
            step = position.step / 100
            fte = st.number_input("More FTE", step, MOST / 100, start / 100, step, format="%.2f", key=f"more-by-{item}")
            by = round(fte * 100)
    found = _answered(plan.digest, school, item, by, plan)
    if isinstance(found, str):
        st.markdown(plain(found))
        return
    first, *rest = (plain(sentence) for sentence in cost_sentences(found))
    st.markdown(" ".join((f"**{first}**", *rest)))
    _show_payers(found)
    session = current()
    alike = [answer_sentences(found, each) for each in found.answers]
    if found.answers[0].plan is None and alike[0] == alike[-1]:
        st.markdown("**It cannot be, neither on top nor in the place of something else at the school**")
        _tell(alike[0])
        return
    for answer, sentences in zip(found.answers, alike, strict=True):
        st.markdown(f"**{plain(answer_title(answer.way))}**")
        _tell(sentences)
        if emptied := emptied_words(found, answer):
            st.warning(plain(emptied), icon=":material/warning:")
        _show_taken(found, answer)
    _offer(session, found)


@st.cache_resource(max_entries=64, show_spinner="Solving the plan again with it held there, twice ...")
def _answered(plan_digest: str, school: str, item: str, by: int, _plan: Plan) -> OneMore | str:
    try:
        return one_more(_plan, school, item, by)
    except EquityAllocError as error:
        return str(error)


def _tell(sentences: tuple[str, ...]) -> None:
    for sentence in sentences:
        st.markdown(plain(sentence))


def _show_payers(found: OneMore) -> None:
    funds = [found.before.district.fund_of[payer.fund].title for payer in found.payers]
    columns = (
        TableColumn("Fund", Show.TEXT, tuple(funds), width=250),
        TableColumn("May it pay for this", Show.TEXT, tuple(payer_words(found, p) for p in found.payers), width=300),
        TableColumn("What is left of it", Show.TEXT, tuple(left_words(p) for p in found.payers), width=330),
    )
    show_table(
        columns, alt=f"Funds that may and may not pay for {found.ask.title} at the school.", key="more-payers", pinned=1
    )


def _show_taken(found: OneMore, answer: Answer) -> None:
    if not answer.taken:
        return
    schools, unit = found.before.district.school_of, found.before.view.levels.unit
    columns = (
        TableColumn("School", Show.TEXT, tuple(schools[each.school].name for each in answer.taken), width=190),
        TableColumn("Core money", Show.TEXT, tuple(print_change(each.cents) for each in answer.taken)),
        TableColumn("Level", Show.TEXT, tuple(_level_change(each, unit) for each in answer.taken), f"Change, {unit}."),
        TableColumn("Posts and lines", Show.TEXT, tuple(items_words(each) for each in answer.taken), width=520),
        TableColumn("Code", Show.TEXT, tuple(each.school for each in answer.taken)),
    )
    show_table(
        columns,
        alt=f"What changes at which school. {answer_title(answer.way)}.",
        key=f"more-taken-{answer.way.name}",
        pinned=1,
        most_rows=16,
    )


def _level_change(taken: Taken, unit: str) -> str:
    if taken.level is None:
        return ""
    return signed(print_close(taken.level[1] - taken.level[0], unit))


def _offer(session: Session, found: OneMore) -> None:
    """Offer to hold it at the school as a choice of the scenario, which undo takes back."""
    if not any(answer.plan for answer in found.answers):
        return
    st.button(
        "Hold it there as a rule and plan again",
        key=f"more-hold-{session.revision}",
        on_click=_hold,
        args=(session, found),
        help="A rule of its own, with the authority of a choice. The school's other posts may give way; Undo takes it back.",
    )


def _hold(session: Session, found: OneMore) -> None:
    session.choose(with_rule(session.scenario, found.rule))
