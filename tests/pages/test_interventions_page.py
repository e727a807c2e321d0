"""The page Interventions traces every dollar from its gap to its stop rule, and says why the rest gets none."""

from __future__ import annotations

import dataclasses

import pytest

from equity_alloc.domain.action import Actions
from equity_alloc.domain.cause import CauseStatus
from tests.pages.conftest import failures, press, words


def tab(page, title):
    page.session_state["action-part"] = title
    page = page.run()
    assert [] == failures(page)
    return page


def field(page, kind, ending):
    [found] = [each for each in getattr(page, kind) if each.key.startswith("cause-new") and each.key.endswith(ending)]
    return found


def test_the_first_paint_shows_gap_cause_action_money_and_stop_rule_of_the_sample(go_to):
    page = go_to("interventions")
    assert [] == failures(page)
    said = words(page)
    for heading in ("Gap.", "Cause.", "Action.", "Money.", "Expected.", "Measure.", "Stop.", "Runner-up."):
        assert heading in said
    assert "High-dosage tutoring in the school day" in said
    assert "holds unverified defaults" in said
    assert "stays where it is" in said


def test_each_cause_says_whether_money_follows_and_why_not(go_to):
    said = words(tab(go_to("interventions"), "Causes"))
    assert "is for audit only" in said
    assert "only suspected" in said
    assert "What mends it is the rule" in said


def test_harm_at_middle_schools_is_shown_and_so_is_what_has_no_range(go_to):
    page = tab(go_to("interventions"), "Not chosen")
    said = words(page)
    assert "Scores in middle schools got worse." in said and "Prairie Middle" in said
    [table] = [frame.value for frame in page.dataframe if "Why not" in frame.value.columns]
    assert any("No range of effects is known" in why for why in table["Why not"])


def test_an_access_standard_has_a_way_to_the_rules_beside_the_words(go_to):
    page = tab(go_to("interventions"), "Not chosen")
    [table] = [frame.value for frame in page.dataframe if "Why not" in frame.value.columns]
    assert any(why.startswith("An access standard") for why in table["Why not"])
    assert "Hold schools to an access standard by a rule" in [each.label for each in page.get("page_link")]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("How sure", "an order by middle values is not fit to decide by"),
        ("What people say", "It worked elsewhere, not here."),
        ("Catalog", "A candidate tier is ours"),
        ("Checked", "12 of 12 checks kept"),
    ],
)
def test_the_other_parts_tell_what_they_are_for(go_to, title, expected):
    assert expected in words(tab(go_to("interventions"), title))


def test_a_cause_that_is_named_on_the_page_is_kept_and_can_be_taken_off(go_to, session):
    page = tab(go_to("interventions"), "Causes")
    field(page, "text_input", "-code").set_value("K9")
    field(page, "text_input", "-words").set_value("Nobody greets them.")
    page = press(page, "Name this cause")
    assert [] == failures(page)
    assert "Nobody greets them." == session.scenario.actions.causes[-1].words
    assert CauseStatus.SUSPECTED is session.scenario.actions.causes[-1].status
    press(press(page, "Change K9"), "Take K9 off the list")
    assert "K9" not in {each.code for each in session.scenario.actions.causes}


def test_what_was_typed_stays_when_a_status_claims_too_much(go_to, session):
    page = tab(go_to("interventions"), "Causes")
    before = session.scenario
    field(page, "text_input", "-code").set_value("K9")
    field(page, "text_input", "-words").set_value("Nobody greets them.")
    field(page, "selectbox", "-status").set_value(CauseStatus.FITS)
    page = press(page, "Name this cause")
    assert [] == failures(page)
    assert before == session.scenario
    assert "Nobody greets them." == field(page, "text_input", "-words").value
    assert "no more than suspected until somebody answers for it" in words(page)


def test_a_cause_that_is_no_longer_sure_frees_its_money(go_to, session):
    page = press(tab(go_to("interventions"), "Causes"), "Change K4")
    [status] = [each for each in page.selectbox if each.key.endswith("K4-status")]
    status.set_value(CauseStatus.SUSPECTED)
    page = tab(press(page, "Keep these words of K4"), "What we would do")
    assert "Coaching for teachers" not in words(page)


def test_the_page_method_says_how_interventions_are_chosen_and_what_is_unverified(go_to):
    said = words(go_to("method"))
    assert "Effects on different outcomes are never added" in said
    assert "cautious percentile: 0.20" in said and "unverified default" in said


def test_without_causes_the_page_says_no_cause_no_money(go_to, session):
    session.scenario = dataclasses.replace(session.scenario, actions=Actions())
    page = go_to("interventions")
    assert [] == failures(page)
    assert "No cause is named yet, so no money follows." in words(page)
    for title in ("Causes", "How sure", "Not chosen", "What people say", "Catalog", "Checked"):
        tab(page, title)
