"""Which schools of several files are one school: what names or codes alone say, for a person to confirm."""

from __future__ import annotations

from functools import partial

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.sources.mapped.join import By, Match
from equity_alloc.sources.mapped.take_in import TakenIn
from equity_alloc.ui.files_decide import change
from equity_alloc.ui.files_work import Work, desk_of
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.words import plain

#: Matches that are shown one by one; the rest follow as these are answered.
AT_ONCE = 20
_OPEN, _NONE = "?", ""


def show_matches(session: Session, work: Work, taken: TakenIn) -> None:
    """Show schools that only their names bring together, or only their codes, each for a person to confirm."""
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
    by_code = [match for match in asked if match.by is By.OTHER_NAME]
    told = []
    if len(asked) > len(by_code):
        told.append(
            f"{count_words(len(asked) - len(by_code), 'school')} with no code in common with the first file, only a name."
        )
    if by_code:
        told.append(f"{count_words(len(by_code), 'school')} with a code of the first file under a name that is unlike.")
    st.markdown(f"{' '.join(told)} {len(open_ones)} are still to be confirmed.")
    same = [match for match in open_ones if match.by is By.NAME]
    for key, words, matches in (
        ("match-same", "equal names", same),
        ("match-codes", "equal codes", [match for match in open_ones if match.by is By.OTHER_NAME]),
    ):
        if matches:
            st.button(
                f"Confirm the {len(matches)} with {words}", key=key, on_click=_confirm, args=(session, tuple(matches))
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
                is_one = f"{plain(schools.get(code, code))} (code {plain(code)})" if code else "none of the schools"
                st.markdown(f"- {plain(match.name)} (code {plain(match.code)}) is {is_one}.")
            st.button("Ask again about all of them", key="match-again", on_click=change, args=(session, "matches", {}))


def _match_words(match: Match, schools: dict[str, str], code: str) -> str:
    if code == _OPEN:
        return "not answered yet"
    if code == _NONE:
        return "none of the schools in the first file"
    likely = f", {match.by.value}" if code == match.to else ""
    return f"{schools.get(code, code)} (code {code}){likely}"


def _confirm(session: Session, matches: tuple[Match, ...]) -> None:
    known = desk_of(session).answers.matches
    change(session, "matches", {**known, **{match.key: match.to for match in matches}})


def _answer(session: Session, match: Match) -> None:
    code = field_value(f"match-{match.key}")
    if code is not None and code != _OPEN:
        change(session, "matches", {**desk_of(session).answers.matches, match.key: code})
