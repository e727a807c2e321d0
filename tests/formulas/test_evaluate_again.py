"""Working out again what changed gives the same as working out everything."""

import dataclasses

import pytest

from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.evaluate import evaluate, evaluate_again
from equity_alloc.formulas.facts_of import facts_of
from equity_alloc.formulas.rounding import read_rounding
from equity_alloc.formulas.templates import read_template
from equity_alloc.sources.sample import sample_district


def changed(formula, number):
    """The formula with one component rounded to a coarse step."""
    component = formula.components[number]
    rounding = read_rounding(
        {Gives.DOLLARS: "up to 100", Gives.FTE: "up to 1", Gives.PUPILS: "up to 1"}[component.gives]
    )
    other = dataclasses.replace(component, frame=dataclasses.replace(component.frame, rounding=rounding))
    components = (*formula.components[:number], other, *formula.components[number + 1 :])
    return dataclasses.replace(formula, components=components), component.frame.name


@pytest.mark.parametrize("name", ["weighted-student-funding", "portland-like"])
def test_every_component_changed_alone(name):
    formula, facts = read_template(name).formula, facts_of(sample_district())
    before = evaluate(formula, facts)
    moved = 0
    for number in range(len(formula.components)):
        other, touched = changed(formula, number)
        again = evaluate_again(before, other, (touched,))
        assert evaluate(other, facts).lines == again.lines
        moved += again.lines != before.lines
    assert moved
