"""What rules allow for each position and line, by hand, and true of every plan."""

from __future__ import annotations

from decimal import Decimal

import pytest

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.line_reason import End, line_reasons, line_sentence
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.position_band import PositionBand
from equity_alloc.rules.protected_items import ProtectedItems
from equity_alloc.scenario import Scenario
from tests.districts import plain_scenario, random_district
from tests.draws import odd_district, odd_scenario
from tests.planning.test_frontier import two_schools


def made(*rules: object) -> Plan:
    found = plan(two_schools(65_000_000), Scenario(rules=rules, tolerance=0))  # type: ignore[arg-type]
    assert isinstance(found, Plan)
    return found


def test_a_position_stands_at_the_most_that_its_rule_allows() -> None:
    # Two teachers of last year may change by a quarter, or by one where that is more: 3 at most, and 3.25 would be level.
    proposal = made(PositionBand(share=Decimal("0.25"), fte=Decimal(1)))
    [teachers] = line_reasons(proposal, "A")
    number = next(n for n, rule in enumerate(proposal.scenario.rules, 1) if isinstance(rule, PositionBand))
    assert (End(100, number), End(300, number)) == (teachers.least, teachers.most)
    assert 300 == teachers.change.plan
    assert number == teachers.held_by
    assert teachers.forced_by is None
    said = line_sentence(proposal, teachers)
    assert "2.00 FTE today, 3.00 FTE in the proposal" in said and f"most that is allowed by rule {number}" in said


def test_a_protected_position_stands_at_its_least() -> None:
    proposal = made(ProtectedItems(("teacher",)))
    [teachers] = line_reasons(proposal, "B")
    assert teachers.least is not None and 400 == teachers.least.amount
    assert "at the least that is allowed" in line_sentence(proposal, teachers)


def test_without_a_rule_the_schools_money_decides() -> None:
    proposal = made()
    [teachers] = line_reasons(proposal, "A")
    assert (None, None, ()) == (teachers.least, teachers.most, teachers.together)
    assert "it changes because the school's money does" in line_sentence(proposal, teachers)


@pytest.mark.parametrize("seed", range(12))
def test_every_proposal_lies_between_its_ends_and_its_payers_pay_all_of_it(seed: int) -> None:
    district = odd_district(seed) if seed % 2 else random_district(seed, 4)
    scenario = odd_scenario(seed, district) if seed % 2 else plain_scenario()
    try:
        proposal = plan(district, scenario)
    except EquityAllocError:
        return  # Refused with its reason, which other contracts test.
    if not isinstance(proposal, Plan):
        return
    for school in district.schools:
        paid = 0
        for reason in line_reasons(proposal, school.code):
            assert reason.least is None or reason.least.amount <= reason.change.plan
            assert reason.most is None or reason.change.plan <= reason.most.amount
            assert line_sentence(proposal, reason).endswith(".")
            paid += sum(cents for _, cents in reason.payers)
        assert paid == proposal.allocation.school_dollars(school.code)
