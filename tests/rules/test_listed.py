"""Lists in rules: what is named twice counts once, for what a plan is asked and for what is checked."""

from __future__ import annotations

from decimal import Decimal

from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.new_money_share import NewMoneyShare, new_money
from equity_alloc.scenario import Scenario
from tests.districts import random_district


def test_a_position_that_is_listed_twice_gets_its_share_of_new_money_once():
    district = random_district(2, 6)
    made = plan(district, Scenario(rules=(NewMoneyShare(("counselor", "counselor"), Decimal("0.5")),)))
    assert isinstance(made, Plan)
    price = district.position_of["counselor"].cost
    added = made.allocation.position_fte("counselor") - district.today.position_fte("counselor")
    assert added * price / 100 >= new_money(district) / 2
