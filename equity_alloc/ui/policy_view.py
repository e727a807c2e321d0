"""The policy register on screen: every row with what it does to gaps, and a form for one of them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.domain.policy import QUESTIONS, ChangedBy, Policy, PolicyKind, PolicyStatus
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.inequity.register import (
    counts_by_status,
    how_sure,
    number_of,
    with_policy,
    with_rules,
    without_policy,
)
from equity_alloc.planning.gap_cause_words import figure_words
from equity_alloc.planning.gap_causes import GapCauses
from equity_alloc.scenario import Scenario
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import show_typed_error
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

_NEW = "A new policy or practice"
_TEXTS = ("name", *(field for field, _ in QUESTIONS), "reason")
_LABELS = {"name": "Name", "reason": "Why that status", **dict(QUESTIONS)}


def show_register(session: Session, found: Sequence[GapCauses]) -> None:
    """Show the register, and the form in which one row is written."""
    scenario = session.scenario
    if not scenario.policies:
        st.info("The register is empty. Begin it from the rules of the plan, and add the practices that no rule says.")
    begun = with_rules(scenario, session.district)
    missing = len(begun.policies) - len(scenario.policies)
    if missing:
        st.button(
            f"Add a row for {count_words(missing, 'rule')} that the register lacks",
            icon=":material/playlist_add:",
            key="policy-begin",
            on_click=lambda: session.choose(with_rules(session.scenario, session.district)),
        )
    if scenario.policies:
        counts = counts_by_status(scenario)
        parts = ", ".join(f"{count} {status.value}" for status, count in counts.items() if count)
        st.markdown(f"**{count_words(len(scenario.policies), 'row')}: {parts}.**")
        _show_table(scenario, found)
    _show_form(session)


def _show_table(scenario: Scenario, found: Sequence[GapCauses]) -> None:
    rows = scenario.policies
    columns = [
        TableColumn("Name", Show.TEXT, tuple(each.name for each in rows), width=300),
        TableColumn("Kind", Show.TEXT, tuple(each.kind.value for each in rows), width=80),
        TableColumn("Status", Show.TEXT, tuple(each.status.value for each in rows), width=100),
    ]
    for each in found:
        cells = tuple(_effect(policy, scenario, each) for policy in rows)
        columns.append(TableColumn(each.figure.title, Show.TEXT, cells, width=200))
    columns += [
        TableColumn("How sure", Show.TEXT, tuple(how_sure(each, scenario).value for each in rows), width=240),
        TableColumn("Can be changed by", Show.TEXT, tuple(each.changed_by.value for each in rows), width=140),
        TableColumn("Owner", Show.TEXT, tuple(each.owner or "nobody named" for each in rows), width=160),
        TableColumn("Source", Show.TEXT, tuple(each.source for each in rows), width=260),
        TableColumn("Still unanswered", Show.COUNT, tuple(len(each.unanswered) for each in rows), width=120),
    ]
    show_table(tuple(columns), alt="The policy register.", key="policies", pinned=1, most_rows=14)
    st.caption(
        "An effect is what the rule does to the figure, on average over the orders in which rules may come; it stands only "
        "where the row is a rule of the plan. Of everything else it is suspected, not computed."
    )


def _effect(policy: Policy, scenario: Scenario, found: GapCauses) -> str:
    number = number_of(policy, scenario)
    cause = next((each for each in found.causes if each.number == number), None)
    if cause is None:
        return "rule changed or taken out" if policy.rule and number is None else "not computed"
    return figure_words(found, cause.share)


def _show_form(session: Session) -> None:
    names = [_NEW, *(each.name for each in session.scenario.policies)]
    chosen = st.selectbox("Write about", names, key=f"policy-which-{session.revision}")
    policy = next((each for each in session.scenario.policies if each.name == chosen), None)
    place = names.index(chosen)
    key = f"policy-{session.revision}-{place}"
    with st.form(key, border=True):
        for field in _TEXTS[:-1]:
            value = "" if policy is None else getattr(policy, field)
            st.text_input(_LABELS[field], value, key=f"{key}-{field}")
        kind, changed, status = st.columns(3)
        kinds, bodies, states = list(PolicyKind), list(ChangedBy), list(PolicyStatus)
        kind.selectbox(
            "What it is", kinds, kinds.index(policy.kind) if policy else 1, format_func=str, key=f"{key}-kind"
        )
        changed.selectbox(
            "Who could change it?",
            bodies,
            bodies.index(policy.changed_by if policy else ChangedBy.UNKNOWN),
            format_func=str,
            key=f"{key}-changed_by",
        )
        status.selectbox(
            "Status", states, states.index(policy.status) if policy else 0, format_func=str, key=f"{key}-status"
        )
        st.text_input(_LABELS["reason"], policy.reason if policy else "", key=f"{key}-reason")
        st.form_submit_button("Keep this row", icon=":material/save:", on_click=_keep, args=(session, key, policy))
    show_typed_error(session, "policy")
    if policy is not None:
        st.button(
            "Take this row out of the register",
            icon=":material/delete:",
            key=f"{key}-delete",
            on_click=lambda: session.choose(without_policy(session.scenario, policy.name)),
            help="The rule itself stays.",
        )
    if policy is not None and policy.unanswered:
        st.caption(plain(f"Still unanswered: {' '.join(policy.unanswered)}"))


def _keep(session: Session, key: str, policy: Policy | None) -> None:
    given = {field: str(field_value(f"{key}-{field}") or "").strip() for field in _TEXTS}

    def make() -> Scenario:
        row = Policy(
            given["name"],
            PolicyKind(field_value(f"{key}-kind") or PolicyKind.PRACTICE),
            given["owner"],
            given["source"],
            given["adopted"],
            given["purpose"],
            given["decides"],
            given["touches"],
            ChangedBy(field_value(f"{key}-changed_by") or ChangedBy.UNKNOWN),
            given["evidence"],
            PolicyStatus(field_value(f"{key}-status") or PolicyStatus.UNDECIDED),
            given["reason"],
            "" if policy is None else policy.rule,
        )
        return with_policy(session.scenario, row.name if policy is None else policy.name, row)

    session.attempt("policy", "", make)
    if "policy" not in session.typed:
        session.choose(session.scenario)
