"""Student groups and kinds of schools: levels by hand, gaps between schools only, parts that add up."""

from __future__ import annotations

import pytest

from equity_alloc.domain.district import District, Fund, GroupUse, Position, School, Spending, Staffing, StudentGroup
from equity_alloc.measures.theil_t import theil_t
from equity_alloc.planning.by_group import group_rows, split_by_kind
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.scenario import Scenario
from tests.districts import plain_scenario, random_district


def two_schools() -> District:
    """Return 100 pupils at $10 with a post, and 100 at $20 without; 80 and 20 learn English."""
    return District(
        "Two",
        "2026-27",
        tuple(
            School(code, code, kind, 100, 100, (("el", el), ("race", 50), ("gifted", known)))
            for code, kind, el, known in (("a", "elementary", 80, 5), ("b", "high", 20, None))
        ),
        (
            StudentGroup("el", "English learners"),
            StudentGroup("race", "Race", GroupUse.AUDIT),
            StudentGroup("gifted", "Gifted"),
        ),
        (Position("aide", "Aide", 500_00, step=50),),
        (Fund("general", "General", 3_000_00),),
        (Staffing("a", "aide", "general", 100),),
        (Spending("a", "Supplies", "general", 500_00), Spending("b", "Supplies", "general", 2_000_00)),
    )


@pytest.fixture(scope="module")
def made() -> Plan:
    found = plan(two_schools(), Scenario(tolerance=0))
    assert isinstance(found, Plan)
    return found


def test_a_group_stands_where_its_schools_stand(made):
    """English learners: 0.8 x 10 + 0.2 x 20 = 12 and 18 for the others; a post per 100 at one school counts 0.8."""
    rows, left_out = group_rows(made)
    learners, race = rows
    assert ("English learners", False, 100) == (learners.title, learners.is_audit_only, learners.pupils)
    assert (12, 18) == pytest.approx((learners.level_today, learners.others_today))
    assert (15, 15) == pytest.approx((learners.level_plan, learners.others_plan), abs=0.02)
    assert 0.8 == pytest.approx(learners.posts_today)
    assert race.is_audit_only and race.level_today == pytest.approx(race.others_today)
    assert ("Gifted",) == left_out


def test_kinds_of_schools_that_differ_hold_all_of_the_spread(made):
    today, proposal = split_by_kind(made) or pytest.fail("two kinds have a split")
    assert theil_t([10.0, 20], [100.0, 100]) == pytest.approx(today.between)
    assert 0 == pytest.approx(today.within)
    assert 0 == pytest.approx(proposal.total, abs=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_the_parts_add_up_on_any_district(seed):
    made = plan(random_district(seed, 8), plain_scenario())
    assert isinstance(made, Plan)
    split = split_by_kind(made) or pytest.fail("schools of several kinds have a split")
    weights = [float(weight) for _, weight in made.view.levels.weights]
    levels = [
        made.view.district.counted_dollars(made.allocation, code) / float(weight)
        for code, weight in made.view.levels.weights
    ]
    assert theil_t(levels, weights) == pytest.approx(split[1].total, abs=1e-12)
