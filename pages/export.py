"""To come."""

import streamlit as st

st.title("Export", anchor=False)
