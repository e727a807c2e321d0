"""Scenarios are kept and compared; what leaves can be checked when it comes back."""

import dataclasses
import io

import openpyxl
import pytest

from equity_alloc.planning.plan import Plan
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.scenario import default_scenario
from equity_alloc.store.compared import Compared
from equity_alloc.ui.scenario_shelf import rename
from equity_alloc.ui.sides import Of
from tests.pages.conftest import failures, press, words
from tests.pages.test_every_page import without_a_plan


def field(page, kind, label):
    [found] = [each for each in page.get(kind) if each.label == label]
    return found


def save(page, name):
    field(page, "text_input", "Name").set_value(name).run()
    return press(page, "Save the current scenario under this name")


def test_two_saved_scenarios_lie_side_by_side(go_to, session):
    save(go_to("compare"), "First")
    page = go_to("rules")
    field(page, "number_input", "English learners (percent extra)").set_value(60.0).run()
    page = save(go_to("compare"), "Second")
    assert ["First", "Second"] == [scenario.name for scenario in session.saved]
    field(page, "selectbox", "A").select("saved: First").run()
    field(page, "selectbox", "B").select("saved: Second").run()
    field(page, "selectbox", "C").select("").run()
    assert [] == failures(page)
    assert "B weighs pupils differently" in words(page)
    table = differences(page)
    assert ["School", "A", "B", "B - A", "Code"] == list(table.columns)
    assert any(abs(each) > 0 for each in table["B - A"])


def differences(page):
    return next(each.value for each in page.dataframe if "A" in each.value.columns)


def show(page, of):
    [control] = [each for each in page.get("button_group") if each.label == "Differences of"]
    control.select(of).run()
    return page


def test_four_scenarios_lie_side_by_side_with_one_table_of_differences(go_to, session):
    own = session.scenario
    save(go_to("compare"), "First")
    session.choose(dataclasses.replace(own, tolerance=0))
    page = save(go_to("compare"), "Second")
    for letter, side in zip("ABCD", ("today", "own", "saved: First", "saved: Second"), strict=True):
        field(page, "selectbox", letter).select(side).run()
    assert [] == failures(page)
    second = session.result(session.saved[1]).allocation
    sides = [session.district.today, session.result(own).allocation, session.result(own).allocation, second]
    table, schools = differences(page), session.district.schools
    assert ["School", "A", "B", "C", "D", "B - A", "C - A", "D - A", "Code"] == list(table.columns)
    for letter, side in zip("ABCD", sides, strict=True):
        assert [side.school_dollars(school.code) / 100 for school in schools] == list(table[letter])
    by_hand = [(second.school_dollars(s.code) - sides[0].school_dollars(s.code)) / 100 for s in schools]
    assert by_hand == pytest.approx(list(table["D - A"]))
    assert f"D ${second.total / 100:,.0f}" in words(page)
    funds = differences(show(page, Of.FUNDS))
    assert [second.fund_dollars(fund.code) / 100 for fund in session.district.funds] == list(funds["D"])
    positions = differences(show(page, Of.POSITIONS))
    assert [second.position_fte(p.code) / 100 for p in session.district.positions] == list(positions["D"])
    assert {"A", "B", "C", "D", "Stands best"} <= set(differences(show(page, Of.MEASURES)).columns)
    assert Compared("today", "own", "saved: First", "saved: Second") == session.compared


def test_usual_rules_that_nobody_adopted_are_not_called_the_districts_own(go_to, session):
    session.own = default_scenario(session.district)
    page = go_to("compare")
    options = field(page, "selectbox", "A").options
    assert [f"The usual rules for a first plan: {session.own.name}"] == [each for each in options if "rules" in each]
    assert not [each for each in options if "district's own" in each]
    page = go_to("rules")
    assert "Back to the usual rules for a first plan" in [button.label for button in page.button]


def test_a_third_scenario_without_a_plan_leaves_its_letter_and_no_zeros(go_to, session):
    session.choose(without_a_plan(session.scenario))
    page = go_to("compare")
    field(page, "selectbox", "C").select("own").run()
    [told] = page.error
    assert "These cannot all hold" in told.value
    assert ["School", "A", "C", "C - A", "Code"] == list(differences(page).columns)
    assert "Last year alone" not in words(page)
    assert f"A is Last year, C is {session.own.name}" in words(page)


def test_a_third_side_is_taken_away_again(go_to, session):
    page = go_to("compare")
    field(page, "selectbox", "C").select("own").run()
    assert "C" in differences(page).columns
    field(page, "selectbox", "C").select("").run()
    assert "C" not in differences(page).columns
    assert Compared() == session.compared


def test_measures_printed_alike_stand_alike_and_policy_has_no_verdict(go_to, session):
    page = go_to("compare")
    field(page, "selectbox", "A").select("own").run()
    table = differences(show(page, Of.MEASURES))
    verdicts = set(table["Stands best"])
    assert {"all alike", "no verdict"} == verdicts


def test_a_saved_scenario_is_renamed_duplicated_opened_and_deleted(go_to, session):
    page = save(go_to("compare"), "First")
    press(page, "Duplicate")
    assert ["First", "First (copy)"] == [scenario.name for scenario in session.saved]
    rename(session, "First (copy)", "Second")
    page = go_to("compare")
    [open_second] = [each for each in page.button if each.key == "open-1"]
    open_second.click().run()
    assert "Second" == session.scenario.name
    [delete_first] = [each for each in page.button if each.key == "delete-0"]
    delete_first.click().run()
    assert ["Second"] == [scenario.name for scenario in session.saved]


def test_a_name_that_is_taken_is_refused(go_to, session):
    page = save(go_to("compare"), "First")
    press(page, "Duplicate")
    names = [each for each in page.text_input if each.label == "New name"]
    names[1].set_value("First").run()
    [rename] = [each for each in page.button if each.key == "rename-button-1"]
    page = rename.click().run()
    assert "First is the name of another saved scenario" in words(page)
    assert ["First", "First (copy)"] == [scenario.name for scenario in session.saved]


def test_a_changed_scenario_does_not_bear_the_saved_ones_name(go_to, session):
    page = save(go_to("compare"), "First")
    assert "First" == session.scenario.name
    page = go_to("rules")
    weight = field(page, "number_input", "English learners (percent extra)")
    before = weight.value
    page = weight.set_value(60.0).run()
    assert "First, changed" == session.scenario.name
    assert "changed since First was saved" in "\n".join(each.value for each in page.sidebar.markdown)
    field(page, "number_input", "English learners (percent extra)").set_value(before).run()
    assert "First" == session.scenario.name
    # Two changes of a weight; the name is no step of its own.
    session.undo()
    session.undo()
    assert not session.earlier
    assert "First" == session.scenario.name


def test_undo_after_saving_takes_the_last_change_back_and_not_the_name(go_to, session):
    before = session.scenario
    session.choose(dataclasses.replace(before, tolerance=900))
    save(go_to("compare"), "First")
    session.undo()
    assert before == session.scenario
    assert ["First"] == [each.name for each in session.saved]


def test_the_first_saved_scenario_is_laid_at_the_empty_side_and_picks_of_ones_own_stay(go_to, session):
    save(go_to("compare"), "First")
    assert Compared(c="saved: First") == session.compared
    session.choose(dataclasses.replace(session.scenario, tolerance=900))
    page = save(go_to("compare"), "Second")
    assert [] == failures(page)
    assert Compared(c="saved: First") == session.compared
    assert "saved: First" == field(page, "selectbox", "C").value


def test_changes_go_into_the_saved_scenario_only_when_told_to(go_to, session):
    save(go_to("compare"), "First")
    session.choose(dataclasses.replace(session.scenario, tolerance=900))
    [kept] = session.saved
    assert 900 != kept.tolerance
    page = save(go_to("compare"), "First")
    assert "First is the name of a scenario with other choices" in words(page)
    assert (kept,) == session.saved
    press(page, "Save the changes to First")
    assert session.saved == (session.scenario,)
    assert ("First", 900) == (session.scenario.name, session.scenario.tolerance)


def test_a_scenario_without_a_plan_is_named_with_its_reason_and_the_other_ones_figures(go_to, session):
    session.choose(without_a_plan(session.scenario))
    page = go_to("compare")
    [told] = page.error
    assert "These cannot all hold" in told.value
    assert "Ways out" in told.value
    assert "Last year alone" in words(page)
    today = session.district.today
    paid = next(t.value[Of.DOLLARS] for t in page.dataframe if Of.DOLLARS in t.value.columns)
    assert [today.school_dollars(school.code) / 100 for school in session.district.schools] == list(paid)
    page = field(page, "selectbox", "A").select("own").run()
    assert [] == failures(page)
    assert f"{session.own.name} alone" in words(page)
    assert len(page.error) == 1


def upload(page, name):
    """Return the field for a file, by the beginning of its key."""
    [found] = [each for each in page.file_uploader if str(each.key).startswith(name)]
    return found


def test_a_scenario_goes_out_and_comes_back(go_to, session):
    own = session.scenario
    text = own.json.replace('"tolerance":500', '"tolerance":700').encode()
    page = go_to("export")
    upload(page, "scenario-upload").upload("scenario.json", text, "application/json").run()
    assert [] == failures(page)
    assert 700 == session.scenario.tolerance
    upload(page, "scenario-upload").upload("broken.json", b"{", "application/json").run()
    assert "is not a JSON text" in words(page)
    assert 700 == session.scenario.tolerance


def test_an_exported_plan_is_checked_and_a_changed_cell_is_named(go_to, session):
    plan = session.result()
    assert isinstance(plan, Plan)
    data = plan_workbook(plan)
    page = go_to("export")
    upload(page, "plan-check").upload("plan.xlsx", data).run()
    assert [] == failures(page)
    assert "is as it was exported" in words(page)
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["Plan dollars"]["D2"] = book["Plan dollars"]["D2"].value + 1
    changed = io.BytesIO()
    book.save(changed)
    upload(page, "plan-check").clear().upload("plan.xlsx", changed.getvalue()).run()
    assert any("Plan dollars!D2" in "".join(table.value.get("Where", [])) for table in page.dataframe)
    assert "further figures and texts follow from it" in words(page)
    assert not any("Summary!F2" in list(table.value.get("Where", [])) for table in page.dataframe)
    [more] = [each for each in page.get("toggle") if each.label == "Show each of these"]
    more.set_value(True).run()
    assert [] == failures(page)
    assert any("Summary!F2" in list(table.value.get("Where", [])) for table in page.dataframe)
