"""A district of which no posts are known, as from a state's table of spending: nothing is said of posts, and nothing is zero."""

import pytest

from equity_alloc.domain.district import District, Fund, School, Spending
from equity_alloc.scenario import Scenario
from equity_alloc.sources.base import UNNAMED, Reading
from tests.pages.conftest import failures, words


@pytest.fixture
def spending_only(session):
    """Two schools with $3,000 and $1,000 a pupil, and no post."""
    schools = (School("1", "One", "school", 100, 100), School("2", "Two", "school", 100, 100))
    spending = (Spending("1", "All", "g", 30_000_000), Spending("2", "All", "g", 10_000_000))
    district = District("Two", "2026-27", schools, funds=(Fund("g", "General", 40_000_000),), spending=spending)
    session.load(Reading(district, Scenario(), ()), "")
    return session


def test_the_plan_shows_no_posts_instead_of_zero(go_to, spending_only):
    page = go_to("plan")
    assert [] == failures(page)
    assert "Posts at schools, FTE" not in [metric.label for metric in page.metric]
    assert "Posts are not known here." in words(page)
    assert not any("FTE" in column for table in page.dataframe for column in table.value.columns)


def test_tables_of_other_pages_have_no_column_of_zeros(go_to, spending_only):
    assert "No position is known here" in words(go_to("district"))
    [kinds] = [each for each in go_to("compare").segmented_control if each.key == "compare-of"]
    assert "School posts" not in kinds.options
    assert "Positions" not in kinds.options
    [axis] = [each for each in go_to("tradeoffs").segmented_control if each.key == "frontier-axis"]
    assert "cost" in str(axis.value).lower() or "Dollars" in str(axis.value)


def test_the_head_of_compare_says_what_the_plan_does(go_to, spending_only):
    said = words(go_to("compare"))
    assert "1 school has" in said and "over all funds" in said
    assert "the lowest school has" in said and "instead of $1,000 per weighted pupil" in said
    assert UNNAMED not in said
