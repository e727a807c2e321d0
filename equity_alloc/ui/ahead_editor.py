"""Every assumption about the years ahead: value, year, source and date, to be changed, added and removed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import streamlit as st

from equity_alloc.domain.ahead import EVERY, SHORT, SUBJECTS, UNITS, Assumption, What
from equity_alloc.domain.ahead_names import names_for
from equity_alloc.domain.district import District
from equity_alloc.domain.money import print_dollars
from equity_alloc.rules.phased import phased_names
from equity_alloc.scenario import Scenario
from equity_alloc.sources.ahead_table import read_assumed
from equity_alloc.ui.ahead_changes import with_assumption, with_new_assumption, without_assumption
from equity_alloc.ui.opener import show_opener
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import field_key, field_start, show_typed_error
from equity_alloc.ui.words import plain

_EVERY_YEAR = "every year ahead"
_LONGEST = 300


def show_assumptions(session: Session, years: tuple[str, ...]) -> None:
    """Show what is assumed, kind by kind, and a form for one more.

    Parameters
    ----------
    session : Session
    years : tuple of str
        The years ahead that can be named.
    """
    st.markdown(
        "Each value counts for the year that it names, or for every year ahead; one for a single fund, school or grade "
        "counts before one for every one. What is not assumed is asked for: it is never taken as zero."
    )
    for what in What:
        members = [(place, a) for place, a in enumerate(session.scenario.ahead) if a.what is what]
        if members:
            with st.container(border=True):
                values = "; ".join(
                    f"{_who(session.district, a)}{f' in {a.year}' if a.year else ''}: {_value(a)}"
                    for _, a in members[:4]
                )
                more = f" and {len(members) - 4} more" if len(members) > 4 else ""
                words = f"**{plain(what.value.capitalize())}** ({UNITS[what]}): {plain(values + more)}"
                if show_opener(session, f"ahead-{what.name}", words, SHORT[what]):
                    for place, assumption in members:
                        _show_one(session, place, assumption)
    _show_adding(session, years)


def _who(district: District, assumption: Assumption) -> str:
    """Return what the district calls that of which something is assumed."""
    names = names_for(district, assumption.what)
    return next((title for code, title in names.items() if code.lower() == assumption.of.lower()), assumption.of)


def _show_one(session: Session, place: int, assumption: Assumption) -> None:
    who = _who(session.district, assumption)
    st.markdown(f"**{plain(who[:1].upper() + who[1:])}**, {plain(assumption.year or _EVERY_YEAR)}")
    for column, (name, label, text) in zip(
        st.columns([1, 2, 1], vertical_alignment="bottom"),
        (
            ("value", "Value", _value(assumption)),
            ("source", "Who says so, and where it is written", assumption.source),
            ("dated", "Dated (year first)", assumption.dated),
        ),
        strict=True,
    ):
        field = f"ahead-{place}-{name}"
        key = field_key(session, field)
        with column:
            st.text_input(
                f"{label}: {assumption.label}" if name == "value" else f"{label}, {assumption.of}",
                str(field_start(session, field, text)),
                max_chars=_LONGEST,
                key=key,
                on_change=_take,
                args=(session, field, key, place, name, assumption.what),
            )
            show_typed_error(session, field)
    st.button(
        f"Remove: {assumption.label}",
        icon=":material/delete:",
        key=f"ahead-remove-{session.revision}-{place}",
        on_click=_remove,
        args=(session, place),
    )


def _take(session: Session, field: str, key: str, place: int, name: str, what: What) -> None:
    typed = str(field_value(key) or "").strip()

    def make() -> Scenario:
        value: Any = read_assumed(what, typed) if name == "value" else typed
        return with_assumption(session.scenario, place, **{name: value})

    session.attempt(field, typed, make)


def _remove(session: Session, place: int) -> None:
    session.choose(without_assumption(session.scenario, place))


def _show_adding(session: Session, years: tuple[str, ...]) -> None:
    with st.container(border=True):
        st.markdown("**Add an assumption**")
        kinds = [each.value for each in What]
        what = What(st.selectbox("What is assumed", kinds, format_func=str.capitalize, key="ahead-what") or kinds[0])
        names = _names(session.district, session.scenario, what)
        st.selectbox(
            f"Of which {SUBJECTS[what]}",
            list(names),
            format_func=lambda n: names.get(n, n),
            key=f"ahead-of-{what.name}",
        )
        left, middle, right = st.columns(3)
        left.selectbox("In which year", ["", *years], format_func=lambda y: y or _EVERY_YEAR, key="ahead-year")
        middle.text_input(
            f"Value ({UNITS[what]})", key="ahead-value", placeholder="2 % or 0.02" if UNITS[what] == "share" else ""
        )
        right.text_input("Dated (year first)", key="ahead-dated", placeholder="2026-10-15")
        st.text_input("Who says so, and where it is written", key="ahead-source", max_chars=_LONGEST)
        st.button("Add this assumption", icon=":material/add:", key="ahead-add", on_click=_add, args=(session,))
        show_typed_error(session, "ahead-new")


def _names(district: District, scenario: Scenario, what: What) -> dict[str, str]:
    if what is What.RULE:
        return {name: name for name in phased_names(scenario.rules)}
    return {EVERY: f"Every {SUBJECTS[what]}", **names_for(district, what)}


def _add(session: Session) -> None:
    what = What(field_value("ahead-what"))
    of, year = str(field_value(f"ahead-of-{what.name}") or ""), str(field_value("ahead-year") or "")
    value, source, dated = (str(field_value(f"ahead-{n}") or "").strip() for n in ("value", "source", "dated"))

    def make() -> Scenario:
        made = Assumption(what, of, read_assumed(what, value), year, source, dated)
        return with_new_assumption(session.scenario, made)

    session.attempt("ahead-new", value, make)


def _value(assumption: Assumption) -> str:
    value: Decimal = assumption.value
    if UNITS[assumption.what] == "share":
        percent = (value * 100).normalize()
        return f"{percent:f} %" if percent else "0 %"
    if assumption.what is What.BALANCE:
        cents = int(value * 100)
        return print_dollars(cents, with_cents=cents % 100 != 0)
    return f"{value.normalize():f}" if value else "0"
