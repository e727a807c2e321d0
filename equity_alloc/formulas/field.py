"""Fields of components: what each holds, its label, unit and range, for the reader, the page and the export alike."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from enum import StrEnum
from typing import Any

from equity_alloc.parameters.amount import Amount


class Holds(StrEnum):
    """What a field of a component holds."""

    AMOUNT = "a number, or the name of a value"
    COUNTS = "one count or a list of counts to be added"
    CAPS = "a number for each of several counts"
    COMPONENTS = "names of other components"
    POSITION = "a position code"
    SCHOOLS = "school codes"
    CHOICE = "one of a list"
    TEXT = "words"


@dataclasses.dataclass(frozen=True, slots=True)
class FieldInfo:
    """How a field is shown and what it may hold.

    Parameters
    ----------
    holds : Holds
    label : str
    units : tuple of str
        Units a number may have; a bare number takes the first.
    least, most : Decimal or None
        Range, both ends allowed.
    is_divisor : bool
        Whether the formula divides by it: zero is refused, and an absent count is named as such.
    options : tuple of str
    hint : str
    """

    holds: Holds
    label: str
    units: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    is_divisor: bool = False
    options: tuple[str, ...] = ()
    hint: str = ""


REQUIRED: Any = dataclasses.MISSING


def amount_field(
    label: str,
    *units: str,
    default: Any = REQUIRED,
    least: str | None = "0",
    most: str | None = None,
    is_divisor: bool = False,
    hint: str = "",
) -> Any:
    """Return a field that holds one number."""
    low, high = (None if text is None else Decimal(text) for text in (least, most))
    return _field(FieldInfo(Holds.AMOUNT, label, units, low, high, is_divisor, hint=hint), default)


def counts_field(label: str, *, default: Any = REQUIRED, is_divisor: bool = False, hint: str = "") -> Any:
    """Return a field that holds one count or several to be added."""
    return _field(FieldInfo(Holds.COUNTS, label, ("pupils",), is_divisor=is_divisor, hint=hint), default)


def caps_field(label: str, unit: str, *, is_divisor: bool = False, hint: str = "") -> Any:
    """Return a field that holds a number for each of several counts."""
    return _field(FieldInfo(Holds.CAPS, label, (unit,), Decimal(0), None, is_divisor, hint=hint), REQUIRED)


def components_field(label: str, *, default: Any = REQUIRED, hint: str = "") -> Any:
    """Return a field that names other components."""
    return _field(FieldInfo(Holds.COMPONENTS, label, hint=hint), default)


def position_field(*, default: Any = REQUIRED) -> Any:
    """Return the field that names a position; a component with a position gives FTE."""
    return _field(FieldInfo(Holds.POSITION, "Position"), default)


def schools_field(label: str) -> Any:
    """Return a field that names schools by code."""
    return _field(FieldInfo(Holds.SCHOOLS, label), REQUIRED)


def choice_field(label: str, *options: str) -> Any:
    """Return a field with a short list; the first is the default."""
    return _field(FieldInfo(Holds.CHOICE, label, options=options), options[0])


def text_field(label: str, *, default: Any = REQUIRED, hint: str = "") -> Any:
    """Return a field that holds words."""
    return _field(FieldInfo(Holds.TEXT, label, hint=hint), default)


def fields_of(kind: type) -> dict[str, tuple[FieldInfo, bool]]:
    """Return the fields of a component class in order: what each holds, and whether it must be there."""
    return {
        item.name: (item.metadata["field"], item.default is dataclasses.MISSING)
        for item in dataclasses.fields(kind)
        if "field" in item.metadata
    }


def plain_amount(number: str, unit: str, name: str = "") -> Amount:
    """Return a number without source, for defaults."""
    return Amount(Decimal(number), unit, name)


def _field(info: FieldInfo, default: Any) -> Any:
    if default is REQUIRED:
        return dataclasses.field(metadata={"field": info})
    return dataclasses.field(default=default, metadata={"field": info})
