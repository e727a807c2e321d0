"""A visitor's work comes back to this visitor, to nobody else, for thirty days, and not after it was forgotten."""

import dataclasses
import os
import stat

import pytest
from sqlalchemy import create_engine

from equity_alloc.domain.errors import StoredFormat
from equity_alloc.domain.record import digest
from equity_alloc.planning.search import plan
from equity_alloc.store.compared import Compared
from equity_alloc.store.draft import Draft, draft_from_plain
from equity_alloc.store.drafts import LIFETIME_SECONDS, Drafts, StoreUnavailable
from equity_alloc.store.export_desk import ExportDesk
from equity_alloc.store.formula_desk import FormulaDesk
from equity_alloc.store.place import FILE, open_engine
from equity_alloc.store.steps import Step
from equity_alloc.ui.visitor import new_token, visitor_key
from tests.districts import plain_scenario, random_district

NOW = 1_800_000_000.0


@pytest.fixture
def engine(tmp_path):
    found = open_engine({"EQUITY_ALLOC_HOME": str(tmp_path / "home")})
    yield found
    found.dispose()


@pytest.fixture
def drafts(engine):
    return Drafts(engine)


def draft(seed=1, **changes):
    scenario = plain_scenario(**changes)
    saved = (dataclasses.replace(scenario, name="Other"),)
    desk = FormulaDesk(refused="not yet a formula")
    earlier = (Step(plain_scenario()), Step(plain_scenario(tolerance=1), desk), Step(plain_scenario(tolerance=2), desk))
    return Draft(
        random_district(seed), (), plain_scenario(), scenario, saved, desk, earlier, Compared("own", "saved: Other"),
        exports=ExportDesk("No hearing yet.", "texas", "ours.toml", 'title = "Ours"'),
    )  # fmt: skip


def save(drafts, visitor, work, now=NOW):
    drafts.save(visitor, work, digest(work.district), now=now)


@pytest.mark.parametrize("seed", range(5))
def test_what_comes_back_is_what_was_saved_and_gives_the_same_plan(drafts, seed):
    work = draft(seed)
    save(drafts, "v" * 64, work)
    found = drafts.load("v" * 64, now=NOW)
    assert work == found
    assert plan(work.district, work.scenario) == plan(found.district, found.scenario)


def test_the_latest_steps_are_kept_and_the_oldest_left_out_where_they_take_too_much_room(drafts):
    long = [Step(plain_scenario(note=f"{number:05}" * 4_000)) for number in range(60)]  # 20,000 characters each
    work = dataclasses.replace(draft(), earlier=tuple(long))
    save(drafts, "a" * 64, work)
    found = drafts.load("a" * 64, now=NOW).earlier
    assert found == work.earlier[-len(found) :]
    assert 400_000 // 22_000 <= len(found) < 20
    short = dataclasses.replace(work, earlier=tuple(Step(plain_scenario(tolerance=number)) for number in range(60)))
    save(drafts, "a" * 64, short)
    assert short.earlier[-50:] == drafts.load("a" * 64, now=NOW).earlier


def test_work_kept_before_undo_was_kept_still_opens():
    work = draft()
    choices = {name: part for name, part in work.choices_plain.items() if name not in ("earlier", "compared")}
    found = draft_from_plain(work.data_plain, choices)
    assert ((), Compared()) == (found.earlier, found.compared)
    assert work.scenario == found.scenario


def test_another_visitor_finds_nothing(drafts):
    save(drafts, "a" * 64, draft())
    assert drafts.load("b" * 64, now=NOW) is None


def test_new_choices_for_the_same_district_take_the_place_of_the_old(drafts):
    save(drafts, "a" * 64, draft())
    changed = draft(tolerance=900)
    save(drafts, "a" * 64, changed, now=NOW + 1)
    assert changed == drafts.load("a" * 64, now=NOW + 1)


def test_another_district_takes_the_place_of_the_old(drafts):
    save(drafts, "a" * 64, draft(1))
    save(drafts, "a" * 64, draft(2))
    assert draft(2) == drafts.load("a" * 64, now=NOW)


def test_a_draft_expires_after_thirty_days_and_is_then_deleted(drafts):
    save(drafts, "a" * 64, draft())
    save(drafts, "b" * 64, draft(), now=NOW + 5)
    assert drafts.load("a" * 64, now=NOW + LIFETIME_SECONDS) is not None
    assert drafts.load("a" * 64, now=NOW + LIFETIME_SECONDS + 1) is None
    assert 1 == drafts.forget_expired(now=NOW + LIFETIME_SECONDS + 1)
    assert drafts.load("b" * 64, now=NOW + LIFETIME_SECONDS) is not None


def test_what_is_forgotten_leaves_no_trace_in_the_file(tmp_path):
    engine = open_engine({"EQUITY_ALLOC_HOME": str(tmp_path)})
    drafts = Drafts(engine)
    save(drafts, "a" * 64, draft())
    drafts.forget("a" * 64)
    assert drafts.load("a" * 64, now=NOW) is None
    engine.dispose()  # the last connection writes its log back into the file
    assert b"School 3" not in (tmp_path / FILE).read_bytes()


def test_only_the_digest_of_a_token_is_in_the_file(tmp_path):
    engine = open_engine({"EQUITY_ALLOC_HOME": str(tmp_path)})
    token = new_token()
    save(Drafts(engine), visitor_key(token), draft())
    engine.dispose()
    stored = (tmp_path / FILE).read_bytes()
    assert token.encode() not in stored
    assert visitor_key(token).encode() in stored


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such permissions")
def test_the_file_is_readable_by_its_owner_only(tmp_path):
    Drafts(open_engine({"EQUITY_ALLOC_HOME": str(tmp_path)}))
    assert 0o600 == stat.S_IMODE((tmp_path / FILE).stat().st_mode)


def test_a_store_that_cannot_be_reached_is_told_in_a_sentence(tmp_path):
    with pytest.raises(StoreUnavailable, match="could not be kept"):
        Drafts(create_engine(f"sqlite:///{tmp_path / 'missing' / 'store'}"))


@pytest.mark.parametrize(
    ("data", "choices"),
    [(None, None), ({"format": 2}, {"format": 2}), ({"format": 1}, {"format": 1}), ([], {})],
)
def test_work_of_another_version_is_refused_in_a_sentence(data, choices):
    with pytest.raises(StoredFormat, match="The work kept on this server"):
        draft_from_plain(data, choices)


def test_a_database_can_be_named_by_url(tmp_path):
    engine = open_engine({"EQUITY_ALLOC_DATABASE_URL": f"sqlite:///{tmp_path / 'by-url'}"})
    save(Drafts(engine), "a" * 64, draft())
    assert (tmp_path / "by-url").exists()
