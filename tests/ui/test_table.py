"""Numbers in tables stay whole: a number that is cut short reads as another number."""

from __future__ import annotations

import pytest

from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.scenario import ScenarioView
from equity_alloc.ui.sides import Side, Sides, fund_columns, post_columns, school_columns
from equity_alloc.ui.table import _width
from tests.districts import plain_scenario, random_district

#: What a phone of 390 pixels leaves for a table between the margins of the page.
PHONE = 358


@pytest.mark.parametrize(
    ("show", "cell", "printed"),
    [
        (Show.DOLLARS, 135_733_212.0, "$135,733,212"),
        (Show.CHANGE, -1_917_211.0, "-1,917,211"),
        (Show.FTE, 725.0, "725.00"),
        (Show.FTE_CHANGE, 6.55, "+6.55"),
        (Show.SHARE, -0.03, "-3.0 %"),
        (Show.COUNT, 12_345, "12,345"),
    ],
)
def test_a_column_with_a_width_of_its_own_holds_its_longest_number(show, cell, printed):
    """A digit takes 6.5 pixels and the sides of a cell 16."""
    assert _width(TableColumn("x", show, (None, cell), width=1)) >= 6.5 * len(printed) + 16
    assert 300 == _width(TableColumn("x", show, (cell,), width=300))


@pytest.mark.parametrize("columns", [school_columns, fund_columns, post_columns])
def test_names_and_two_columns_of_numbers_fit_a_phone(columns):
    district, scenario = random_district(3), plain_scenario()
    view: ScenarioView = scenario.view(district)
    first, *numbers = columns(Sides(view, (Side("Today", district.today), Side("A long name of it", district.today))))
    assert sum(_width(column) for column in (first, *numbers[:2])) <= PHONE
    assert Show.TEXT not in {column.show for column in numbers[:2]}
