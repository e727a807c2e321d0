"""From last year to the formula over years: hold-harmless, gain cap, who pays for it, and what it costs in equity."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from equity_alloc.domain.errors import EquityAllocError, InvalidValue
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.figures.formula_cost import formula_cost
from equity_alloc.formulas.gains_losses import Compared, GainsAndLosses, Payer
from equity_alloc.formulas.phase_in import Settlement, phase_in, settle
from equity_alloc.formulas.ways_out import ways_out
from equity_alloc.formulas.who_pays import equity_cost
from equity_alloc.store.formula_desk import MOST_YEARS, FormulaDesk, Pot
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.formula_work import FormulaWork
from equity_alloc.ui.numbers import print_change
from equity_alloc.ui.session import Session, Typed, field_value
from equity_alloc.ui.setting_input import field_key, field_start, show_typed_error
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def settlements(work: FormulaWork, desk: FormulaDesk) -> tuple[Settlement, ...]:
    """Return what every school gets in each year of the way, equal parts of it a year.

    Raises
    ------
    InvalidValue
        If the policy cannot be applied.
    """
    last = {school.code: school.last_year for school in work.schools if school.last_year is not None}
    formula = {school.code: school.dollars for school in work.schools if school.dollars is not None}
    pot = sum(last.values()) if desk.pot is Pot.LAST_YEAR else None
    if desk.policy.compared is Compared.PUPIL:
        if desk.years > 1:
            raise InvalidValue(
                "Change per pupil can be held for one year only, because the pupils of later years are unknown. Set one "
                "year, or compare per school."
            )
        return (settle(last, formula, desk.policy, pot=pot, pupils=_pupils(work)),)
    phases = [Decimal(year) / desk.years for year in range(1, desk.years)]
    return phase_in(last, formula, desk.policy, [*phases, Decimal(1)], pot=pot)


def _pupils(work: FormulaWork) -> dict[str, tuple[int, int]]:
    """Return last year's and this year's enrollment of every school where both are known."""
    return {
        school.code: (school.enrollment_last_year, school.enrollment)
        for school in work.district.schools
        if school.enrollment_last_year is not None
    }


def show_phase_in(session: Session, work: FormulaWork) -> None:
    """Show the fields of the policy, and what follows from it."""
    if not work.has_dollars:
        st.markdown(
            "This formula gives posts and leaves a school's other dollars open, so there is no way in dollars from last "
            "year to it. Add components that give dollars, such as 'Dollars per position'."
        )
        return
    unknown = [s.name for s in work.schools if s.dollars is None or s.last_year is None]
    if unknown:
        named = ", ".join(unknown[:5]) + (" and others" if len(unknown) > 5 else "")
        st.markdown(
            plain(
                "A way from last year to the formula needs both in dollars for every school. One of them is unknown for "
                f"{named}: see the tab Schools."
            )
        )
        return
    _show_policy(session)
    try:
        years = settlements(work, session.desk)
    except EquityAllocError as error:
        st.error(plain(str(error)), icon=":material/edit_off:")
        return
    _show_verdict(work, years)
    _show_table(work, years)
    first = years[0]
    names = {school.code: school.name for school in work.schools}
    figure = formula_cost(
        [(each.school, names[each.school], each.over_formula) for each in first.schools],
        colors(),
        year=f"year 1 of {len(years)}",
        note=f"Dollars, {work.district.year}, {count_words(len(names), 'school')}. Source: {work.title} against last year's core dollars.",
    )
    if figure is not None:
        show_figure(figure)
    _show_equity(work, first)


def _show_policy(session: Session) -> None:
    with st.grid(min_column_width=280, gap="medium"):
        _show_limits(session)
        _show_terms(session)
        _show_keeps_gainers(session)


def _show_limits(session: Session) -> None:
    """Show the numbers: the most that a school may lose or gain in a year, and the years that the way takes."""
    desk, policy = session.desk, session.desk.policy
    _show_number(
        session,
        "loss",
        "Most that a school may lose in a year (percent)",
        None if policy.most_loss is None else policy.most_loss * 100,
        lambda value: _policy(desk, most_loss=None if value is None else value / 100),
        "Hold-harmless. Blank: no limit.",
    )
    _show_number(
        session,
        "gain",
        "Most that a school may gain in a year (percent)",
        None if policy.most_gain is None else policy.most_gain * 100,
        lambda value: _policy(desk, most_gain=None if value is None else value / 100),
        "Gain cap. Blank: no limit.",
    )
    _show_number(
        session,
        "years",
        "Years until the formula holds in full",
        Decimal(desk.years),
        lambda value: dataclasses.replace(desk, years=int(value or 1)),
        f"1 to {MOST_YEARS}, equal parts of the way a year.",
    )


def _show_terms(session: Session) -> None:
    """Show who pays, what a change is measured by, and which money there is."""
    desk, policy = session.desk, session.desk.policy
    _show_list(session, "payer", "Who pays for it", Payer, policy.payer, lambda value: _policy(desk, payer=value))
    _show_list(
        session, "compared", "Change is held", Compared, policy.compared, lambda value: _policy(desk, compared=value)
    )
    _show_list(
        session,
        "pot",
        "Money there is for schools",
        Pot,
        desk.pot,
        lambda value: dataclasses.replace(desk, pot=value),
    )


def _show_keeps_gainers(session: Session) -> None:
    desk = session.desk
    with st.container():
        key = field_key(session, "formula-phase-keeps")
        st.checkbox(
            "No school that the formula raises is cut below last year",
            desk.policy.keeps_gainers,
            key=key,
            on_change=_take,
            args=(session, "formula-phase-keeps", key, lambda value: _policy(desk, keeps_gainers=bool(value))),
        )


def _show_number(
    session: Session,
    name: str,
    label: str,
    value: Decimal | None,
    change: Callable[[Decimal | None], FormulaDesk],
    hint: str,
) -> None:
    with st.container():
        field = f"formula-phase-{name}"
        key, shown = field_key(session, field), field_start(session, field, value)
        st.number_input(
            label,
            value=None if shown is None else float(shown),
            step=1.0,
            format="%.0f" if name == "years" else "%.1f",
            key=key,
            help=hint,
            placeholder="no limit",
            on_change=_take,
            args=(session, field, key, lambda typed: change(None if typed is None else Decimal(str(round(typed, 4))))),
        )
        show_typed_error(session, field)


def _show_list(session: Session, name: str, label: str, kind: Any, value: Any, change: Any) -> None:
    key, options = field_key(session, f"formula-phase-{name}"), list(kind)
    st.selectbox(
        label,
        options,
        options.index(value),
        format_func=lambda one: one.value[0].upper() + one.value[1:],
        key=key,
        on_change=_take,
        args=(session, f"formula-phase-{name}", key, change),
    )


def _policy(desk: FormulaDesk, **changes: Any) -> FormulaDesk:
    policy: GainsAndLosses = dataclasses.replace(desk.policy, **changes)
    return dataclasses.replace(desk, policy=policy)


def _take(session: Session, field: str, key: str, change: Callable[[Any], FormulaDesk]) -> None:
    typed = field_value(key)
    try:
        session.lay_out(change(typed))
    except EquityAllocError as error:
        session.typed[field] = Typed(typed, str(error))


def _show_verdict(work: FormulaWork, years: Sequence[Settlement]) -> None:
    lines, start = [], {each.school: each.last_year for each in years[0].schools}
    for number, year in enumerate(years, start=1):
        out = ways_out(year, pupils=_pupils(work), start=start)
        words = f"{year.words} {out.words}" if out else year.words
        lines.append(f"Year {number}. {words}" if len(years) > 1 else words)
    told = plain("\n".join(lines)).replace("\n", "  \n")
    if any(year.imbalance > 0 for year in years):
        st.error(told, title="The money does not reach", icon=":material/balance:")
    elif any(year.imbalance < 0 for year in years):
        st.warning(told, title="Money is left", icon=":material/balance:")
    else:
        st.success(told, title="It adds up", icon=":material/balance:")


def _show_table(work: FormulaWork, years: Sequence[Settlement]) -> None:
    st.subheader("School by school", anchor=False)
    names = {school.code: school.name for school in work.schools}
    first, last = years[0].schools, years[-1].schools
    columns = [
        TableColumn("School", Show.TEXT, tuple(names[each.school] for each in first)),
        TableColumn("Last year", Show.DOLLARS, tuple(each.last_year / 100 for each in first)),
        TableColumn("Formula", Show.DOLLARS, tuple(each.formula / 100 for each in first)),
    ]
    for number, year in enumerate(years, start=1):
        columns.append(TableColumn(f"Year {number}", Show.DOLLARS, tuple(each.final / 100 for each in year.schools)))
    columns += [
        TableColumn("Beyond formula, year 1", Show.CHANGE, tuple(each.over_formula / 100 for each in first)),
        TableColumn(f"Beyond formula, year {len(years)}", Show.CHANGE, tuple(each.over_formula / 100 for each in last)),
    ][: 1 if len(years) == 1 else 2]
    columns.append(TableColumn("Code", Show.TEXT, tuple(each.school for each in first)))
    costs = [f"year {n} {print_dollars(year.held_up)}" for n, year in enumerate(years, start=1)]
    note = (
        f"Dollars, {work.district.year}, {count_words(len(names), 'school')}. Beyond the formula: what holding a school up costs; below "
        f"zero: what is held back from it. Together beyond the formula: {', '.join(costs)}."
    )
    show_table(columns, alt=f"From last year to the formula. {note}", key="formula-years", pinned=1)
    st.caption(plain(note))


def _show_equity(work: FormulaWork, year: Settlement) -> None:
    st.subheader("What it costs in equity, year 1", anchor=False)
    if not any(school.over_formula for school in year.schools):
        st.markdown("Every school gets exactly what the formula gives: nothing is held back, and no group pays.")
        return
    groups = [group for group in work.district.groups if group.code in work.result.facts.columns]
    for group in groups:
        try:
            cost = equity_cost(year, work.result.facts, group.code)
        except EquityAllocError as error:
            st.markdown(f"- {plain(group.title)}: {plain(str(error))}")
            continue
        st.markdown(f"- {plain(cost.words_for(f'of the group {group.title}'))}")
    if not groups:
        st.markdown("The district counts no student group that drives need, so this cannot be said.")
    st.caption(
        plain(
            f"{count_words(len(groups), 'group')}; all pupils of a school counted alike. {print_change(-year.held_back)} held back in all."
        )
    )
