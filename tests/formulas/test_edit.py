"""A formula's text is changed where it is meant to change, and nowhere else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.domain.source import Source
from equity_alloc.formulas.edit import component_texts, in_new_order, with_component, with_value
from equity_alloc.formulas.read import read_formula
from equity_alloc.formulas.templates import template_names, template_text
from equity_alloc.parameters.amount import Amount

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


BASE = Amount(
    Decimal(6000),
    "dollars per pupil",
    "base",
    dt.date(2025, 7, 1),
    Source("Equity Alloc, plain weighted student funding", "invented round numbers"),
    is_verified=False,
)


def test_a_changed_value_changes_one_line_and_adds_the_source_of_entered_numbers() -> None:
    text = template_text("weighted-student-funding")
    changed = with_value(text, BASE, Decimal("6150.50"))
    gone = [line for line in text.splitlines() if line not in changed.splitlines()]
    new = [line for line in changed.splitlines() if line not in text.splitlines()]
    assert ["base = { value = 6000"] == [line[:21] for line in gone]
    assert ["[source.entered-on-screen]", 'title = "Entered on screen"', 'locator = "no source given"'] == new[:3]
    assert ["base = { value = 6150.50,"] == [line[:25] for line in new[3:]]


def test_what_cannot_be_changed_is_said() -> None:
    text = template_text("weighted-student-funding")
    over_lines = "[value]\nbase = [\n{ value = 6000 },\n]\n"
    with pytest.raises(UnknownCode, match="no value 'base' on a line"):
        with_value(over_lines, BASE, Decimal(1))
    with pytest.raises(InvalidValue, match="not a number"):
        with_value(text, BASE, Decimal("NaN"))
    with pytest.raises(InvalidValue, match="at most once"):
        in_new_order(text, [0, 0])
    with pytest.raises(InvalidValue, match="starts with"):
        with_component(text, "kind = 1")
