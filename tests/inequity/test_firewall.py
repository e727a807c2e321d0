"""The driver firewall (deliberation, 5.0): what may drive a plan, with its purpose; what cannot, whatever is tried."""

from __future__ import annotations

import dataclasses
import random
from decimal import Decimal

import pytest

from equity_alloc.catalogue import rule_classes
from equity_alloc.commitment import Commitment
from equity_alloc.commitments.changes import bound
from equity_alloc.domain.district import District, GroupUse, StudentGroup
from equity_alloc.domain.errors import EquityAllocError, ProtectedAttribute
from equity_alloc.domain.fund_change import FundChange
from equity_alloc.domain.need import NeedWeight
from equity_alloc.inequity.drivers import NO_PURPOSE, barred, drivers_of, statement
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.need_quarter_ratio import NeedQuarterRatio
from equity_alloc.rules.setting import Choice, settings_of
from equity_alloc.sources.sample import sample_reading
from tests.districts import plain_scenario, random_district

READING = sample_reading()


def permuted(district: District, seed: int) -> District:
    """Exchange the counts of every group that is for the audit only between the schools."""
    draw = random.Random(seed)
    only = [group.code for group in district.groups if group.use is GroupUse.AUDIT]
    counts = {code: [school.group(code) for school in district.schools] for code in only}
    for each in counts.values():
        draw.shuffle(each)
    schools = tuple(
        dataclasses.replace(
            school, groups=tuple((code, counts[code][place] if code in counts else n) for code, n in school.groups)
        )
        for place, school in enumerate(district.schools)
    )
    return dataclasses.replace(
        district, schools=schools, outcomes=tuple(draw.sample(district.outcomes, len(district.outcomes)))
    )


def test_a_hundred_permutations_of_every_audit_only_column_leave_the_allocation_as_it_is():
    """Acceptance 5.0, property test: bit-identical, and so are the proof and the stages."""
    district, scenario = random_district(3, 5), plain_scenario()
    made = plan(district, scenario)
    assert isinstance(made, Plan)
    changed = 0
    for seed in range(100):
        other = permuted(district, seed)
        changed += other.digest != district.digest
        again = plan(other, scenario)
        assert (made.allocation, made.outcome, made.stages) == (again.allocation, again.outcome, again.stages)
    assert changed > 50


def test_the_sample_is_planned_alike_however_its_audit_only_columns_stand():
    made = plan(READING.district, READING.scenario)
    for seed in range(3):
        assert made.allocation == plan(permuted(READING.district, seed), READING.scenario).allocation


@pytest.mark.parametrize(
    "code",
    [
        code
        for code, kind in rule_classes().items()
        if any(info.choice is Choice.GROUP for info in settings_of(kind).values())
    ],
)
def test_no_rule_takes_a_group_for_audit_only(code):
    kind = rule_classes()[code]
    names = {name: "black" for name, info in settings_of(kind).items() if info.choice is Choice.GROUP}
    positions = {name: "TCH" for name, info in settings_of(kind).items() if info.choice is Choice.POSITION}
    ratios = {"pupils_per_fte": Decimal(20)} if "pupils_per_fte" in settings_of(kind) else {}
    rule = kind(**names, **positions, **ratios)
    scenario = dataclasses.replace(READING.scenario, rules=(*READING.scenario.rules, rule))
    with pytest.raises(ProtectedAttribute, match="for audit only"):
        plan(READING.district, scenario)


@pytest.mark.parametrize(
    "changed",
    [
        {"need_weights": (NeedWeight("hispanic", Decimal("0.2")),)},
        {"funds": (FundChange("gen", shared_by="hispanic"),)},
    ],
    ids=["weight", "fund"],
)
def test_a_weight_or_a_fund_on_race_is_refused(changed):
    fund = READING.district.funds[-1].code
    if "funds" in changed:
        changed = {"funds": (FundChange(fund, shared_by="hispanic", counts=False),)}
    with pytest.raises(EquityAllocError, match="for audit only"):
        plan(READING.district, dataclasses.replace(READING.scenario, **changed))


def test_a_promise_about_race_cannot_bind_a_plan_and_is_not_testable():
    test = NeedQuarterRatio("black")
    promise = Commitment("R1", "Words.", "Board", "2025-01-14", test=test)
    scenario = dataclasses.replace(READING.scenario, commitments=(promise,))
    with pytest.raises(ProtectedAttribute):
        plan(READING.district, bound(scenario, "R1"))


def test_the_statement_lists_every_driver_with_purpose_and_source_and_names_what_is_barred():
    found = {each.title: each for each in drivers_of(READING.district, READING.scenario)}
    for title in (
        "Enrollment",
        "Economically disadvantaged",
        "English learners",
        "Students with disabilities",
        "Homeless",
    ):
        assert found[title].has_purpose, title
    assert "need weight of 20 %" in found["English learners"].used_by
    kept = dataclasses.replace(READING.scenario, need_weights=(NeedWeight("english-learners", Decimal("0.096")),))
    [learners] = [each for each in drivers_of(READING.district, kept) if each.title == "English learners"]
    assert "need weight of 9.6 %" in learners.used_by, "no weight is told rounded"
    assert any("shares out Title III" in words for words in found["English learners"].used_by)
    assert "20 U.S.C. 1703(f)" in found["English learners"].source
    assert "Individuals with Disabilities" in found["Students with disabilities"].source
    assert set(barred(READING.district)) == {g.title for g in READING.district.groups if g.use is GroupUse.AUDIT}
    assert not set(barred(READING.district)) & set(found)
    said = " ".join(statement(READING.district, READING.scenario))
    assert "drive nothing" in said and "Black, Hispanic" in said


def test_a_count_without_a_stated_purpose_is_said_to_have_none():
    district = READING.district
    schools = tuple(
        dataclasses.replace(school, groups=(*school.groups, ("band", school.enrollment // 9)))
        for school in district.schools
    )
    more = dataclasses.replace(
        district, schools=schools, groups=(*district.groups, StudentGroup("band", "Plays in the band"))
    )
    weights = (*READING.scenario.need_weights, NeedWeight("band", Decimal("0.1")))
    scenario = dataclasses.replace(READING.scenario, need_weights=weights)
    [driver] = [each for each in drivers_of(more, scenario) if each.title == "Plays in the band"]
    assert NO_PURPOSE == driver.purpose and not driver.has_purpose
    assert "No purpose is stated yet for: Plays in the band." in statement(more, scenario)
