"""What a person decides about files: which district, which schools are the same, and what is taken as it is."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from equity_alloc.domain.district import GroupUse
from equity_alloc.sources.mapped.extract import Extract
from equity_alloc.sources.mapped.join import By, Match
from equity_alloc.sources.mapped.take_in import TakenIn
from equity_alloc.ui.files_work import Work, desk_of, lay_down
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.words import plain

#: Matches by name that are shown one by one; the rest follow as these are answered.
AT_ONCE = 20
_OPEN, _NONE = "?", ""


def show_choices(session: Session, extracts: Sequence[Extract]) -> None:
    """Show which district and year is read, where the files hold several."""
    desk = desk_of(session)
    names = {code: name for extract in extracts for code, name in extract.names.items()}
    for name, label, now in (("district", "District", desk.district), ("year", "Year", desk.year)):
        values = sorted({v for e in extracts if len(e.choices.get(name, ())) > 1 for v in e.choices[name]})
        if not values:
            continue
        options = ["", *values]
        st.selectbox(
            label,
            options,
            index=options.index(now) if now in options else 0,
            format_func=partial(_choice_words, name, names),
            key=f"files-{name}",
            on_change=_choose,
            args=(session, name),
        )


def _choice_words(name: str, names: dict[str, str], value: str) -> str:
    if not value:
        return "the latest" if name == "year" else "choose one"
    return f"{names[value]} ({value})" if names.get(value) else value


def _choose(session: Session, name: str) -> None:
    value = str(field_value(f"files-{name}") or "")
    desk = desk_of(session)
    lay_down(
        session,
        dataclasses.replace(desk, district=value) if name == "district" else dataclasses.replace(desk, year=value),
    )


def show_matches(session: Session, work: Work, taken: TakenIn) -> None:
    """Show schools that only their names bring together, each for a person to confirm."""
    asked = taken.joined.asked
    if taken.joined.unmatched:
        names = ", ".join(plain(facts.name) for _, facts in taken.joined.unmatched[:12])
        more = ", ..." if len(taken.joined.unmatched) > 12 else ""
        st.markdown(
            f"Nothing brings these {len(taken.joined.unmatched)} schools together with another file: {names}{more}."
        )
    if not asked:
        return
    answers = desk_of(session).answers
    open_ones = [match for match in asked if match.key not in answers.matches]
    same = [match for match in open_ones if match.by is By.NAME]
    st.markdown(
        f"{len(asked)} schools share no code with the first file, only a name. {len(open_ones)} are still to be confirmed."
    )
    if same:
        st.button(
            f"Confirm the {len(same)} with equal names",
            key="match-same",
            on_click=_confirm,
            args=(session, tuple(same)),
        )
    schools = {facts.code: facts.name for extract in work.extracts for facts in extract.schools}
    first = [match for match in open_ones if match not in same][:AT_ONCE] or open_ones[:AT_ONCE]
    for match in first:
        options = [_OPEN, match.to, _NONE, *sorted(code for code in taken.joined.codes[0] if code != match.to)]
        st.selectbox(
            f"{plain(match.name)} (code {plain(match.code)}) is",
            options,
            format_func=partial(_match_words, match, schools),
            key=f"match-{match.key}",
            on_change=_answer,
            args=(session, match),
        )
    if len(open_ones) > len(first) + len(same):
        st.markdown("More follow as these are answered.")
    answered = [match for match in asked if match.key in answers.matches]
    if answered:
        with st.expander(f"Confirmed: {len(answered)}"):
            for match in answered[:200]:
                code = answers.matches[match.key]
                told = f"{plain(schools.get(code, code))} (code {plain(code)})" if code else "none of the schools"
                st.markdown(f"- {plain(match.name)} (code {plain(match.code)}) is {told}.")
            st.button("Ask again about all of them", key="match-again", on_click=_change, args=(session, "matches", {}))


def _match_words(match: Match, schools: dict[str, str], code: str) -> str:
    if code == _OPEN:
        return "not answered yet"
    if code == _NONE:
        return "none of the schools in the first file"
    likely = f", {match.by.value}" if code == match.to else ""
    return f"{schools.get(code, code)} (code {code}){likely}"


def _confirm(session: Session, matches: tuple[Match, ...]) -> None:
    known = desk_of(session).answers.matches
    _change(session, "matches", {**known, **{match.key: match.to for match in matches}})


def _answer(session: Session, match: Match) -> None:
    code = field_value(f"match-{match.key}")
    if code is not None and code != _OPEN:
        _change(session, "matches", {**desk_of(session).answers.matches, match.key: code})


def show_decisions(session: Session, work: Work, taken: TakenIn) -> None:
    """Show what has to be signed: totals that do not tie, what blank and suppressed mean, schools without money."""
    answers = desk_of(session).answers
    for _, words in taken.reconciled.asking:
        st.markdown(f":material/difference: {plain(words)}")
    _text(session, "name", "District's name", answers.name, "As it is printed on every report.")
    _text(session, "who", "Who decides", answers.who, "Kept with the district, beside each decision.")
    if taken.reconciled.asking:
        _text(session, "reason", "Why the differences are taken as they are", answers.reason, "In your own words.")
        _box(session, "accepts", "Take these totals as they are", answers.accepts)
    codes = {finding.code for finding in taken.reading.findings}
    if codes & {"money-missing", "typical-costs"} or answers.typical:
        _box(session, "typical", "Start with typical posts and costs; each is marked as a guess", answers.typical)
    if codes & {"school-without-money"} or answers.leave_out_without_money:
        _box(
            session, "leave_out_without_money", "Leave out schools of which no file knows the dollars",
            answers.leave_out_without_money,
        )  # fmt: skip
    if "group-unknown" in codes or answers.middle_of_bounds or answers.blank_means_zero:
        _box(
            session,
            "middle_of_bounds",
            "Take suppressed counts at the middle of their bounds",
            answers.middle_of_bounds,
        )
        groups = {g.code: g.title for e in work.extracts for g in e.groups if g.use is GroupUse.NEED}
        st.multiselect(
            "Groups whose blank counts mean none",
            list(groups),
            default=[code for code in answers.blank_means_zero if code in groups],
            format_func=lambda code: groups[code],
            key="files-blank",
            on_change=_take_blank,
            args=(session,),
            help="Only if whoever made the file says so. Otherwise they stay unknown.",
        )


def show_control(session: Session, work: Work) -> None:
    """Show a field for the total that a ledger or a printed summary gives for each file of money."""
    control = desk_of(session).answers.control
    for place, extract in enumerate(work.extracts):
        if extract.money:
            file = extract.tally.file
            st.text_input(
                f"Total of {plain(file)} by your ledger, dollars",
                value=control.get(file, ""),
                key=f"files-control-{place}",
                on_change=_take_control,
                args=(session, file, place),
                help="Blank if you have none. It is compared with the sum of the rows, to the cent.",
            )


def show_added(session: Session, work: Work) -> None:
    """Let a person say which further files of money are added to the first; the others are compared only."""
    files = [extract.tally.file for extract in work.extracts if extract.money]
    if len(files) < 2:
        return
    answers = desk_of(session).answers
    st.multiselect(
        "Files of money that are added to the first, not only compared",
        files,
        default=[file for file in answers.added if file in files],
        key="files-added",
        on_change=_take_added,
        args=(session,),
        placeholder="None: further files are compared only",
        help="Add a file only if its dollars are in none of the others, such as a grant that is kept in a ledger of its own.",
    )


def _take_added(session: Session) -> None:
    _change(session, "added", tuple(field_value("files-added") or ()))


def _take_control(session: Session, file: str, place: int) -> None:
    typed = str(field_value(f"files-control-{place}") or "").strip()
    _change(session, "control", {**desk_of(session).answers.control, file: typed})


def _text(session: Session, name: str, label: str, now: str, help_words: str) -> None:
    key = f"files-{name}"
    st.text_input(label, value=now, key=key, help=help_words, on_change=_take, args=(session, name, key))


def _box(session: Session, name: str, label: str, now: bool) -> None:
    key = f"files-{name}"
    st.checkbox(label, value=now, key=key, on_change=_take, args=(session, name, key))


def _take(session: Session, name: str, key: str) -> None:
    _change(session, name, field_value(key))


def _take_blank(session: Session) -> None:
    _change(session, "blank_means_zero", tuple(field_value("files-blank") or ()))


def _change(session: Session, name: str, value: Any) -> None:
    desk = desk_of(session)
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    answers = dataclasses.replace(desk.answers, **{name: value, "when": today})
    lay_down(session, dataclasses.replace(desk, answers=answers))
