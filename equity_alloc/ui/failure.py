"""What a visitor sees when a page stops unexpectedly: calm words and a log id. The details stay in the server's log."""

import logging
import secrets

import streamlit as st

log = logging.getLogger(__name__)


def new_log_id() -> str:
    """Return eight characters that tie what a visitor saw to one entry of the log."""
    return secrets.token_hex(4).upper()


def failure_message(log_id: str) -> str:
    """Return the words shown in place of a traceback.

    Examples
    --------
    >>> failure_message("0A1B2C3D").startswith("This page stopped before it was finished.")
    True
    """
    return (
        "This page stopped before it was finished. Figures that should follow are missing. Reload the page. "
        f"If it stops again, give log id **{log_id}** to the person who runs this dashboard: "
        "the server log holds the details under that id."
    )


def file_failure_message(log_id: str) -> str:
    """Return the words shown where a file that somebody asked for could not be made.

    Examples
    --------
    >>> file_failure_message("0A1B2C3D").startswith("The file could not be made; nothing else is touched by it.")
    True
    """
    return (
        "The file could not be made; nothing else is touched by it. Ask for it again. If it fails again, give log id "
        f"{log_id} to the person who runs this dashboard: the server log holds the details under that id."
    )


def report_failure(error: Exception) -> bool:
    """Log an error that no page expected, and tell the visitor in plain words.

    Streamlit calls this for an uncaught error of a page, a fragment or a callback.

    Parameters
    ----------
    error : Exception
        What was raised.

    Returns
    -------
    bool
        Always True: Streamlit shows nothing of its own, neither type nor traceback.
    """
    log_id = new_log_id()
    log.error("Log id %s: %s", log_id, type(error).__name__, exc_info=error)
    st.error(failure_message(log_id), title="This page could not be completed")
    return True
