"""Records of decisions in the store: added and never written again, for each visitor and district."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine

from equity_alloc.decisions.assessment import Voice
from equity_alloc.decisions.book import Book
from equity_alloc.decisions.chain import breaks
from equity_alloc.decisions.desk import DecisionDesk
from equity_alloc.store.decisions import LIFETIME_SECONDS, LINKS, Decisions
from equity_alloc.store.unavailable import StoreUnavailable
from tests.decisions.conftest import assessed

ANN, BEN = "a" * 64, "b" * 64


@pytest.fixture
def store(tmp_path):
    return Decisions(create_engine(f"sqlite:///{tmp_path / 'store.sqlite3'}"))


EMPTY = Book("Larkspur")


def book(plan="p", before=EMPTY, at="2026-11-20T15:00:00+00:00"):
    return before.with_record(assessed(plan), at)


def test_records_come_back_whole_and_in_order(store):
    first = book()
    second = book("q", first, "2026-11-21T15:00:00+00:00")
    store.add(ANN, "Larkspur", first.chain)
    store.add(ANN, "Larkspur", second.chain[1:])
    found = store.book(ANN, "Larkspur")
    assert second == found
    assert () == breaks(found.chain, "Larkspur")


def test_a_record_is_never_written_again(store):
    first = book()
    store.add(ANN, "Larkspur", first.chain)
    with pytest.raises(StoreUnavailable, match="Download the chain"):
        store.add(ANN, "Larkspur", book("another").chain)
    assert first == store.book(ANN, "Larkspur")


def test_what_is_mine_stays_mine(store):
    store.add(ANN, "Larkspur", book().chain)
    store.save_desk(ANN, "Larkspur", DecisionDesk().with_text("reasons", "Because."))
    for visitor, district in ((BEN, "Larkspur"), (ANN, "Other")):
        assert Book(district) == store.book(visitor, district)
        assert DecisionDesk() == store.desk(visitor, district)


def test_the_desk_is_kept_in_the_place_of_the_earlier_one(store):
    for words in ("Because.", "Because of that."):
        store.save_desk(
            ANN, "Larkspur", DecisionDesk(voices=(Voice("Staff", asked="2026-11-01"),)).with_text("reasons", words)
        )
    found = store.desk(ANN, "Larkspur")
    assert "Because of that." == found.text("reasons")
    assert "2026-11-01" == found.voices[0].asked


def test_forgetting_takes_everything(store):
    store.add(ANN, "Larkspur", book().chain)
    store.save_desk(ANN, "Larkspur", DecisionDesk().with_text("reasons", "Because."))
    store.forget(ANN)
    assert Book("Larkspur") == store.book(ANN, "Larkspur")
    assert DecisionDesk() == store.desk(ANN, "Larkspur")


def test_a_chain_expires_as_a_whole_or_not_at_all(store):
    first = book()
    second = book("q", first, "2026-11-21T15:00:00+00:00")
    store.add(ANN, "Larkspur", first.chain, now=0)
    store.add(ANN, "Larkspur", second.chain[1:], now=LIFETIME_SECONDS)
    store.add(BEN, "Larkspur", first.chain, now=0)
    store.forget_expired(now=LIFETIME_SECONDS + 1)
    assert second == store.book(ANN, "Larkspur")
    assert Book("Larkspur") == store.book(BEN, "Larkspur")


def test_a_store_that_cannot_be_written_says_so(tmp_path):
    store = Decisions(create_engine(f"sqlite:///{tmp_path / 'store.sqlite3'}"))
    LINKS.drop(store._engine)
    with pytest.raises(StoreUnavailable, match="archive"):
        store.add(ANN, "Larkspur", book().chain)
