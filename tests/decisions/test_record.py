"""The record of a decision: what it must hold, and what it must not."""

from __future__ import annotations

import dataclasses
import time

import pytest

from equity_alloc.decisions.assessment import Voice
from equity_alloc.decisions.book import Book, Stage, What
from equity_alloc.decisions.case import Case, Told
from equity_alloc.decisions.chain import breaks, chain_bytes, verify
from equity_alloc.decisions.compose import compose
from equity_alloc.decisions.desk import DecisionDesk
from equity_alloc.decisions.prefill import first_voices, prefilled
from equity_alloc.decisions.promises_since import changed_since
from equity_alloc.decisions.review import Review
from equity_alloc.domain.district import GroupUse
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.record import from_plain, to_plain
from tests.core_change import give_up_words
from tests.decisions.conftest import AT, SAID, VERSIONS, assessment_of, old_record


@pytest.fixture(scope="module")
def make(sample_plan, sample_look, three_options):
    told = Told(levels=False, groups=frozenset())
    alone = Case(sample_plan, Book(sample_plan.district.name), told=told)

    def made(options=three_options, book=None, **said):
        case = alone if book is None else Case(sample_plan, book, told=told)
        return compose(case, dataclasses.replace(SAID, **said), options, sample_look, VERSIONS)

    return made


def test_two_options_are_no_choice(make, three_options):
    with pytest.raises(InvalidValue, match="needs 3 options"):
        make(three_options[:2])


def test_last_year_is_always_one_of_the_options(make, three_options):
    with pytest.raises(InvalidValue, match="Last year is one of the options"):
        make((three_options[1], three_options[2], three_options[2]))


@pytest.mark.parametrize(
    "blank", ["dissent", "reasons", "decided_by", "vote", "changed", "mitigation", "measures", "title"]
)
def test_nothing_that_must_be_said_stays_blank(make, blank):
    with pytest.raises(InvalidValue, match="is blank"):
        make(**{blank: " "})


@pytest.mark.parametrize("name", ["question", "reasons", "dissent", "changed", "mitigation", "measures"])
def test_a_word_is_no_answer_and_a_name_a_day_or_a_vote_is(make, name):
    with pytest.raises(InvalidValue, match="is blank"):
        make(**{name: "Because."})
    if name != "dissent":
        with pytest.raises(InvalidValue, match="is blank"):
            make(**{name: "None stated."})
    assert make(decided_by="Board", vote="unanimous").vote == "unanimous"


def test_a_decision_that_was_recorded_with_a_word_still_opens_and_names_it(sample_plan, decided, make):
    short = dataclasses.replace(make(), reasons="Because.", changed="No.")
    book = old_record(Book(sample_plan.district.name), What.DECISION, short)
    [(_, read)] = book.decisions()
    assert ("Reasons", "What changed because of the assessment") == read.unsaid
    [(_, whole)] = decided.decisions()
    assert () == whole.unsaid
    with pytest.raises(InvalidValue, match="2 fields are blank: Reasons; What changed"):
        Book(sample_plan.district.name).with_record(short, AT)


def test_no_record_is_added_that_leaves_something_unsaid(sample_plan):
    whole, book = assessment_of(sample_plan), Book(sample_plan.district.name)
    for voices, why in (
        ((), "is empty. Write a line for each group"),
        (
            (Voice("Staff", asked="2026-11-02"), Voice("Families", asked="-")),
            "1 of 2 lines does not say .*: Families. W",
        ),
        (
            tuple(Voice(f"Group {n}") for n in range(5)),
            "5 of 5 lines do not say .*: Group 0; Group 1; Group 2; and 2 more",
        ),
    ):
        with pytest.raises(InvalidValue, match=why):
            book.with_record(dataclasses.replace(whole, voices=voices), AT)
    with pytest.raises(InvalidValue, match="What follows from it is blank"):
        book.with_record(Review("f" * 64, "Posts are filled.", "Go on.", "Ann Lee", "CFO"), AT)


def test_every_blank_field_is_named_at_once(make):
    with pytest.raises(InvalidValue, match=r"3 fields are blank: Title; .*Reasons.*Dissent"):
        make(title="", reasons=" ", dissent="")


def test_blank_dissent_says_what_to_write_where_there_was_none(make):
    with pytest.raises(InvalidValue, match="write 'none stated' if there was none"):
        make(dissent="")
    assert "none stated" == make(dissent="none stated").dissent


def test_it_is_looked_at_again_after_it_is_decided(make):
    with pytest.raises(InvalidValue, match="comes after the decision"):
        make(review_on="2026-11-24")
    with pytest.raises(InvalidValue, match="year first"):
        make(decided_on="24 November")


def test_an_assessment_after_the_decision_is_kept_and_told(sample_plan, make):
    late = Book(sample_plan.district.name).with_record(assessment_of(sample_plan), "2026-11-25T15:00:00+00:00")
    assert make(book=late).was_assessed_before is False
    early = Book(sample_plan.district.name).with_record(assessment_of(sample_plan), AT)
    assert make(book=early).was_assessed_before is True
    assert make().was_assessed_before is None


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="The zone of this system cannot be set within a test.")
def test_an_evening_s_assessment_is_of_the_day_on_the_wall_and_not_of_the_next(sample_plan, make, monkeypatch):
    # 02:00 of the 25th in Greenwich is 18:00 of the 24th in California, and the vote was on the 24th.
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    try:
        evening = Book(sample_plan.district.name).with_record(assessment_of(sample_plan), "2026-11-25T02:00:00+00:00")
        decision = make(book=evening)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert decision.assessed_at == "2026-11-24T18:00:00-08:00"
    assert decision.was_assessed_before is True


def test_an_assessment_of_another_plan_does_not_count(sample_plan, make):
    other = dataclasses.replace(assessment_of(sample_plan), plan="another")
    book = Book(sample_plan.district.name).with_record(other, AT)
    assert None is book.assessment_of(sample_plan.digest)
    assert "" == make(book=book).assessment


def test_a_record_holds_what_drove_the_plan_and_no_protected_attribute(make, sample_plan):
    decision = make()
    audit = {group.title for group in sample_plan.district.groups if group.use is GroupUse.AUDIT}
    assert audit
    assert not audit & {each.title for each in decision.carried}
    assert any("Need weight 0.25" in sentence for sentence in decision.drivers)
    assert 25_000_000 == decision.mitigation_cents
    assert sum(each.after - each.before for each in decision.schools) == 203618300


def test_levels_that_are_not_public_do_not_get_into_the_record(make):
    assert {"*"} == {option.lowest for option in make().options}


def test_a_book_reads_back_whole(decided):
    [(link, decision)] = decided.decisions()
    assert from_plain(type(decision), to_plain(decision)) == decision
    assert () == breaks(decided.chain, decided.district) == verify(chain_bytes(decided.chain, decided.district))
    assert decided.chain[0].hash == decision.assessment == link.previous


def test_a_later_decision_takes_the_place_of_the_earlier_one(decided, make):
    later = make(book=decided)
    assert decided.chain[-1].hash == later.supersedes


def test_the_stages_of_a_plan(sample_plan, decided):
    empty = Book("x")
    told = {"question": "", "options": 2, "fewest": 3}
    assert not any(empty.stages(sample_plan.digest, **told).values())
    before = decided.stages(sample_plan.digest, **told)
    assert [True, True, True, True, False] == list(before.values())
    review = Review(decided.chain[-1].hash, "Posts are filled.", "Go on with it.", "Ann Lee", "CFO")
    after = decided.with_record(review, "2027-05-02T09:00:00+00:00").stages(sample_plan.digest, **told)
    assert after[Stage.LEARN]


def test_an_assessment_begins_with_what_the_plan_can_say(sample_plan):
    case = Case(sample_plan)
    told = prefilled(case)
    assert {"result", "data", "burden", "report"} == set(told)
    assert give_up_words(sample_plan) in told["burden"]
    voices = first_voices(case)
    assert any("Valley View High" in voice.who for voice in voices)
    with pytest.raises(InvalidValue, match="from 0 to 3"):
        Voice("Families", influence=4)


def test_what_was_typed_is_kept_beside_what_stands_there_by_itself():
    desk = DecisionDesk().with_text("reasons", "Because.")
    assert "Because." == desk.text("reasons", "by itself")
    assert "by itself" == desk.text("burden", "by itself")
    assert "" == desk.with_text("burden", "").text("burden", "by itself")
    assert desk == from_plain(DecisionDesk, to_plain(desk))
    assert "by itself" == desk.without(("reasons",)).text("reasons", "by itself")


def test_a_promise_that_was_edited_after_the_decision_is_marked(make, sample_plan):
    decision, scenario = make(), sample_plan.scenario
    assert () == changed_since(decision, scenario)
    first, *others = scenario.commitments
    edited = dataclasses.replace(
        scenario, commitments=(dataclasses.replace(first, clause="Another word."), *others[1:])
    )
    found = changed_since(decision, edited)
    assert 2 == len(found)
    assert f"Commitment {first.code} changed after the decision: it read" in found[0]
    assert f"Commitment {others[0].code} changed after the decision: it is off the list" in found[1]
