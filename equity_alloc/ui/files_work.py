"""The files that a visitor works on, what they say, and how it is kept; the page Files in shows what is here."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Finding
from equity_alloc.sources.base import Reading
from equity_alloc.sources.mapped.arrive import Arrived, arrive, is_our_file, read_all
from equity_alloc.sources.mapped.extract import Extract
from equity_alloc.sources.mapped.library import ALIASES, built_in_aliases, joined_aliases, read_aliases
from equity_alloc.sources.mapped.open_tables import without_names
from equity_alloc.sources.mapped.read_map import read_map, write_map
from equity_alloc.sources.mapped.table_map import TableMap
from equity_alloc.sources.mapped.take_in import TakenIn, take_in
from equity_alloc.store.arrivals import MOST_BYTES
from equity_alloc.store.files_desk import BroughtFile, FilesDesk, desk_plain
from equity_alloc.store.unavailable import StoreUnavailable
from equity_alloc.ui.cached import arrivals
from equity_alloc.ui.read_upload import UploadedBytes, read_upload
from equity_alloc.ui.session import Session

_DESK, _MAPS, _ALIASES = "files", "files-maps", "files-aliases"


@dataclass(frozen=True)
class Work:
    """What the files say.

    Parameters
    ----------
    tables : tuple of Arrived
    refused : tuple of Finding
        Files that could not be opened.
    maps : dict of str to TableMap
        How each table is read, by key; a table without one has to be described.
    extracts : tuple of Extract
    taken : TakenIn or None
        None where no table can be read yet.
    ours : Reading or None
        Where every file is one of ours: what it says, read as it is.
    """

    tables: tuple[Arrived, ...]
    refused: tuple[Finding, ...]
    maps: dict[str, TableMap]
    extracts: tuple[Extract, ...]
    taken: TakenIn | None
    ours: Reading | None = None


def desk_of(session: Session) -> FilesDesk:
    """Return the visitor's desk, from the store on the first look."""
    found = session.reports.get(_DESK)
    if isinstance(found, FilesDesk):
        return found
    desk, store = FilesDesk(), arrivals()
    if store is not None and session.visitor is not None:
        try:
            desk = store.load(session.visitor)
        except StoreUnavailable as error:
            session.store_notice = str(error)
    session.reports[_DESK] = desk
    return desk


def lay_down(session: Session, desk: FilesDesk) -> None:
    """Go on with another desk, and keep it."""
    session.reports[_DESK] = desk
    store = arrivals()
    if store is None or session.visitor is None:
        return
    try:
        store.save(session.visitor, desk)
    except StoreUnavailable as error:
        session.store_notice = str(error)
        return
    kept = tuple(dataclasses.replace(file, is_new=False) for file in desk.files)
    session.reports[_DESK] = dataclasses.replace(desk, files=kept)


def add_files(session: Session, files: Sequence[tuple[str, bytes]]) -> str:
    """Lay files on the desk; one of the same name takes the place of the earlier one. Return what could not be taken."""
    desk = desk_of(session)
    told: list[str] = []
    for name, data in files:
        if name.lower().endswith(".toml"):
            told += _take_map(session, name, data)
            continue
        clean = without_names(name, data)
        if isinstance(clean, Finding):
            told.append(f"{clean.what} {clean.remedy}")
            continue
        others = tuple(file for file in desk.files if file.name != name[:200])
        if sum(len(file.data) for file in others) + len(clean) > MOST_BYTES:
            told.append(f"{name} was not taken: all files together may have {MOST_BYTES // 1024**2} MB.")
            continue
        desk = dataclasses.replace(desk, files=(*others, BroughtFile(name[:200], clean)))
    lay_down(session, desk)
    return " ".join(told)


def _take_map(session: Session, name: str, data: bytes) -> list[str]:
    try:
        text = data.decode("utf-8")
        if "[aliases]" in text:
            _keep_aliases(session, text, name)
        else:
            keep_map(session, read_map(text, name))
    except UnicodeDecodeError:
        return [f"{name} is not a map: it is not text."]
    except EquityAllocError as error:
        return [str(error)]
    return []


def _keep_aliases(session: Session, text: str, name: str) -> None:
    """Keep a district's own words for headings, in the place of its earlier ones."""
    session.reports[_ALIASES] = joined_aliases(read_aliases(text, name))
    store = arrivals()
    if store is not None and session.visitor is not None:
        try:
            store.keep_map(session.visitor, ALIASES, text)
        except StoreUnavailable as error:
            session.store_notice = str(error)


def aliases_of(session: Session) -> Mapping[str, tuple[str, ...]]:
    """Return the headings under which fields are looked for, the district's own words first."""
    own_maps(session)
    found: Mapping[str, tuple[str, ...]] = session.reports.get(_ALIASES) or built_in_aliases()
    return found


def own_maps(session: Session) -> tuple[TableMap, ...]:
    """Return the maps that a visitor has kept."""
    found = session.reports.get(_MAPS)
    if isinstance(found, tuple):
        return found
    texts: tuple[str, ...] = ()
    store = arrivals()
    if store is not None and session.visitor is not None:
        try:
            texts = store.maps(session.visitor)
        except StoreUnavailable as error:
            session.store_notice = str(error)
    maps = []
    for text in texts:
        try:
            if "[aliases]" in text:
                session.reports.setdefault(_ALIASES, joined_aliases(read_aliases(text)))
                continue
            maps.append(read_map(text))
        except EquityAllocError:
            continue  # written by another version; the table is guessed again
    session.reports[_MAPS] = tuple(maps)
    return tuple(maps)


def keep_map(session: Session, table_map: TableMap) -> None:
    """Keep a map for next year, in the place of an earlier one with its code."""
    others = tuple(known for known in own_maps(session) if known.code != table_map.code)
    session.reports[_MAPS] = (*others, table_map)
    store = arrivals()
    if store is not None and session.visitor is not None:
        try:
            store.keep_map(session.visitor, table_map.code, write_map(table_map))
        except StoreUnavailable as error:
            session.store_notice = str(error)


def work_of(session: Session) -> Work:
    """Return what the files on the desk say; read once for the same files, maps and answers."""
    desk, own = desk_of(session), own_maps(session)
    key = json.dumps([desk_plain(desk), [(f.name, f.digest) for f in desk.files], [write_map(m) for m in own]])
    return _work(key, desk, own)


@st.cache_resource(max_entries=24, show_spinner="Reading and adding up the files ...")
def _work(key: str, _desk: FilesDesk, _own: tuple[TableMap, ...]) -> Work:
    tables: list[Arrived] = []
    refused: list[Finding] = []
    for file in _desk.files:
        found = arrive(file.name, file.data, _own)
        if isinstance(found, Finding):
            refused.append(found)
        else:
            tables += found
    chosen: dict[str, TableMap] = {}
    for table_key, text in _desk.maps.items():
        try:
            chosen[table_key] = read_map(text)
        except EquityAllocError:
            continue  # a map of another version: the table is recognized or described anew
    maps = {table.key: m for table in tables if (m := chosen.get(table.key) or table.map) is not None}
    if _is_ours(tables, _desk):
        ours = read_upload([UploadedBytes(file.name, file.data) for file in _desk.files])
        return Work((), tuple(refused), {}, (), None, ours)
    extracts = read_all(tables, chosen, {"district": _desk.district, "year": _desk.year}, _desk.answers)
    taken = take_in(extracts, _desk.answers) if extracts else None
    return Work(tuple(tables), tuple(refused), maps, extracts, taken)


def _is_ours(tables: Sequence[Arrived], desk: FilesDesk) -> bool:
    """Whether every file is our own workbook or one of our tables, so that there is nothing to describe."""
    by_file = [[t for t in tables if t.key == f.name or t.key.startswith(f"{f.name}: ")] for f in desk.files]
    return bool(by_file) and all(found and is_our_file(found) for found in by_file)
