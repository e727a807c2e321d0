"""The page Commitments: how promises stand, and what cannot be left blank."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import streamlit as st

from equity_alloc.commitments.changes import with_drop
from equity_alloc.commitments.templates import TEMPLATES, Tells
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.rules.base import Force
from equity_alloc.rules.hold_harmless import HoldHarmless
from tests.pages.conftest import failures, press, words


def field(page, ending):
    [found] = [each for each in (*page.text_input, *page.text_area, *page.selectbox) if str(each.key).endswith(ending)]
    return found


def add(page, code, clause, kind=""):
    field(page, "-kind").set_value(kind).run()
    field(page, "-code").set_value(code)
    field(page, "-clause").set_value(clause)
    field(page, "-body").set_value("Board")
    field(page, "-adopted").set_value("2026-05-01")
    return press(page, "Add this commitment")


def test_the_sample_shows_kept_dropped_and_not_testable(go_to):
    page = go_to("commitments")
    assert [] == failures(page)
    said = words(page)
    assert (
        "6 commitments: 1 kept; 2 kept, with no room left; 1 not kept yet, and not yet due; 1 dropped; 1 not testable"
        in said
    )
    assert "Dissent: Two members" in said


def test_a_broken_commitment_waits_for_a_decision_with_nothing_blank(go_to, session):
    page = add(go_to("commitments"), "C7", "Every school has five nurses.", "staffing-least")
    assert [] == failures(page)
    [commitment] = [each for each in session.scenario.commitments if each.code == "C7"]
    assert commitment.test is not None
    press(page, "Change C7")
    if not any(button.label == "Record the decision" for button in page.button):
        [ratio] = [each for each in page.number_input if "commit-C7-pupils_per_fte" in str(each.key)]
        ratio.set_value(1.0).run()
    assert "C7 is broken, and nobody has decided to drop it" in words(page)
    field(page, "-who").set_value("Board")
    press(page, "Record the decision")
    assert "Role is blank" in words(page)
    assert "Board" == field(page, "-who").value
    for ending, value in (
        ("-role", "5 to 2"), ("-reason", "There is no money."), ("-dissent", "none stated"), ("-day", "2026-11-01"),
        ("-review", "2027-05-01"),
    ):  # fmt: skip
        field(page, ending).set_value(value)
    press(page, "Record the decision")
    assert [] == failures(page)
    assert "C7 was dropped by Board (5 to 2) on November 1, 2026" in words(page)
    assert "nobody has decided" not in words(page)


def test_what_was_typed_is_kept_when_it_cannot_be_taken(go_to, session):
    page = add(go_to("commitments"), "C8", "word " * 61)
    assert "has 61 words" in words(page)
    assert "C8" == field(page, "-code").value
    assert "C8" not in [each.code for each in session.scenario.commitments]


def test_a_promise_can_bind_the_plan_and_be_released(go_to, session):
    page = add(go_to("commitments"), "C7", "Librarians stay.", "template services-kept")
    before = session.scenario.rules
    press(page, "Change C7")
    press(page, "Bind the plan to C7")
    assert len(before) + 1 == len(session.scenario.rules)
    press(page, "Release the plan from C7")
    assert before == session.scenario.rules
    assert [] == failures(page)


def test_a_rule_of_the_districts_own_stays_whatever_becomes_of_the_promise(go_to, session):
    page = press(go_to("commitments"), "Change C1")
    before = session.scenario.rules
    assert "of the scenario says the same, so every plan keeps C1" in words(page)
    assert not any(button.label == "Release the plan from C1" for button in page.button)
    press(page, "Take C1 off the list")
    assert before == session.scenario.rules
    assert "C1" not in [each.code for each in session.scenario.commitments]


def test_every_kind_of_promise_can_be_added(go_to, session):
    page = go_to("commitments")
    # What each takes has a test of its own; a dozen plans for each of a dozen additions would take minutes.
    next(each for each in page.toggle if each.key == "commitment-prices").set_value(False).run()
    for place, template in enumerate(TEMPLATES, start=1):
        field(page, "-kind").set_value(f"template {template.code}").run()
        for ending, value in (
            ("-code", f"T{place}"), ("-clause", template.example), ("-body", "Board"), ("-adopted", "2026-05-01"),
        ):  # fmt: skip
            field(page, ending).set_value(value)
        if template.tells is Tells.STEP:
            field(page, "-what").set_value("A hearing")
            field(page, "-before").set_value("2027-03-09")
        if template.tells is Tells.GAP:
            field(page, "-points").set_value("5")
        press(page, "Add this commitment")
        assert [] == failures(page), template.code
        assert f"T{place}" in [each.code for each in session.scenario.commitments], (template.code, words(page)[-300:])
    assert 12 == place
    tested = {each.test.code for each in session.scenario.commitments if each.test is not None}
    assert {template.rule for template in TEMPLATES if template.rule} <= tested


def test_a_step_that_nobody_has_recorded_waits_and_is_kept_once_somebody_does(go_to, session):
    page = go_to("commitments")
    press(page, "Change C5")
    [done] = [each for each in page.text_input if "step-" in str(each.key) and str(each.key).endswith("-done")]
    done.set_value("")
    press(page, "Record this")
    assert "Commitment C5 is not done yet" in words(page)
    [done] = [each for each in page.text_input if "step-" in str(each.key) and str(each.key).endswith("-done")]
    done.set_value("2027-03-09")
    press(page, "Record this")
    assert "C5 is broken, and nobody has decided to drop it" in words(page)


def test_without_a_plan_every_tested_promise_says_so_and_the_conflict_stands_below(go_to, session):
    floor = HoldHarmless(share=Decimal("1.2"), force=Force.CHOICE)
    session.scenario = dataclasses.replace(session.scenario, rules=(*session.scenario.rules, floor))
    page = go_to("commitments")
    assert [] == failures(page)
    said = words(page)
    assert "3 not tested: no plan" in said
    assert "There is no plan, so promises are not tested" in said
    assert "Ways out, weakest authority first" in said
    assert "1 kept" in said and "1 not testable" in said


def test_a_changed_promise_is_tested_against_every_saved_plan_and_marks_the_decision(go_to, session):
    session.saved = (dataclasses.replace(session.scenario, name="As it was"),)
    page = go_to("commitments")
    press(page, "Change C3")
    session.scenario = with_drop(session.scenario, "C3", session.scenario.commitments[2].drop)
    [nurse] = [each for each in page.number_input if "commit-C3-least_fte" in str(each.key)]
    nurse.set_value(0.4).run()
    said = words(page)
    assert "How every saved plan stands" in said
    assert "The commitment was changed after this decision." in said
    [table] = [frame for frame in page.dataframe if "As it was" in frame.value.columns]
    assert ("kept" in table.value["As it was"].iloc[2]) and ("kept" in table.value["This plan"].iloc[2])


def test_what_keeping_a_promise_takes_stands_beside_it(go_to):
    said = words(go_to("commitments"))
    assert "What keeping it takes: Bind the plan to it, without new money" in said
    assert "It is 7.60 FTE short at 21 schools, which touches 10,028 pupils." in said


def test_every_plan_and_comparison_says_how_the_promises_stand(go_to, session):
    assert "1 kept; 2 kept, with no room left" in words(go_to("plan"))
    session.saved = (dataclasses.replace(session.scenario, name="As it was"),)
    page = go_to("compare")
    [of] = [each for each in page.segmented_control if each.key == "compare-of"]
    of.set_value("Commitments").run()
    assert [] == failures(page)
    [table] = [frame for frame in page.dataframe if "Commitment, as adopted" in frame.value.columns]
    assert ["C1", "C2", "C3", "C4", "C5", "C6"] == list(table.value.iloc[:, 0])


def words_field(page, code, name):
    [found] = [
        each
        for each in (*page.text_input, *page.text_area, *page.number_input)
        if str(each.key).startswith("words-") and str(each.key).endswith(f"-{code}-{name}")
    ]
    return found


def test_a_commitment_is_changed_in_place_and_keeps_what_was_typed_when_refused(go_to, session):
    dropped = next(each for each in session.scenario.commitments if each.drop is not None)
    session.scenario = with_drop(session.scenario, dropped.code, dropped.drop)
    page = press(go_to("commitments"), f"Change {dropped.code}")
    words_field(page, dropped.code, "clause").set_value("word " * 61)
    words_field(page, dropped.code, "owner").set_value("Superintendent")
    press(page, f"Change the words of {dropped.code}")
    assert "has 61 words" in words(page)
    assert "Superintendent" == words_field(page, dropped.code, "owner").value
    assert dropped.clause == next(c.clause for c in session.scenario.commitments if c.code == dropped.code)
    words_field(page, dropped.code, "clause").set_value("Another promise.")
    words_field(page, dropped.code, "priority").set_value(7)
    press(page, f"Change the words of {dropped.code}")
    now = next(each for each in session.scenario.commitments if each.code == dropped.code)
    assert ("Another promise.", "Superintendent", 7) == (now.clause, now.owner, now.priority)
    assert dropped.test == now.test
    assert "has 61 words" not in words(page)
    assert "The commitment was changed after this decision." in words(page)
    assert [] == failures(page)


def test_a_price_that_cannot_be_worked_out_says_why(go_to, monkeypatch):
    def fails(*_):
        raise EquityAllocError("the search ended without an answer.")

    monkeypatch.setattr("equity_alloc.ui.promise_tables.keeping_of", fails)
    st.cache_resource.clear()
    page = go_to("commitments")
    assert [] == failures(page)
    assert "What keeping C1 takes could not be worked out: the search ended without an answer." in words(page)
    st.cache_resource.clear()
