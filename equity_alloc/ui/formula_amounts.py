"""Every number of a formula: what it is called, its unit and range, where it comes from, and where it stands in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from equity_alloc.formulas.base import Component
from equity_alloc.formulas.edit import with_number, with_value
from equity_alloc.formulas.field import FieldInfo, Holds, fields_of
from equity_alloc.formulas.formula import Formula
from equity_alloc.parameters.amount import Amount

_BAND = FieldInfo(Holds.AMOUNT, "Band", ("pupils",), Decimal(0))
_VALUE = re.compile(r"\bvalue\s*=")


@dataclass(frozen=True, slots=True)
class FormulaAmount:
    """One number of a formula.

    Parameters
    ----------
    key : str
        Name that no other number of the formula has.
    label : str
    amount : Amount
    info : FieldInfo
        Range and units of the first place that uses it.
    used_by : tuple of str
        "component: field" for each place that uses it.
    component : int or None
        Number of the component that has it as a number of its own; None for a named value.
    field, count : str
        Where it stands in that component.
    fixed : str
        Why it cannot be changed in a field; blank where it can.
    is_from_file : bool
        Whether it comes from a parameter file; a change makes it the formula's own value.
    is_shown_only : bool
        Whether a printed amount pays instead, so that a change of this number changes nothing.
    """

    key: str
    label: str
    amount: Amount
    info: FieldInfo
    used_by: tuple[str, ...]
    component: int | None = None
    field: str = ""
    count: str = ""
    fixed: str = ""
    is_from_file: bool = False
    is_shown_only: bool = False

    def change(self, text: str, value: Decimal, *, source: str | None = None) -> str:
        """Return the formula's text with a number of the district's own here, and where it is written down.

        A number of a component itself has no place for a source.

        Raises
        ------
        UnknownCode, InvalidValue
            If it does not stand on one line, or is not a number.
        """
        if self.component is None:
            return with_value(text, self.amount, value, source=source)
        return with_number(text, self.component, self.field, value, count=self.count)


def amounts_in(formula: Formula) -> tuple[FormulaAmount, ...]:
    """Return every number of a formula once, in the order in which components use them.

    Examples
    --------
    >>> from equity_alloc.formulas.templates import read_template
    >>> formula = read_template("weighted-student-funding").formula
    >>> [(each.label, str(each.amount.value)) for each in amounts_in(formula)][:2] if formula else []
    [('Foundation for every school: Amount for each school', '250000'), ('Base', '6000')]
    """
    found: dict[str, FormulaAmount] = {}
    lines = formula.text.splitlines()
    for number, component in enumerate(formula.components):
        for field, info, amount, count in _numbers(component):
            used = f"{component.frame.label}: {info.label}{f', {count}' if count else ''}"
            shown_only = field in ("weight", "base") and getattr(component, "amount", None) is not None
            if amount.name:
                known = found.get(amount.name)
                if known is None:
                    at = formula.places.lines.get(("value", amount.name))
                    fixed = _why_fixed(at, lines)
                    known = FormulaAmount(
                        amount.name, used, amount, info, (), fixed=fixed, is_from_file=at is None, is_shown_only=True
                    )
                else:
                    known = replace(known, label=_words(amount.name))
                found[amount.name] = replace(
                    known, used_by=(*known.used_by, used), is_shown_only=known.is_shown_only and shown_only
                )
            elif ("component", number, field) in formula.places.lines:
                key = f"{component.frame.name} {field} {count}".strip()
                found[key] = FormulaAmount(
                    key, used, amount, info, (used,), number, field, count, is_shown_only=shown_only
                )
    return tuple(found.values())


def _numbers(component: Component) -> Iterator[tuple[str, FieldInfo, Amount, str]]:
    """Yield (field, what it may hold, amount, count) for every number of a component."""
    for name, (info, _) in fields_of(type(component)).items():
        value = getattr(component, name)
        if info.holds is Holds.AMOUNT and value is not None:
            yield name, info, value, ""
        elif info.holds is Holds.CAPS:
            yield from ((name, info, amount, count) for count, amount in value)
    frame = component.frame
    for name, amount, label in (("band_from", frame.band_from, "from"), ("band_below", frame.band_below, "below")):
        if amount is not None:
            yield name, replace(_BAND, label=f"Band, {label}"), amount, ""


def _why_fixed(at: int | None, lines: list[str]) -> str:
    if at is not None and len(_VALUE.findall(lines[at - 1])) != 1:
        return f"It stands over several lines, or with several dates. Change it in the text, line {at}."
    return ""


def _words(name: str) -> str:
    return name[:1].upper() + name[1:].replace("-", " ")
