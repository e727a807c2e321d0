"""The page Equity says whether the choice of goal matters, in words that fit what is chosen."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from equity_alloc.domain.district import Decision
from equity_alloc.domain.errors import SolverFailed
from equity_alloc.domain.shipped import DATA
from equity_alloc.objectives.least_shortfall import LeastShortfall
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.objectives.smallest_load import SmallestLargestLoad
from equity_alloc.objectives.units import Whose
from equity_alloc.rules.need_slope_least import NeedSlopeLeast
from equity_alloc.sources.kentucky import read_kentucky
from equity_alloc.sources.open_file import read_path
from equity_alloc.ui import stress_view
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


def test_a_goal_of_targets_says_what_it_leaves_open_and_one_of_loads_says_nothing_of_dollars(go_to, session):
    scenario = session.scenario
    session.scenario = dataclasses.replace(scenario, objective=LeastShortfall())
    assert "The goal leaves the core dollars of" in words(go_to("equity"))
    session.scenario = dataclasses.replace(scenario, objective=SmallestLargestLoad("COUN"))
    said = words(go_to("equity"))
    assert "fixes the core dollars" not in said and "leaves the core dollars" not in said


def test_groups_are_shown_beside_everybody_outside_them(go_to):
    assert "every gap here lies between schools" in words(go_to("equity"))


def test_a_plan_for_the_worst_draws_that_cannot_be_made_says_why(go_to, monkeypatch):
    def refuse(*_args):
        raise SolverFailed("Raising the worst draws ended without an answer.")

    monkeypatch.setattr(stress_view, "make_plan", refuse)
    page = go_to("equity")
    [guard] = [each for each in page.toggle if each.key == "stress-guard"]
    page = guard.set_value(True).run()
    assert [] == failures(page)
    assert "ended without an answer" in words(page)


def test_every_school_stands_beside_the_average_for_its_mix(go_to, session):
    page = go_to("equity")
    assert [] == failures(page)
    assert f"{len(session.district.schools)} schools. 1 means that a school has what the district spends" in words(page)


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


def loaded(go_to, session, reading):
    assert session.load(reading, "")
    page = go_to("equity")
    assert [] == failures(page)
    return words(page)


def test_the_tiny_district_is_told_whether_the_choice_matters(go_to, session):
    said = loaded(go_to, session, read_path(DATA / "tiny_district"))
    assert "No: every aversion above zero gives the same levels" in said
    assert "The goal alone fixes the core dollars of every school" in said
    assert "In the worst tenth of 100 draws the lowest level is" in said


def test_fayette_county_is_told_whether_the_choice_matters_and_which_rule_makes_it_so(go_to, session, shared):
    decision = Decision("Blank LEP counts mean zero pupils", "the case's authors", "2016-17")
    table = (shared / "data" / "ky_schools_2016_17.csv").read_bytes()
    reading = read_kentucky(table, "Fayette County", pot=300_000_000_00, blank_means_zero=decision)
    assert "No: every aversion above zero gives the same levels" in loaded(go_to, session, reading)
    slope = NeedSlopeLeast("economically-disadvantaged", Decimal(3000))
    session.scenario = dataclasses.replace(session.scenario, rules=(*session.scenario.rules, slope))
    page = go_to("equity")
    assert [] == failures(page)
    said = words(page)
    assert "The rule that makes the settings differ: More need comes with more dollars" in said
