"""A file that is made when somebody asks for it, and what became of it, in words that stay on the page.

Streamlit makes such a file outside of the page's own run; where that fails, it says so in five words of its own for five
seconds, and nobody learns why or what to do.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.ui.failure import file_failure_message, new_log_id
from equity_alloc.ui.words import plain

log = logging.getLogger(__name__)

#: As long as the browser itself waits for a file.
MOST_SECONDS = 180.0
_LOOK_SECONDS = 0.2


@dataclass
class FileLater:
    """One file that is made on demand, while its page is open.

    Parameters
    ----------
    make : function
        Makes the file.
    error : str
        Why it could not be made when it was asked for last; "" where it was.
    """

    make: Callable[[], bytes | str]
    error: str = ""
    _turns: int = 0
    _seen: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition, repr=False)

    def __call__(self) -> bytes | str:
        """Make the file, or remember why it could not be made; called in a thread of the server's own."""
        try:
            return self.make()
        finally:
            with self._changed:
                self.error, self._turns = _why(sys.exception()), self._turns + 1
                self._changed.notify_all()

    def look(self) -> None:
        """Take note of how often it was made, so that :meth:`await_turn` waits for the next time."""
        self._seen = self._turns

    def await_turn(self, between: Callable[[], object], seconds: float = MOST_SECONDS) -> bool:
        """Wait until it was made once more, or failed; return False where that did not come.

        Parameters
        ----------
        between : function
            Called while it waits, for a page that wants to be drawn anew meanwhile.
        seconds : float
        """
        for _ in range(max(1, round(seconds / _LOOK_SECONDS))):
            with self._changed:
                if self._changed.wait_for(lambda: self._turns > self._seen, _LOOK_SECONDS):
                    self._seen = self._turns
                    return True
            between()
        return False


def _why(error: BaseException | None) -> str:
    """Return what a visitor is told of an error that goes on to the server; "" where there is none."""
    if error is None or isinstance(error, EquityAllocError):
        return str(error or "")
    log_id = new_log_id()
    log.error("Log id %s: %s", log_id, type(error).__name__, exc_info=error)
    return file_failure_message(log_id)


@st.fragment
def offer_later(file: FileLater, title: str, draw: Callable[[FileLater], bool]) -> None:
    """Draw the button of a file that is made on demand; where making fails, say why and what to do.

    Parameters
    ----------
    file : FileLater
    title : str
        What the file is.
    draw : function
        Draws the button for the file and returns whether it was pressed.
    """
    pressed, note = draw(file), st.empty()
    if not pressed:
        file.look()
    elif file.await_turn(note.empty):
        _tell(file, title, note)


def _tell(file: FileLater, title: str, note: DeltaGenerator) -> None:
    if file.error:
        note.error(plain(file.error), title=f"Not made: {plain(title)}", icon=":material/error:")
