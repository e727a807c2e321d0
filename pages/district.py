"""To come."""

import streamlit as st

st.title("District", anchor=False)
