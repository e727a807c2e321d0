"""The page Trade-offs: lines of the best possible, certified plans on them, and loading one with a way back."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal

import pytest

from equity_alloc.figures.frontier import Mark
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.planning.frontier import Axis, Line
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.solver.moving_limit import Look
from equity_alloc.ui.frontier_view import plan_words
from equity_alloc.ui.frontier_work import base_of, traced
from equity_alloc.ui.numbers import print_close
from tests.pages.conftest import failures, press, words


def pick(page, place):
    [box] = [each for each in page.selectbox if each.label == "A plan on the line"]
    return box.set_value(place).run()


def test_the_first_look_shows_plans_between_the_fewest_moves_and_the_best_level(go_to):
    page = go_to("tradeoffs")
    assert [] == failures(page)
    assert "the best there is" in words(page)
    [box] = [each for each in page.selectbox if each.label == "A plan on the line"]
    assert 9 == len(box.options)


@pytest.mark.parametrize("axis", ["cost", "total"])
def test_every_axis_has_its_line(go_to, axis):
    page = go_to("tradeoffs")
    [control] = page.button_group
    page = control.set_value(Axis(axis)).run()
    assert [] == failures(page)
    assert {"cost": "at schools to", "total": "Nothing is to be traded here"}[axis] in words(page)


def test_a_plan_on_the_line_becomes_the_scenario_and_undo_brings_the_old_one_back(go_to, session):
    before = session.scenario
    page = pick(go_to("tradeoffs"), 3)
    assert "Certified, every rule kept" in words(page)
    page = press(page, "Load this plan")
    assert [] == failures(page)
    assert session.scenario != before
    assert "This plan was loaded from a line" in "".join(str(each.proto) for each in page.info)
    # The line stays that of the scenario it was chosen from, so that another plan can be chosen.
    [box] = [each for each in page.selectbox if each.label == "A plan on the line"]
    assert 9 == len(box.options)
    page = press(page, "Undo last change")
    assert session.scenario == before
    assert [] == failures(page)


@pytest.mark.parametrize("axis", [Axis.MOVES, Axis.COST])
def test_after_a_reload_the_line_of_a_loaded_plan_is_still_the_one_it_was_chosen_from(session, axis):
    # A reload keeps the steps of undo and nothing of what small tools remember; a second plan is loaded on top.
    before = session.scenario
    work = traced(session, axis)
    for place in (3, 4):
        session.choose(work.scenarios[place])
        session.reports.clear()
        assert before == base_of(session)
    changed = dataclasses.replace(session.scenario, rules=(*before.rules, HoldHarmless(Decimal("0.5"))))
    session.choose(changed)
    assert changed == base_of(session)


def test_how_far_whole_posts_stay_below_the_line_is_said_on_the_page_and_in_the_table(go_to, session):
    page = go_to("tradeoffs")
    points = traced(session, Axis.MOVES).points
    gaps = sorted(print_close(float(point.gap), traced(session, Axis.MOVES).line.unit) for point in points)
    assert f"{print_close(float(max(point.gap for point in points)), 'dollars')} below the level that" in words(page)
    [table] = [frame.value for frame in page.dataframe if "Below it by" in frame.value.columns]
    assert gaps == sorted(gap for gap in table["Below it by"] if isinstance(gap, str) and gap)


def test_a_plan_with_less_in_total_than_could_be_had_leaves_the_rest_unallocated_and_says_so():
    line = Line(
        Axis.TOTAL, "dollars per weighted pupil", (Look(1_000_000_000, 90.0, 0.0), Look(900_000_000, 100.0, 0.0))
    )
    said = plan_words(line, Mark("Your plan", 800_000_000, 100.0))
    assert "$8,000,000 of core money" in said and "$9,000,000 of core money" in said and "unallocated" in said
    assert "schools above the lowest" not in said
    # On the line nothing is left to say.
    assert "" == plan_words(line, Mark("Your plan", 900_000_000, 100.0))


def test_without_a_plan_no_line_is_shown(go_to, session):
    rules = (*session.scenario.rules, HoldHarmless(Decimal("1.5")))
    session.scenario = dataclasses.replace(session.scenario, rules=rules)
    page = go_to("tradeoffs")
    assert [] == failures(page)
    assert [] == [each for each in page.selectbox if each.label == "A plan on the line"]


def tab(page, words):
    page.session_state["tradeoffs-part"] = words
    return page.run()


def test_what_equity_costs_is_told_in_percent_dollars_moves_and_by_payer(go_to):
    page = tab(go_to("tradeoffs"), "What it costs")
    assert [] == failures(page)
    said = words(page)
    # Every cent of core money reaches schools either way, so the total pays nothing.
    assert "0.0 % and $0" in said
    # Two moneys stand one below the other: core money alone, then all of it.
    assert "core money" in said
    assert "Counting all money at schools, core money and the rest together" in said
    assert "the cheapest plan that keeps every rule costs" in said
    [rules] = [frame.value for frame in page.dataframe if "Dollars held by it" in frame.value.columns]
    changes = rules["Change of the lowest level without it"]
    assert all(each == "$0.00" or each[0] in "+-" for each in changes)
    assert "Hold-harmless (rule 5) keeps" in said and "Who pays: " in said


def test_the_cheapest_plan_is_said_to_leave_the_lowest_school_below_today(go_to, session):
    said = words(tab(go_to("tradeoffs"), "What it costs"))
    district = session.result().view.district
    weights = dict(session.result().view.levels.weights)
    today = (
        min(district.counted_dollars(district.today, code) / float(weight) for code, weight in weights.items()) / 100
    )
    [(cheapest, now)] = re.findall(
        r"leaves the lowest level at \$([0-9,]*\d), below last year's \$([0-9,]*\d)[,;]", said
    )
    assert f"{today:,.0f}" == now
    assert int(cheapest.replace(",", "")) < today


def test_prices_of_money_posts_and_rules_are_told_with_their_range(go_to):
    page = tab(go_to("tradeoffs"), "Prices")
    assert [] == failures(page)
    said = words(page)
    assert "one more raises it no further" in said
    assert "one step up or down moves no level" in said
    columns = {column for frame in page.dataframe for column in frame.value.columns}
    assert {"Holds for", "Holds until", "One more post", "Of whom", "Higher", "Lower"} <= columns


def test_goals_judge_each_other_and_the_compromise_is_loaded_and_undone(go_to, session):
    before = session.scenario
    page = tab(go_to("tradeoffs"), "Goals")
    assert [] == failures(page)
    [table] = [frame.value for frame in page.dataframe if "The plan of" in frame.value.columns]
    assert "The compromise" == list(table["The plan of"])[-1]
    assert len(table) - 1 == len([column for column in table.columns if column not in ("The plan of", "Worst")])
    page = press(page, "Load this plan")
    assert [] == failures(page)
    assert "agreed-dollars" == session.scenario.objective.code
    session.undo()
    assert session.scenario == before


def test_a_scenario_with_a_dial_is_traced_by_its_own_equal_level(go_to, session):
    session.choose(dataclasses.replace(session.scenario, objective=RaiseByDial("2")))
    page = go_to("tradeoffs")
    assert [] == failures(page)
    said = words(page)
    assert "Equal level at aversion 2 against FTE added or given up" in said
    assert "between two of them the best is at least the straight line" in said
    [judge] = [each for each in page.selectbox if each.label == "Equity is"]
    assert "2" == judge.value
    page = judge.select("infinity").run()
    assert [] == failures(page)
    assert "Lowest level against FTE added or given up" in words(page)
