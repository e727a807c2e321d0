"""The frame around the pages."""

import streamlit as st

st.set_page_config(page_title="Equity Alloc", layout="wide")
st.title("Equity Alloc")
