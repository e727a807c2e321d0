"""The page Library opens each live case with its locked scenarios, and never puts a visitor's own work away unasked."""

from __future__ import annotations

import dataclasses

import pytest

from equity_alloc.cases.case import case_of, cases
from equity_alloc.ui.case_view import open_case
from equity_alloc.ui.scenario_shelf import duplicate
from tests.pages.conftest import failures, words


def test_each_case_tells_its_story_its_questions_and_its_button(go_to):
    page = go_to("library")
    assert [] == failures(page)
    said = words(page)
    for case in cases():
        assert any(case.title in each.label for each in page.expander)
        assert all(question in said for question in case.questions)
        assert f"open-{case.name}" in {button.key for button in page.button}


def test_the_key_is_worked_out_when_asked_for(go_to):
    page = go_to("library")
    assert "20 x ($115,000 - $100,000)" not in words(page)
    [toggle] = [each for each in page.toggle if each.key == "key-04-the-average-salary"]
    toggle.set_value(True).run()
    assert [] == failures(page)
    said = words(page)
    assert "$300,000" in said and "20 x ($115,000 - $100,000)" in said


def test_notes_for_who_leads_stay_closed_until_they_are_asked_for(go_to):
    page = go_to("library")
    assert "Let people say first who bears each cut" not in words(page)
    [toggle] = [each for each in page.toggle if each.key == "notes-01-the-counselor-vote"]
    toggle.set_value(True).run()
    assert "Let people say first who bears each cut" in words(page)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_an_opened_case_is_laid_out_on_its_page_and_on_compare(case, session, go_to):
    open_case(session, case)
    assert session.district.invented
    assert len(session.saved) == len(case.variants)
    for name in dict.fromkeys((case.page, "compare")):
        assert [] == failures(go_to(name))


def test_a_district_of_ones_own_is_put_away_only_after_a_yes(session, go_to):
    session.district = dataclasses.replace(session.district, invented=False)
    page = go_to("library")
    key = "03-held-harmless-forever"
    [button] = [each for each in page.button if each.key == f"open-{key}"]
    assert button.disabled
    [agree] = [each for each in page.checkbox if each.key == f"agree-{key}"]
    agree.set_value(True).run()
    [button] = [each for each in page.button if each.key == f"open-{key}"]
    assert not button.disabled


def test_a_title_that_asks_ends_in_its_question_mark_alone(go_to):
    labels = [each.label.replace("\\", "") for each in go_to("library").expander]
    assert any(label.startswith("Which rule decides? Three rules") for label in labels)
    assert any(label.startswith("The stipend that ended. A good program") for label in labels)
    assert not any("?." in label for label in labels)


def test_a_second_case_is_opened_without_a_yes_until_a_scenario_of_ones_own_is_saved(session, go_to):
    open_case(session, case_of("03-held-harmless-forever"))
    assert 2 == len(session.saved)
    page = go_to("library")
    assert [] == [each.key for each in page.checkbox if each.key.startswith("agree-")]
    [button] = [each for each in page.button if each.key == "open-04-the-average-salary"]
    assert not button.disabled
    duplicate(session, session.saved[0])
    page = go_to("library")
    [button] = [each for each in page.button if each.key == "open-04-the-average-salary"]
    assert button.disabled
    assert "agree-04-the-average-salary" in {each.key for each in page.checkbox}
