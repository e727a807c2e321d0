"""The dial against closed forms and printed tables: where rules couple schools, its settings differ and each is known."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import numpy as np
import pytest

from equity_alloc.domain.district import District, Fund, Position, School
from equity_alloc.measures.kolm_pollak import kolm_pollak_equivalent
from equity_alloc.objectives.base import RaiseEquivalent, Unit
from equity_alloc.objectives.level_dial import RaiseByDial
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.raising import raise_by_dial
from equity_alloc.planning.search import plan
from equity_alloc.scenario import Scenario
from equity_alloc.solver.projected import build_projected
from equity_alloc.solver.welfare import Raised, raise_equivalent
from tests.coupled import ONE, coupled, dial


def raised(schools: list[str], rows: list, stage: RaiseEquivalent) -> Raised:
    cells, cuts = coupled(schools, rows)
    return raise_equivalent(build_projected(cells, cuts), stage)


@pytest.mark.parametrize(
    ("aversion", "expected"),
    [
        (Fraction(1), (10 / 3, 10 / 3, 10 / 9)),
        (Fraction(2), (2.679492, 2.679492, 1.546947)),
        (None, (2, 2, 2)),
    ],
    ids=["Nash", "alpha 2", "lowest first"],
)
def test_a_costly_school_gets_what_each_setting_says(aversion, expected):
    """x1 + x2 + 3 x3 <= 10. By hand: Nash spends a third of 10 on each; alpha 2 has x3 = x1 / sqrt(3); equal are 10 / 5."""
    found = raised(["a", "b", "c"], [({"a": 1, "b": 1, "c": 3}, 10)], dial("abc", aversion))
    assert found.levels == pytest.approx(expected, rel=2e-4)
    assert found.bound == pytest.approx(found.equivalent, rel=1e-8)
    assert found.bound >= found.equivalent


def test_most_in_total_gives_the_costly_school_nothing_and_enough_is_enough_stops_at_three():
    rows = [({"a": 1, "b": 1, "c": 3}, 10)]
    total = raised(["a", "b", "c"], rows, dial("abc", Fraction(0)))
    assert 10 == pytest.approx(total.levels.sum())
    assert 0 == pytest.approx(total.levels[2], abs=1e-6)
    enough = raised(["a", "b", "c"], rows, dial("abc", Fraction(0), ceiling=3))
    assert enough.levels == pytest.approx((3, 3, 4 / 3))


def linear_network(short: int, long: int) -> tuple[list[str], list]:
    """Return links of capacity one, each with a short flow of its own and every long flow."""
    longs = [f"l{k}" for k in range(long)]
    names = [f"s{k}" for k in range(short)] + longs
    return names, [({f"s{k}": 1, **dict.fromkeys(longs, 1)}, 1.0) for k in range(short)]


@pytest.mark.parametrize(
    ("short", "long", "aversion", "long_flow", "price"),
    [
        (3, 6, Fraction(1), 1 / 9, 0.44444),
        (3, 2, None, 1 / 3, 0.44444),
        (4, 12, Fraction(1), 1 / 16, 0.5625),
        (2, 1, Fraction(2), 0.414214, 0.207107),
    ],
)
def test_the_price_of_fairness_in_a_linear_network_is_what_theory_says(short, long, aversion, long_flow, price):
    """Bertsimas, Farias and Trichakis (2011), tight instances: a long flow gets 1 / (m + k^(1/alpha))."""
    names, rows = linear_network(short, long)
    found = raised(names, rows, dial(names, aversion))
    assert found.levels[short:] == pytest.approx([long_flow] * long, rel=1e-3)
    assert found.levels[:short] == pytest.approx([1 - long * long_flow] * short, rel=1e-3)
    assert price == pytest.approx(1 - found.levels.sum() / short, abs=2e-4)


def shared_goods(values: list[list[int]]) -> tuple[list[str], list, list[Unit]]:
    """Return goods that can be divided: a cell for each person and good, and each person's level."""
    people, goods = range(len(values)), range(len(values[0]))
    names = [f"p{i}g{j}" for i in people for j in goods]
    rows = [({f"p{i}g{j}": 1 for i in people}, 1.0) for j in goods]
    units = [
        Unit(
            f"person {i}",
            Fraction(1),
            tuple((f"p{i}g{j}", Fraction(values[i][j], ONE)) for j in goods if values[i][j]),
        )
        for i in people
    ]
    return names, rows, units


@pytest.mark.parametrize(
    ("values", "printed"),
    [
        ([[5, 3, 0, 0], [2, 4, 9, 0]], (8, 9)),
        ([[5, 3, 0, 0], [2, 4, 7, 0]], (7.5714, 7.5714)),
        ([[3, 0, 0], [0, 4, 0], [5, 5, 5]], (3, 4, 5)),
        ([[4, 0, 0], [0, 3, 0], [5, 5, 10], [5, 5, 10]], (4, 3, 5, 5)),
    ],
)
def test_divided_goods_have_their_printed_leximin_levels(values, printed):
    """README and examples of the packages cvxpy_leximin (first two) and fairpyx (last two)."""
    names, rows, units = shared_goods(values)
    found = raised(names, rows, dial(units, None))
    assert found.levels == pytest.approx(printed, abs=1e-4)


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (["bce", "ac", "d"], (2 / 3, 1 / 3, 1 / 3, 1, 1 / 3)),
        (["bce", "ac", "cd", "d"], (2 / 3, 1 / 3, 1 / 3, 2 / 3, 1 / 3)),
    ],
)
def test_max_min_fair_flows_of_five_sessions(links, expected):
    """Bertsekas and Gallager, Data Networks, section 6.5.2: raise all until a link is full, fix its sessions, go on."""
    rows = [(dict.fromkeys(link, 1), 1.0) for link in links]
    cells, cuts = coupled(list("abcde"), rows)
    found = raise_by_dial(cells, cuts, dial("abcde", None))
    assert found.levels == pytest.approx(expected, abs=1e-6)


def test_the_case_in_which_fixing_all_that_stand_at_the_lowest_level_is_wrong():
    """u1 <= 1, u1 + u2 + u3 <= 4: the others rise to 1.5 after the first has stopped."""
    cells, cuts = coupled(list("abc"), [({"a": 1}, 1.0), ({"a": 1, "b": 1, "c": 1}, 4.0)])
    assert raise_by_dial(cells, cuts, dial("abc", None)).levels == pytest.approx((1, 1.5, 1.5))


# Population of 1790 by state, and 105 seats by Adams's method: Vermont has one more and Pennsylvania one fewer than by Webster's.
ADAMS_1790 = {
    "CT": (236841, 7), "DE": (55540, 2), "GA": (70835, 2), "KY": (68705, 2), "MD": (278514, 8), "MA": (475327, 14),
    "NH": (141822, 4), "NJ": (179570, 5), "NY": (331589, 10), "NC": (353523, 10), "PA": (432879, 12), "RI": (68446, 2),
    "SC": (206236, 6), "VT": (85533, 3), "VA": (630560, 18),
}  # fmt: skip


@pytest.mark.parametrize("aversion", ["1", "2", "5", "infinity"])
def test_the_lowest_level_raised_in_whole_posts_gives_adamss_seats_of_1790(aversion):
    """Balinski and Young, Fair Representation: Adams's method makes the fewest seats for each person as many as can be.

    By hand: a divisor of 36,080 and rounding up give 105. Each finite aversion wants the same seats here: by the product of
    levels 85,533 ln(3/2) = 34,681 for Vermont outweighs 432,879 ln(13/12) = 34,649 for Pennsylvania, and by more beyond 1.
    """
    assert {state: ceil(people / 36_080) for state, (people, _) in ADAMS_1790.items()} == {
        state: seats for state, (_, seats) in ADAMS_1790.items()
    }
    district = District(
        "United States",
        "1790",
        tuple(School(state, state, "any", people, people) for state, (people, _) in ADAMS_1790.items()),
        positions=(Position("seat", "Seat", 100, step=100),),
        funds=(Fund("house", "House", 105 * 100),),
    )
    made = plan(district, Scenario(objective=RaiseByDial(aversion), tolerance=0))
    assert isinstance(made, Plan)
    assert {state: seats for state, (_, seats) in ADAMS_1790.items()} == {
        state: fte // 100 for (state, _), fte in made.allocation.fte
    }


# Assignment of 30 origins to facilities, distance and population, with the score that was published beside it.
DISTANCES = (
    142.2, 307.2, 122.2, 229.3, 232.0, 270.6, 36.8, 125.2, 261.1, 275.0, 195.7, 221.8, 267.6, 160.0, 52.8, 465.5, 109.6,
    193.8, 91.0, 88.6, 247.7, 148.2, 309.3, 192.9, 86.1, 364.7, 271.3, 309.6, 404.4, 94.1,
)  # fmt: skip
POPULATIONS = (
    11, 17, 8, 20, 10, 11, 15, 6, 18, 17, 17, 15, 19, 18, 12, 12, 8, 6, 6, 12, 18, 5, 15, 8, 19, 14, 5, 8, 7, 18,
)  # fmt: skip


def test_the_published_score_of_distances_to_facilities():
    """github.com/dskipper/equitable-facility-location, data/test_data/results/out_basic_cartesian_summary.csv (MIT).

    That program's scaling factor squares population times distance, so its strength is weaker than its own formula says;
    with its factor the score is reproduced, and with the documented one the score is higher.
    """
    far, people = np.array(DISTANCES), np.array(POPULATIONS, float)
    strength = 0.00026958024881589996
    assert 211.44906666666668 == pytest.approx(kolm_pollak_equivalent(far, people, 0.0, is_burden=True), rel=1e-12)
    assert 212.8540781980615 == pytest.approx(kolm_pollak_equivalent(far, people, strength, is_burden=True), rel=1e-12)
    product = far * people
    assert strength == pytest.approx(product.sum() / (product**2).sum(), rel=1e-12)
    documented = product.sum() / (people @ far**2)
    assert kolm_pollak_equivalent(far, people, documented, is_burden=True) > 225
