"""Settings of rules and objectives: typed fields that say their label, unit and range, and refuse what cannot be."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import print_number, print_share

Member = TypeVar("Member")


class Choice(StrEnum):
    """What a text setting is chosen from; the district supplies the list."""

    POSITION = "position"
    GROUP = "group or enrollment"
    SCHOOL_KIND = "kind of school"
    SCHOOL = "school"
    LINE = "line"
    ITEM = "position or line"
    FUND = "fund"
    CENTRAL = "line on the sheet Central"
    CLASS_CAPS = "grades with their cap, such as K-3 18; 4-8 22"
    FORMULA = "text of a formula"
    TEXT = "free text"


@dataclasses.dataclass(frozen=True, slots=True)
class SettingInfo:
    """How a setting is shown and what it may be.

    Parameters
    ----------
    label : str
    unit : str
        "share" (shown as percent), "pupils per FTE", "FTE", "dollars per pupil" or "".
    least, most : Decimal or None
        Range, both ends allowed.
    step : Decimal or None
        Step of the control on screen.
    options : tuple of str
        Fixed list of allowed texts, empty if none.
    choice : Choice or None
        List that the district supplies; a setting that is a tuple of texts takes any number of its members.
    hint : str
        One sentence of help.
    set_by_scenario : bool
        The scenario itself sets it, so that nobody types it with the rule.
    titles : tuple of str
        How the options read on screens; empty where they speak for themselves.
    """

    label: str
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    step: Decimal | None = None
    options: tuple[str, ...] = ()
    choice: Choice | None = None
    hint: str = ""
    set_by_scenario: bool = False
    titles: tuple[str, ...] = ()

    @property
    def lower(self) -> Decimal | None:
        """The smallest value that is one of its kind: zero pupils per post stands for no ratio, not for a smaller one."""
        return self.step if self.unit == "pupils per FTE" else self.least


def setting(
    default: Any,
    *,
    label: str,
    unit: str = "",
    least: str | None = None,
    most: str | None = None,
    step: str | None = None,
    options: tuple[str, ...] = (),
    choice: Choice | None = None,
    hint: str = "",
    set_by_scenario: bool = False,
    titles: tuple[str, ...] = (),
) -> Any:
    """Return a dataclass field that carries its description."""
    info = SettingInfo(
        label, unit, _decimal(least), _decimal(most), _decimal(step), options, choice, hint, set_by_scenario, titles
    )
    return dataclasses.field(default=default, metadata={"setting": info})


def force_setting(default: str) -> Any:
    """Return the field that says with what authority a rule holds."""
    from equity_alloc.rules.base import Force

    return dataclasses.field(
        default=Force(default),
        metadata={
            "setting": SettingInfo(
                "Authority",
                options=tuple(force.value for force in Force),
                hint="What stands behind the rule; where not all rules can hold, the weakest is loosened first.",
            )
        },
    )


def basis_setting() -> Any:
    """Return the field that says where the district wrote the rule down."""
    info = SettingInfo("Where it is written", choice=Choice.TEXT, hint="In this district: article, policy number.")
    return dataclasses.field(default="", metadata={"setting": info})


def print_setting(value: Decimal, info: SettingInfo) -> str:
    """Return a setting's value as its field shows it.

    Examples
    --------
    >>> print_setting(Decimal("0.005"), SettingInfo("Gain", unit="share"))
    '0.5 %'
    """
    if info.unit == "share":
        return print_share(value)
    if info.unit == "dollars":
        return print_dollars(round(value * 100))
    return f"{print_number(value)} {info.unit}".rstrip()


def settings_of(member: object) -> dict[str, SettingInfo]:
    """Return the settings of a rule or objective by field name, in order."""
    fields = dataclasses.fields(member)  # type: ignore[arg-type]
    return {item.name: item.metadata["setting"] for item in fields if "setting" in item.metadata}


def typed_settings_of(member: object) -> dict[str, SettingInfo]:
    """Return the settings that a person types with a rule or objective, by field name, in order."""
    return {name: info for name, info in settings_of(member).items() if not info.set_by_scenario}


def with_setting(member: Member, name: str, value: Any) -> Member:
    """Return a rule or objective with one of its settings changed.

    Parameters
    ----------
    member : Rule or Objective
    name : str
        A field that `settings_of` names.
    value : value of the field's type

    Raises
    ------
    InvalidValue
        If the rule or objective takes no such value.
    """
    # Rules and objectives are frozen dataclasses; their Protocols cannot say so.
    return dataclasses.replace(member, **{name: value})  # type: ignore[type-var]


def refuse_out_of_range(member: object) -> None:
    """Raise if a setting is outside its range or options; called from __post_init__.

    Raises
    ------
    InvalidValue
    """
    for name, info in settings_of(member).items():
        value = getattr(member, name)
        if info.options and str(value) not in info.options:
            raise InvalidValue(f"{info.label} is '{value}'. Choose one of: {', '.join(info.options)}.")
        if isinstance(value, Decimal):
            if not value.is_finite():
                raise InvalidValue(f"{info.label} is not a number.")
            low = info.least is not None and value < info.least
            high = info.most is not None and value > info.most
            if low or high:
                raise InvalidValue(f"{info.label} is {value}. Enter a value {_range(info)}.")


def _range(info: SettingInfo) -> str:
    if info.least is not None and info.most is not None:
        return f"from {info.least} to {info.most}"
    return f"of at least {info.least}" if info.least is not None else f"of at most {info.most}"


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
