"""The page Trade-offs says which rule takes how much off the lowest school, with the chart's numbers as a table."""

from __future__ import annotations

import dataclasses

from equity_alloc.planning.cause_words import cause_headline
from equity_alloc.planning.causes import rule_causes
from tests.pages.conftest import failures, words


def open_causes(go_to):
    page = go_to("tradeoffs")
    page.session_state["tradeoffs-part"] = "What each rule takes"
    return page.run()


def test_the_tab_names_the_rule_that_takes_most_and_the_table_has_every_rule(go_to, session):
    page = open_causes(go_to)
    assert [] == failures(page)
    found = rule_causes(session.district, session.scenario)
    assert cause_headline(found) in words(page)
    [table] = [each.value for each in page.dataframe if {"Share", "Alone", "Last"} <= set(each.value.columns)]
    assert [cause.number for cause in found.causes] == list(table["Rule"])
    assert "40 were drawn" in words(page)


def test_without_rules_nothing_is_taken_and_no_chart_is_drawn(go_to, session):
    always = tuple(rule for rule in session.scenario.rules if rule.always)
    session.choose(dataclasses.replace(session.scenario, rules=always))
    page = open_causes(go_to)
    assert [] == failures(page)
    assert "The other rules take nothing off it." in words(page)
