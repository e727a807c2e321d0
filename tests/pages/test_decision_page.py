"""The page Decision record: nothing that is typed is lost, nothing that must be said stays blank, and nothing can be changed."""

from __future__ import annotations

import dataclasses

import pytest

from equity_alloc.decisions.assessment import Assessment, Voice
from equity_alloc.decisions.book import Book, What
from equity_alloc.decisions.chain import breaks, chain_bytes
from equity_alloc.decisions.decision import Decision
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.ui.cached import result_of
from equity_alloc.ui.decision_work import DecisionWork, take_chain
from equity_alloc.ui.export_beside import rejected_beside
from tests.core_change import give_up_words
from tests.decisions.conftest import assessed, old_record
from tests.pages.conftest import failures, press, words
from tests.pages.test_every_page import without_a_plan

DECIDED = {
    "title": "Which schools get the new money",
    "decided_by": "Board of Education",
    "body": "Board",
    "vote": "5 to 2",
    "decided_on": "2999-01-05",
    "reasons": "The lowest cannot wait.",
    "dissent": "Two members: the high school was not asked.",
    "mitigation": "One year of transition",
    "review_on": "2999-06-01",
    "measures": "Posts filled by October",
}

FILL_IN = "Write 'not asked' where that is blank"


def field(page, name):
    [found] = [each for each in (*page.text_input, *page.text_area) if str(each.key).startswith(f"decision-{name}-")]
    return found


def fill(page, said):
    for name, text in said.items():
        field(page, name).set_value(text).run()
    return page


def assess(page):
    said = {"assess_asked": "Families of every school.", "assess_carrying_out": "In two steps.",
            "assess_changed": "The cap was raised.", "assess_by": "Ann Lee", "assess_role": "CFO"}  # fmt: skip
    page = press(fill(page, said), FILL_IN) if any(each.label == FILL_IN for each in page.button) else fill(page, said)
    return press(page, "Complete the assessment")


def test_the_first_view_shows_three_options_and_where_the_plan_stands(go_to, session):
    page = go_to("decision")
    assert [] == failures(page)
    said = words(page)
    assert "**Notice**: now" in said and "**Choose**: done" in said
    [options] = [each for each in page.dataframe if "Option" in each.value]
    assert ["Keep last year", f"{session.scenario.name} (chosen)", "The compromise between lenses"] == list(
        options.value["Option"]
    )
    assert (
        give_up_words(result_of(session.district, session.district_digest, session.scenario))
        in field(page, "assess_burden").value
    )


def test_the_options_leave_with_the_plan_whether_or_not_anybody_has_seen_them(go_to, session):
    plan = result_of(session.district, session.district_digest, session.scenario)
    assert ["The compromise between lenses"] == [each.scenario.name for each in rejected_beside(session, plan)]
    page = go_to("decision")
    assert ["The compromise between lenses"] == [each.scenario.name for each in rejected_beside(session, plan)]
    [options] = [each for each in page.multiselect if "decision-options" in str(each.key)]
    options.set_value([]).run()
    assert () == rejected_beside(session, plan)


def test_an_assessment_with_a_blank_field_is_refused_and_what_was_typed_stays(go_to):
    page = fill(go_to("decision"), {"assess_by": "Ann Lee"})
    press(page, "Complete the assessment")
    assert "fields are blank: Who was asked, and what they said; " in words(page)
    assert "; Role of who assessed. An assessment" in words(page)
    assert "Ann Lee" == field(page, "assess_by").value
    page = go_to("plan")
    page = go_to("decision")
    assert "Ann Lee" == field(page, "assess_by").value


def test_a_word_is_no_answer_and_a_table_that_nobody_filled_in_is_named(go_to, session):
    page = go_to("decision")
    assert "Say it in a sentence" not in words(page)
    assert "lines do not say whether that group was asked: Families and staff of " in words(page)
    said = dict.fromkeys(("asked", "carrying_out", "changed", "by", "role"), "x")
    page = press(fill(page, {f"assess_{name}": text for name, text in said.items()}), "Complete the assessment")
    assert 3 == words(page).count("Say it in a sentence")
    assert "3 fields are blank: Who was asked, and what they said; How it is carried out; " in words(page)
    assert "Complete since" not in words(page)
    whole = {f"assess_{name}": "Families of every school." for name in ("asked", "carrying_out", "changed")}
    page = press(fill(page, whole), "Complete the assessment")
    # Everything is said but who was asked: it is refused, and what was typed stays.
    assert 2 == words(page).count("Write the day, or 'not asked', in the column 'Asked on'.")
    assert "Complete since" not in words(page)
    assert "Families of every school." == field(page, "assess_asked").value
    page = press(press(page, FILL_IN), "Complete the assessment")
    assert "Complete since" in words(page)
    [(_, assessment)] = session.decided[session.district.name].book.records()
    assert {None} == {each.influence for each in assessment.voices}
    assert {"not asked"} == {each.asked for each in assessment.voices}


def test_an_assessment_of_a_time_when_nobody_had_to_be_named_opens_and_says_what_it_lacks(go_to, session):
    go_to("decision")
    plan, name = result_of(session.district, session.district_digest, session.scenario), session.district.name
    old = dataclasses.replace(assessed(plan.digest, changed="The cap was moved."), voices=(Voice("Staff"),))
    text = chain_bytes(old_record(Book(name), What.ASSESSMENT, old).chain, name)
    assert "1 record was added; 1 is here, every one as it was written." in take_chain(session, text)
    page = go_to("decision")
    assert [] == failures(page)
    said = words(page)
    assert "is an assessment of this plan that is not complete. What is missing: Whether each group that is" in said
    assert "Complete since" not in said and "**Explain**: to come" in said
    assert "The cap was moved." == field(page, "assess_changed").value
    assert "1 of 1 line does not say whether that group was asked: Staff." in said
    page = press(page, FILL_IN)
    press(fill(page, {"assess_by": "Ann Lee", "assess_role": "CFO"}), "Complete the assessment")
    assert "Complete since" in words(page) and "It is record 2 of the chain" in words(page)


def test_from_the_question_to_the_record_and_its_review(go_to, session):
    page = fill(go_to("decision"), {"question": "How do we raise the lowest schools?"})
    page = assess(page)
    assert [] == failures(page)
    assert "Complete since" in words(page)
    assert "The cap was raised." == field(page, "changed").value
    page = press(fill(page, {**DECIDED, "reasons": "Because."}), "Sign and record the decision")
    assert "Reasons is blank. A decision says all of it" in words(page) and "Because." == field(page, "reasons").value
    press(fill(page, {"reasons": DECIDED["reasons"], "dissent": ""}), "Sign and record the decision")
    assert "Dissent is blank. Under Dissent write 'none stated' if there was none." in words(page)
    assert "The lowest cannot wait." == field(page, "reasons").value
    press(fill(page, {"dissent": DECIDED["dissent"]}), "Sign and record the decision")
    assert [] == failures(page)
    assert "Decided by Board of Education on January 5, 2999 (5 to 2)" in words(page)
    assert "On record, as it was decided: How do we raise the lowest schools?" in words(page)
    page = fill(
        page,
        {
            "review_found": "Posts are filled.",
            "review_next": "Go on with it.",
            "review_by": "Ann",
            "review_role": "CFO",
        },
    )
    press(page, "Record the review")
    assert [] == failures(page)
    said = words(page)
    assert "**Learn**: done" in said
    assert "3 records, every one as it was written" in said
    book = session.decided[session.district.name].book
    kinds = [type(record) for _, record in book.records()]
    assert [Assessment, Decision] == kinds[:2]
    assert () == breaks(book.chain, book.district)
    [(_, decision)] = book.decisions()
    assert decision.was_assessed_before is True
    assert DECIDED["dissent"] == decision.dissent


def test_a_decision_without_an_assessment_is_recorded_and_says_so(go_to):
    page = fill(go_to("decision"), {"question": "How do we do it?", "changed": "Nothing was changed.", **DECIDED})
    press(page, "Sign and record the decision")
    assert [] == failures(page)
    assert "The decision names no assessment" in words(page)
    assert "No assessment: the decision names none" in words(page)


def test_two_options_are_refused(go_to):
    page = go_to("decision")
    [options] = [each for each in page.multiselect if "decision-options" in str(each.key)]
    options.set_value([]).run()
    assert "1 more option is needed" in words(page)
    fill(page, {"question": "How do we do it?", "changed": "Nothing was changed.", **DECIDED})
    press(page, "Sign and record the decision")
    assert "A decision needs 3 options" in words(page)


def test_another_plan_has_an_assessment_of_its_own(go_to, session):
    page = assess(go_to("decision"))
    assert "Complete since" in words(page)
    session.choose(dataclasses.replace(session.scenario, tolerance=1000))
    page = go_to("decision")
    assert "Complete since" not in words(page)
    assert "Ann Lee" == field(page, "assess_by").value


def test_a_chain_that_was_kept_elsewhere_goes_on_here_or_says_why_not(go_to, session):
    go_to("decision")
    name = session.district.name
    book = Book(name).with_record(assessed("p"), "2026-11-20T15:00:00+00:00")
    text = chain_bytes(book.chain, name)
    assert "1 record was added; 1 is here, every one as it was written." in take_chain(session, text)
    session.decided[name] = DecisionWork(Book(name), session.decided[name].desk)
    for spoilt, why in (
        (text.replace(b"Ann Lee", b"Ann Leo", 1), "the field by does not fit the seal"),
        (
            chain_bytes(Book("Other").with_record(assessed("p"), "2026-01-01").chain, "Other"),
            "Open that district first",
        ),
    ):
        with pytest.raises(InvalidValue, match=why):
            take_chain(session, spoilt)
    assert () == session.decided[name].book.chain


def test_without_a_plan_records_are_still_there_and_no_figure_is_shown(go_to, session):
    page = assess(go_to("decision"))
    assert "1 record, every one as it was written" in words(page)
    session.choose(without_a_plan(session.scenario))
    page = go_to("decision")
    assert [] == failures(page)
    said = words(page)
    assert "These cannot all hold" in said and "1 record, every one as it was written" in said
    assert [] == list(page.dataframe)
    page = go_to("choices")
    assert [] == failures(page)
    assert [] == list(page.dataframe)
