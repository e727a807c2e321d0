"""The dashboard as an ASGI application: ``python3 start.py``, ``equity-alloc dashboard`` or ``streamlit run dashboard.py``.

The pages' frame is ``equity_alloc/ui/main.py``. It lies where no folder ``pages/`` stands beside it, so that a link to a
page always runs the frame first.
"""

from pathlib import Path

import streamlit as st

from equity_alloc import ui
from equity_alloc.ui.failure import report_failure
from equity_alloc.ui.shell import MIDDLEWARE

app = st.App(
    Path(ui.__file__).with_name("main.py"),
    middleware=MIDDLEWARE,
    on_script_error=report_failure,
)

if __name__ == "__main__":
    app.run()
