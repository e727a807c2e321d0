"""Who paid last year pays again where money allows; sums by cell, fund and share stay what they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.new_payers import without_new_payers
from equity_alloc.problem.payers import Split, keep_payers
from equity_alloc.problem.problem import build_problem
from equity_alloc.sources.sample import sample_district, sample_reading
from tests.draws import odd_district, odd_scenario

Before = Mapping[tuple[str, str, str], int]


def sums(cells: Cells, split: Split) -> tuple[Counter[tuple[int, int]], Counter[tuple[int, str]]]:
    by_cell: Counter[tuple[int, int]] = Counter()
    by_purse: Counter[tuple[int, str]] = Counter()
    for (s, i, fund), cents in split.items():
        by_cell[s, i] += cents
        by_purse[s if fund in cells.local else -1, fund] += cents
    return by_cell, by_purse


def by_school(cells: Cells, split: Split) -> Counter[tuple[int, str]]:
    totals: Counter[tuple[int, str]] = Counter()
    for (s, _, fund), cents in split.items():
        totals[s, fund] += cents
    return totals


def booked_anew(cells: Cells, split: Split, before: Before) -> int:
    return sum(
        max(0, cents - before.get((cells.schools[s], cells.items[i], fund), 0)) for (s, i, fund), cents in split.items()
    )


def split_of(found: Plan, cells: Cells) -> Split:
    row, column = {c: s for s, c in enumerate(cells.schools)}, {c: i for i, c in enumerate(cells.items)}
    paid = (*found.allocation.pay, *found.allocation.dollars)
    return {(row[school], column[item], fund): cents for (school, item, fund), cents in paid if cents}


@pytest.mark.parametrize("seed", range(30))
def test_sums_stay_and_no_more_is_booked_anew(seed: int) -> None:
    district = odd_district(seed)
    scenario = odd_scenario(seed, district)
    try:
        found = plan(district, scenario)
    except EquityAllocError:
        return  # Refused with its reason, which other contracts test.
    if not isinstance(found, Plan):
        return
    cells = build_cells(build_problem(found.view))
    given = split_of(found, cells)
    today = found.view.district.today
    # Last year's payers turned around: every fund that paid elsewhere, at random but for the seed.
    before = {
        (school, item, fund): (cents * (seed + n)) % (cents + 1)
        for n, ((school, item, fund), cents) in enumerate((*today.pay, *today.dollars))
    }
    kept = keep_payers(cells, given, before)
    assert sums(cells, kept) == sums(cells, given)
    assert all(cents > 0 for cents in kept.values())
    for s, i, fund in kept:
        masks, funds = (cells.local_mask, cells.local) if fund in cells.local else (cells.pooled_mask, cells.pooled)
        assert masks[s, i] >> funds.index(fund) & 1
    assert booked_anew(cells, kept, before) <= booked_anew(cells, given, before)
    at_schools = [by_school(cells, split) for split in (kept, without_new_payers(cells, kept, before))]
    assert at_schools[0] == at_schools[1]


def test_an_unchanged_allocation_keeps_every_payer() -> None:
    district, scenario = sample_district(), sample_reading().scenario
    assert scenario is not None
    view = scenario.view(district)
    cells = build_cells(build_problem(view))
    row, column = {c: s for s, c in enumerate(cells.schools)}, {c: i for i, c in enumerate(cells.items)}
    today = view.district.today
    paid = (*today.pay, *today.dollars)
    before = {(row[school], column[item], fund): cents for (school, item, fund), cents in paid if cents}
    assert keep_payers(cells, before, today.pay_of | today.dollars_of) == before


def test_two_schools_do_not_swap_funds_for_nothing() -> None:
    """By hand: a post at each of two schools, general and local money for either; last year's payers stay."""
    district, scenario = sample_district(), sample_reading().scenario
    assert scenario is not None
    found = plan(district, scenario)
    assert isinstance(found, Plan)
    cells = build_cells(build_problem(found.view))
    today = found.view.district.today
    before = today.pay_of | today.dollars_of
    by_cell: Counter[tuple[str, str]] = Counter()
    for (school, item, _), cents in (*found.allocation.pay, *found.allocation.dollars):
        by_cell[school, item] += cents
    for (school, item, _), cents in (*today.pay, *today.dollars):
        by_cell[school, item] -= cents
    least = sum(cents for cents in by_cell.values() if cents > 0)
    # No split can book less anew than the cells grow; exchanges between funds add little to it.
    assert least <= booked_anew(cells, split_of(found, cells), before) <= 1.25 * least


def sample_cells() -> Cells:
    district, scenario = sample_district(), sample_reading().scenario
    assert scenario is not None
    return build_cells(build_problem(scenario.view(district)))


def at(cells: Cells, amounts: dict[tuple[str, str], int]) -> Split:
    """At the first school, by item and fund."""
    return {(0, cells.items.index(item), fund): cents for (item, fund), cents in amounts.items()}


def test_a_share_that_grew_by_eight_dollars_does_not_begin_to_pay_for_a_post() -> None:
    """By hand: supplies cost $1,600 and 0.2 of an EL teacher $21,280; Title III's share grew from $742 to $750."""
    cells = sample_cells()
    school, supplies = cells.schools[0], "Supplies and materials"
    last = {("ELT", "GEN"): 21_280_00, (supplies, "GEN"): 858_00, (supplies, "T3"): 742_00}
    before = {(school, item, fund): cents for (item, fund), cents in last.items()}
    bare = {("ELT", "GEN"): 21_272_00, ("ELT", "T3"): 8_00, (supplies, "GEN"): 858_00, (supplies, "T3"): 742_00}
    whole = {("ELT", "GEN"): 21_280_00, (supplies, "GEN"): 850_00, (supplies, "T3"): 750_00}
    assert at(cells, whole) == without_new_payers(cells, at(cells, bare), before)


def test_a_new_fund_pays_part_of_a_line_before_a_crumb_of_a_post_and_a_whole_step_stays() -> None:
    """By hand: a step of an EL teacher is 0.2 FTE, $21,280; $600 of a fund that is new is less, $21,280 is not."""
    cells = sample_cells()
    school, supplies = cells.schools[0], "Supplies and materials"
    before = {(school, "ELT", "GEN"): 42_560_00, (school, supplies, "GEN"): 30_000_00}
    crumb = {("ELT", "GEN"): 41_960_00, ("ELT", "T3"): 600_00, (supplies, "GEN"): 30_000_00}
    whole = {("ELT", "GEN"): 42_560_00, (supplies, "GEN"): 29_400_00, (supplies, "T3"): 600_00}
    assert at(cells, whole) == without_new_payers(cells, at(cells, crumb), before)
    step = at(cells, {("ELT", "GEN"): 21_280_00, ("ELT", "T3"): 21_280_00, (supplies, "GEN"): 30_000_00})
    assert step == without_new_payers(cells, step, before)
    # Nor does a fund take over a line that it may not pay: IDEA pays no supplies.
    idea = at(cells, {("PARA", "GEN"): 51_300_00, ("PARA", "IDEA"): 100_00, (supplies, "GEN"): 30_000_00})
    assert idea == without_new_payers(cells, idea, before)


def test_a_fund_goes_back_to_a_line_that_it_paid_last_year_though_it_pays_nothing_there_now() -> None:
    """By hand: the post grew by $600 either way, and on supplies $600 of Title III are last year's: nothing more is new."""
    cells = sample_cells()
    school, supplies = cells.schools[0], "Supplies and materials"
    last = {("ELT", "GEN"): 41_960_00, (supplies, "GEN"): 30_000_00, (supplies, "T3"): 600_00}
    before = {(school, item, fund): cents for (item, fund), cents in last.items()}
    crumb = {("ELT", "GEN"): 41_960_00, ("ELT", "T3"): 600_00, (supplies, "GEN"): 30_000_00}
    whole = {("ELT", "GEN"): 42_560_00, (supplies, "GEN"): 29_400_00, (supplies, "T3"): 600_00}
    assert at(cells, whole) == without_new_payers(cells, at(cells, crumb), before)


def test_a_fund_that_pays_for_nothing_else_at_the_school_keeps_its_part_of_a_post() -> None:
    cells = sample_cells()
    before = {(cells.schools[0], "ELT", "GEN"): 21_280_00}
    given = at(cells, {("ELT", "GEN"): 21_272_00, ("ELT", "T3"): 8_00})
    assert given == without_new_payers(cells, given, before)


def test_no_fund_of_the_sample_begins_to_pay_less_than_a_hundredth_of_a_post() -> None:
    """It did at 16 schools, for $8 to $131 of an EL teacher, because shares of Title III grew by that much."""
    district, scenario = sample_district(), sample_reading().scenario
    assert scenario is not None
    found = plan(district, scenario)
    assert isinstance(found, Plan)
    price = {position.code: position.cost for position in district.positions}
    known = found.view.district.today.pay_of
    assert [] == [key for key, cents in found.allocation.pay if key not in known and 100 * cents < price[key[1]]]
