"""Every rule of the scenario: change, add, remove. Made from the rules' own descriptions, so that a new kind needs nothing here."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from equity_alloc.catalogue import rule_classes
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.plan import Plan, RuleReport
from equity_alloc.rules.base import Rule
from equity_alloc.rules.setting import Choice, settings_of, typed_settings_of
from equity_alloc.scenario import Scenario
from equity_alloc.ui.changes import with_new_rule, with_rule_setting, without_rule
from equity_alloc.ui.opener import show_opener
from equity_alloc.ui.sentences import first_sentence
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import show_settings, show_typed_error
from equity_alloc.ui.words import plain


def show_rules(session: Session, plan: Plan | None) -> None:
    """Show all rules, those of one kind together."""
    reports = {report.number: report for report in plan.certificate.rules} if plan is not None else {}
    kinds: dict[str, list[tuple[int, Rule]]] = {}
    for number, rule in enumerate(session.scenario.rules, start=1):
        kinds.setdefault(rule.code, []).append((number, rule))
    _show_adding(session)
    for members in sorted(kinds.values(), key=lambda group: (group[0][1].always, group[0][0])):
        first = members[0][1]
        st.subheader(plain(first.title), anchor=False)
        st.caption(plain(first.says))
        for number, rule in members:
            _show_rule(session, number, rule, reports.get(number))


def _show_adding(session: Session) -> None:
    # A rule that the scenario makes of its formula is added there.
    typed = {code: kind for code, kind in rule_classes().items() if settings_of(kind) == typed_settings_of(kind)}
    kinds = {code: kind.title for code, kind in typed.items() if not kind.always}
    with st.container(border=True):
        st.markdown("**Add a rule**")
        key = "add-rule-kind"
        code = st.selectbox(
            "Kind of rule", list(kinds), format_func=kinds.__getitem__, key=key, persist_state="session"
        )
        st.caption(plain(rule_classes()[code].says))
        st.button("Add this rule", icon=":material/add:", on_click=_add, args=(session, key), key="add-rule")
        show_typed_error(session, "add-rule")


def _add(session: Session, key: str) -> None:
    code = str(field_value(key))
    session.attempt("add-rule", code, lambda: with_new_rule(session.scenario, code, session.district))
    session.opened.add(f"rule-{len(session.scenario.rules)}")


def _show_rule(session: Session, number: int, rule: Rule, report: RuleReport | None) -> None:
    with st.container(border=True):
        is_open = show_opener(session, f"rule-{number}", _label(session, number, rule, report), f"rule {number}")
        if not is_open:
            return
        st.markdown(plain(_explain(session, rule)))
        if report is not None and report.binding:
            named = ", ".join(report.binding[:8]) + (" and others" if len(report.binding) > 8 else "")
            st.markdown(f"At its limit: {plain(named)}.")
        show_settings(session, rule, f"rule-{number}", partial(_changed, number))
        if not settings_of(rule):
            st.markdown("This rule has no settings.")
        st.markdown(f":small[Source: {plain(str(rule.source))}]")
        if rule.always:
            st.markdown("This rule always holds: without it no plan makes sense.")
        else:
            st.button(
                f"Remove rule {number}",
                icon=":material/delete:",
                key=f"remove-{session.revision}-{number}",
                on_click=_remove,
                args=(session, number),
            )


def _changed(number: int, scenario: Scenario, name: str, value: Any) -> Scenario:
    return with_rule_setting(scenario, number, name, value)


def _remove(session: Session, number: int) -> None:
    session.opened = {name for name in session.opened if not name.startswith("rule-")}
    session.choose(without_rule(session.scenario, number))


def _label(session: Session, number: int, rule: Rule, report: RuleReport | None) -> str:
    words = f"**{number}**&ensp;{plain(_sentence(session, rule))} :gray-badge[{rule.force.value}]"
    if any(field.startswith(f"rule-{number}-") for field in session.typed):
        return f"{words} :orange-badge[an entry was not taken]"
    if report is not None and report.binding:
        return f"{words} :blue-badge[at its limit in {len(report.binding)} of {report.subjects}]"
    return words


def _sentence(session: Session, rule: Rule) -> str:
    """Return the first sentence of a rule, with the schools it is for where the sentence does not say so."""
    words = first_sentence(_explain(session, rule))
    for name, info in settings_of(rule).items():
        value = getattr(rule, name)
        if isinstance(value, str) and info.choice in (Choice.SCHOOL_KIND, Choice.SCHOOL) and value not in words:
            words += f" ({session.district.school_of[value].name if value in session.district.school_of else value})"
    return words


def _explain(session: Session, rule: Rule) -> str:
    try:
        return rule.explain(session.scenario.apply(session.district))
    except EquityAllocError as error:
        return str(error)
