"""The desk of the page Formula is kept with the rest of the work."""

import dataclasses
from decimal import Decimal

import pytest

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.gains_losses import GainsAndLosses, Payer
from equity_alloc.formulas.templates import template_text
from equity_alloc.formulas.use import FormulaUse, Use
from equity_alloc.sources.sample import sample_district, sample_reading
from equity_alloc.store.draft import Draft, draft_from_plain
from equity_alloc.store.formula_desk import FormulaDesk, Pot


def draft(desk):
    scenario = sample_reading().scenario
    return Draft(sample_district(), (), scenario, scenario, (), desk)


def test_a_desk_comes_back_as_it_was():
    formula = FormulaUse(template_text("weighted-student-funding"), Use.FLOOR)
    policy = GainsAndLosses(Decimal("0.05"), Decimal("0.1"), payer=Payer.NOBODY)
    work = draft(FormulaDesk(formula, "[[component", "school,amount\n", policy, 3, Pot.LAST_YEAR))
    assert work == draft_from_plain(work.data_plain, work.choices_plain)


def test_work_kept_before_there_were_formulas_has_an_empty_desk():
    work = draft(FormulaDesk())
    choices = {name: value for name, value in work.choices_plain.items() if name != "desk"}
    assert work == draft_from_plain(work.data_plain, choices)


@pytest.mark.parametrize("years", [0, 7])
def test_a_way_of_no_year_or_of_too_many_is_refused(years):
    with pytest.raises(InvalidValue, match="Enter 1 to 6"):
        dataclasses.replace(FormulaDesk(), years=years)
