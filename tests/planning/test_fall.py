"""The fall re-allocation: hand-calculated districts, brute force, and what must never happen."""

from __future__ import annotations

import dataclasses
import itertools
import random
from decimal import Decimal
from types import SimpleNamespace

import numpy as np
import pytest

from equity_alloc.domain.district import CentralSpending, District, Fund, Position, School, Spending, Staffing
from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.domain.recount import Recount, recounted, share_grades
from equity_alloc.planning.certify import certify
from equity_alloc.planning.fall import Fall, reallocate
from equity_alloc.planning.fall_problem import fewest_possible
from equity_alloc.planning.fall_terms import FallTerms, Givers, Reserve, likely_reserve, reserves
from equity_alloc.planning.fall_words import fall_sentences, lack_words
from equity_alloc.planning.nearness import nearness_of
from equity_alloc.planning.search import plan
from equity_alloc.reports.certificate_rows import certificate_rows
from equity_alloc.rules.base import Force
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.scenario import Scenario
from tests.districts import plain_scenario, random_district

CAP = StaffingLeast("teacher", pupils_per_fte=Decimal(20), force=Force.CONTRACT)


def town(*pupils: int, teachers: tuple[int, ...], contingency: int = 0) -> District:
    """Return schools with teachers (FTE) at $100,000 in halves, a line that stays, and a contingency in dollars."""
    schools = tuple(School(f"{k}", f"School {k}", "any", n, n) for k, n in enumerate(pupils))
    amount = sum(teachers) * 100_000_00 + len(pupils) * 1_000_00 + contingency * 100
    return District(
        "Town",
        "2026-27",
        schools,
        positions=(Position("teacher", "Teacher", 100_000_00, step=50, smallest=50),),
        funds=(Fund("general", "General", amount),),
        staffing=tuple(Staffing(f"{k}", "teacher", "general", n * 100) for k, n in enumerate(teachers)),
        spending=tuple(Spending(s.code, "Supplies", "general", 1_000_00) for s in schools),
        central=(CentralSpending("Fall contingency", "general", contingency * 100),) if contingency else (),
    )


def fall_of(
    district: District, *counts: int, dollars: int = 0, rules: tuple = (CAP,), terms: FallTerms | None = None
) -> Fall:
    reserve = Reserve("general", "Fall contingency", dollars * 100) if dollars else None
    terms = dataclasses.replace(terms or FallTerms(), reserve=reserve)
    now = [Recount(f"{k}", n) for k, n in enumerate(counts)]
    return reallocate(district, Scenario(rules=rules), district.today, now, terms)


def test_a_post_moves_from_the_school_that_lost_pupils_to_the_one_that_gained_them():
    """Caps of 20: 100, 100, 100 pupils have 5 teachers each; at 80, 100, 115 the last needs 6 and the first can give."""
    found = fall_of(town(100, 100, 100, teachers=(5, 5, 5)), 80, 100, 115)
    assert [("0", "2", 100)] == [(m.giver, m.taker, m.fte) for m in found.moves.moves]
    assert found.is_repaired and found.is_fewest
    assert 0 == found.used
    assert 1 == len(found.broken)


def test_the_reserve_comes_before_a_move_and_only_as_far_as_it_reaches():
    """Two posts lack at $100,000 each; $150,000 pay for one and a half, so half a post must move."""
    district = town(100, 100, 140, teachers=(5, 5, 5), contingency=150_000)
    found = fall_of(district, 80, 100, 140, dollars=150_000)
    assert 150 == found.moves.new and 50 == found.moves.taken
    assert 150_000_00 == found.used
    assert found.is_fewest
    assert found.plan.certificate.is_kept


def test_the_certificate_of_a_repair_claims_the_fewest_moves_and_nothing_of_levels():
    found = fall_of(town(100, 100, 140, teachers=(5, 5, 5), contingency=150_000), 80, 100, 140, dollars=150_000)
    near = nearness_of(found.plan)
    assert (0.5, 0.5, 0.0, "FTE taken from schools") == (near.reached, near.bound, near.gap, near.unit)
    [row] = [row for row in certificate_rows(found.plan) if row and row[0] == "Goal"]
    assert "FTE taken from schools" in row[1]


def test_no_reserve_is_said_in_words_and_not_as_zero_dollars():
    district = town(100, 100, 140, teachers=(5, 5, 5), contingency=150_000)
    said = " ".join(fall_sentences(fall_of(district, 80, 100, 140, dollars=0)))
    assert "No reserve is used." in said
    assert "$0" not in said


def test_enough_reserve_moves_nobody():
    district = town(100, 100, 140, teachers=(5, 5, 5), contingency=900_000)
    found = fall_of(district, 80, 100, 140, dollars=900_000)
    assert 0 == found.moves.taken and 200 == found.moves.new and 200_000_00 == found.used
    assert "No plan can do with fewer moves" in " ".join(fall_sentences(found))


def test_what_cannot_be_repaired_is_named_with_its_money():
    """Nobody has a post to spare: two posts lack at $100,000, $100,000 are there, so $100,000 more would do."""
    district = town(100, 100, 140, teachers=(5, 5, 5), contingency=100_000)
    found = fall_of(district, 100, 100, 140, dollars=100_000)
    assert not found.is_repaired
    assert 100 == found.moves.new and 0 == found.moves.taken
    assert 100_000_00 == found.missing
    assert ["Short by 1.00 FTE. That is $100,000."] == [
        words.split("at least 7.00. ")[1] for words in lack_words(found)
    ]
    assert not found.plan.certificate.is_kept
    assert "$100,000 more in General would repair the rest" in " ".join(fall_sentences(found))


def test_only_schools_with_fewer_pupils_give_where_the_terms_say_so():
    district = town(90, 100, 100, teachers=(6, 5, 5))
    anyone = fall_of(district, 90, 80, 115)
    fallen = fall_of(district, 90, 80, 115, terms=FallTerms(givers=Givers.FALLEN, fewer=10))
    nobody = fall_of(district, 90, 80, 115, terms=FallTerms(givers=Givers.NONE))
    assert {"0", "1"} >= {m.giver for m in anyone.moves.moves}
    assert {"1"} == {m.giver for m in fallen.moves.moves}
    assert not nobody.is_repaired and () == nobody.moves.moves


def test_a_weaker_rule_gives_way_only_where_it_must():
    """The last school may not gain more than 1 %; law comes first, and the certificate lists only what is kept."""
    cap = GainCap(Decimal("0.01"), force=Force.POLICY)
    found = fall_of(town(100, 100, 100, teachers=(5, 5, 5)), 80, 100, 115, rules=(CAP, cap))
    assert found.is_repaired
    assert ["gain-cap"] == [breach.rule for breach in found.gave_way]
    # The plan that leaves is certified without this rule, so its documents name it.
    told = (
        "Left out here, because the new counts or the repair break it: No school gains more than a share of last year."
    )
    assert told in found.plan.scenario.note
    assert "gain-cap" not in {rule.code for rule in found.plan.certificate.rules}
    loose = fall_of(
        town(100, 100, 100, teachers=(5, 5, 5)), 80, 100, 115, rules=(CAP, GainCap(Decimal("0.5"), force=Force.POLICY))
    )
    assert () == loose.gave_way
    assert "Left out" not in loose.plan.scenario.note
    assert "gain-cap" in {rule.code for rule in loose.plan.certificate.rules}


def test_counts_that_break_nothing_move_nothing():
    found = fall_of(town(100, 100, teachers=(5, 5)), 97, 99)
    assert not found.broken and () == found.moves.moves
    assert found.plan.allocation == found.adopted
    assert fall_sentences(found)[0].startswith("Nothing has to move")


def brute_force(district: District, counts: list[int], dollars: int) -> int | None:
    """Return the fewest half posts taken from schools, by trying every way to place them."""
    before = [row.fte // 50 for row in district.staffing]
    best = None
    extra = dollars // 50_000
    for posts in itertools.product(*(range(b + 5) for b in before)):
        if not sum(before) <= sum(posts) <= sum(before) + extra:
            continue
        if all(p * 10 >= n for p, n in zip(posts, counts, strict=True)):
            taken = sum(max(0, b - p) for b, p in zip(before, posts, strict=True))
            best = taken if best is None else min(best, taken)
    return best


@pytest.mark.parametrize("seed", range(25))
def test_no_way_to_place_half_posts_takes_fewer(seed):
    draw = random.Random(seed)
    teachers = tuple(draw.randint(2, 5) for _ in range(4))
    # A third of the towns are so full that not every one of them can be repaired.
    planned = [draw.randint((10 if seed % 3 else 18) * t, 20 * t) for t in teachers]
    counts = [max(1, n + draw.randint(-25, 25)) for n in planned]
    dollars = draw.choice([0, 50_000, 100_000, 270_000])
    district = town(*planned, teachers=teachers, contingency=dollars)
    found = fall_of(district, *counts, dollars=dollars)
    best = brute_force(district, counts, dollars)
    if best is None:
        assert not found.is_repaired
        return
    assert found.is_repaired
    assert best * 50 == found.moves.taken
    assert found.fewest <= found.moves.taken


def with_reserve(district: District, cents: int) -> District:
    """Return the district with so much more in its first fund, held back for the fall."""
    first, *others = district.funds
    held = CentralSpending("Fall contingency", first.code, cents)
    funds = (dataclasses.replace(first, amount=first.amount + cents), *others)
    return dataclasses.replace(district, funds=funds, central=(*district.central, held))


@pytest.mark.parametrize("seed", range(8))
def test_the_auditor_passes_whatever_was_found_and_the_money_ties(seed):
    district, scenario = random_district(seed, 7), plain_scenario()
    if seed % 2:
        district = with_reserve(district, 20_000_000)
    cap = StaffingLeast("teacher", pupils_per_fte=Decimal(19), force=Force.LAW)
    made = plan(district, dataclasses.replace(scenario, rules=scenario.rules))
    draw = random.Random(seed)
    counts = [
        Recount(s.code, max(s.group("poor"), s.group("el"), round(s.enrollment * draw.uniform(0.95, 1.06))))
        for s in district.schools
    ]
    with_cap = dataclasses.replace(scenario, rules=(*scenario.rules, cap))
    terms = FallTerms(likely_reserve(made.view.district, made.allocation))
    found = reallocate(district, with_cap, made.allocation, counts, terms)
    again = certify(found.plan.district, found.plan.scenario, found.plan.allocation)
    assert again == found.plan.certificate
    if found.is_repaired:
        assert again.is_kept
    before, after = made.allocation, found.plan.allocation
    for position in district.positions:
        assert after.position_fte(position.code) >= before.position_fte(position.code)
    assert before.by_school_line == after.by_school_line
    cap_of = found.terms.reserve.amount if found.terms.reserve else 0
    assert after.total <= before.total + cap_of + sum(f.amount for f in district.funds if f.shared_by)
    assert bool(seed % 2) == bool(found.terms.reserve)
    assert found.used <= cap_of


def test_the_order_of_counts_and_schools_decides_nothing():
    district = town(100, 100, 100, 100, teachers=(5, 5, 5, 5))
    counts = [Recount("0", 80), Recount("1", 80), Recount("2", 115), Recount("3", 100)]
    scenario = Scenario(rules=(CAP,))
    one = reallocate(district, scenario, district.today, counts, FallTerms())
    other = reallocate(district, scenario, district.today, counts[::-1], FallTerms())
    assert one.plan.allocation == other.plan.allocation and one.moves == other.moves


def test_money_that_a_line_must_give_up_pays_for_posts_in_the_bound():
    """Two posts lack at $100; $120 are there, and a line falls from $300 to $250: $170 pay for 1.7, so half a post moves."""
    adopted = np.array([[200, 300_00], [100, 0]])
    least = np.array([[350, 250_00], [150, 0]])
    cells = SimpleNamespace(n_positions=1, price=np.array([100_00]), step=np.array([50]), least=least)
    problem = SimpleNamespace(cells=cells, adopted=adopted, lacking=np.array([[150, 0], [50, 0]]))
    assert 50 == fewest_possible(problem, 120_00)


def test_posts_in_odd_parts_are_not_counted_up_to_whole_steps():
    """1.25 FTE were adopted where posts come in halves: a quarter that lacks may come as a quarter."""
    adopted = np.array([[125], [125]])
    cells = SimpleNamespace(n_positions=1, price=np.array([100_00]), step=np.array([50]), least=adopted)
    assert 25 == fewest_possible(SimpleNamespace(cells=cells, adopted=adopted, lacking=np.array([[25], [0]])), 0)


def test_the_only_school_gives_up_no_post_to_pay_for_another():
    district = town(100, teachers=(5,))
    nurse = Position("nurse", "Nurse", 50_000_00, step=50, smallest=50)
    district = dataclasses.replace(district, positions=(*district.positions, nurse))
    rules = (StaffingLeast("nurse", pupils_per_fte=Decimal(100), force=Force.CONTRACT),)
    found = fall_of(district, 60, rules=rules)
    assert not found.is_repaired and () == found.moves.moves
    assert "Choose a reserve to see" in " ".join(fall_sentences(found))


def test_money_said_to_be_missing_repairs_everything_where_another_fund_has_money_of_no_use():
    """Special money pays for aides only, and an aide at 0 is not needed: it must not be counted toward teachers."""
    district = town(100, 100, 140, teachers=(5, 5, 5), contingency=100_000)
    aide = Position("aide", "Aide", 30_000_00, step=50, smallest=50)
    special = Fund("special", "Special", 90_000_00, positions=("aide",), lines=())
    district = dataclasses.replace(
        district,
        positions=(*district.positions, aide),
        funds=(*district.funds, special),
        staffing=(*district.staffing, Staffing("0", "aide", "special", 300)),
    )
    found = fall_of(district, 100, 100, 140, dollars=100_000)
    assert 100_000_00 == found.missing
    reserve = Reserve("general", "Fall contingency", 200_000_00)
    more = dataclasses.replace(
        district,
        funds=(dataclasses.replace(district.funds[0], amount=district.funds[0].amount + 100_000_00), special),
        central=(CentralSpending("Fall contingency", "general", 200_000_00),),
    )
    assert fall_of(more, 100, 100, 140, terms=FallTerms(reserve), dollars=200_000).is_repaired


def test_a_search_that_did_not_end_claims_nothing_about_the_fewest():
    found = fall_of(town(100, 100, 140, teachers=(5, 5, 5)), 80, 100, 120)
    short = dataclasses.replace(found, fewest=0, is_settled=False)
    assert "was not settled" in " ".join(fall_sentences(short))
    left = fall_of(town(100, 100, 140, teachers=(5, 5, 5)), 100, 100, 140)
    assert "the most that was found" in fall_sentences(dataclasses.replace(left, is_settled=False))[0]


@pytest.mark.parametrize(
    ("counts", "error", "words"),
    [
        ((Recount("9", 3),), UnknownCode, "no school with code 9"),
        ((Recount("0", -1),), InvalidValue, "below zero"),
        ((Recount("0", 3), Recount("0", 4)), InvalidValue, "counted twice"),
        ((Recount("0", 3, (("el", 2),)),), UnknownCode, "no student group el"),
        ((Recount("0", 30, (), (("K", 10), ("1", 19))),), InvalidValue, "add up to 29"),
    ],
    ids=["unknown", "negative", "twice", "group", "grades"],
)
def test_counts_that_cannot_be_are_refused_with_the_reason(counts, error, words):
    with pytest.raises(error, match=words):
        recounted(town(100, teachers=(5,)), counts)


def test_a_group_larger_than_its_school_is_refused_and_one_for_audit_is_unknown():
    district = random_district(1, 3)
    school = district.schools[0]
    few = max(school.group("poor"), school.group("el"))
    found = recounted(district, [Recount(school.code, few)]).schools[0]
    assert found.group("black") in (None, school.group("black"))
    with pytest.raises(InvalidValue, match="Count the group anew"):
        recounted(district, [Recount(school.code, max(0, few - 1))])


def test_grades_keep_their_shares_and_add_up():
    school = School("0", "A", "any", 10, grades=(("K", 3), ("1", 3), ("2", 4)))
    shared = dict(share_grades(school, 13))
    assert 13 == sum(shared.values())
    assert {"K": 4, "1": 4, "2": 5} == shared


@pytest.mark.parametrize(
    ("reserve", "error"),
    [
        (Reserve("general", "Fall contingency", 200_000_00), "more than the"),
        (Reserve("general", "", 1_00), "has unallocated"),
        (Reserve("nobody", "", 1_00), "no fund with code nobody"),
    ],
    ids=["too much", "nothing unallocated", "unknown"],
)
def test_a_reserve_that_is_not_there_is_refused(reserve, error):
    district = town(100, teachers=(5,), contingency=100_000)
    with pytest.raises((InvalidValue, UnknownCode), match=error):
        reallocate(district, Scenario(rules=(CAP,)), district.today, (), FallTerms(reserve))


def test_the_line_named_as_a_reserve_is_the_first_guess():
    district = town(100, teachers=(5,), contingency=70_000)
    assert Reserve("general", "Fall contingency", 70_000_00) == likely_reserve(district, district.today)
    bare = town(100, teachers=(5,))
    assert likely_reserve(bare, bare.today) is None and () == reserves(bare, bare.today)
