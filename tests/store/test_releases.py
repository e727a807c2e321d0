"""The ledger of releases: each keeper's own and those of the very same data, until somebody says one was not published."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine

from equity_alloc.store.place import open_engine
from equity_alloc.store.releases import COMMAND_LINE, Entry, Releases
from equity_alloc.store.unavailable import StoreUnavailable

ANN, BEN = "a" * 64, "b" * 64
TOWN = "Town 2026-27"
FIRST, SECOND = Entry("1" * 64, "First", "{}", 10, TOWN), Entry("2" * 64, "Second", "{}", 20, TOWN)


@pytest.fixture
def ledger(tmp_path):
    engine = open_engine({"EQUITY_ALLOC_HOME": str(tmp_path)})
    yield Releases(engine)
    engine.dispose()


def test_a_keepers_releases_come_back_the_earliest_first_with_the_name_that_their_district_had(ledger):
    """Which of them are about the same pupils is not for names to say."""
    renamed = Entry("3" * 64, "Renamed", "{}", 5, "The Town 2026-2027")
    for entry in (SECOND, FIRST, renamed):
        ledger.add(ANN, "x", entry)
    assert (renamed, FIRST, SECOND) == ledger.of(ANN, {"other"})


def test_a_release_that_tells_the_same_again_stands_there_once(ledger):
    ledger.add(ANN, "x", FIRST)
    ledger.add(ANN, "x", Entry(FIRST.release, "Again", "{}", 30, TOWN))
    assert ["Again"] == [entry.title for entry in ledger.of(ANN, {"x"})]


def test_others_are_seen_only_with_the_very_same_data(ledger):
    ledger.add(ANN, "same", FIRST)
    ledger.add(COMMAND_LINE, "same", FIRST)
    assert (FIRST,) == ledger.of(BEN, ("none", "same"))
    assert () == ledger.of(BEN, ("other",))
    assert (FIRST,) == ledger.of(ANN, ("other",))


def test_only_the_keeper_takes_a_release_out_and_forgetting_takes_all(ledger):
    for entry in (FIRST, SECOND):
        ledger.add(ANN, "x", entry)
    assert 0 == ledger.forget(BEN, TOWN, FIRST.release)
    assert 1 == ledger.forget(ANN, TOWN, FIRST.release)
    assert (SECOND,) == ledger.of(ANN, ("x",))
    assert 1 == ledger.forget(ANN)
    assert () == ledger.of(ANN, ("x",))


def test_a_ledger_that_cannot_be_written_says_what_it_is_for(tmp_path):
    with pytest.raises(StoreUnavailable, match="It keeps what was public before"):
        Releases(create_engine(f"sqlite:///{tmp_path}/none/at/all.sqlite3"))
