"""Reads one [[component]] table by the fields its kind declares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.base import Component
from equity_alloc.formulas.family import component_classes
from equity_alloc.formulas.field import FieldInfo, Holds, fields_of
from equity_alloc.formulas.frame import FRAME_KEYS, Frame
from equity_alloc.formulas.rounding import Rounding, read_rounding
from equity_alloc.parameters.amount import Amount
from equity_alloc.parameters.placed_findings import PlacedFindings, nearest
from equity_alloc.parameters.places import Path
from equity_alloc.parameters.read_amounts import is_number


@dataclass(frozen=True)
class ComponentReader:
    """Reads component tables; whatever cannot be used becomes a finding at its line.

    Parameters
    ----------
    values : dict of str to Amount
        The file's named values, and those of the parameter files it brings.
    found : PlacedFindings
    """

    values: dict[str, Amount]
    found: PlacedFindings

    def read(self, table: dict[str, Any], path: Path) -> Component | None:
        """Return the component of a table, or None after findings."""
        kind = component_classes().get(str(table.get("kind", "")))
        if kind is None:
            self._refuse(
                "component-kind-unknown",
                (*path, "kind"),
                table.get("kind"),
                f"There is no kind of component '{table.get('kind', '')}'.",
                nearest(str(table.get("kind", "")), component_classes()),
            )
            return None
        before = len(self.found.found)
        fields = fields_of(kind)
        self.found.refuse_unknown_keys(table, (*FRAME_KEYS, *fields), path, f"kind {kind.kind}")
        read: dict[str, Any] = {}
        for name, (info, is_required) in fields.items():
            if name in table:
                read[name] = self._field(info, table[name], (*path, name), bool(table.get("position")))
            elif is_required:
                said = f"{info.label} ('{name}') is missing: {info.holds.value}."
                self._refuse("field-missing", path, None, said, f"Add a line: {name} = ...")
        frame = self._frame(table, path)
        if len(self.found.found) > before or frame is None:
            return None
        make: Callable[..., Component] = kind
        try:
            return make(frame=frame, **read)
        except InvalidValue as error:
            self._refuse("component-unusable", path, frame.name, str(error), "Correct the fields of this component.")
            return None

    def _frame(self, table: dict[str, Any], path: Path) -> Frame | None:
        name, part = table.get("name", ""), table.get("part", False)
        if not isinstance(part, bool):
            self._refuse(
                "field-wrong", (*path, "part"), part, "'part' is neither true nor false.", "Write part = true."
            )
            return None
        pupils = FieldInfo(Holds.AMOUNT, "Band", ("pupils",), Decimal(0))
        bands = [
            self._amount(pupils, table[key], (*path, key), is_post=False) if key in table else None
            for key in ("band_from", "band_below")
        ]
        try:
            return Frame(
                name=str(name),
                title=str(table.get("title", "")),
                note=str(table.get("note", "")),
                is_part=part,
                rounding=self._rounding(table, path),
                only_kinds=self._names(table.get("only_kinds", []), (*path, "only_kinds")),
                only_flags=self._names(table.get("only_flags", []), (*path, "only_flags")),
                not_flags=self._names(table.get("not_flags", []), (*path, "not_flags")),
                band_of=self._names(table.get("band_of", []), (*path, "band_of")),
                band_from=bands[0],
                band_below=bands[1],
            )
        except InvalidValue as error:
            self._refuse("component-unusable", path, name, str(error), "Correct the fields of this component.")
            return None

    def _rounding(self, table: dict[str, Any], path: Path) -> Rounding | None:
        if "rounding" not in table:
            return None
        try:
            return read_rounding(str(table["rounding"]))
        except InvalidValue as error:
            self._refuse("rounding-unknown", (*path, "rounding"), table["rounding"], str(error), "Choose one of these.")
            return None

    def _field(self, info: FieldInfo, value: Any, path: Path, is_post: bool) -> Any:
        if info.holds is Holds.AMOUNT:
            return self._amount(info, value, path, is_post=is_post)
        if info.holds in (Holds.COUNTS, Holds.COMPONENTS, Holds.SCHOOLS):
            return self._names(value, path)
        if info.holds is Holds.CAPS:
            if not isinstance(value, dict) or not value:
                said = f"{info.label} needs a number for each of its counts."
                self._refuse("field-wrong", path, value, said, 'Write { "grade K" = 29, "grade 1" = 31 }.')
                return ()
            caps = [(count, self._amount(info, number, path, is_post=False)) for count, number in value.items()]
            return tuple((count, amount) for count, amount in caps if amount is not None)
        if not isinstance(value, str):
            self._refuse("field-wrong", path, value, f"{info.label} is not {info.holds.value}.", "Put it in quotes.")
            return ""
        if info.options and value not in info.options:
            said = f"{info.label} is '{value}'."
            self._refuse("choice-unknown", path, value, said, nearest(value, info.options))
        return value

    def _names(self, value: Any, path: Path) -> tuple[str, ...]:
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
            self._refuse("field-wrong", path, value, "This is not a name or a list of names.", 'Write ["a", "b"].')
            return ()
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            said = f"{', '.join(twice)} stands there twice and would count twice."
            self._refuse("name-repeated", path, value, said, "Name it once.")
        return tuple(names)

    def _amount(self, info: FieldInfo, value: Any, path: Path, *, is_post: bool) -> Amount | None:
        if is_number(value):
            units = [unit for unit in info.units if unit.startswith("FTE") is is_post] or list(info.units)
            amount = Amount(Decimal(value), units[0])
        elif isinstance(value, str) and value in self.values:
            amount = self.values[value]
        else:
            said = f"{info.label}: '{value}' is neither a number nor a value of this file."
            self._refuse("value-unknown", path, value, said, nearest(str(value), self.values))
            return None
        if amount.unit not in info.units:
            said = f"{info.label} is in {amount.unit}, where {' or '.join(info.units)} belongs."
            self._refuse("unit-wrong", path, value, said, "Name a value with that unit.")
            return None
        low = info.least is not None and amount.value < info.least
        high = info.most is not None and amount.value > info.most
        if low or high or (info.is_divisor and amount.value == 0):
            said = f"{info.label} is {amount.value}, which is out of range."
            limits = f"{'above' if info.is_divisor else 'at least'} {info.least}" if info.least is not None else ""
            limits += f"{' and ' if limits else ''}at most {info.most}" if info.most is not None else ""
            self._refuse("value-out-of-range", path, amount.value, said, f"Enter a number {limits}.")
            return None
        return amount

    def _refuse(self, code: str, path: Path, value: object, what: str, remedy: str) -> None:
        why = "A component that is not understood would change what every school gets."
        self.found.refuse(code, path, value, what=what, why=why, remedy=remedy)
