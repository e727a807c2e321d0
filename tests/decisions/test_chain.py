"""The chain: to which can only be added, and in which every changed byte is found."""

from __future__ import annotations

import hashlib
import random

import pytest

from equity_alloc.decisions.book import Book
from equity_alloc.decisions.chain import added, breaks, chain_bytes, read_chain, verify
from equity_alloc.decisions.review import Review
from equity_alloc.domain.errors import InvalidValue, StoredFormat

FIRST, SECOND = "2026-11-27T15:00:00+00:00", "2026-11-28T15:00:00+00:00"


def two():
    chain = added(
        (), "decision", {"title": "Plan A", "dissent": "none stated"}, FIRST, district="Larkspur", salt="5a17"
    )
    return added(
        chain, "decision", {"title": "Plan B", "dissent": "One member: no."}, SECOND, district="Larkspur", salt="5a17"
    )


def test_a_fingerprint_is_what_any_sha256_program_gives():
    # The text was written by hand in canonical form: keys in order, no spaces.
    before = hashlib.sha256(b"Larkspur").hexdigest()
    text = before + (
        '{"at":"2026-11-27T15:00:00+00:00","content":{"dissent":"none stated","title":"Plan A"},"kind":"decision","number":1,"salt":"5a17"}'
    )
    first, second = two()
    assert hashlib.sha256(text.encode()).hexdigest() == first.hash
    assert first.hash == second.previous
    assert before == first.previous


def test_a_file_reads_back_and_nothing_is_found_in_it():
    text = chain_bytes(two(), "Larkspur")
    assert ("Larkspur", two()) == read_chain(text)
    assert () == verify(text)


def test_a_changed_word_is_found_with_its_record_and_its_field():
    text = chain_bytes(two(), "Larkspur").replace(b"none stated", b"none statet")
    [found] = verify(text)
    assert "Record 1 (decision, 2026-11-27T15:00:00+00:00)" in found
    assert "the field dissent does not fit the seal" in found


def test_every_single_changed_byte_is_found():
    text = chain_bytes(two(), "Larkspur")
    dice = random.Random(5)
    for place in range(len(text)):
        other = bytes([dice.choice([b for b in b"abcXYZ019 ,}" if b != text[place]])])
        spoilt = text[:place] + other + text[place + 1 :]
        try:
            found = verify(spoilt)
        except StoredFormat:
            continue
        assert found, (place, text[place : place + 20])


def test_bytes_between_the_words_are_named_by_their_place():
    text = chain_bytes(two(), "Larkspur")
    [found] = verify(text.replace(b'\n "records"', b'\n  "records"'))
    assert "in line 5, differs" in found


@pytest.mark.parametrize("gone", [0, 1])
def test_a_record_that_was_taken_out_is_missed(gone):
    chain = added(two(), "decision", {"title": "Plan C"}, SECOND, district="Larkspur", salt="5a17")
    left = chain[:gone] + chain[gone + 1 :]
    assert any("taken out" in sentence for sentence in breaks(left, "Larkspur"))


def test_a_whole_chain_that_was_written_anew_has_another_last_fingerprint():
    chain = added((), "decision", {"title": "Plan A", "dissent": "none"}, FIRST, district="Larkspur", salt="5a17")
    chain = added(
        chain, "decision", {"title": "Plan B", "dissent": "One member: no."}, SECOND, district="Larkspur", salt="5a17"
    )
    assert () == breaks(chain, "Larkspur")
    assert two()[-1].hash != chain[-1].hash


def test_the_clock_may_not_stand_before_the_last_record():
    with pytest.raises(InvalidValue, match="Set the clock"):
        added(two(), "decision", {"title": "Plan C"}, FIRST, district="Larkspur", salt="5a17")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"\xff", "byte 1 is no text"),
        (b'{"format": 1,', "line 1, column 14"),
        (b'{"format": 2, "records": []}', "format 1"),
        (b'{"format": 1, "records": [{"number": 1}]}', "Record 1 does not have the fields"),
    ],
)
def test_a_file_that_is_no_chain_says_where(text, says):
    with pytest.raises(StoredFormat, match=says):
        verify(text)


def test_a_kind_of_record_that_this_version_does_not_know_is_not_guessed_at():
    book = Book("Larkspur", added((), "vote", {"title": "Plan A"}, FIRST, district="Larkspur", salt="5a17"))
    with pytest.raises(StoredFormat, match="Record 1 is of a kind"):
        book.decisions()


def test_a_review_says_what_was_found():
    with pytest.raises(InvalidValue, match="What was found is blank"):
        Review("abc", " ", "Go on.", "Ann Lee", "CFO")


def test_the_same_words_recorded_twice_have_two_fingerprints():
    """What is public of a record cannot be used to try out what is not."""
    one, other = (added((), "decision", {"title": "Plan A"}, FIRST, district="Larkspur")[0] for _ in range(2))
    assert one.hash != other.hash
    assert one.seals != other.seals
