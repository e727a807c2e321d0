"""Plans against printed answers: seats of 1790, the estates of the Talmud, fair shares of a link, and water poured in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from equity_alloc.domain.district import District, Fund, Position, School, Spending, Staffing
from equity_alloc.domain.money import share_out
from equity_alloc.measures.gini import gini
from equity_alloc.objectives.even_loads import EvenLoads
from equity_alloc.objectives.smallest_load import SmallestLargestLoad
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.scenario import Scenario

# Population of 1790 by state for the first apportionment, and 105 seats by Adams's method (every fraction up).
POPULATION_1790 = {
    "CT": 236841, "DE": 55540, "GA": 70835, "KY": 68705, "MD": 278514, "MA": 475327, "NH": 141822, "NJ": 179570,
    "NY": 331589, "NC": 353523, "PA": 432879, "RI": 68446, "SC": 206236, "VT": 85533, "VA": 630560,
}  # fmt: skip
ADAMS_105 = dict(zip(POPULATION_1790, (7, 2, 2, 2, 8, 14, 4, 5, 10, 10, 12, 2, 6, 3, 18), strict=True))


def school(code: str, pupils: int = 1) -> School:
    return School(code, code, "any", pupils, pupils)


def dollars(made: Plan, schools: Sequence[School], line: str) -> list[float]:
    return [made.allocation.by_school_line.get((each.code, line), 0) / 100 for each in schools]


def house_of(seats: int) -> District:
    """Return the states of 1790 as schools, a post for each seat at a dollar, one of them Virginia's already."""
    return District(
        "United States",
        "1790",
        tuple(school(state, population) for state, population in POPULATION_1790.items()),
        positions=(Position("seat", "Seat", 100, step=100),),
        funds=(Fund("house", "House", seats * 100),),
        staffing=(Staffing("VA", "seat", "house", 100),),
    )


def test_the_smallest_largest_load_is_adams_apportionment_of_1790():
    """Every post costs a dollar, and the fund holds 105 of them; a divisor of 36,100 gives the seats by hand."""
    assert ADAMS_105 == {state: -(-people // 36_100) for state, people in POPULATION_1790.items()}
    made = plan(house_of(105), Scenario(objective=SmallestLargestLoad("seat")))
    assert isinstance(made, Plan)
    assert ADAMS_105 == {state: fte // 100 for (state, _), fte in made.allocation.fte}
    assert 3_615_920 == sum(POPULATION_1790.values())


@pytest.mark.parametrize(
    ("claims", "estate", "printed"),
    [
        ((100, 200, 300), 100, (33.33, 33.33, 33.33)),
        ((100, 200, 300), 200, (66.67, 66.67, 66.67)),
        ((100, 200, 300), 300, (100, 100, 100)),
        ((2, 2.6, 4, 5), 10, (2, 2.6, 2.7, 2.7)),
        ((50, 100, 150), 100, (33.33, 33.33, 33.33)),
        ((50, 100, 150), 200, (50, 75, 75)),
        ((50, 100, 150), 300, (50, 100, 150)),
    ],
    ids=["estate 100", "estate 200", "estate 300", "link of 10", "Talmud 100", "Talmud 200", "Talmud 300"],
)
def test_constrained_equal_awards_are_leximin_under_ceilings(claims, estate, printed):
    """Claims are last year's dollars, and nobody gains on them.

    Three claims: Schecter, on the three widows of Ketubot 93a, table of constrained equal awards. Four demands: Keshav,
    An Engineering Approach to Computer Networking, example of the max-min fair share. The Talmud's own awards, while the
    estate is at most half of the claims: the same with half of each claim.
    """
    schools = [school(f"claim {k}") for k in range(len(claims))]
    district = District(
        "Estate",
        "once",
        tuple(schools),
        funds=(Fund("estate", "Estate", estate * 100),),
        spending=tuple(
            Spending(s.code, "Claim", "estate", round(c * 100)) for s, c in zip(schools, claims, strict=True)
        ),
    )
    made = plan(district, Scenario(rules=(GainCap(Decimal(0)),), tolerance=0))
    assert isinstance(made, Plan)
    assert OutcomeKind.PROVEN is made.outcome
    has = dollars(made, schools, "Claim")
    assert has == pytest.approx(printed, abs=0.011)
    assert estate == pytest.approx(sum(has))


@pytest.mark.parametrize(
    ("base", "new", "printed"),
    [
        ((1, 4, 6, 3), 10, (5, 2, 0, 3)),
        ((5, 4, 3, 6), 10, (2, 3, 4, 1)),
        ((5, 4, 3, 6), 5, (0.6667, 1.6667, 2.6667, 0)),
        ((1, 2, 3), 2, (1.5, 0.5, 0)),
        ((0.8, 1, 1.2), 1, (0.5333, 0.3333, 0.1333)),
        ((200, 100, 0), 100, (0, 0, 100)),
        ((200, 100, 0), 200, (0, 50, 150)),
        ((200, 100, 0), 300, (0, 100, 200)),
    ],
)
def test_new_money_over_a_base_fills_like_water(base, new, printed):
    """A base that each school keeps by a rule of its own, and new money that raises the lowest first.

    First three: mathworks.com/help/phased/ref/waterfill.html, examples. Fourth: Cover and Thomas, Elements of Information
    Theory, parallel Gaussian channels. Fifth: Boyd and Vandenberghe, Convex Optimization, example 5.2, as solved with
    alpha of 0.8, 1 and 1.2. Last three: constrained equal losses on claims of 100, 200 and 300 (Schecter), where each
    starts at what the largest claim exceeds its own by.
    """
    schools = [school(f"channel {k}") for k in range(len(base))]
    cents = [round(each * 100) for each in base]
    district = District(
        "Channels",
        "once",
        tuple(schools),
        funds=(
            Fund("base", "Base", sum(cents), shared_by="last-year", lines=("Base",)),
            Fund("new", "New", new * 100, lines=("New",)),
        ),
        spending=(
            *(Spending(s.code, "Base", "base", c) for s, c in zip(schools, cents, strict=True)),
            Spending(schools[0].code, "New", "new", 0),
        ),
    )
    made = plan(district, Scenario(tolerance=0))
    assert isinstance(made, Plan)
    assert dollars(made, schools, "Base") == pytest.approx(base)
    poured = dollars(made, schools, "New")
    if base == (0.8, 1, 1.2):
        assert 0.86305 == pytest.approx(sum(np.log(np.array(base) + poured)), abs=0.01), "the printed capacity"
    assert poured == pytest.approx(printed, abs=0.011)
    assert new == pytest.approx(sum(poured))


HAMILTON = {
    105: (7, 2, 2, 2, 8, 14, 4, 5, 10, 10, 13, 2, 6, 2, 18),
    120: (8, 2, 2, 2, 9, 16, 5, 6, 11, 12, 14, 2, 7, 3, 21),
}


@pytest.mark.parametrize("seats", HAMILTON)
def test_sharing_out_by_largest_remainder_is_hamiltons_method(seats):
    """The bill of 1792 that Washington vetoed (120 seats), and what the same method gives for the 105 of the law."""
    found = share_out(seats, [Fraction(n) for n in POPULATION_1790.values()], tuple(POPULATION_1790))
    assert HAMILTON[seats] == found


JEFFERSON_105 = dict(zip(POPULATION_1790, (7, 1, 2, 2, 8, 14, 4, 5, 10, 10, 13, 2, 6, 2, 19), strict=True))


@pytest.mark.parametrize(
    "objective", [SmallestLargestLoad("seat"), *(EvenLoads("seat", aversion) for aversion in ("0", "2", "infinity"))]
)
def test_no_goal_shares_out_posts_as_the_law_of_1792_did_for_it_favors_the_large(objective):
    """One seat for every 33,000, fractions dropped: it makes the most seats for a person least, and no goal here wants that."""
    assert JEFFERSON_105 == {state: people // 33_000 for state, people in POPULATION_1790.items()}
    made = plan(house_of(105), Scenario(objective=objective))
    assert isinstance(made, Plan)
    seats = {state: fte // 100 for (state, _), fte in made.allocation.fte}
    assert 105 == sum(seats.values()) == sum(JEFFERSON_105.values())
    assert seats["VA"] < JEFFERSON_105["VA"] and seats["DE"] > JEFFERSON_105["DE"]


def test_seven_servers_for_three_people_who_value_them_differently():
    """Values 10, 15 and 8 a server: (2, 2, 3) is worth 20, 30 and 24, and no other way has a higher lowest (fairpyx)."""
    district = District(
        "Servers",
        "once",
        (school("a", 12), school("b", 8), school("c", 15)),
        positions=(Position("server", "Server", 100, step=100),),
        funds=(Fund("servers", "Servers", 7 * 100),),
    )
    made = plan(district, Scenario(tolerance=0))
    assert isinstance(made, Plan)
    assert [2, 2, 3] == [fte // 100 for _, fte in made.allocation.fte]


def test_what_sen_welfare_says_of_the_plan_that_gives_the_costly_school_nothing():
    """Mean 10 / 3, Gini 1 / 3: worth 20 / 9. Lowest first gives (2, 2, 2), worth 2: an index of spread can want nothing for one."""
    once = np.ones(3)
    nothing, equal = np.array([5.0, 5.0, 0.0]), np.array([2.0, 2.0, 2.0])
    assert 20 / 9 == pytest.approx(nothing.mean() * (1 - gini(nothing, once)))
    assert 2 == pytest.approx(equal.mean() * (1 - gini(equal, once)))
