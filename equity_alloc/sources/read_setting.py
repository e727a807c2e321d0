"""Reads the settings of rules and objectives from text, by label or by name."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.rules.setting import Choice, SettingInfo, settings_of, typed_settings_of
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import plain_number
from equity_alloc.sources.group_names import find_group


@dataclass(frozen=True, slots=True)
class Typed:
    """One setting as typed: where it stands, its name and its value."""

    where: str
    name: str
    value: str


def build_member(kind: type[Any], typed: Iterable[Typed], where: str, district: District, findings: FindingList) -> Any:
    """Return the rule or objective with the typed settings; None with findings where one does not fit.

    Parameters
    ----------
    kind : type
        Class of the rule or objective.
    typed : iterable of Typed
        Settings that are left out keep their default.
    where : str
        sheet!cell of the rule or objective itself.
    district : District
    findings : FindingList

    Returns
    -------
    object of the class, or None
    """
    infos = typed_settings_of(kind)
    values: dict[str, Any] = {}
    fits = True
    for item in typed:
        name = _find(infos, item.name)
        if name is None or name in values:
            known = ", ".join(info.label for info in infos.values()) or "none"
            findings.error(
                "setting-twice" if name else "setting-unknown",
                item.where,
                item.name,
                what=f"{_title(kind)} has {'the setting ' + item.name + ' twice' if name else 'no setting ' + item.name}.",
                why="A setting that is not understood would leave the rule at its default without anyone noticing.",
                remedy=f"Use each once: {known}.",
            )
            fits = False
            continue
        try:
            values[name] = read_value(typing.get_type_hints(kind)[name], infos[name], item.value, district)
        except InvalidValue as error:
            _unfit(kind, item.where, item.value, str(error), findings)
            fits = False
    if not fits:
        return None
    try:
        return kind(**values)
    except InvalidValue as error:
        refused = next((one for one in typed if _refused_alone(kind, infos, values, one)), None)
        if refused is None:
            _unfit(kind, where, "", str(error), findings)
            return None
        is_share = infos[_find(infos, refused.name) or ""].unit == "share"
        hint = " A share of 97 % is written 0.97 or 97 %." if is_share else ""
        _unfit(kind, refused.where, refused.value, f"{error}{hint}", findings)
        return None


def _refused_alone(kind: type[Any], infos: Mapping[str, SettingInfo], values: Mapping[str, Any], item: Typed) -> bool:
    """Whether this setting is refused even when all others keep their default."""
    name = _find(infos, item.name)
    try:
        kind(**{name: values[name]} if name else {})
    except InvalidValue:
        return True
    return False


def read_value(kind: Any, info: SettingInfo, text: str, district: District) -> Any:
    """Return a setting's value from text; shares may be typed as 95 %.

    Raises
    ------
    InvalidValue
        With a sentence fit for a visitor.
    """
    found = text.strip()
    if kind is Decimal:
        return read_decimal(found, info.label)
    if kind is bool:
        if found.lower() in ("yes", "no", "true", "false"):
            return found.lower() in ("yes", "true")
        raise InvalidValue(f"{info.label} is '{found}'. Enter yes or no.")
    if kind is int:
        number = plain_number(found)
        if number is None or number != number.to_integral_value():
            raise InvalidValue(f"{info.label} is '{found}', which is not a whole number.")
        return int(number)
    if isinstance(kind, type) and issubclass(kind, Enum):
        member = next((item for item in kind if str(item.value).lower() == found.lower()), None)
        if member is None:
            raise InvalidValue(f"{info.label} is '{found}'. Choose one of: {', '.join(str(i.value) for i in kind)}.")
        return member
    if typing.get_origin(kind) is tuple:
        return tuple(dict.fromkeys(code for part in found.split(";") if (code := part.strip())))
    if info.choice in (None, Choice.TEXT):
        return text
    group = find_group(district.groups, found) if info.choice is Choice.GROUP else None
    return group.code if group is not None else found


def read_decimal(text: str, label: str) -> Decimal:
    """Return an exact number; "95 %" is 0.95.

    Raises
    ------
    InvalidValue
    """
    bare = text.strip()
    number = plain_number(bare.rstrip("%"))
    if number is None:
        raise InvalidValue(f"{label} is '{bare}', which is not a number.")
    return number / 100 if bare.endswith("%") else number


def missing_code(kind: type[Any], member: Any, district: District) -> tuple[str, str] | None:
    """Return (label, value) of the first setting that names something the district does not have, or None."""
    lists: Mapping[Choice, set[str]] = {
        Choice.POSITION: set(district.position_of),
        Choice.GROUP: set(district.group_of),
        Choice.SCHOOL_KIND: {school.kind for school in district.schools},
        Choice.FUND: set(district.fund_of),
        Choice.CENTRAL: set(district.central_lines),
        Choice.SCHOOL: set(district.school_of),
        Choice.LINE: set(district.lines),
        Choice.ITEM: set(district.position_of) | set(district.lines),
    }
    defaults = {name: kind.__dataclass_fields__[name].default for name in settings_of(kind)}
    for name, info in settings_of(kind).items():
        value = getattr(member, name)
        if info.choice not in lists or info.choice is None:
            continue
        if isinstance(value, tuple):
            unknown = next((code for code in value if code not in lists[info.choice]), None)
            if unknown is not None:
                return info.label, unknown
        elif value not in lists[info.choice] and (value != defaults[name] or not value):
            return info.label, str(value)
    return None


def _find(infos: Mapping[str, SettingInfo], typed: str) -> str | None:
    wanted = typed.strip().lower()
    if wanted in infos:
        return wanted
    labels = [name for name, info in infos.items() if info.label.lower() == wanted]
    return labels[0] if len(labels) == 1 else None


def _title(kind: type[Any]) -> str:
    return f"{kind.title} ({kind.code})"


def _unfit(kind: type[Any], where: str, value: str, sentence: str, findings: FindingList) -> None:
    findings.error(
        "setting-unfit",
        where,
        value,
        what=f"{_title(kind)}: {sentence}",
        why="The rule cannot be applied with this value.",
        remedy="Correct the value, or leave the row out for the default.",
    )
