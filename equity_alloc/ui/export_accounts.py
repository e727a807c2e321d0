"""Which account codes the documents use: a shipped pattern, or the district's own, which is kept with the visitor's work."""

from __future__ import annotations

import dataclasses

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.reports.account_form import account_form
from equity_alloc.reports.account_headings import strange_headings
from equity_alloc.reports.accounts import AccountPattern
from equity_alloc.reports.read_accounts import DEFAULT, pattern_names, read_pattern, shipped_pattern
from equity_alloc.ui.downloads import offer
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.words import plain

_SHIPPED, _OWN, _ERROR = "export-accounts", "export-accounts-own", "export-accounts-error"


def choose_accounts(session: Session) -> AccountPattern:
    """Show the account codes in use, let the visitor choose others, and return them."""
    with st.expander("Account codes", icon=":material/tag:"):
        own = _own(session)
        if own is not None:
            st.markdown(
                f"In use: **{plain(own.title)}**, your own from {plain(session.exports.own_name)}. It is kept with your work."
            )
            st.button(
                "Use a shipped pattern instead", key="export-accounts-shipped", on_click=_drop_own, args=(session,)
            )
        else:
            _choose_shipped(session)
        st.file_uploader(
            "The district's own codes (.toml)" if own is None else "Another file of your own codes (.toml)",
            type="toml",
            key=_OWN,
            max_upload_size=1,
            on_change=_take_own,
            args=(session,),
        )
        name = _shipped_name(session)
        offer(
            "Codes to fill in",
            lambda: account_form(session.district, name).encode(),
            f"account-codes-{name}.toml",
            "application/toml",
            key="export-accounts-form",
        )
        st.caption(
            "The shipped pattern with a heading for each of your funds, positions, lines and schools. Rows without a code wait for yours."
        )
        if session.reports.get(_ERROR):
            kept = "The codes above stay in use."
            st.error(plain(f"{session.reports[_ERROR]} {kept}"), icon=":material/error:")
        pattern = own or shipped_pattern(_shipped_name(session))
        if pattern.unverified:
            but = ", but for the codes under headings of your own" if pattern.own else ""
            st.caption(f"Defaults that nobody has checked for your district{but}: {', '.join(pattern.unverified)}.")
    # Outside of what can be closed: a misspelled code must not pass unseen.
    if strange := strange_headings(session.district, pattern):
        st.error(
            plain(f"{' '.join(strange)} Until that is mended, no document is made in account codes."),
            icon=":material/error:",
        )
    return pattern


def _choose_shipped(session: Session) -> None:
    patterns = {shipped_pattern(name).title: name for name in pattern_names()}
    titles = sorted(patterns, key=lambda title: patterns[title] != DEFAULT)
    chosen = next(place for place, title in enumerate(titles) if patterns[title] == _shipped_name(session))
    st.selectbox("Shipped pattern", titles, chosen, key=_SHIPPED, on_change=_take_shipped, args=(session, patterns))


def _shipped_name(session: Session) -> str:
    return session.exports.pattern if session.exports.pattern in pattern_names() else DEFAULT


def _own(session: Session) -> AccountPattern | None:
    if not session.exports.own_text:
        return None
    try:
        return read_pattern(session.exports.own_text, session.exports.own_name)
    except EquityAllocError as error:
        session.reports[_ERROR] = str(error)
        return None


def _take_shipped(session: Session, patterns: dict[str, str]) -> None:
    name = patterns.get(str(field_value(_SHIPPED)), DEFAULT)
    session.hand_over(dataclasses.replace(session.exports, pattern=name))


def _take_own(session: Session) -> None:
    """Keep the pattern that was brought, so that neither another page nor a reload loses it."""
    file = field_value(_OWN)
    session.reports.pop(_ERROR, None)
    if file is None:
        return
    try:
        text = file.getvalue().decode("utf-8-sig")
        read_pattern(text, file.name)
    except (EquityAllocError, UnicodeDecodeError) as error:
        session.reports[_ERROR] = (
            str(error)
            if isinstance(error, EquityAllocError)
            else (
                f"{file.name} is not a text in UTF-8. Save it as UTF-8, or start from a shipped one in data/accounts."
            )
        )
        return
    session.hand_over(dataclasses.replace(session.exports, own_name=file.name, own_text=text))


def _drop_own(session: Session) -> None:
    session.reports.pop(_ERROR, None)
    session.hand_over(dataclasses.replace(session.exports, own_name="", own_text=""))
