"""A formula's text is changed where it is meant to change, and nowhere else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.formulas.edit import component_texts, in_new_order, with_component, with_value
from equity_alloc.formulas.read import read_formula
from equity_alloc.formulas.templates import template_names, template_text

LUMP = '[[component]]\nkind = "lump-sum"\nname = "one more"\namount = 5\n'


def names(text: str) -> list[str]:
    reading = read_formula(text)
    assert reading.formula is not None, [str(finding) for finding in reading.errors]
    return [component.frame.name for component in reading.formula.components]


@pytest.mark.parametrize("template", template_names())
def test_components_come_apart_and_together_again(template: str) -> None:
    text = template_text(template)
    before, pieces, after = component_texts(text)
    assert text == before + "".join(pieces) + after
    assert text == in_new_order(text, range(len(pieces)))


@pytest.mark.parametrize("template", template_names())
def test_components_are_turned_round_and_added(template: str) -> None:
    text = template_text(template)
    count = len(component_texts(text)[1])
    assert names(text)[::-1] == names(in_new_order(text, range(count - 1, -1, -1)))
    assert [*names(text), "one more"] == names(with_component(text, LUMP))


def test_a_changed_value_changes_one_line() -> None:
    text = template_text("weighted-student-funding")
    changed = with_value(text, "base", Decimal("6150.50"))
    pairs = zip(text.splitlines(), changed.splitlines(), strict=True)
    different = [(old, new) for old, new in pairs if old != new]
    assert 1 == len(different)
    assert different[0][0].replace("6000", "6150.50") == different[0][1]


def test_what_cannot_be_changed_is_said() -> None:
    text = template_text("weighted-student-funding")
    with pytest.raises(UnknownCode, match="no value 'bases'"):
        with_value(text, "bases", Decimal(1))
    with pytest.raises(InvalidValue, match="not a number"):
        with_value(text, "base", Decimal("NaN"))
    with pytest.raises(InvalidValue, match="at most once"):
        in_new_order(text, [0, 0])
    with pytest.raises(InvalidValue, match="starts with"):
        with_component(text, "kind = 1")
