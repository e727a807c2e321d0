"""Where rules cannot all be kept, the pages say which, what can be kept, and one click takes a way out."""

import dataclasses
from decimal import Decimal

import pytest

from equity_alloc.planning.plan import Impossible, Plan
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.protected_schools import ProtectedSchools
from tests.pages.conftest import failures, press, words


def promise(session, share):
    schools = tuple(school.code for school in session.district.schools[:2])
    rules = (*session.scenario.rules, ProtectedSchools(schools, Decimal(share)))
    return dataclasses.replace(session.scenario, rules=rules)


@pytest.mark.parametrize("name", ["plan", "rules"])
def test_a_conflict_is_shown_with_both_rules_and_a_click_makes_a_plan(name, session, go_to):
    session.choose(promise(session, "1.2"))
    page = go_to(name)
    assert [] == failures(page)
    told = words(page)
    protected = ", ".join(school.name for school in session.district.schools[:2])
    assert "1 smallest set of rules cannot be kept together" in told
    assert "These are all there are" in told
    assert (
        f"1. rule 36, Protected schools do not fall below a share of last year: {protected} (promise); rule 6, No school "
        "gains" in told
    )
    assert "    - This set would be settled so: Rule 6. No school gains more than a share of last year" in told
    assert "Keeps 31 of 32 rules, in whole steps of posts; gives up rule 36" in told
    page = press(page, "Change rule 36 like this")
    assert [] == failures(page)
    assert isinstance(session.result(), Plan)
    assert Decimal("1.08") == session.scenario.rules[35].share
    assert [] == list(page.error)


def test_a_rule_that_fails_alone_is_told_with_the_money_that_it_takes(session, go_to):
    rules = tuple(
        dataclasses.replace(rule, share=Decimal("1.03")) if isinstance(rule, HoldHarmless) else rule
        for rule in session.scenario.rules
    )
    session.choose(dataclasses.replace(session.scenario, rules=rules))
    assert isinstance(session.result(), Impossible)
    page = go_to("plan")
    told = words(page)
    assert "Cannot be kept even alone" in told
    assert "The list below names every rule that fails alone" in told
    assert "command conflicts" not in told
    assert "Alone it could be kept so: Find $" in told
    page = press(page, "Suppose this money in General fund (state and local)")
    assert [] == failures(page)
    assert isinstance(session.result(), Plan)


def test_no_number_of_a_plan_stands_where_there_is_none(session, go_to):
    session.choose(promise(session, "1.2"))
    page = go_to("plan")
    assert [] == list(page.metric)
    assert "No figures are shown, because there is no plan." in words(page)
