"""The page Years: the course of the sample, what lacks and one press that writes it down, assumptions changed and added."""

import dataclasses
from decimal import Decimal

from equity_alloc.domain.ahead import EVERY, Assumption, What
from equity_alloc.domain.shipped import DATA
from equity_alloc.sources.open_file import read_path
from equity_alloc.years.assumed import NOBODY
from tests.pages.conftest import failures, press, words


def test_the_sample_is_planned_for_four_years_and_its_turns_are_told(go_to):
    page = go_to("years")
    [told] = page.success
    assert "All 4 years have a plan" in told.value
    assert "Whole Child grant (ends June 2027) ends on June 30, 2027" in words(page)
    assert "2029-30: balance" in words(page)


def test_what_lacks_is_named_and_one_press_writes_it_down(go_to, session):
    session.load(read_path(DATA / "tiny_district"), "")
    page = go_to("years")
    [told] = page.warning
    assert "The course ends after 2026-27" in told.value
    assert "Enter Cost growth on the sheet Years ahead for Teacher (code TCH) in 2027-28" in words(page)
    page = press(page, "Take what is missing as unchanged, and write that down")
    assert "All 4 years have a plan" in page.success[0].value
    assert {NOBODY} == {a.source for a in session.scenario.ahead}
    session.undo()
    assert () == session.scenario.ahead


def test_a_value_is_changed_and_a_bad_one_stays_in_its_field(go_to, session):
    place, cost = next((i, a) for i, a in enumerate(session.scenario.ahead) if a.what is What.COST and not a.year)
    page = press(go_to("years"), "Change costs")
    [field] = [f for f in page.text_input if f.label == f"Value: {cost.label}"]
    page = field.set_value("4.5 %").run()
    assert Decimal("0.045") == session.scenario.ahead[place].value
    [field] = [f for f in page.text_input if f.label == f"Value: {cost.label}"]
    page = field.set_value("a lot").run()
    assert [] == failures(page)
    assert "not a number" in page.error[0].value
    assert "a lot" == next(f for f in page.text_input if f.label == f"Value: {cost.label}").value
    assert Decimal("0.045") == session.scenario.ahead[place].value


def test_an_assumption_is_added_once_and_removed(go_to, session):
    page = go_to("years")
    page = page.selectbox(key="ahead-what").set_value(What.REVENUE.value).run()
    page = page.selectbox(key="ahead-of-REVENUE").set_value("T1A").run()
    page.text_input(key="ahead-value").set_value("-5 %")
    page.text_input(key="ahead-source").set_value("Preliminary award, ED")
    page.text_input(key="ahead-dated").set_value("2026-11-20")
    page = press(page, "Add this assumption")
    added = Assumption(What.REVENUE, "T1A", Decimal("-0.05"), "", "Preliminary award, ED", "2026-11-20")
    assert added == session.scenario.ahead[-1]
    page = press(page, "Add this assumption")
    assert "is assumed already" in page.error[0].value
    page = press(press(page, "Change revenue"), f"Remove: {added.label}")
    assert added not in session.scenario.ahead


def test_the_year_without_a_plan_is_named(go_to, session):
    ahead = tuple(a for a in session.scenario.ahead if a.what not in (What.REVENUE, What.COST))
    poor = (Assumption(What.REVENUE, EVERY, Decimal("-0.1")), Assumption(What.COST, EVERY, Decimal(0)))
    session.choose(dataclasses.replace(session.scenario, ahead=(*ahead, *poor)))
    page = go_to("years")
    assert [] == failures(page)
    [told] = page.error
    assert "2027-28 has no plan" in told.value
    assert "2027-28: no plan" in words(page)


def test_a_year_without_a_next_one_is_told_in_a_sentence(go_to, session):
    session.district = dataclasses.replace(session.district, year="next year")
    session.district_digest = session.district.digest
    page = go_to("years")
    assert [] == failures(page)
    assert "Write it like 2026-27" in page.error[0].value
