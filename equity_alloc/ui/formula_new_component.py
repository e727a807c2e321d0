"""The text of a new component of any kind, made from what the kind says of its fields, so that a new kind needs nothing here."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.base import Component, Gives
from equity_alloc.formulas.check import COMPARES, TAKES_POSTS
from equity_alloc.formulas.facts import ENROLLMENT, GRADE, DistrictFacts
from equity_alloc.formulas.family import component_classes
from equity_alloc.formulas.field import FieldInfo, Holds, fields_of
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.read_component import ComponentReader
from equity_alloc.parameters.placed_findings import PlacedFindings
from equity_alloc.parameters.places import Places

#: What a number divides by until somebody says otherwise.
_DIVISOR = 25


def new_component(kind: str, formula: Formula, facts: DistrictFacts) -> str:
    """Return a [[component]] table with the fewest fields that a kind accepts, amounts at the least it allows.

    Parameters
    ----------
    kind : str
    formula : Formula
    facts : DistrictFacts

    Raises
    ------
    InvalidValue
        If the kind needs something that formula or district do not have.
    """
    cls = component_classes()[kind]
    taken = set(formula.component_of) | set(facts.columns)
    name = next(each for n in itertools.count(1) if (each := kind if n == 1 else f"{kind}-{n}") not in taken)
    for table in _tables(cls, formula, facts):
        found = PlacedFindings(Places("", {}))
        whole = {"kind": kind, "name": name, **table}
        component = ComponentReader({}, found).read(whole, ())
        if component is not None and not _misfits(component, formula):
            return "[[component]]\n" + "".join(f"{key} = {_written(value)}\n" for key, value in whole.items())
    raise InvalidValue(
        f"'{cls.heading}' needs other components, counts or positions that this formula and this district do not have "
        "yet. Add those first."
    )


def _tables(cls: type[Component], formula: Formula, facts: DistrictFacts) -> Iterator[dict[str, Any]]:
    """Yield tables to try: required fields alone, then with one optional field more, then two ..."""
    fields = fields_of(cls)
    optional = [name for name, (info, required) in fields.items() if not required and info.holds is not Holds.CHOICE]
    for units in _unit_choices(fields):
        for size in range(min(len(optional), 3) + 1):
            for more in itertools.combinations(optional, size):
                wanted = {name: info for name, (info, required) in fields.items() if required or name in more}
                for names, rising in itertools.product((1, 2), (False, True)):
                    amounts = itertools.count()
                    table = {
                        name: _number(info, next(amounts) if rising else 0)
                        if info.holds is Holds.AMOUNT
                        else _start(info, formula, facts, units, names)
                        for name, info in wanted.items()
                    }
                    if all(value not in (None, [], "", {}) for value in table.values()):
                        yield {**table, **units}


def _unit_choices(fields: dict[str, tuple[FieldInfo, bool]]) -> list[dict[str, str]]:
    unit = fields.get("unit")
    return [{"unit": option} for option in unit[0].options] if unit else [{}]


def _number(info: FieldInfo, place: int) -> int:
    number = Decimal(_DIVISOR) if info.is_divisor else (info.least or Decimal(0)) + place
    return int(number if info.most is None else min(number, info.most))


def _start(info: FieldInfo, formula: Formula, facts: DistrictFacts, units: dict[str, str], names: int) -> Any:
    if info.holds is Holds.COUNTS:
        counts = sorted(facts.columns, key=lambda column: (not column.startswith(ENROLLMENT), column))
        return counts[:names] if len(counts) >= names else None
    if info.holds is Holds.CAPS:
        columns = sorted(facts.columns - {ENROLLMENT}, key=lambda column: (not column.startswith(GRADE), column))
        return {columns[0]: _DIVISOR if info.is_divisor else 0} if columns else None
    if info.holds is Holds.COMPONENTS:
        wanted = units.get("unit")
        same = [c for c in formula.components if wanted is None or c.gives.value == wanted]
        return [component.frame.name for component in same][:names]
    if info.holds is Holds.POSITION:
        return next(iter(facts.average_cost_of), None)
    if info.holds is Holds.SCHOOLS:
        return [facts.schools[0].code] if facts.schools else None
    return "to be said"


def _misfits(component: Component, formula: Formula) -> bool:
    """Whether it names components of another unit than it needs, or that would add twice."""
    for name, (info, _) in fields_of(type(component)).items():
        if info.holds is Holds.COMPONENTS:
            others = [formula.component_of[other] for other in getattr(component, name)]
            wanted = Gives.FTE if component.kind in TAKES_POSTS else component.gives
            adds_twice = component.kind in COMPARES and any(not other.frame.is_part for other in others)
            if adds_twice or any(other.gives is not wanted for other in others):
                return True
    return False


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {number}" for key, number in value.items()) + " }"
    return json.dumps(value)
