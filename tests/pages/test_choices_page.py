"""The page Hard choices: who carries the loss, the way there, lenses, what staying costs, and objections."""

from __future__ import annotations

import dataclasses

from equity_alloc.domain.district import District, Fund, School, Spending
from equity_alloc.domain.earlier import YearChange
from equity_alloc.sources.base import Reading
from equity_alloc.ui.cached import result_of
from tests.core_change import gain_words, give_up_words
from tests.pages.conftest import failures, press, words


def numbers(page, ending):
    [found] = [each for each in page.number_input if str(each.key).endswith(ending)]
    return found


def test_the_page_says_who_gives_up_and_who_carries_it(go_to, session):
    page = go_to("choices")
    assert [] == failures(page)
    said = words(page)
    plan = result_of(session.district, session.district_digest, session.scenario)
    assert f"{give_up_words(plan)} of core money and {gain_words(plan)}" in said
    assert "4 schools carry half of what is given up" in said
    assert "Quarter of schools with the most need" in str(page.dataframe[0].value)


def test_a_slower_pace_is_kept_and_shows_more_years(go_to):
    page = go_to("choices")
    assert "the last school has the plan's amount in year 2" in words(page)
    numbers(page, "-loss").set_value(1.0).run()
    assert [] == failures(page)
    assert "the last school has the plan's amount in year 4" in words(page)
    numbers(page, "-loss").set_value(0.0).run()
    # Nobody gives up anything, so nobody who gains is paid either.
    assert "24 schools would never get to the plan's amount" in words(page)


def test_the_lenses_say_what_the_plan_behaves_like_and_one_can_be_loaded(go_to, session):
    page = go_to("choices")
    assert "behaves most like 'More for the worse-off'" in words(page)
    [choice] = [each for each in page.selectbox if "lens-pick" in str(each.key)]
    choice.set_value("Least disruption").run()
    press(page, "Load this plan")
    assert [] == failures(page)
    assert "Least disruption" == session.scenario.name
    assert "behaves most like 'Least disruption'" in words(page)


def test_every_objection_that_arises_has_a_fact_and_says_what_it_cannot_answer(go_to):
    said = words(go_to("choices"))
    assert "13 of 14 objections arise here" in said
    assert 13 == said.count("**Fact.**") == said.count("**Cannot be answered.**")
    assert "No assessment of this plan is complete" in said


def test_a_line_of_earlier_years_that_cannot_be_read_is_named_and_kept(go_to):
    page = go_to("choices")
    [earlier] = [each for each in page.text_area if "earlier" in str(each.key)]
    earlier.set_value("2025-26 0801 -5").run()
    assert "Line 1, '2025-26 0801 -5'" in words(page)
    losing = next(line for line in str(page.dataframe[1].value).splitlines() if "Valley View High" in line).split()[-1]
    [earlier] = [each for each in page.text_area if "earlier" in str(each.key)]
    assert "2025-26 0801 -5" == earlier.value
    earlier.set_value(f"2025-26, {losing}, -5000").run()
    assert "**Valley View High** gives up again. 2025-26: -$5,000; 2026-27: -$239,111" in words(page)


def test_the_sheet_of_earlier_changes_names_who_gives_up_again(go_to, session):
    codes = {school.name: school.code for school in session.district.schools}
    changes = (YearChange("2025-26", codes["Valley View High"], -900_000, "Adopted budget 2025-26"),)
    session.load(Reading(dataclasses.replace(session.district, earlier=changes), session.scenario, ()), "")
    page = go_to("choices")
    assert [] == failures(page)
    said = words(page)
    assert "**Valley View High** gives up again. 2025-26: -$9,000; 2026-27: -$239,111." in said
    assert "Earlier years from: Adopted budget 2025-26." in said
    [typed] = [each for each in page.text_area if "earlier" in str(each.key)]
    typed.set_value(f"2025-26, {codes['Valley View High']}, -5000").run()
    assert "-$5,000.00 by typed on Hard choices. The first counts." in words(page)


def test_where_nobody_gives_up_the_page_says_so(go_to, session):
    schools = (School("1", "One", "school", 100), School("2", "Two", "school", 100))
    spending = (Spending("1", "All", "g", 1000), Spending("2", "All", "g", 1000))
    district = District("Even", "2026-27", schools, funds=(Fund("g", "General", 2100),), spending=spending)
    session.load(Reading(dataclasses.replace(district), None, ()), "")
    page = go_to("choices")
    assert [] == failures(page)
    assert "No school gives up core money" in words(page)
