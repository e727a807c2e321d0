"""The words and the table of a formula's figures say what their charts show."""

from equity_alloc.figures.base import DARK, LIGHT
from equity_alloc.figures.formula_cost import MOST_ROWS, formula_cost
from equity_alloc.figures.formula_parts import Part, formula_parts


def columns(figure):
    return {column.title: column.cells for column in figure.table}


def parts(members, colors=LIGHT):
    return formula_parts(members, colors, school="Ash", unit="FTE", total="29.15 FTE", note="FTE, 2026-27.")


def test_the_parts_of_a_school_are_told_with_their_sum_and_the_largest():
    figure = parts([Part("Principal", 1.0), Part("Homerooms", 20.0), Part("Others", 8.15)])
    assert "3 components of Ash, FTE; together 29.15 FTE" in figure.alt
    assert "largest is Homerooms with 20.00 FTE" in figure.alt
    assert (1.0, 20.0, 8.15) == columns(figure)["FTE"]
    assert tuple(figure.chart.data[0].x) == columns(figure)["FTE"]
    assert parts([]) is None


def cost(rows, colors=DARK):
    return formula_cost(rows, colors, year="year 1 of 3", note="Dollars.")


def test_who_is_held_up_and_who_is_held_back_is_told_in_dollars():
    figure = cost([("0007", "Ash", 350_000_00), ("0003", "Birch", -200_000_00), ("0001", "Elm", 0)])
    assert "2 of 3 schools" in figure.alt
    assert "beyond it: 1, together $350,000; schools held back: 1, together $200,000" in figure.alt
    assert ("0007", "0003") == columns(figure)["Code"]
    assert cost([("1", "Elm", 0)]) is None


def test_a_long_list_is_drawn_at_both_ends_and_the_table_has_all():
    figure = cost([(f"{n:04}", f"School {n}", (n - 50) * 100) for n in range(101)])
    assert MOST_ROWS == sum(len(trace.x) for trace in figure.chart.data)
    assert 100 == len(columns(figure)["Code"])
    assert f"{MOST_ROWS} of 100 schools are drawn" in figure.note
