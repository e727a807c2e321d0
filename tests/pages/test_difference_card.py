"""On the page Plan a school is compared with another: parts that add up, in the plan's own figures."""

from equity_alloc.planning.difference import best_levels, difference
from equity_alloc.planning.difference_words import difference_sentences
from equity_alloc.ui.tradeoff_pair import _exact
from tests.pages.conftest import failures, words


def shown(page):
    [found] = [each.value for each in page.dataframe if "What makes the difference" in each.value.columns]
    return found


def test_nothing_is_compared_until_another_school_is_chosen(app):
    assert [] == failures(app)
    assert not [each for each in app.dataframe if "What makes the difference" in each.value.columns]


def test_a_second_school_brings_the_parts_and_what_keeps_levels_apart(app, session):
    plan = session.result()
    first, *_, last = [school.code for school in plan.district.schools]
    app.selectbox(key="pair-against").select(last).run()
    assert [] == failures(app)
    found = difference(plan, first, last, best=best_levels(plan))
    assert [_exact(part.cents) for part in found.parts] + [_exact(found.total)] == list(shown(app)["Dollars"])
    assert all(sentence in words(app) for sentence in difference_sentences(plan, found))
    app.toggle(key="pair-per-pupil").set_value(True).run()
    assert "Dollars per pupil" in shown(app).columns


def test_a_school_is_never_compared_with_itself(app, session):
    codes = [school.code for school in session.district.schools]
    app.selectbox(key="pair-against").select(codes[3]).run()
    app.selectbox(key="school-picker").select(codes[3]).run()
    assert [] == failures(app)
    labels = app.selectbox(key="pair-against").options
    assert session.district.schools[3].label not in labels
