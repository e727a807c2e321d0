"""Fields of the decision record: what is typed is kept at once, and a field that nobody touched shows what the plan says."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.blanks import is_no_sentence
from equity_alloc.ui.decision_work import keep_text, work_of
from equity_alloc.ui.session import Session, field_value


def long_field(
    session: Session,
    name: str,
    label: str,
    untouched: str = "",
    *,
    hint: str = "",
    version: str = "",
    whole: tuple[str, ...] = (),
    may_stay_blank: bool = False,
) -> None:
    """Show a field of several lines for an answer, and say under it where the answer is too short to be one.

    Parameters
    ----------
    session : Session
    name : str
        Of the field on the desk.
    label : str
    untouched : str
        What stands there by itself.
    hint : str
    version : str
        Of what stands there by itself; another one is shown as long as nobody has touched the field.
    whole : tuple of str
        Words that are an answer as they stand, such as "none stated".
    may_stay_blank : bool
        Whether nobody has to answer, so that a word is taken as it is.
    """
    key, value = _key(session, name, version), work_of(session).desk.text(name, untouched)
    st.text_area(
        label, value, key=key, on_change=_keep, args=(session, name, key), placeholder=hint or None, height="content"
    )
    if value.strip() and not may_stay_blank and is_no_sentence(value, whole):
        st.warning(
            "Say it in a sentence: this is too short to be an answer, and counts as blank.", icon=":material/edit:"
        )


def short_field(session: Session, name: str, label: str, *, hint: str = "") -> None:
    """Show a field of one line for a name, a day or a vote."""
    key, value = _key(session, name, ""), work_of(session).desk.text(name)
    st.text_input(label, value, key=key, on_change=_keep, args=(session, name, key), placeholder=hint or None)


def _key(session: Session, name: str, version: str) -> str:
    desk = work_of(session).desk
    is_touched = name in dict(desk.texts)
    cleared = session.reports.get("decision-cleared", 0)
    return f"decision-{name}-{session.district_digest[:8]}-{cleared}-{'' if is_touched else version}"


def _keep(session: Session, name: str, key: str) -> None:
    keep_text(session, name, str(field_value(key) or ""))
