"""Files on their way in outlive a reload, belong to one visitor only, and are forgotten in time."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy import create_engine

from equity_alloc.sources.mapped.answers import Answers
from equity_alloc.store.arrivals import MAP_LIFETIME_SECONDS, Arrivals
from equity_alloc.store.drafts import LIFETIME_SECONDS
from equity_alloc.store.files_desk import BroughtFile, FilesDesk

DESK = FilesDesk(
    (BroughtFile("b.csv", b"x,y\n1,2\n"), BroughtFile("a.csv", b"\x00\xff")),
    {"b.csv": "format = 1\n"},
    "275",
    "2022",
    Answers(who="Data office", matches={"1:77": "0012"}, blank_means_zero=("english-learners",)),
)


@pytest.fixture
def store(tmp_path):
    return Arrivals(create_engine(f"sqlite:///{tmp_path}/s.sqlite3"))


def test_a_reload_finds_files_in_their_order_and_every_answer(store):
    store.save("a", DESK)
    assert store.load("a") == DESK
    assert store.load("b") == FilesDesk()


def test_a_file_that_was_taken_away_is_gone_and_a_mended_one_takes_its_place(store):
    store.save("a", DESK)
    mended = BroughtFile("b.csv", b"mended")
    store.save("a", dataclasses.replace(DESK, files=(mended,)))
    assert (mended,) == store.load("a").files


def test_files_are_forgotten_after_thirty_days_and_maps_wait_for_next_year(store):
    store.save("a", DESK, now=0)
    store.keep_map("a", "ours", "text", now=0)
    store.forget_expired(now=LIFETIME_SECONDS + 1)
    assert FilesDesk() == store.load("a", now=LIFETIME_SECONDS + 1)
    assert ("text",) == store.maps("a", now=LIFETIME_SECONDS + 1)
    assert () == store.maps("a", now=MAP_LIFETIME_SECONDS + 1)


def test_a_map_belongs_to_its_visitor_and_a_later_one_takes_its_place(store):
    store.keep_map("a", "ours", "first")
    store.keep_map("a", "ours", "second")
    assert (("second",), ()) == (store.maps("a"), store.maps("b"))


def test_forget_leaves_nothing(store):
    store.save("a", DESK)
    store.keep_map("a", "ours", "text")
    store.forget("a")
    assert (FilesDesk(), ()) == (store.load("a"), store.maps("a"))
