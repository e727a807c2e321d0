"""Gains and losses: what does not add up is told, gainers are kept, and the way to the formula arrives there."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.facts import DistrictFacts, SchoolFacts
from equity_alloc.formulas.gains_losses import Compared, GainsAndLosses, Payer
from equity_alloc.formulas.phase_in import phase_in, settle
from equity_alloc.formulas.ways_out import ways_out
from equity_alloc.formulas.who_pays import EquityCost, equity_cost

LAST = {"A": 3_000_000_00, "B": 2_000_000_00, "C": 5_000_000_00}
NOW = {"A": 2_500_000_00, "B": 2_400_000_00, "C": 5_100_000_00}


def test_clipping_that_does_not_balance_is_told_in_dollars() -> None:
    settled = settle(LAST, NOW, GainsAndLosses(Decimal("0.05"), Decimal("0.10"), payer=Payer.NOBODY))
    assert 150_000_00 == settled.imbalance
    assert "This does not add up: $150,000 more than there is." in settled.words
    assert 350_000_00 == settled.held_up
    assert 200_000_00 == settled.held_back


def seeded(seed: int) -> tuple[dict[str, int], dict[str, int]]:
    draw = random.Random(seed)
    last = {f"{n:02d}": draw.randint(10**7, 10**9) for n in range(15)}
    return last, {code: int(amount * draw.uniform(0.7, 1.4)) for code, amount in last.items()}


@pytest.mark.parametrize("seed", range(20))
def test_no_school_that_the_formula_raises_is_cut_and_the_rest_adds_up_or_is_told(seed: int) -> None:
    last, now = seeded(seed)
    policy = GainsAndLosses(Decimal("0.02"), Decimal("0.10"))
    settled = settle(last, now, policy)
    for school in settled.schools:
        if school.formula >= school.last_year:
            assert school.final >= school.last_year
        assert school.final >= (school.floor or 0)
        assert school.ceiling is None or school.final <= school.ceiling
    assert sum(school.final for school in settled.schools) == settled.pot + settled.imbalance
    if settled.imbalance > 0:
        assert all(s.final == max(s.last_year, s.floor or 0) or s.limited < s.last_year for s in settled.schools)
        way = ways_out(settled)
        assert way is not None
        assert settled.imbalance == way.money


@pytest.mark.parametrize("seed", range(6))
def test_the_way_out_balances_and_a_thousandth_less_does_not(seed: int) -> None:
    last, now = seeded(seed)
    settled = settle(last, now, GainsAndLosses(Decimal(0)), pot=sum(now.values()) * 97 // 100)
    way = ways_out(settled)
    if way is None or way.most_loss is None or way.most_loss == 0:
        return
    assert settle(last, now, GainsAndLosses(way.most_loss), pot=settled.pot).imbalance <= 0
    less = way.most_loss - Decimal("0.001")
    assert settle(last, now, GainsAndLosses(less), pot=settled.pot).imbalance > 0


def test_three_phases_end_at_the_formula() -> None:
    years = phase_in(LAST, NOW, GainsAndLosses(), [Decimal(1) / 3, Decimal(2) / 3, Decimal(1)])
    # A third of 500,000 is 166,666.67 less a third of a cent: the cent that is left over goes to one of three schools.
    for expected, year in zip((2_833_333_33, 2_666_666_67, 2_500_000_00), years, strict=True):
        assert abs(expected - year.schools[0].final) <= 1
    assert NOW == {school.school: school.final for school in years[-1].schools}
    assert all(0 == year.imbalance for year in years)


def test_pupils_are_needed_where_change_is_compared_per_pupil() -> None:
    with pytest.raises(InvalidValue, match="enrollment"):
        settle(LAST, NOW, GainsAndLosses(Decimal("0.05"), compared=Compared.PUPIL))
    with pytest.raises(InvalidValue, match="different schools"):
        settle(LAST, {"A": 1}, GainsAndLosses())


def test_the_cost_in_equity_is_what_a_groups_pupil_has_against_any_other() -> None:
    # A: 100 pupils, none poor, held up by 10,000 = 100 each. B: 100 pupils, all poor, held back by as much.
    settled = settle(
        {"A": 1_000_000_00, "B": 1_000_000_00},
        {"A": 980_000_00, "B": 1_020_000_00},
        GainsAndLosses(Decimal("0.01"), payer=Payer.GAINS),
    )
    facts = DistrictFacts(
        "D",
        "2025-26",
        (
            SchoolFacts("A", "A", "high", (("enrollment", 100), ("poor", 0))),
            SchoolFacts("B", "B", "high", (("enrollment", 100), ("poor", 100))),
        ),
    )
    cost = equity_cost(settled, facts, "poor")
    assert (Fraction(-100_00), Fraction(100_00), Fraction(200_00)) == (cost.per_member, cost.per_other, cost.gap)
    assert (
        "A pupil in poor has $100 less than the formula gives, any other pupil $100 more. The group is $200 per pupil worse "
        "off than other pupils."
    ) == cost.words


@pytest.mark.parametrize(
    ("member", "other", "words"),
    [
        # As a district's page showed it: both above the formula.
        (
            117_873,
            148_814,
            (
                "has $1,179 more than the formula gives, any other pupil $1,488 more. "
                "The group gets $309 less of the extra than other pupils."
            ),
        ),
        (
            5_000,
            2_000,
            (
                "has $50 more than the formula gives, any other pupil $20 more. "
                "The group gets $30 more of the extra than other pupils."
            ),
        ),
        (
            -5_000,
            -2_000,
            (
                "has $50 less than the formula gives, any other pupil $20 less. "
                "$30 more is held back per pupil of the group than per other pupil."
            ),
        ),
        (
            0,
            -2_000,
            (
                "has exactly what the formula gives, any other pupil $20 less. "
                "$20 less is held back per pupil of the group than per other pupil."
            ),
        ),
        (
            150,
            0,
            (
                "has $1.50 more than the formula gives, any other pupil exactly that. "
                "The group gets $1.50 more of the extra than other pupils."
            ),
        ),
        (
            2_000,
            2_000,
            ("has $20 more than the formula gives, any other pupil $20 more. The group fares like other pupils."),
        ),
    ],
)
def test_the_cost_in_equity_says_more_or_less_than_the_formula(member: int, other: int, words: str) -> None:
    assert f"A pupil in poor {words}" == EquityCost("poor", Fraction(member), Fraction(other)).words


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({}, "Every school gets exactly what the formula gives."),
        ({"most_loss": Decimal(0)}, "$50 go to schools beyond the formula, and none of the formula is held back."),
        ({"most_gain": Decimal(0)}, "No school gets more than the formula, and $50 of it are held back. $50 are left"),
        (
            {"most_loss": Decimal(0), "payer": Payer.GAINS},
            "$50 go to schools beyond the formula, and $50 of the formula",
        ),
    ],
)
def test_the_words_name_only_what_there_is(limits, told):
    """B gains $50 and A loses $50."""
    policy = GainsAndLosses(**{"payer": Payer.NOBODY, **limits})
    assert settle({"A": 100_00, "B": 100_00}, {"A": 50_00, "B": 150_00}, policy).words.startswith(told)
