"""The page Commitments: how promises stand, and what cannot be left blank."""

from __future__ import annotations

from tests.pages.conftest import failures, press, words


def field(page, ending):
    [found] = [each for each in (*page.text_input, *page.text_area, *page.selectbox) if str(each.key).endswith(ending)]
    return found


def add(page, code, clause, kind=""):
    field(page, "-code").set_value(code)
    field(page, "-clause").set_value(clause)
    field(page, "-body").set_value("Board")
    field(page, "-adopted").set_value("2026-05-01")
    field(page, "-kind").set_value(kind)
    return press(page, "Add this commitment")


def test_the_sample_shows_kept_dropped_and_not_testable(go_to):
    page = go_to("commitments")
    assert [] == failures(page)
    said = words(page)
    assert "4 commitments: 2 kept, with no room left, 1 dropped, 1 not testable" in said
    assert "Dissent: Two members" in said


def test_a_broken_commitment_waits_for_a_decision_with_nothing_blank(go_to, session):
    page = add(go_to("commitments"), "C5", "Every school has five nurses.", "staffing-least")
    assert [] == failures(page)
    [commitment] = [each for each in session.scenario.commitments if each.code == "C5"]
    assert commitment.test is not None
    press(page, "Change C5")
    if not any(button.label == "Record the decision" for button in page.button):
        [ratio] = [each for each in page.number_input if "commit-C5-pupils_per_fte" in str(each.key)]
        ratio.set_value(1.0).run()
    assert "C5 is broken, and nobody has decided to drop it" in words(page)
    field(page, "-who").set_value("Board")
    press(page, "Record the decision")
    assert "Role is blank" in words(page)
    assert "Board" == field(page, "-who").value
    for ending, value in (
        ("-role", "5 to 2"), ("-reason", "No money."), ("-dissent", "none stated"), ("-day", "2026-11-01"),
        ("-review", "2027-05-01"),
    ):  # fmt: skip
        field(page, ending).set_value(value)
    press(page, "Record the decision")
    assert [] == failures(page)
    assert "C5 was dropped by Board (5 to 2) on 2026-11-01" in words(page)
    assert "nobody has decided" not in words(page)


def test_what_was_typed_is_kept_when_it_cannot_be_taken(go_to, session):
    page = add(go_to("commitments"), "C6", "word " * 61)
    assert "has 61 words" in words(page)
    assert "C6" == field(page, "-code").value
    assert "C6" not in [each.code for each in session.scenario.commitments]


def test_a_promise_can_bind_the_plan_and_be_released(go_to, session):
    page = press(go_to("commitments"), "Change C1")
    before = session.scenario.rules
    press(page, "Release the plan from C1")
    assert len(before) - 1 == len(session.scenario.rules)
    press(page, "Bind the plan to C1")
    assert sorted(map(str, before)) == sorted(map(str, session.scenario.rules))
    assert [] == failures(page)
