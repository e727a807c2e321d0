"""What a formula's counts and positions stand for in this district, chosen from lists."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from equity_alloc.domain.district import District
from equity_alloc.formulas.base import position_of
from equity_alloc.formulas.edit import with_meaning
from equity_alloc.formulas.facts_of import facts_of
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.references import counts_used, gives_pupils
from equity_alloc.ui.formula_changes import edit_text
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import field_key, show_typed_error

_MOST = 24
_FIELD = "formula-meanings"


def unknown_counts(formula: Formula, district: District) -> tuple[str, ...]:
    """Return the formula's counts that stand for a column which the district does not report, in order."""
    columns = facts_of(district).columns
    names = [
        use.name
        for component in formula.components
        for use in counts_used(component)
        if not gives_pupils(formula.component_of.get(use.name))
    ]
    return tuple(dict.fromkeys(name for name in names if not set(formula.words.columns_of(name)) <= columns))


def unknown_positions(formula: Formula, district: District) -> tuple[str, ...]:
    """Return the formula's positions that the district does not have, in order."""
    names = []
    for component in formula.components:
        names += [position_of(component), str(getattr(component, "costed_as", ""))]
    known = district.position_of
    return tuple(dict.fromkeys(n for n in names if n and formula.words.position_of(n) not in known))


def show_meanings(session: Session, formula: Formula, district: District) -> None:
    """Show a field for every name that means nothing here yet; nothing where there is none."""
    counts, positions = unknown_counts(formula, district), unknown_positions(formula, district)
    if not counts and not positions:
        return
    st.markdown(
        "**Names without a meaning here.** Say which of this district's counts or positions each stands for; several "
        "counts are added. Unknown is not zero: a component that concerns nobody here is removed under Components."
    )
    columns = sorted(facts_of(district).columns)
    fields: list[tuple[str, str, str]] = []
    with st.form(f"formula-meanings-{session.revision}"):
        with st.grid(min_column_width=280):
            for name in counts[:_MOST]:
                key = field_key(session, f"formula-columns-{name}")
                fields.append(("columns", name, key))
                st.multiselect(f"Pupils: {name}", columns, key=key, placeholder="Choose counts")
            for name in positions[:_MOST]:
                key = field_key(session, f"formula-positions-{name}")
                fields.append(("positions", name, key))
                st.selectbox(
                    f"Position: {name}",
                    list(district.position_of),
                    None,
                    format_func=lambda code: f"{district.position_of[code].title} ({code})",
                    key=key,
                    placeholder="Choose a position",
                )
        st.form_submit_button("Use these meanings", on_click=_take, args=(session, fields))
    show_typed_error(session, _FIELD)
    if max(len(counts), len(positions)) > _MOST:
        st.caption(f"The first {_MOST} of each are shown; the others follow.")


def _take(session: Session, fields: Sequence[tuple[str, str, str]]) -> None:
    chosen = [(table, name, field_value(key)) for table, name, key in fields]

    def change(text: str) -> str:
        for table, name, value in chosen:
            meanings = [value] if isinstance(value, str) else list(value or ())
            if meanings:
                text = with_meaning(text, table, name, meanings)
        return text

    edit_text(session, _FIELD, "", change)
