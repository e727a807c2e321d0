"""Rules on groups and need: what they ask for by hand, no leveling down, and plans that keep them."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from equity_alloc.domain.district import District, Fund, GroupUse, School, Spending, StudentGroup
from equity_alloc.domain.errors import ProtectedAttribute, UnknownCode, UnknownNeed
from equity_alloc.measures.need_gap import need_gap
from equity_alloc.measures.need_slope import need_slope
from equity_alloc.measures.poor_to_non_poor_ratio import poor_to_non_poor_ratio
from equity_alloc.planning.plan import Impossible, Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.base import Rule
from equity_alloc.rules.group_ratio import GroupRatio
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.need_slope_least import NeedSlopeLeast
from equity_alloc.scenario import Scenario


def two_schools(poor: tuple[int | None, int | None] = (80, 20), dollars: tuple[int, int] = (900, 1100)) -> District:
    """Return two schools of 100 pupils with one line; dollars per pupil as given, and no new money."""
    return District(
        "Two",
        "2026-27",
        tuple(School(c, c, "any", 100, 100, (("poor", n), ("race", 10))) for c, n in zip("ab", poor, strict=True)),
        (StudentGroup("poor", "Poor"), StudentGroup("race", "Race", GroupUse.AUDIT)),
        funds=(Fund("general", "General", sum(dollars) * 100 * 100),),
        spending=tuple(Spending(c, "Supplies", "general", d * 100 * 100) for c, d in zip("ab", dollars, strict=True)),
    )


def per_pupil(made: Plan) -> list[float]:
    return [made.view.district.counted_dollars(made.allocation, code) / 100 / 100 for code in "ab"]


def made_with(rule: Rule, *others: Rule) -> Plan:
    """Return the plan that keeps a rule, with last year's other dollars kept as far as the rule lets them."""
    made = plan(two_schools(), Scenario(rules=(rule, *others), tolerance=50_000))
    assert isinstance(made, Plan)
    return made


def test_the_ratio_by_hand():
    """Poor: (80 x 900 + 20 x 1,100) / 100 = 940; others: 1,060; so 0.8868; 95 % of 1,060 is 1,007, so $67 lack."""
    district = two_schools()
    assert [] == list(GroupRatio("poor", Decimal("0.88")).check(district, district.today))
    (in_plan, last_year) = GroupRatio("poor", Decimal("0.95")).check(district, district.today)
    assert 6700 == in_plan.short_by == last_year.short_by
    assert "$67.00 below 95 % of the others'" in in_plan.words


def test_a_plan_keeps_the_ratio_without_leveling_down():
    rule = GroupRatio("poor", Decimal(1))
    made = made_with(rule)
    assert made.certificate.is_kept
    values = per_pupil(made)
    assert poor_to_non_poor_ratio(values, [100, 100], [0.8, 0.2]) >= 1
    poor = (80 * values[0] + 20 * values[1]) / 100
    assert poor >= 1060
    assert 2000 == pytest.approx(sum(values))


def test_money_taken_from_the_others_alone_does_not_keep_the_ratio():
    """Both at 900: the ratio is one, but the poor have not reached what the others had."""
    district = two_schools()
    lowered = dataclasses.replace(two_schools(dollars=(900, 900))).today
    (breach,) = GroupRatio("poor", Decimal(1)).check(district, lowered)
    assert "last year" in breach.subject
    assert 16000 == breach.short_by


def test_a_slope_by_hand():
    """900 at 0.8 and 1,100 at 0.2: 200 / -0.6 = -333.33 dollars."""
    district = two_schools()
    assert [] == list(NeedSlopeLeast("poor", Decimal(-334)).check(district, district.today))
    (breach,) = NeedSlopeLeast("poor", Decimal(0)).check(district, district.today)
    assert 33334 == breach.short_by


@pytest.mark.parametrize("least", [0, 500, 1000])
def test_a_plan_has_the_slope(least):
    made = made_with(NeedSlopeLeast("poor", Decimal(least)))
    assert made.certificate.is_kept
    assert need_slope(per_pupil(made), [100, 100], [0.8, 0.2]) >= least - 1e-6


def test_what_cannot_be_kept_with_a_floor_is_named():
    answer = plan(two_schools(), Scenario(rules=(NeedSlopeLeast("poor", Decimal(2000)), HoldHarmless(Decimal(1)))))
    assert isinstance(answer, Impossible)
    assert "floor" in answer.words.lower() or "last year" in answer.words.lower()


@pytest.mark.parametrize("kind", [GroupRatio, NeedSlopeLeast])
def test_groups_that_cannot_be_compared_are_refused_with_the_reason(kind):
    district = two_schools()
    with pytest.raises(UnknownCode, match="Choose a student group"):
        list(kind("").check(district, district.today))
    with pytest.raises(UnknownNeed, match="Choose a student group"):
        list(kind("enrollment").check(district, district.today))
    with pytest.raises(ProtectedAttribute, match="for audit only"):
        list(kind("race").check(district, district.today))
    with pytest.raises(UnknownNeed, match=r"Nobody belongs|same share"):
        list(kind("poor").check(two_schools((0, 0)), district.today))


def test_the_gap_and_the_ratio_agree_on_who_stands_higher():
    values, pupils, share = [900.0, 1100.0], [100.0, 100.0], [0.8, 0.2]
    assert -120 == pytest.approx(need_gap(values, pupils, share))
    assert 940 / 1060 == pytest.approx(poor_to_non_poor_ratio(values, pupils, share))
