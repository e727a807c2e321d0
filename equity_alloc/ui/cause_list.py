"""Causes on screen: what stands behind a gap, how far it was looked into, and whether money follows."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from equity_alloc.actions.changes import with_cause, with_changed, without_cause
from equity_alloc.actions.choose import Chosen
from equity_alloc.actions.standing import CauseStanding
from equity_alloc.domain.cause import A_RULE, Bone, Cause, CauseStatus
from equity_alloc.domain.fund import ALL
from equity_alloc.domain.school import GroupUse
from equity_alloc.evidence.catalog import cause_kinds
from equity_alloc.inequity.ranking import Key, ordered, worth_a_look
from equity_alloc.scenario import Scenario
from equity_alloc.ui.audit_view import audit_or_stop
from equity_alloc.ui.opener import show_opener
from equity_alloc.ui.page_list import link
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import show_typed_error
from equity_alloc.ui.words import plain

_TEXTS = ("evidence", "owner", "measure", "stop", "decide_on")
_LABELS = {
    "evidence": "What shows it",
    "owner": "Who answers for it",
    "measure": "What is counted (blank for the gap itself)",
    "stop": "Stop if (blank for the usual rule)",
    "decide_on": "Decide on (year first)",
}


def show_causes(session: Session, found: Chosen) -> None:
    """Show every cause, then the form for one more."""
    for standing in found.menu.standings:
        _show_cause(session, standing)
    _show_adding(session)


def _show_cause(session: Session, standing: CauseStanding) -> None:
    cause = standing.cause
    with st.container(border=True):
        mark = (
            ":green-badge[:material/check: money can follow]"
            if standing.opens
            else ":gray-badge[:material/block: no money]"
        )
        places = "all schools" if cause.schools == ALL else ", ".join(_name(session, code) for code in cause.schools)
        lines = (
            f"**{plain(cause.code)}&ensp;{plain(cause.words)}** {mark} :blue-badge[{cause.status.value}]",
            f":small[Behind the gap: {plain(cause.indicator)}, {plain(cause.group)}; at {plain(places)}. Kind: {plain(cause.kind)}, in {cause.bone.value}.]",
            f":small[{plain(standing.words)}]",
            f":small[Shown by: {plain(cause.evidence or 'nothing yet')}; answers for it: {plain(cause.owner or 'nobody yet')}.]",
        )
        if not show_opener(session, f"cause-{cause.code}", "  \n".join(lines), cause.code):
            return
        key = f"cause-{session.revision}-{cause.code}"
        with st.form(key, border=True):
            st.selectbox(
                "Status", list(CauseStatus), list(CauseStatus).index(cause.status), format_func=str, key=f"{key}-status"
            )
            for name in _TEXTS:
                st.text_input(_LABELS[name], getattr(cause, name), key=f"{key}-{name}")
            st.form_submit_button(
                f"Keep these words of {cause.code}", on_click=_change, args=(session, cause.code, key)
            )
        show_typed_error(session, f"cause-{cause.code}")
        st.button(
            f"Take {cause.code} off the list",
            icon=":material/delete:",
            key=f"uncause-{session.revision}-{cause.code}",
            on_click=lambda: session.choose(without_cause(session.scenario, cause.code)),
        )


def _show_adding(session: Session) -> None:
    audit = audit_or_stop(session, None)
    drivers = {group.title for group in session.district.groups if group.use is GroupUse.NEED}
    gaps = [gap for gap in ordered(worth_a_look(audit.gaps), Key.SIZE) if gap.group in drivers]
    names = {f"{gap.title}, {gap.group}": (gap.title, gap.group) for gap in gaps}
    st.markdown("**Name a cause**")
    if not names:
        st.markdown(
            "The audit shows no gap that stands out for a group by need, so there is nothing to name a cause of."
        )
        link("audit", "See the audit")
        return
    key = f"cause-new-{session.revision}"
    with st.form(key, border=True):
        code, gap = st.columns([1, 4])
        code.text_input("Code", key=f"{key}-code", placeholder="K1")
        gap.selectbox("Behind which gap", list(names), key=f"{key}-gap")
        st.text_input("The cause, in your own words", key=f"{key}-words")
        st.multiselect(
            "Schools where it works (none chosen means all)",
            [school.code for school in session.district.schools],
            format_func=lambda each: _name(session, each),
            key=f"{key}-schools",
        )
        kind, bone, status = st.columns(3)
        kind.selectbox("Kind of cause", [*cause_kinds(session.scenario.actions.own), A_RULE], key=f"{key}-kind")
        bone.selectbox("Where it lies", list(Bone), format_func=str, key=f"{key}-bone")
        status.selectbox("Status", list(CauseStatus), format_func=str, key=f"{key}-status")
        for name in _TEXTS:
            st.text_input(_LABELS[name], key=f"{key}-{name}")
        st.checkbox("The district can act on it", value=True, key=f"{key}-ours")
        st.form_submit_button("Name this cause", icon=":material/add:", on_click=_add, args=(session, key, names))
    show_typed_error(session, "cause-new")


def _add(session: Session, key: str, names: dict[str, tuple[str, str]]) -> None:
    given = {name: str(field_value(f"{key}-{name}") or "").strip() for name in ("code", "words", "kind", *_TEXTS)}
    indicator, group = names[str(field_value(f"{key}-gap"))]

    def make() -> Scenario:
        return with_cause(
            session.scenario,
            Cause(
                indicator=indicator,
                group=group,
                schools=tuple(field_value(f"{key}-schools") or ()) or ALL,
                bone=Bone(field_value(f"{key}-bone")),
                status=CauseStatus(field_value(f"{key}-status")),
                is_ours=bool(field_value(f"{key}-ours")),
                **given,
            ),
        )

    _taken(session, "cause-new", make)


def _change(session: Session, code: str, key: str) -> None:
    given = {name: str(field_value(f"{key}-{name}") or "").strip() for name in _TEXTS}
    status = CauseStatus(field_value(f"{key}-status"))
    _taken(session, f"cause-{code}", lambda: with_changed(session.scenario, code, status=status, **given))


def _taken(session: Session, field: str, make: Callable[[], Scenario]) -> None:
    """Take a form; its fields are emptied only when nothing stood against it."""
    session.attempt(field, "", make)
    if field not in session.typed:
        session.choose(session.scenario)


def _name(session: Session, code: str) -> str:
    school = session.district.school_of.get(code)
    return school.name if school is not None else code
