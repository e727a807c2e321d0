"""Numbers in tables stay whole: a number that is cut short reads as another number."""

from __future__ import annotations

import pytest

from equity_alloc.catalogue import all_measures
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.scenario import ScenarioView
from equity_alloc.ui.sides import Of, Side, Sides, side_columns
from equity_alloc.ui.table import _data
from equity_alloc.ui.table_layout import BROKEN_ROW, PHONE, ROW, SIDES, TABLET, edges, layout
from equity_alloc.ui.text_width import text_width
from tests.districts import plain_scenario, random_district

SENTENCE = "Each position at a school moves by no more than 20 % or one post, whichever is more."
NUMBERS = tuple(TableColumn(f"Column {each}", Show.CHANGE, (-1_234_567.0, None)) for each in range(6))


@pytest.mark.parametrize(
    ("show", "cell", "drawn"),
    [
        (Show.DOLLARS, 135_733_212.0, "$135,733,212"),
        (Show.CHANGE, -1_917_211.0, "-1,917,211"),
        (Show.FTE, 725.0, "725.00"),
        (Show.FTE_CHANGE, 6.55, "+6.55"),
        (Show.SHARE, -0.03, "-3.0 %"),
        (Show.COUNT, 12_345, "12,345"),
        (Show.NUMBER, -0.1234, "-0.123"),
    ],
)
def test_a_column_holds_its_longest_number(show, cell, drawn):
    """Sides of 8 pixels, and 6.96, 4.35 and 3.49 for a digit, a sign and a comma or point, as a browser measures them."""
    pixels = sum(6.96 if each.isdigit() else 3.4 for each in drawn) + 16
    assert layout([TableColumn("x", show, (None, cell))]).widths[0] >= pixels
    assert 300 == layout([TableColumn("x", show, (cell,), width=300)]).widths[0]


@pytest.mark.parametrize(("show", "none"), [(Show.CHANGE, "0"), (Show.FTE_CHANGE, "0.00")])
def test_no_change_stands_without_a_sign_and_the_numbers_stay_numbers(show, none):
    data = _data([TableColumn("Change", show, (0.0, 1.0, -1.0, None))])
    seen = [row[1]["display_value"] for row in data._translate(False, False)["body"]]
    assert [none, f"+{none.replace('0', '1', 1)}", f"-{none.replace('0', '1', 1)}", ""] == seen
    assert data.data["Change"].tolist()[:3] == [0.0, 1.0, -1.0]


def test_a_text_is_never_taken_for_narrower_than_a_browser_draws_it():
    """Measured in Chromium 156, Source Sans at 14 pixels: "AV Wave To" is 65.6 pixels and "$-1,234,567" is 66.9."""
    assert 65.6 <= text_width("AV Wave To") <= 72
    assert 66.9 <= text_width("$-1,234,567") <= 72


def test_no_title_of_a_measure_is_cut():
    titles = tuple(measure.title for measure in all_measures().values())
    others = (TableColumn("Unit", Show.TEXT, tuple(m.unit for m in all_measures().values())), *NUMBERS)
    width = layout((TableColumn("Measure", Show.TEXT, titles), *others), pinned=1).widths[0]
    assert max(map(text_width, titles)) + SIDES <= width


@pytest.mark.parametrize("of", [of for of in Of if of not in (Of.COMMITMENTS, Of.MEASURES)])
def test_names_and_a_column_of_numbers_fit_a_phone(of):
    district, scenario = random_district(3), plain_scenario()
    view: ScenarioView = scenario.view(district)
    pair = Sides(view, (Side("A", "Today", district.today), Side("B", "A long name of it", district.today)))
    shown = side_columns(pair, of)
    placed = layout(shown, pinned=1)
    assert 1 == placed.pinned
    assert sum(placed.widths[:2]) <= PHONE
    assert Show.TEXT not in {column.show for column in shown[1:3]}


def test_a_table_ends_where_a_column_of_numbers_ends():
    columns = (TableColumn("School", Show.TEXT, ("Alder Creek Elementary", "")), *NUMBERS)
    widths = layout(columns, pinned=1).widths
    ends = {sum(widths[: place + 1]) + 2 for place in range(len(widths))}
    for room in range(widths[0] + 2, sum(widths) + 2):
        [end] = [whole for whole, cut in edges(columns, widths) if whole <= room < cut]
        assert end in ends
    assert not [whole for whole, cut in edges(columns, widths) if whole <= sum(widths) + 2 < cut]


def test_sentences_go_over_to_further_lines_and_names_do_not():
    rule = TableColumn("Rule", Show.TEXT, (SENTENCE, "Short."))
    placed = layout((rule, *NUMBERS[:2]))
    assert placed.row >= BROKEN_ROW
    assert sum(placed.widths) <= TABLET
    assert ROW == layout((TableColumn("School", Show.TEXT, ("Alder Creek Elementary",)), *NUMBERS)).row


def test_names_stay_in_view_only_where_a_phone_has_room_for_the_widest_column_beside_them():
    names = TableColumn("School", Show.TEXT, ("Alder Creek Elementary",))
    why = TableColumn("Why", Show.TEXT, (SENTENCE * 3,))
    assert 0 == layout((names, NUMBERS[0], why), pinned=1).pinned
    assert 1 == layout((names, *NUMBERS), pinned=1).pinned
