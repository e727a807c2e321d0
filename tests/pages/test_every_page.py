"""Every page with the sample, with the tiny district, with an unfit choice, and without a plan."""

import dataclasses
import re
from decimal import Decimal

import pytest

from equity_alloc.catalogue import all_measures, objective_classes, rule_classes
from equity_alloc.domain.district import District, Fund, School
from equity_alloc.domain.shipped import DATA
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.sources.base import Reading
from equity_alloc.sources.open_file import read_path
from tests.pages.conftest import PAGES, failures, press, words


def without_a_plan(scenario):
    rules = tuple(
        dataclasses.replace(rule, share=Decimal("1.5")) if isinstance(rule, HoldHarmless) else rule
        for rule in scenario.rules
    )
    return dataclasses.replace(scenario, rules=rules)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_the_sample_without_a_failure(go_to, name):
    page = go_to(name)
    assert [] == failures(page)
    assert [] == list(page.error)
    assert 1 == len(page.title)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_the_tiny_district(go_to, session, name):
    session.load(read_path(DATA / "tiny_district"), "")
    page = go_to(name)
    assert [] == failures(page)
    assert [] == list(page.error)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_a_district_with_nothing_but_schools(go_to, session, name):
    bare = District("Bare", "2026-27", (School("1", "One", "school", 0),), funds=(Fund("g", "General", 0),))
    session.load(Reading(bare, None, ()), "")
    assert [] == failures(go_to(name))


@pytest.mark.parametrize("name", ["plan", "rules", "equity", "export"])
def test_a_page_without_a_plan_says_so_and_shows_no_number_of_one(go_to, session, name):
    session.choose(without_a_plan(session.scenario))
    page = go_to(name)
    assert [] == failures(page)
    [told] = page.error
    assert "These cannot all hold" in told.value
    assert "No figures are shown" in words(page)
    assert [] == list(page.metric)
    if name in ("plan", "equity"):
        assert [] == list(page.dataframe)
    assert not any(button.key == "export-make" for button in page.button)


@pytest.mark.parametrize("name", ["plan", "rules", "equity", "export"])
def test_a_choice_that_the_district_cannot_answer_is_told_in_a_sentence(go_to, session, name):
    district = session.district
    first, *others = district.schools
    unknown = dataclasses.replace(first, groups=(("english-learners", None),))
    schools = (unknown, *others)
    session.load(Reading(dataclasses.replace(district, schools=schools), session.own, ()), "")
    page = go_to(name)
    assert [] == failures(page)
    [told] = page.error
    assert "unknown is not zero" in told.value


def test_a_way_out_is_one_button(go_to, session):
    session.choose(without_a_plan(session.scenario))
    page = press(go_to("plan"), "Change rule 5 like this")
    assert [] == list(page.error)
    assert "all 35 rules kept" in words(page)


def test_the_first_page_is_the_solved_sample(app):
    assert "Larkspur Valley School District, 2026-27" == app.title[0].value
    [told] = app.success
    assert "The lowest school rises from" in told.value
    assert "certified" in told.value
    assert "This district is invented" in words(app)
    assert 4 == len(app.metric)


def test_the_method_page_names_every_rule_objective_and_measure(go_to):
    told = words(go_to("method"))
    members = [*rule_classes().values(), *objective_classes().values(), *all_measures().values()]
    assert [] == [member.title for member in members if member.title not in told]


@pytest.mark.parametrize("name", PAGES)
def test_words_that_the_house_does_not_say_are_not_on_a_page(go_to, name):
    told = re.sub(
        r"Source: .*|Rules of this kind are written in: .*|In the literature: .*", "", words(go_to(name))
    ).lower()  # titles of papers say what they say
    assert [] == [word for word in ("optimiz", "optimis", "infeasib", "constraint") if word in told]
