"""The page Fall counts: a count that changes, terms that matter, and nothing lost or claimed that is not so."""

from __future__ import annotations

import dataclasses

from equity_alloc.domain.recount import Recount
from equity_alloc.planning.fall_terms import FallTerms, Givers, Reserve, likely_reserve
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.store.draft import Draft, draft_from_plain
from equity_alloc.store.fall_desk import FallDesk
from equity_alloc.ui import fall_inputs
from equity_alloc.ui.read_upload import UploadedBytes
from tests.pages.conftest import failures, words

#: Two elementary schools take pupils, a third loses as many.
COUNTS = (Recount("0104", 580), Recount("0108", 443), Recount("0113", 452))


def counted(session, **changes):
    session.fall = dataclasses.replace(FallDesk(counts=COUNTS), **changes)


def test_without_counts_the_page_says_what_to_do(go_to):
    page = go_to("fall")
    assert [] == failures(page)
    assert "No school was counted differently yet" in words(page)


def test_a_count_changed_on_screen_is_taken_and_answered(go_to, session):
    page = go_to("fall")
    [school] = [each for each in page.selectbox if each.key == "fall-school"]
    page = school.select("0104").run()
    [field] = [each for each in page.number_input if each.label.startswith("Pupils counted")]
    page = field.set_value(600).run()
    assert [] == failures(page)
    assert (Recount("0104", 600),) == session.fall.counts
    said = words(page)
    assert "The new counts break one limit" in said
    assert "No plan can do with fewer moves" in said
    [forget] = [each for each in page.button if each.label == "Forget these counts"]
    forget.click().run()
    assert () == session.fall.counts


def test_the_reserve_pays_and_without_it_posts_move(go_to, session):
    counted(session)
    with_money = words(go_to("fall"))
    assert "0.00 FTE move from one school to another" in with_money
    assert "come from Contingency" in with_money
    counted(session, terms=FallTerms())
    without = words(go_to("fall"))
    assert "No reserve is used" in without
    assert "0.00 FTE move from one school to another" not in without


def test_a_reserve_larger_than_this_plan_has_is_shown_and_used_as_what_is_there(go_to, session):
    counted(session)
    plan = session.result()
    reserve = likely_reserve(plan.view.district, plan.allocation)
    counted(session, terms=FallTerms(dataclasses.replace(reserve, amount=reserve.amount + 100)))
    assert "is more than the" not in words(go_to("fall"))
    counted(session, terms=FallTerms(Reserve("nobody", "Gone", 100)))
    page = go_to("fall")
    assert [] == failures(page)
    assert "No reserve is used" in words(page)


def test_what_cannot_be_repaired_is_told_with_its_money(go_to, session):
    counted(session, terms=FallTerms(givers=Givers.NONE))
    page = go_to("fall")
    assert [] == failures(page)
    said = words(page)
    assert "Not everything can be repaired" in said
    assert "Short by" in said and "That is $" in said


def test_the_certificate_says_that_moves_are_fewest_and_claims_nothing_of_levels(go_to, session):
    counted(session)
    said = words(go_to("fall"))
    assert "Levels were not raised here" in said
    assert "can bring the lowest school" not in said


def test_a_count_that_cannot_be_says_why_and_keeps_the_rest(go_to, session):
    counted(session)
    session.fall = dataclasses.replace(session.fall, counts=(*COUNTS[:2], Recount("0113", 3)))
    page = go_to("fall")
    assert [] == failures(page)
    assert "Count the group anew" in words(page)
    assert 3 == len(session.fall.counts)


def test_an_adopted_workbook_takes_the_place_of_the_proposal(go_to, session, monkeypatch):
    found = session.result()
    file = UploadedBytes("adopted.xlsx", plan_workbook(found))
    monkeypatch.setattr(UploadedBytes, "getvalue", lambda self: self.data, raising=False)
    monkeypatch.setattr(fall_inputs, "field_value", lambda key: file)
    fall_inputs._take_plan(session, "fall-plan")
    assert session.fall.adopted is not None
    assert found.allocation == session.fall.adopted.allocation
    page = go_to("fall")
    assert [] == failures(page)
    assert "from adopted.xlsx, certified again" in words(page)


def test_the_desk_survives_a_reload(session):
    counted(session, terms=FallTerms(givers=Givers.FALLEN, fewer=10))
    draft = Draft(session.district, (), session.own, session.scenario, fall=session.fall)
    again = draft_from_plain(draft.data_plain, draft.choices_plain)
    assert session.fall == again.fall
