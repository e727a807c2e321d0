"""The page Audit names gaps, how sure they are, and what it does not know."""

from __future__ import annotations

import dataclasses

from tests.pages.conftest import failures, press, words


def test_gaps_of_all_three_areas_are_told_with_what_allocation_can_move(go_to):
    page = go_to("audit")
    assert [] == failures(page)
    said = words(page)
    assert "Takes an advanced course: Students with disabilities" in said
    assert "More than chance" in said
    assert "of it lies between schools, the rest inside them" in said
    assert "In the proposal" in said
    assert "EL teacher" in said and "sized by a student group, so not compared" in said


def test_one_group_alone_may_be_looked_at(go_to):
    page = go_to("audit")
    [who] = [each for each in page.selectbox if each.key == "audit-group"]
    who.set_value("Homeless").run()
    assert [] == failures(page)
    said = words(page)
    assert "Chronically absent: Homeless" in said
    assert "Takes an advanced course: Students with disabilities" not in said


def test_the_school_parts_of_another_gap_follow_the_field(go_to):
    page = go_to("audit")
    [place] = [each for each in page.selectbox if each.key == "audit-place-outcomes"]
    before = words(page)
    place.set_value(place.options[1]).run()
    assert [] == failures(page)
    assert before != words(page)


def test_without_counts_nothing_is_claimed_about_access_and_outcomes(go_to, session):
    session.district = dataclasses.replace(session.district, indicators=(), outcomes=())
    session.district_digest = session.district.digest
    page = go_to("audit")
    assert [] == failures(page)
    said = words(page)
    assert "no counts of access by student group, so nothing is said about it" in said
    assert "Takes an advanced course" not in said


def test_a_count_that_a_need_weight_asks_for_and_nobody_knows_is_named(go_to, session):
    first, *rest = session.district.schools
    weighted = session.scenario.need_weights[0].group
    groups = tuple((code, None if code == weighted else count) for code, count in first.groups)
    unknown = dataclasses.replace(first, groups=groups)
    session.district = dataclasses.replace(session.district, schools=(unknown, *rest))
    session.district_digest = session.district.digest
    page = go_to("audit")
    assert [] == failures(page)
    said = words(page)
    assert first.name in said and "Undo the last change" in said
    assert "Takes an advanced course" not in said


def test_twelve_things_come_first_and_what_is_not_counted_is_said(go_to):
    said = words(go_to("audit"))
    assert "things to look at first" in said
    assert "What is not counted is not equal; it is not seen." in said


def test_a_team_weighs_a_gap_and_it_stands_in_front(go_to, session):
    page = go_to("audit")
    assert "Nobody has weighed a gap yet." in words(page)
    for ending, value in (("-control", 2), ("-urgency", 3)):
        [field] = [
            each for each in page.selectbox if str(each.key).startswith("mark-") and str(each.key).endswith(ending)
        ]
        field.set_value(value)
    press(page, "Keep this")
    assert [] == failures(page)
    [mark] = session.scenario.actions.priorities
    assert (2, 3) == (mark.control, mark.urgency)
    assert f"In front: A ({mark.compared}, {mark.group})." in words(page)


def test_a_gap_that_nobody_weighed_is_never_kept_as_zero(go_to, session):
    page = go_to("audit")
    press(page, "Keep this")
    assert () == tuple(session.scenario.actions.priorities)
    assert "Choose both numbers" in words(page)


def test_what_drives_the_plan_and_what_cannot_stands_on_the_page(go_to):
    said = words(go_to("audit"))
    assert "Race, color, ethnicity, national origin, religion and sex drive nothing." in said
