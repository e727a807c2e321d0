"""The components of the formula: what each gives in all, their order, and adding, changing and removing one."""

from __future__ import annotations

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.formulas.base import Gives, rounding_of
from equity_alloc.formulas.edit import component_texts, in_new_order, with_component
from equity_alloc.formulas.explain import print_value
from equity_alloc.formulas.facts_of import facts_of
from equity_alloc.formulas.family import component_classes
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.read import read_formula
from equity_alloc.ui.formula_changes import district_of, draft_text, edit_text
from equity_alloc.ui.formula_new_component import new_component
from equity_alloc.ui.formula_text import show_text
from equity_alloc.ui.formula_work import FormulaWork
from equity_alloc.ui.session import Session, field_value
from equity_alloc.ui.setting_input import field_key, field_start, show_typed_error
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

_FIELD = "formula-component"
_CHOSEN = "formula-chosen-component"


def show_components(session: Session, work: FormulaWork) -> None:
    """Show the table of components and, unless another text waits to be mended, what can be changed."""
    _show_table(work)
    if session.desk.refused:
        st.info("A text with problems waits above. Mend it or put it away before you change this formula.")
        return
    show_component_editor(session)
    with st.expander("The whole text"):
        show_text(session)


def show_component_editor(session: Session) -> None:
    """Show the component chosen for a change, and the door for a new one."""
    formula = read_formula(draft_text(session)).formula
    if formula is None:
        return
    _show_chosen(session, formula)
    _show_adding(session, formula)
    show_typed_error(session, _FIELD)


def _show_table(work: FormulaWork) -> None:
    components = work.result.formula.components
    totals = [work.result.component_total(component.frame.name) for component in components]
    shown = ["unknown" if t is None else print_value(t, c.gives.value) for t, c in zip(totals, components, strict=True)]
    columns = (
        TableColumn("Place", Show.COUNT, tuple(range(1, len(components) + 1))),
        TableColumn("Component", Show.TEXT, tuple(component.frame.label for component in components)),
        TableColumn("All schools", Show.TEXT, tuple(shown)),
        TableColumn("Adds", Show.TEXT, tuple(_adds(c.frame.is_part, c.gives) for c in components)),
        TableColumn("Kind", Show.TEXT, tuple(component.heading for component in components)),
        TableColumn("How", Show.TEXT, tuple(component.says for component in components)),
        TableColumn("Rounding", Show.TEXT, tuple(str(rounding_of(component)) for component in components)),
    )
    note = f"{count_words(len(components), 'component')}, {work.district.year}, {count_words(len(work.schools), 'school')}."
    show_table(columns, alt=f"Components of the formula with their sums. {note}", key="formula-components", pinned=1)
    st.caption(note)


def _show_chosen(session: Session, formula: Formula) -> None:
    st.subheader("Change one component", anchor=False)
    labels = [f"{n}. {component.frame.label}" for n, component in enumerate(formula.components, start=1)]
    start = min(int(session.reports.get(_CHOSEN, 0)), len(labels) - 1)
    key = field_key(session, _FIELD)
    chosen = st.selectbox("Component", range(len(labels)), start, format_func=labels.__getitem__, key=key)
    number = int(chosen)
    session.reports[_CHOSEN] = number
    component, last = formula.components[number], len(labels) - 1
    st.markdown(plain(f"{component.heading}: {component.says}. {component.frame.note}"))
    with st.container(horizontal=True):
        for words, icon, target, is_off in (
            ("Move up", ":material/arrow_upward:", number - 1, number == 0),
            ("Move down", ":material/arrow_downward:", number + 1, number == last),
        ):
            st.button(
                words,
                icon=icon,
                disabled=is_off,
                on_click=_move,
                args=(session, number, target),
                key=f"formula-{words}",
            )
        st.button(
            "Remove this component",
            icon=":material/delete:",
            disabled=last == 0,
            on_click=_remove,
            args=(session, number),
            key="formula-remove",
        )
    try:
        text = component_texts(formula.text)[1][number]
    except EquityAllocError as error:
        st.caption(plain(str(error)))
        return
    field = f"formula-component-text-{number}"
    key = field_key(session, field)
    st.text_area(
        "Text of this component",
        field_start(session, field, text),
        height=230,
        key=key,
        on_change=_rewrite,
        args=(session, number, key),
    )
    show_typed_error(session, field)
    st.caption("Leave the field, or press Ctrl+Enter, to use what stands there.")


def _show_adding(session: Session, formula: Formula) -> None:
    st.subheader("Add a component", anchor=False)
    kinds = component_classes()
    key = "formula-new-kind"
    kind = st.selectbox(
        "Kind of component",
        list(kinds),
        format_func=lambda code: kinds[code].heading,
        key=key,
        persist_state="session",
    )
    st.caption(plain(f"{kinds[str(kind)].says}. It starts with the least amount; change it under Amounts."))
    st.button(
        "Add this component", icon=":material/add:", on_click=_add, args=(session, formula, key), key="formula-add"
    )


def _add(session: Session, formula: Formula, key: str) -> None:
    kind = str(field_value(key))
    session.reports[_CHOSEN] = len(formula.components)

    def change(text: str) -> str:
        return with_component(text, new_component(kind, formula, facts_of(district_of(session))))

    edit_text(session, _FIELD, kind, change)


def _move(session: Session, number: int, target: int) -> None:
    session.reports[_CHOSEN] = target

    def change(text: str) -> str:
        order = list(range(len(component_texts(text)[1])))
        order[number], order[target] = order[target], order[number]
        return in_new_order(text, order)

    edit_text(session, _FIELD, number, change)


def _remove(session: Session, number: int) -> None:
    def change(text: str) -> str:
        count = len(component_texts(text)[1])
        return in_new_order(text, [each for each in range(count) if each != number])

    edit_text(session, _FIELD, number, change)


def _rewrite(session: Session, number: int, key: str) -> None:
    typed = str(field_value(key) or "")

    def change(text: str) -> str:
        before, pieces, after = component_texts(text)
        changed = [typed.rstrip("\n") + "\n\n" if each == number else piece for each, piece in enumerate(pieces)]
        return before + "".join(changed) + after

    edit_text(session, f"formula-component-text-{number}", typed, change)


def _adds(is_part: bool, gives: Gives) -> str:
    return "for other components" if is_part or gives is Gives.PUPILS else gives.value
