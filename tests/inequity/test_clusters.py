"""Pupils of one school have much in common: intervals and false alarms when whole schools differ, not only pupils."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from equity_alloc.domain.district import District, School, StudentGroup
from equity_alloc.domain.outcome import ALL_PUPILS, Area, Better, Indicator, OutcomeCount
from equity_alloc.inequity.gap_words import cluster_words
from equity_alloc.inequity.group_gap import Certainty, GroupGap
from equity_alloc.inequity.outcome_gaps import outcome_gaps
from equity_alloc.measures.disproportion.base import Counts
from equity_alloc.measures.disproportion.design_effect import clustered_chance, design_effect, effective
from equity_alloc.measures.disproportion.fisher import fisher_exact
from equity_alloc.measures.disproportion.interval import NORMAL_95, newcombe
from equity_alloc.measures.disproportion.student import quantile_95, two_sided

#: How much the schools' rates differ: as if each rested on 40 pupils of its own, beside a district rate of 8 %.
PRIOR, RATE = 40.0, 0.08


@pytest.mark.parametrize(
    ("freedom", "printed"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (9, 2.262), (10, 2.228), (19, 2.093), (30, 2.042), (120, 1.980)],
)  # fmt: skip
def test_quantiles_are_those_of_the_printed_tables(freedom, printed):
    """Fisher and Yates, Statistical Tables, table III, column 0.05."""
    assert printed == round(quantile_95(freedom), 3)
    assert 0.05 == pytest.approx(two_sided(printed, freedom), abs=2e-4)


def test_with_very_many_schools_students_tail_is_the_normal_one():
    assert quantile_95(100_000) == pytest.approx(NORMAL_95, abs=1e-4)


def test_schools_that_are_all_alike_leave_the_counts_as_they_are():
    same = np.full(12, 10)
    assert 1.0 == design_effect(same, np.full(12, 50), same * 3, np.full(12, 150))
    counts = Counts(120, 600, 360, 1800)
    assert counts == effective(counts, 1.0)
    assert clustered_chance(counts, 1.0, 12) >= fisher_exact(counts)


def test_twice_the_effect_widens_the_interval_by_the_root_of_two():
    counts = Counts(4000, 20000, 6000, 80000)
    one, two = newcombe(counts), newcombe(effective(counts, 2.0))
    assert 2**0.5 == pytest.approx((two[1] - two[0]) / (one[1] - one[0]), rel=1e-3)


def null_district(draw: np.random.Generator, n_schools: int, *, groups: int = 4, indicators: int = 7) -> District:
    """Pupils of a school share its rate, whatever their group; groups go to school without regard to it."""
    sizes = draw.integers(200, 700, n_schools)
    members = {f"g{g}": draw.binomial(sizes, draw.beta(2, 6, n_schools)) for g in range(groups)}
    schools = tuple(
        School(f"{s:02d}", f"S{s}", "any", int(n), groups=tuple((g, int(counts[s])) for g, counts in members.items()))
        for s, n in enumerate(sizes)
    )
    titles = tuple(Indicator(f"I{i}", Area.OUTCOME, Better.FEWER) for i in range(indicators))
    rows = []
    for indicator in titles:
        rates = draw.beta(RATE * PRIOR, (1 - RATE) * PRIOR, n_schools)
        for s, n in enumerate(sizes):
            case = draw.random(n) < rates[s]
            rows.append(OutcomeCount(indicator.title, f"{s:02d}", ALL_PUPILS, int(case.sum()), int(n)))
            for g, counts in members.items():
                mine = draw.permutation(case)[: counts[s]]
                rows.append(OutcomeCount(indicator.title, f"{s:02d}", g, int(mine.sum()), int(counts[s])))
    named = tuple(StudentGroup(g, g.upper()) for g in members)
    return District("Null", "2026-27", schools, groups=named, indicators=titles, outcomes=tuple(rows))


def as_if_pupils_were_drawn_alone(gap: GroupGap) -> float:
    cases = round(gap.value * gap.pupils)
    others = round(10_000 * gap.other)
    return fisher_exact(Counts(cases, gap.pupils, others, 10_000))


def test_five_hundred_districts_without_any_gap_raise_few_false_alarms_though_their_schools_differ():
    """Acceptance 5b: at most 10 % have any flag, and three standard errors of the draw; the audit itself is run."""
    draw, alarms, n = np.random.default_rng(41), 0, 500
    for _ in range(n):
        district = null_district(draw, 14, groups=3, indicators=4)
        alarms += any(gap.certainty is Certainty.STANDS_OUT for gap in outcome_gaps(district))
    assert alarms <= n * 0.10 + 3 * (n * 0.10 * 0.90) ** 0.5


def test_the_same_districts_would_raise_many_if_pupils_were_drawn_alone():
    draw, narrow, honest = np.random.default_rng(42), 0, 0
    for _ in range(40):
        gaps = outcome_gaps(null_district(draw, 14, groups=3, indicators=4))
        narrow += sum(as_if_pupils_were_drawn_alone(gap) < 0.05 for gap in gaps)
        honest += sum((gap.chance or 1.0) < 0.05 for gap in gaps)
    assert honest <= 40 * 12 * 0.05 + 3 * (40 * 12 * 0.05 * 0.95) ** 0.5 < narrow


def test_a_gap_that_is_there_is_found_among_schools_that_differ():
    draw = np.random.default_rng(43)
    district = null_district(draw, 30, groups=1, indicators=1)
    doubled = tuple(
        dataclasses.replace(row, cases=min(row.pupils, row.cases + row.pupils // 8)) if row.group else row
        for row in district.outcomes
    )
    everybody = {row.school: row for row in doubled if not row.group}
    added = {row.school: row.pupils // 8 for row in district.outcomes if row.group}
    rows = tuple(
        row if row.group else dataclasses.replace(everybody[row.school], cases=row.cases + added[row.school])
        for row in doubled
    )
    [gap] = outcome_gaps(dataclasses.replace(district, outcomes=rows))
    assert Certainty.STANDS_OUT is gap.certainty and gap.interval is not None and gap.interval[0] > 0


def test_the_caveat_says_that_schools_are_counted_and_where_there_are_too_few():
    draw = np.random.default_rng(44)
    many = outcome_gaps(null_district(draw, 14, groups=1, indicators=2))
    few = outcome_gaps(null_district(draw, 6, groups=1, indicators=1))
    assert "Pupils of one school have much in common" in cluster_words(many)
    assert "fewer than 10 schools" not in cluster_words(many)
    assert "1 rests on fewer than 10 schools" in cluster_words(few)
    assert "" == cluster_words(())


def test_every_group_is_compared_in_every_indicator():
    """Its time on 150 schools is measured by `python -m benchmarks --only audits`."""
    found = outcome_gaps(null_district(np.random.default_rng(45), 40, groups=8, indicators=10))
    assert 80 == len(found) == len({(gap.title, gap.group) for gap in found})
