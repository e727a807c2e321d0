"""To come."""

import streamlit as st

st.title("Equity", anchor=False)
