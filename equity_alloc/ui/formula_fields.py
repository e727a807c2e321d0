"""A field for every number of the formula, with its unit, its source and year, and what uses it."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.edit import own_source
from equity_alloc.ui.formula_amounts import FormulaAmount, amounts_in
from equity_alloc.ui.formula_changes import edit_text
from equity_alloc.ui.formula_work import FormulaWork
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import field_key, field_start, show_typed_error
from equity_alloc.ui.words import plain

_STEPS = {"weight": "0.01", "share": "0.01", "factor": "0.01", "FTE": "0.1", "FTE per pupil": "0.001"}
_MOST_USES = 3
_MOST_SIGNS = 200


def show_fields(session: Session, work: FormulaWork) -> None:
    """Show all numbers."""
    if session.desk.refused:
        st.info("A text with problems waits above. Mend it or put it away before you change numbers here.")
    amounts = amounts_in(work.result.formula)
    unverified = sum(not each.amount.is_verified for each in amounts)
    st.markdown(
        f"{len(amounts)} numbers, {unverified} of them unverified defaults. A change is kept in the formula's text and "
        "can be taken back; your number replaces the source as well: say beside it where it is written down."
    )
    with st.grid(min_column_width=300, gap="medium"):
        for each in amounts:
            with st.container(border=True):
                _show(session, each)


def _show(session: Session, each: FormulaAmount) -> None:
    field = f"formula-amount-{each.key}"
    key, step = field_key(session, field), Decimal(_STEPS.get(each.amount.unit, "1"))
    places = max(0, *(-int(number.normalize().as_tuple().exponent) for number in (step, each.amount.value)))
    st.number_input(
        f"{each.label} ({each.amount.unit})",
        value=float(field_start(session, field, each.amount.value)),
        step=float(step),
        format=f"%.{places}f",
        key=key,
        on_change=_take,
        args=(session, field, key, each),
        disabled=bool(each.fixed or session.desk.refused),
    )
    show_typed_error(session, field)
    if each.component is None:
        _show_source(session, each)
    st.caption(plain(_words(each)))
    if not each.amount.is_verified:
        st.badge("unverified default", color="orange")


def _show_source(session: Session, each: FormulaAmount) -> None:
    field = f"formula-source-{each.key}"
    key = field_key(session, field)
    st.text_input(
        f"Your source: {each.label}",
        str(field_start(session, field, own_source(each.amount))),
        max_chars=_MOST_SIGNS,
        placeholder="Board policy, section or page",
        key=key,
        on_change=_take_source,
        args=(session, field, key, each),
        disabled=bool(each.fixed or session.desk.refused),
    )
    show_typed_error(session, field)


def _take_source(session: Session, field: str, key: str, each: FormulaAmount) -> None:
    typed = str(field_value(key) or "")
    edit_text(session, field, typed, lambda text: each.change(text, each.amount.value, source=typed))


def _take(session: Session, field: str, key: str, each: FormulaAmount) -> None:
    typed = field_value(key)

    def change(text: str) -> str:
        if typed is None:
            raise InvalidValue("The field is empty. Enter a number, or undo.")
        return each.change(text, Decimal(repr(round(float(typed), 6))).normalize())

    edit_text(session, field, each.amount.value if typed is None else typed, change)


def _words(each: FormulaAmount) -> str:
    amount = each.amount
    source = amount.cited.removesuffix(" (unverified default)") or "no source given"
    since = f", from {amount.from_date}" if amount.from_date else ""
    uses = "; ".join(each.used_by[:_MOST_USES]) + (" and others" if len(each.used_by) > _MOST_USES else "")
    words = [f"Source: {source}{since}.", f"Used by: {uses}."]
    if each.is_shown_only:
        words.append("Only shown: the printed amount per pupil pays.")
    if each.is_from_file:
        words.append("It comes from a parameter file; a change makes it this formula's own.")
    return " ".join([*words, each.fixed] if each.fixed else words)
