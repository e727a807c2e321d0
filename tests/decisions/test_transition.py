"""The way from last year to the plan: never beyond the cap, and there at last or never."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_alloc.decisions.transition import transition, transition_of
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.gains_losses import Payer

money = st.integers(1_000, 5_000_000)


@settings(max_examples=60)
@given(st.lists(st.tuples(money, money), min_size=2, max_size=8), st.sampled_from(["0", "0.01", "0.05", "0.5"]),
       st.sampled_from([None, "0.03", "0.2"]), st.sampled_from([Payer.GAINS, Payer.RESERVE]))  # fmt: skip
def test_no_school_moves_by_more_than_the_cap_in_any_year(pairs, loss, gain, payer):
    before = {f"{n}": last for n, (last, _) in enumerate(pairs)}
    target = {f"{n}": wanted for n, (_, wanted) in enumerate(pairs)}
    most_gain = None if gain is None else Decimal(gain)
    way = transition_of(before, target, most_loss=Decimal(loss), most_gain=most_gain, payer=payer)
    now = before
    for year in way.years:
        for school in year.schools:
            assert school.final >= now[school.school] * (1 - Decimal(loss))
            if most_gain is not None:
                assert school.final <= now[school.school] * (1 + most_gain)
        now = {school.school: school.final for school in year.schools}
    for code, when in way.reached.items():
        assert (now[code] == target[code]) == (when is not None)
        if when is not None:
            assert {target[code]} == set(way.amounts(code)[when - 1 :])


def test_the_years_of_a_hand_worked_way():
    # 1,000 to 900 at 4 % a year: 960, 921.60, 900. What is kept beyond the plan is paid by the gains.
    way = transition_of(
        {"A": 100000, "B": 100000}, {"A": 90000, "B": 110000}, most_loss=Decimal("0.04"), most_gain=None
    )
    assert (96000, 92160, 90000) == way.amounts("A")
    assert (104000, 107840, 110000) == way.amounts("B")
    assert {"A": 3, "B": 3} == way.reached
    assert [6000, 2160, 0] == [way.held(year) for year in (1, 2, 3)]


def test_a_cap_of_nothing_never_gets_there():
    way = transition_of({"A": 1000, "B": 1000}, {"A": 900, "B": 1100}, most_loss=Decimal(0), most_gain=None)
    assert None is way.last and None is way.reached["A"]
    assert "never gets" in way.words("A", "A")


def test_a_share_out_of_range_is_refused():
    with pytest.raises(InvalidValue, match="from 0 to 1"):
        transition_of({"A": 1}, {"A": 1}, most_loss=Decimal(2), most_gain=None)


def test_the_sample_gets_to_its_plan(sample_plan):
    way = transition(sample_plan, most_loss=Decimal("0.01"), most_gain=None)
    assert way.last is not None
    assert {0} == {year.imbalance for year in way.years}
