"""One setting of a rule or objective as a field on screen, made from its description alone."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any

import streamlit as st

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.number import print_number
from equity_alloc.rules.setting import Choice, SettingInfo, typed_settings_of
from equity_alloc.scenario import Scenario
from equity_alloc.sources.read_setting import read_value
from equity_alloc.ui.district_lists import options_of
from equity_alloc.ui.session import Session, Typed, field_value
from equity_alloc.ui.words import plain

#: Settings that are typed, not chosen from a list.
_TYPED = (Choice.TEXT, Choice.CLASS_CAPS)
Change: typing.TypeAlias = Callable[[Scenario, str, Any], Scenario]


def show_settings(session: Session, member: Any, scope: str, change: Change) -> None:
    """Show a field for every setting of a rule or objective.

    Parameters
    ----------
    session : Session
    member : rule or objective
    scope : str
        Name that no other member on the page has.
    change : callable (scenario, setting, value) -> scenario
        Applied to the current scenario when a field is left with a new value.
    """
    for name, info in typed_settings_of(member).items():
        field = f"{scope}-{name}"
        kind = typing.get_type_hints(type(member))[name]
        _show(session, field, info, kind, getattr(member, name), _default(member, name), change)
        show_typed_error(session, field)


def show_typed_error(session: Session, field: str) -> None:
    """Show why what stands in a field was not taken."""
    typed = session.typed.get(field)
    if typed is not None:
        st.error(plain(typed.sentence), icon=":material/edit_off:")


def field_key(session: Session, field: str) -> str:
    """Return the widget key of a field; it changes when values change without the field."""
    return f"{session.revision}-{field}"


def field_start(session: Session, field: str, value: Any) -> Any:
    """Return what a field shows first: what was typed and not taken, or the value."""
    return session.typed.get(field, Typed(value, "")).value


def _show(session: Session, field: str, info: SettingInfo, kind: Any, value: Any, default: Any, change: Change) -> None:
    key, name = field_key(session, field), field.rsplit("-", 1)[1]
    shown = field_start(session, field, _shown(value, info))

    def convert(typed: Any) -> Any:
        return _read(typed, kind, info, session.district)

    arguments: dict[str, Any] = {
        "key": key,
        "help": _help(info),
        "on_change": _take,
        "args": (session, field, key, name, convert, change),
    }
    if kind is bool:
        st.checkbox(info.label, bool(shown), **arguments)
    elif kind is Decimal or kind is int:
        step, places = _step(info, value)
        st.number_input(_label(info), value=float(shown), step=step, format=f"%.{places}f", **arguments)
    elif typing.get_origin(kind) is tuple:
        choices = options_of(info.choice or Choice.TEXT, session.district)
        choices |= {code: f"{code} (not in this district)" for code in shown if code not in choices}
        st.multiselect(info.label, list(choices), list(shown), format_func=choices.__getitem__, **arguments)
    elif info.options or (info.choice is not None and info.choice not in _TYPED):
        options = _options(info, session.district, str(value), default)
        words = {str(code): title for code, title in options.items()}
        codes = list(words)
        start = codes.index(str(shown)) if str(shown) in codes else 0
        st.selectbox(info.label, codes, start, format_func=lambda code: words.get(code, code), **arguments)
    else:
        st.text_input(info.label, str(shown), **arguments)


def _take(session: Session, field: str, key: str, name: str, convert: Any, change: Change) -> None:
    typed = field_value(key)
    session.attempt(field, typed, lambda: change(session.scenario, name, convert(typed)))


def _read(typed: Any, kind: Any, info: SettingInfo, district: District) -> Any:
    if isinstance(typed, bool):
        return typed
    if isinstance(typed, list):
        return tuple(typed)
    if isinstance(typed, (int, float)):
        number = Decimal(repr(round(float(typed), 6))).normalize()
        if info.unit == "share":
            _refuse_share(number, info)
            return number / 100
        return int(number) if kind is int else number
    return read_value(kind, info, "" if typed is None else str(typed), district)


def _refuse_share(percent: Decimal, info: SettingInfo) -> None:
    """Refuse a share out of range in percent, the unit in which it was typed."""
    least = None if info.least is None else (info.least * 100).normalize()
    most = None if info.most is None else (info.most * 100).normalize()
    if (least is not None and percent < least) or (most is not None and percent > most):
        wanted = [
            f"at least {least:f} %" if least is not None else "",
            f"at most {most:f} %" if most is not None else "",
        ]
        raise InvalidValue(f"{info.label} is {percent:f} %. Enter {' and '.join(part for part in wanted if part)}.")


def _shown(value: Any, info: SettingInfo) -> Any:
    if isinstance(value, Decimal):
        return float(value * 100) if info.unit == "share" else float(value)
    return value.value if isinstance(value, Enum) else value


def _step(info: SettingInfo, value: Any) -> tuple[float, int]:
    """Return the step of a number field, and the decimals that show both the step and the value whole."""
    scale = 100 if info.unit == "share" else 1
    step = (info.step or Decimal("0.01")) * scale
    exact = [step.normalize(), (Decimal(value) * scale).normalize()]
    places = max(-int(number.as_tuple().exponent) for number in exact)
    return float(step), max(0, places)


def _label(info: SettingInfo) -> str:
    unit = "percent" if info.unit == "share" else info.unit
    return f"{info.label} ({unit})" if unit and unit.lower() not in info.label.lower() else info.label


def _help(info: SettingInfo) -> str | None:
    parts = [info.hint]
    if info.least is not None and info.most is not None:
        scale, unit = (100, " percent") if info.unit == "share" else (1, f" {info.unit}" if info.unit else "")
        parts.append(f"From {print_number(info.least * scale)} to {print_number(info.most * scale)}{unit}.")
    return plain(" ".join(part for part in parts if part)) or None


def _options(info: SettingInfo, district: District, value: str, default: Any) -> dict[str, str]:
    if info.options:
        return dict(zip(info.options, info.titles or info.options, strict=True))
    found = options_of(info.choice or Choice.TEXT, district)
    first = {default: default} if isinstance(default, str) and default and default not in found else {}
    last = {value: f"{value} (not in this district)"} if value not in found and value not in first else {}
    return {**first, **found, **last}


def _default(member: Any, name: str) -> Any:
    return next(item.default for item in dataclasses.fields(member) if item.name == name)
