"""What a person decides about files: which district and year, how shares are meant, and what is taken as it is."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from equity_alloc.domain.day import today
from equity_alloc.domain.district import GroupUse
from equity_alloc.domain.number import count_words
from equity_alloc.sources.mapped.answers import FundsAs
from equity_alloc.sources.mapped.extract import Extract
from equity_alloc.sources.mapped.fields import field_of
from equity_alloc.sources.mapped.posts import MOST_FUNDS, MOST_PLANNED
from equity_alloc.sources.mapped.table_map import RowKind
from equity_alloc.sources.mapped.take_in import TakenIn
from equity_alloc.ui.files_work import Work, desk_of, lay_down
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.words import plain

#: A list of more districts is typed into, not opened.
MOST_LISTED = 1_000
_SCALES = {"": "not answered yet", "share": "shares: 0.25 is 25 %", "percent": "percent: 0.25 is 0.25 %"}
_FUNDS = {
    FundsAs.TWO: "two: state and local, and federal",
    FundsAs.LARGEST: "the largest by name, the others joined",
    FundsAs.ALL: f"by name up to {MOST_PLANNED}, the smallest joined",
}


def show_choices(session: Session, extracts: Sequence[Extract]) -> None:
    """Show which district and year is read, where the files hold several."""
    desk = desk_of(session)
    names = {code: name for extract in extracts for code, name in extract.names.items()}
    of_schools = [extract for extract in extracts if extract.map.rows is not RowKind.DISTRICT]
    for name, label, now in (("district", "District", desk.district), ("year", "Year", desk.year)):
        values = sorted({v for e in of_schools if len(e.choices.get(name, ())) > 1 for v in e.choices[name]})
        if name == "district" and not values:
            values = sorted({v for e in extracts for v in e.choices.get(name, ())})
        if len(values) > MOST_LISTED:
            st.text_input(
                f"{label}: its name or code, one of {len(values):,}", value=now, key=f"files-{name}", on_change=_choose,
                args=(session, name), help="As it stands in the files, for files of the nation the seven digits of the LEAID.",
            )  # fmt: skip
            continue
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


def show_decisions(session: Session, work: Work, taken: TakenIn) -> None:
    """Show what has to be signed: totals that do not tie, what blank and suppressed mean, schools without money."""
    answers = desk_of(session).answers
    for _, words in taken.reconciled.asking:
        st.markdown(f":material/difference: {plain(words)}")
    nameless = any(finding.code == "district-unnamed" for finding in taken.reading.findings)
    _text(
        session,
        "name",
        "District's name",
        answers.name,
        "As it is printed on every report.",
        "No file says it: type it here" if nameless else "",
    )
    _text(session, "who", "Who decides", answers.who, "Kept with the district, beside each decision.")
    if taken.reconciled.asking:
        _text(session, "reason", "Why the differences are taken as they are", answers.reason, "In your own words.")
        _box(session, "accepts", "Take these totals as they are", answers.accepts)
    codes = {finding.code for finding in taken.reading.findings}
    _show_scales(session, work, taken)
    _show_kept(session, taken)
    if codes & {"money-missing", "typical-costs"} or answers.typical:
        _box(session, "typical", "Start with typical posts and costs; each is marked as a guess", answers.typical)
    if codes & {"school-without-money"} or answers.leave_out_without_money:
        _box(
            session, "leave_out_without_money", "Leave out schools of which no file knows the dollars",
            answers.leave_out_without_money,
        )  # fmt: skip
    if "group-over-enrollment" in codes or answers.over_is_unknown:
        _box(
            session, "over_is_unknown", "Take counts that are larger than the enrollment as unknown",
            answers.over_is_unknown,
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


def _show_scales(session: Session, work: Work, taken: TakenIn) -> None:
    """Ask of each column of shares without a percent sign what its numbers mean."""
    said = desk_of(session).answers.scales
    asked = [finding.value for finding in taken.reading.findings if finding.code == "share-scale-unsaid"]
    files = {extract.tally.file for extract in work.extracts}
    for key in dict.fromkeys([*(key for key in said if key.rpartition(":")[0] in files), *asked]):
        file, _, name = key.rpartition(":")
        st.selectbox(
            f"{field_of(name).title} in {plain(file)} is printed without a percent sign as",
            list(_SCALES),
            index=list(_SCALES).index(said.get(key, "")),
            format_func=lambda words: _SCALES[words],
            key=f"files-scale-{key}",
            on_change=_take_scale,
            args=(session, key),
        )


def _take_scale(session: Session, key: str) -> None:
    words = str(field_value(f"files-scale-{key}") or "")
    others = {known: said for known, said in desk_of(session).answers.scales.items() if known != key}
    change(session, "scales", {**others, key: words} if words else others)


def _show_kept(session: Session, taken: TakenIn) -> None:
    """Let a person say that rows which look like totals are data."""
    kept = desk_of(session).answers.kept_rows
    guessed = {w: label for tally in taken.reconciled.tallies for left in tally.left_out for w, label in left.named}
    if not guessed and not kept:
        return
    st.multiselect(
        "Rows that look like totals and are schools, posts or dollars of their own",
        list(dict.fromkeys([*kept, *guessed])),
        default=list(kept),
        format_func=lambda where: f"{plain(guessed[where])} ({where})" if guessed.get(where) else where,
        key="files-kept",
        on_change=_take_kept,
        args=(session,),
        placeholder="None: they are totals and are left out",
        help="Only those that a total of other rows could be mistaken for are listed.",
    )


def _take_kept(session: Session) -> None:
    change(session, "kept_rows", tuple(field_value("files-kept") or ()))


def show_funds(session: Session, taken: TakenIn) -> None:
    """Let a person say what becomes of more funds than a plan can show."""
    if taken.funds <= MOST_FUNDS:
        return
    st.selectbox(
        f"The money has {count_words(taken.funds, 'fund')}. Funds of the plan",
        list(_FUNDS),
        index=list(_FUNDS).index(FundsAs(desk_of(session).answers.funds)),
        format_func=lambda choice: _FUNDS[choice],
        key="files-funds",
        on_change=_take,
        args=(session, "funds", "files-funds"),
        help="Totals are the same to the cent whatever you choose. A plan over many funds takes longer and is hard to read.",
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
    change(session, "added", tuple(field_value("files-added") or ()))


def _take_control(session: Session, file: str, place: int) -> None:
    typed = str(field_value(f"files-control-{place}") or "").strip()
    change(session, "control", {**desk_of(session).answers.control, file: typed})


def _text(session: Session, name: str, label: str, now: str, help_words: str, placeholder: str = "") -> None:
    key = f"files-{name}"
    st.text_input(
        label,
        value=now,
        key=key,
        help=help_words,
        placeholder=placeholder or None,
        on_change=_take,
        args=(session, name, key),
    )


def _box(session: Session, name: str, label: str, now: bool) -> None:
    key = f"files-{name}"
    st.checkbox(label, value=now, key=key, on_change=_take, args=(session, name, key))


def _take(session: Session, name: str, key: str) -> None:
    change(session, name, field_value(key))


def _take_blank(session: Session) -> None:
    change(session, "blank_means_zero", tuple(field_value("files-blank") or ()))


def change(session: Session, name: str, value: Any) -> None:
    """Keep one more answer, with the day on which it was given."""
    desk = desk_of(session)
    answers = dataclasses.replace(desk.answers, **{name: value, "when": today()})
    lay_down(session, dataclasses.replace(desk, answers=answers))
