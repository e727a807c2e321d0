"""Files that visitors take with them: one button for all of them, with the same words in the same order."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st

from equity_alloc.domain.district import District
from equity_alloc.scenario import Scenario
from equity_alloc.sources.write_inputs import inputs_workbook
from equity_alloc.ui.file_later import FileLater, offer_later
from equity_alloc.ui.session import current

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_INPUTS_NAME = "equity-alloc-inputs-internal.xlsx"
_LATER = "files-later"


def offer(
    title: str, data: bytes | str | Callable[[], bytes | str], name: str, media: str, *, key: str, words: str = ""
) -> None:
    """Show the button that hands a file out, named alike wherever it stands.

    Parameters
    ----------
    title : str
        What the file is.
    data : bytes, str, or a function that makes them
        A function is called only when somebody wants the file; where it fails, the page says why.
    name : str
        Of the file; its end tells the kind, and "internal" before it who may read it.
    media : str
    key : str
    words : str
        What it is called elsewhere, kind and readers included; "" for the title with what its name tells.
    """
    hand_out(title, f"Download: {words or f'{title} ({kind_words(name)})'}", data, name, media, key=key)


def hand_out(
    title: str,
    label: str,
    data: bytes | str | Callable[[], bytes | str],
    name: str,
    media: str,
    *,
    key: str,
    icon: str = ":material/download:",
) -> None:
    """Show the button that hands a file out, as :func:`offer`, under words of its own."""
    if not callable(data):
        st.download_button(label, data, name, media, icon=icon, on_click="ignore", key=key)
        return
    files: dict[str, FileLater] = current().reports.setdefault(_LATER, {})
    file = files.setdefault(key, FileLater(data))
    file.make = data
    offer_later(file, title, lambda made: st.download_button(label, made, name, media, icon=icon, key=key))


def offer_inputs(district: District, scenario: Scenario, *, key: str) -> None:
    """Offer the district and its choices as the workbook that opens here again."""
    offer("Inputs", lambda: inputs_workbook(district, scenario), _INPUTS_NAME, XLSX, key=key)


def kind_words(name: str) -> str:
    """Return what kind of file a name tells, and whether it is for internal use only.

    Examples
    --------
    >>> kind_words("elm-2026-27-compliance-internal.xlsx"), kind_words("fall-counts.csv")
    ('XLSX, internal', 'CSV')
    """
    stem, _, ending = name.rpartition(".")
    return f"{ending.upper()}, internal" if stem.endswith("internal") else ending.upper()


def file_name(district: District, scenario: Scenario, ending: str) -> str:
    """Return a file name from the names of district and scenario.

    Examples
    --------
    >>> file_name(District("Four Corners", "2026-27", ()), Scenario("Plan A/B"), ".xlsx")
    'four-corners-2026-27-plan-a-b.xlsx'
    """
    words = re.findall(r"[a-z0-9]+", f"{district.name} {district.year} {scenario.name}".lower())
    return f"{'-'.join(words)[:80]}{ending}"
