"""The frame around the pages: navigation, what is being worked on, and undo."""

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.ui.cached import warm_up
from equity_alloc.ui.page_list import all_pages
from equity_alloc.ui.session import current
from equity_alloc.ui.sidebar import show_sidebar

st.set_page_config(page_title="Equity Alloc", page_icon=":material/balance:", layout="wide")
warm_up()
chosen = st.navigation(all_pages())
show_sidebar(current())
try:
    chosen.run()
except EquityAllocError as error:
    # Sentences of our own are fit for a visitor; anything else goes to the shell, which logs it.
    st.error(str(error), title="This part of the page could not be shown")
