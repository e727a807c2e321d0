"""To come."""

import streamlit as st

st.title("Method", anchor=False)
