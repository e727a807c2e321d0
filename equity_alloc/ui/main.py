"""The frame around the pages: navigation, what is being worked on, and undo."""

from pathlib import Path

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.ui.cached import warm_up
from equity_alloc.ui.page_list import all_pages
from equity_alloc.ui.session import current
from equity_alloc.ui.sidebar import show_sidebar

# A picture of our own: an icon by name would be fetched from another host.
ICON = Path(__file__).with_name("icon.png")
# A link between pages says all of its words on a phone too, on a second line where it must.
WHOLE_LINKS = "[data-testid='stPageLink'] a *{white-space:normal;overflow:visible;height:auto}"
# What is chosen in a list of several stands in the colors of text: white on the dark theme's accent is 2.1 : 1.
READABLE_TAGS = (
    "[data-testid='stMultiSelectTagsContainer'] [data-tag],[data-testid='stMultiSelectTagsContainer'] [data-tag] *"
    "{background:transparent;color:inherit}"
    "[data-testid='stMultiSelectTagsContainer'] [data-tag]{box-shadow:inset 0 0 0 1px currentColor}"
)

st.set_page_config(page_title="Equity Alloc", page_icon=str(ICON), layout="wide")
warm_up()
chosen = st.navigation(all_pages(), expanded=True)
st.html(f"<style>{WHOLE_LINKS}{READABLE_TAGS}</style>")
show_sidebar(current())
try:
    chosen.run()
except EquityAllocError as error:
    # Sentences of our own are fit for a visitor; anything else goes to the shell, which logs it.
    st.error(str(error), title="This part of the page could not be shown")
