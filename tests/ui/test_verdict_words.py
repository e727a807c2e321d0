"""A measure is judged only where the printed figures differ: nothing is called worse that reads the same."""

import pytest

from equity_alloc.catalogue import all_measures
from equity_alloc.ui.numbers import verdict_words

MEASURES = all_measures()


@pytest.mark.parametrize(
    ("code", "today", "plan", "said"),
    [
        # An index is printed with three places, dollars whole.
        ("gini", 0.0441, 0.0444, "about the same"),
        ("gini", 0.0444, 0.0441, "about the same"),
        ("gini", 0.0444, 0.0446, "worse"),
        ("gini", 0.0446, 0.0444, "better"),
        ("gini", 0.0444, 0.0444, "unchanged"),
        ("range", 1912.1, 1912.4, "about the same"),
        ("range", 1912.4, 1912.6, "worse"),
        ("adequacy-index", 0.9111, 0.9114, "about the same"),
        ("adequacy-index", 0.9114, 0.9116, "better"),
        ("gini", None, 0.0444, "no verdict"),
        ("mean-per-pupil", 9000.0, 9500.0, "no verdict"),
    ],
)
def test_a_measure_is_judged_only_where_its_printed_figures_differ(code, today, plan, said):
    assert said == verdict_words(today, plan, MEASURES[code])
