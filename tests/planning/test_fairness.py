"""The price of fairness on networks where it is published to be as large as it can be, and what a plan is worth."""

from __future__ import annotations

from fractions import Fraction

import pytest

from equity_alloc.objectives.base import RaiseEquivalent, Unit
from equity_alloc.planning.fairness import new_core, price_in, total_price, worths
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.sources.sample import sample_district, sample_reading
from tests.coupled import ONE, coupled


@pytest.mark.parametrize(
    ("links", "long", "aversion", "price"),
    [
        # math.md, PUB-5, after Bertsimas, Farias and Trichakis: k short flows on a link each, m long ones over all links.
        (3, 6, 1, 4 / 9),
        (3, 2, None, 4 / 9),
        (4, 12, 1, 0.5625),
        (2, 1, 2, 0.2071067812),
    ],
)
def test_long_flows_pay_the_published_price_of_fairness(
    links: int, long: int, aversion: int | None, price: float
) -> None:
    short, far = [f"s{k}" for k in range(links)], [f"t{k}" for k in range(long)]
    rows = [({own: 1, **dict.fromkeys(far, 1)}, 1.0) for own in short]
    cells, cuts = coupled([*short, *far], rows)
    units = tuple(Unit(code, Fraction(1), ((code, Fraction(1, ONE)),)) for code in [*short, *far])
    among = None if aversion is None else Fraction(aversion)
    stage = RaiseEquivalent("flows", units, "flow", among, None, None, one_a_school=True)
    found = price_in(cells, cuts, stage)
    assert found.best == pytest.approx(links * ONE)
    assert found.share == pytest.approx(price, abs=1e-5)


def made() -> Plan:
    scenario = sample_reading().scenario
    assert scenario is not None
    found = plan(sample_district(), scenario)
    assert isinstance(found, Plan)
    return found


def test_where_all_money_is_shared_out_either_way_fairness_takes_nothing_from_the_total() -> None:
    proposal = made()
    found = total_price(proposal.district, proposal.scenario)
    assert found is not None
    # By hand: what core funds leave for schools is $133,816,000.
    assert found.best == pytest.approx(13_381_600_000)
    assert found.share == pytest.approx(0, abs=1e-9)


def test_a_plan_is_worth_its_rise_in_the_equal_level_times_the_weighted_pupils() -> None:
    proposal = made()
    pupils = float(sum(proposal.view.weighted_pupils.values()))
    found = worths(proposal)
    assert ["1", "2", "5", "infinity"] == [each.setting for each in found]
    for each in found:
        assert each.cents == pytest.approx((each.plan - each.today) * pupils * 100)
    # The more the lowest count, the more a plan that raises them is worth.
    assert [each.cents for each in found] == sorted(each.cents for each in found)
    assert found[0].cents > new_core(proposal)
