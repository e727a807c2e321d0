"""Every rule of the scenario: change, add, remove. Made from the rules' own descriptions, so that a new kind needs nothing here."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from equity_alloc.catalogue import rule_classes
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.number import count_words
from equity_alloc.planning.plan import Plan, RuleReport
from equity_alloc.rules.base import Force, Rule
from equity_alloc.rules.setting import Choice, settings_of, typed_settings_of
from equity_alloc.scenario import Scenario
from equity_alloc.ui.changes import with_new_rule, with_rule_setting, without_rule
from equity_alloc.ui.opener import show_opener
from equity_alloc.ui.sentences import first_sentence
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import show_settings, show_typed_error
from equity_alloc.ui.words import plain

NEWEST = "newest-rule"

#: Takes a person who added a rule to its first field; a field appears a moment after the line that holds it.
_FIRST_FIELD = f"""<script>
(function look(left) {{
  const field = document.querySelector(
    ".st-key-{NEWEST} :is([data-testid=stNumberInput], [data-testid=stTextInput], [data-testid=stSelectbox], " +
    "[data-testid=stMultiSelect], [data-testid=stCheckbox]) :is(input, textarea)");
  if (field) {{
    const added = document.querySelector(".st-key-{NEWEST}");
    added.style.scrollMarginTop = "5rem";
    added.scrollIntoView({{ block: "start" }});
    field.focus({{ preventScroll: true }});
  }} else if (left > 0) setTimeout(look, 100, left - 1);
}})(20);
</script>"""


def show_rules(session: Session, plan: Plan | None) -> None:
    """Show all rules, those of one kind together; the one added last stands above all until it is closed."""
    reports = {report.number: report for report in plan.certificate.rules} if plan is not None else {}
    st.markdown(_overview(session, plan))
    kinds: dict[str, list[tuple[int, Rule]]] = {}
    for number, rule in enumerate(session.scenario.rules, start=1):
        if number == session.newest and f"rule-{number}" in session.opened:
            _show_newest(session, number, rule, reports.get(number))
        else:
            kinds.setdefault(rule.code, []).append((number, rule))
    _show_adding(session)
    for members in sorted(kinds.values(), key=lambda group: (group[0][1].always, group[0][0])):
        first = members[0][1]
        sources = dict.fromkeys(str(rule.source) for _, rule in members)
        st.subheader(plain(first.title), anchor=False)
        # Not a caption: a faded link would stand below the contrast that readers need.
        st.markdown(f":small[{plain(f'{first.says} Rules of this kind are written in: ' + '; '.join(sources))}]")
        for number, rule in members:
            _show_rule(session, number, rule, reports.get(number))


def _overview(session: Session, plan: Plan | None) -> str:
    rules = session.scenario.rules
    counts = {force: sum(1 for rule in rules if rule.force is force) for force in Force}
    forces = ", ".join(f"{count} by {force.value}" for force, count in counts.items() if count)
    words = f"{count_words(len(rules), 'rule')} must hold: {forces}."
    if plan is None:
        return words
    at_limit = sum(1 for report in plan.certificate.rules if report.binding)
    return f"{words} {at_limit} of them leave no room somewhere."


def _show_newest(session: Session, number: int, rule: Rule, report: RuleReport | None) -> None:
    with st.container(key=NEWEST):
        st.markdown(f"**Just added: {plain(rule.title)}**")
        _show_rule(session, number, rule, report)
    if session.reports.pop(NEWEST, False):
        st.html(_FIRST_FIELD, unsafe_allow_javascript=True)


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
    before = len(session.scenario.rules)
    session.attempt("add-rule", code, lambda: with_new_rule(session.scenario, code, session.district))
    if len(session.scenario.rules) > before:
        session.newest = len(session.scenario.rules)
        session.opened.add(f"rule-{session.newest}")
        session.reports[NEWEST] = True


def _show_rule(session: Session, number: int, rule: Rule, report: RuleReport | None) -> None:
    with st.container(border=True):
        is_open = show_opener(session, f"rule-{number}", _label(session, number, rule, report), f"rule {number}")
        if not is_open:
            return
        if report is not None and report.gaps:
            more = f" And {len(report.gaps) - 1} more like it." if len(report.gaps) > 1 else ""
            st.warning(plain(f"{report.gaps[0]}{more}"), icon=":material/help:")
        if report is not None and report.binding:
            named = ", ".join(report.binding[:8]) + (" and others" if len(report.binding) > 8 else "")
            st.markdown(f"At its limit: {plain(named)}.")
        show_settings(session, rule, f"rule-{number}", partial(_changed, number))
        if not settings_of(rule):
            st.markdown("This rule has no settings.")
        st.markdown(f":small[Rules of this kind are written in: {plain(str(rule.source))}]")
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
        words += " :orange-badge[an entry was not taken]"
    elif report is not None and report.gaps:
        words += " :orange-badge[not testable]"
    elif report is not None and report.binding:
        words += f" :blue-badge[at its limit in {len(report.binding)} of {report.subjects}]"
    what_it_takes = _explain(session, rule).partition(". ")[2]
    return f"{words}  \n:small[{plain(what_it_takes)}]" if what_it_takes else words


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
