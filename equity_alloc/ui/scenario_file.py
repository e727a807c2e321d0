"""A scenario as a file: take it away, bring it back."""

from __future__ import annotations

import json

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.scenario import scenario_from_plain
from equity_alloc.ui.downloads import file_name, offer
from equity_alloc.ui.scenario_names import standing
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.words import plain

_MESSAGE = "scenario-file"


def show_scenario_file(session: Session) -> None:
    """Show the download and the upload of the scenario."""
    kept = standing(session.scenario, session.own, session.saved, session.district)
    st.markdown(f"**{plain(session.scenario.name)}**: {plain(kept)}. The file holds the choices as they are now.")
    offer(
        "Scenario",
        session.scenario.json,
        file_name(session.district, session.scenario, ".json"),
        "application/json",
        key="scenario-json",
    )
    key = f"scenario-upload-{session.revision}"
    st.file_uploader(
        "Open a scenario (.json)", type="json", key=key, on_change=_take, args=(session, key), max_upload_size=2
    )
    message = session.reports.pop(_MESSAGE, None)
    if message is not None:
        is_taken, words = message
        (st.success if is_taken else st.error)(plain(words))


def _take(session: Session, key: str) -> None:
    file = field_value(key)
    if file is None:
        return
    try:
        scenario = scenario_from_plain(json.loads(file.getvalue()))
        scenario.view(session.district)
        scenario.apply(session.district)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        session.reports[_MESSAGE] = (
            False,
            f"{file.name} is not a JSON text. Choose a scenario that was downloaded here.",
        )
    except EquityAllocError as error:
        session.reports[_MESSAGE] = (False, f"{error} The current scenario stays.")
    else:
        session.choose(scenario)
        session.reports[_MESSAGE] = (True, f"The scenario {session.scenario.name} is now the current one.")
