"""The page Equity says whether the choice of goal matters, in words that fit what is chosen."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from equity_alloc.objectives.least_shortfall import LeastShortfall
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.units import Whose
from tests.pages.conftest import failures, words


def test_without_a_rule_that_ties_schools_the_choice_does_not_matter(go_to):
    said = words(go_to("equity"))
    assert "No: every aversion above zero gives the same levels" in said
    assert "The goal alone fixes the core dollars of every school" in said


@pytest.mark.parametrize(
    ("objective", "expected"),
    [
        (RaiseByDial(unit=Whose.GROUP), "Student groups share schools"),
        (RaiseByDial("0"), "The goal leaves the core dollars of"),
        (RaiseByDial(ceiling=Decimal(7000)), "The goal leaves the core dollars of"),
        (LeastShortfall(), "every aversion above zero"),
    ],
    ids=["groups", "most in total", "ceiling", "another goal"],
)
def test_what_stays_open_and_why_is_said_of_each_goal(go_to, session, objective, expected):
    session.scenario = dataclasses.replace(session.scenario, objective=objective)
    page = go_to("equity")
    assert [] == failures(page)
    assert expected in words(page)


def test_another_goal_claims_nothing_about_its_own_freedom(go_to, session):
    session.scenario = dataclasses.replace(session.scenario, objective=LeastShortfall())
    said = words(go_to("equity"))
    assert "fixes the core dollars" not in said and "leaves the core dollars" not in said


def test_groups_are_shown_beside_everybody_outside_them(go_to):
    assert "every gap here lies between schools" in words(go_to("equity"))


def test_other_pupils_than_projected_are_tried_and_the_answer_follows_the_field(go_to):
    page = go_to("equity")
    before = words(page)
    assert "In the worst tenth of 100 draws the lowest level is" in before
    [field] = [each for each in page.number_input if each.key == "stress-spread"]
    field.set_value(10.0).run()
    assert [] == failures(page)
    assert before != words(page)


def test_a_plan_for_the_worst_draws_is_compared_on_demand_and_can_be_chosen(go_to, session):
    page = go_to("equity")
    [toggle] = [each for each in page.toggle if each.key == "stress-guard"]
    page = toggle.set_value(True).run()
    assert [] == failures(page)
    assert "Planned for the worst tenth of draws, the lowest level there is" in words(page)
    [button] = [each for each in page.button if each.key == "stress-adopt"]
    page = button.click().run()
    assert [] == failures(page)
    assert "raise-worst-draws" == session.scenario.objective.code
    assert "This proposal is planned for the worst draws." in words(page)
