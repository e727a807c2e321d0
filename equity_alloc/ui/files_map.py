"""How a table is read: the map that knows it, or a guess that a person looks at, corrects and confirms."""

from __future__ import annotations

import dataclasses

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.sources.mapped.arrive import Arrived
from equity_alloc.sources.mapped.fields import FIELDS
from equity_alloc.sources.mapped.guess import Guess, guess_map, make_map
from equity_alloc.sources.mapped.read_map import write_map
from equity_alloc.sources.mapped.table_map import ROW_WORDS, RowKind, TableMap
from equity_alloc.ui.downloads import offer
from equity_alloc.ui.files_work import aliases_of, desk_of, keep_map, lay_down
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.words import plain

NOT_READ, GROUP, AUDIT = "", "need:", "audit:"
#: Kinds of rows that a person can describe here; the others need a map of their own.
_KINDS = (RowKind.SCHOOL, RowKind.MONEY, RowKind.PUPIL)
_OPTIONS = (NOT_READ, *(name for name in FIELDS if name != "pupils"), GROUP, AUDIT)
_WORDS = {
    NOT_READ: "not read",
    GROUP: "Pupils of another group, named as the column",
    AUDIT: "Audit only: a group named as the column",
}


def show_map(session: Session, table: Arrived, table_map: TableMap | None, place: int) -> None:
    """Show how one table is read, with a form to change it; a table that no map knows opens with a guess.

    Parameters
    ----------
    session : Session
    table : Arrived
    table_map : TableMap or None
    place : int
        Number of the table on the page.
    """
    if table.grid.is_hidden and table_map is None:
        st.markdown("This sheet is hidden in its workbook and is not read. Show it there and save, if it is meant.")
        return
    guess = _guess(session, table)
    if guess is None:
        st.markdown("The table is empty.")
        return
    if table_map is None:
        st.warning(
            "No map knows this table yet. Look at the guess below, correct it, and confirm it. Nothing is read before.",
            icon=":material/help:",
        )
        _show_form(session, table, guess, None, place)
        return
    seen = "" if table_map.is_seen else " Read by its specification: no real file of this kind has been seen."
    st.markdown(f"Read as **{plain(table_map.title)}**: each row is {ROW_WORDS[table_map.rows]}.{seen}")
    if table_map.note:
        st.markdown(plain(table_map.note))
    if table_map.source:
        source = table_map.source
        st.caption(plain(f"{source.title}, {source.locator}{f' ({source.as_of})' if source.as_of else ''}."))
    with st.expander("Which column is what"):
        _show_form(session, table, guess, table_map, place)
        offer(
            "Map of the columns",
            write_map(table_map),
            f"{table_map.code}.toml",
            "application/toml",
            key=f"map-download-{place}",
        )
        st.caption("Hand the map on, or choose it here together with next year's file.")


def _guess(session: Session, table: Arrived) -> Guess | None:
    return guess_map(table.grid, aliases_of(session))


def _show_form(session: Session, table: Arrived, guess: Guess, table_map: TableMap | None, place: int) -> None:
    by_heading = _by_heading(guess, table_map)
    rows = table_map.rows if table_map else guess.rows
    kinds = _KINDS if rows in _KINDS else (*_KINDS, rows)
    with st.form(f"map-{place}"):
        st.text_input(
            "Name of this kind of table",
            value=table_map.title if table_map else table.grid.name,
            key=f"map-title-{place}",
        )
        st.selectbox(
            "Each row is",
            kinds,
            index=kinds.index(rows),
            format_func=lambda kind: ROW_WORDS[kind],
            key=f"map-rows-{place}",
        )
        left = [p for p, heading in enumerate(guess.shape.headings) if heading and heading not in by_heading]
        for column, heading in enumerate(guess.shape.headings):
            if heading in by_heading:
                _show_column(guess, column, by_heading[heading], place)
        if left:
            with st.expander(f"{len(left)} columns that are not read"):
                for column in left:
                    _show_column(guess, column, NOT_READ, place)
        st.text_input(
            "Words and numbers that stand for unknown in this file, separated by commas",
            value=", ".join(table_map.missing) if table_map else "",
            placeholder="-1, -9, NRD",
            help="Blank, N/A and a lone dot or dash always do.",
            key=f"map-missing-{place}",
        )
        st.form_submit_button("Use this map and keep it for next year", on_click=_use, args=(session, table, place))
    error = session.reports.get(f"map-error-{table.key}")
    if error:
        st.error(plain(str(error)), icon=":material/edit_off:")


def _by_heading(guess: Guess, table_map: TableMap | None) -> dict[str, str]:
    """Return what each column holds; where one holds two things, the code comes first."""
    if table_map is None:
        return {heading: name for name, heading in reversed(list(guess.columns.items()))}
    found: dict[str, str] = {}
    for name, headings in reversed(table_map.columns):
        place = guess.shape.place(headings)
        if place is not None:
            found[guess.shape.headings[place]] = name
    return found


def _show_column(guess: Guess, column: int, name: str, place: int) -> None:
    heading = guess.shape.headings[column]
    shown = GROUP if name.startswith(GROUP) else AUDIT if name.startswith(AUDIT) else name
    options = _OPTIONS if shown in _OPTIONS else (*_OPTIONS, shown)  # pupils of a category need a map of their own
    samples = ", ".join(guess.samples[column]) or "blank"
    st.selectbox(
        f"{plain(heading)} (begins: {plain(samples[:60])})",
        options,
        index=options.index(shown),
        format_func=lambda option: _WORDS.get(option) or FIELDS[option].title,
        key=f"map-column-{place}-{column}",
    )


def _use(session: Session, table: Arrived, place: int) -> None:
    guess = _guess(session, table)
    if guess is None:
        return
    session.reports.pop(f"map-error-{table.key}", None)
    desk = desk_of(session)
    columns: dict[str, str] = {}
    try:
        for column, heading in enumerate(guess.shape.headings):
            name = field_value(f"map-column-{place}-{column}") or NOT_READ
            if not heading or name == NOT_READ:
                continue
            full = f"{name}{heading}" if name in (GROUP, AUDIT) else str(name)
            if full in columns:
                session.reports[f"map-error-{table.key}"] = (
                    f"{FIELDS[full].title if full in FIELDS else full} is chosen for two columns: {columns[full]} and "
                    f"{heading}. Set one of them to another field, or to not read."
                )
                return
            columns[full] = heading
        if "school" not in columns and "school_name" in columns:
            columns["school"] = columns["school_name"]
        made = _make(table, columns, place)
    except EquityAllocError as error:
        session.reports[f"map-error-{table.key}"] = str(error)
        return
    keep_map(session, made)
    lay_down(session, dataclasses.replace(desk, maps={**desk.maps, table.key: write_map(made)}))


def _make(table: Arrived, columns: dict[str, str], place: int) -> TableMap:
    title = str(field_value(f"map-title-{place}") or "").strip() or table.grid.name
    rows = RowKind(field_value(f"map-rows-{place}") or RowKind.SCHOOL)
    missing = tuple(
        text for part in str(field_value(f"map-missing-{place}") or "").split(",") if (text := part.strip())
    )
    made = make_map(title, title, rows, columns, missing=missing)
    if table.map is None or table.map.rows is not rows:
        return made
    # What is known of such files beyond their columns stays: totals, codes, sums.
    return dataclasses.replace(
        table.map,
        title=title,
        columns=made.columns,
        missing=missing,
        money=table.map.money or made.money,
    )
