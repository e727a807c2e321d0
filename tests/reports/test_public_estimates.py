"""Estimates for counts that are left out: they rest on what is public, add up, and keep public figures near the internal ones."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

from equity_alloc.domain.district import StudentGroup
from equity_alloc.domain.source import Source
from equity_alloc.reports.hide_counts import Hidden
from equity_alloc.reports.public_counts import PublicCounts
from equity_alloc.reports.public_estimates import public_estimates
from tests.reports.test_privacy import counts_of


def of_two_schools(counts, **weights):
    """Schools S1 with 100 and S2 with 300 pupils, and the counts of groups A and B, all of them left out."""
    places = frozenset(counts)
    schools = (SimpleNamespace(code="S1", enrollment=100), SimpleNamespace(code="S2", enrollment=300))
    hidden = Hidden(places, places, frozenset(), levels=bool(weights))
    groups = (StudentGroup("A", "A"), StudentGroup("B", "B"))
    public = PublicCounts(groups, hidden, counts, frozenset(), 10, Source("A handbook", "p. 1"), weights=weights)
    return public_estimates(SimpleNamespace(schools=schools), public)


COUNTS = {("S1", "A"): 60, ("S2", "A"): 20, ("S1", "B"): 5, ("S2", "B"): 15}


def test_without_levels_a_total_is_spread_by_enrollment():
    """80 by 100 and 300 pupils are 20 and 60; 20 are 5 and 15."""
    assert {("S1", "A"): 20, ("S2", "A"): 60, ("S1", "B"): 5, ("S2", "B"): 15} == of_two_schools(COUNTS)


def test_with_levels_they_also_weigh_what_a_school_is_told_to_weigh():
    """S1 weighs 30.5 = 0.5 A + 0.1 B. B is 0 to 20, so A is 57 to 61, far from the 20 that enrollment gives."""
    found = of_two_schools(COUNTS, A=Fraction(1, 2), B=Fraction(1, 10))
    assert 57 <= found["S1", "A"] <= 61
    assert 80 == found["S1", "A"] + found["S2", "A"]
    assert 20 == found["S1", "B"] + found["S2", "B"]


def test_two_districts_that_look_alike_in_public_get_the_same_estimates():
    """S1 with 58 of A and 15 of B weighs 0.5 x 58 + 0.1 x 15 = 30.5 too."""
    other = {("S1", "A"): 58, ("S2", "A"): 22, ("S1", "B"): 15, ("S2", "B"): 5}
    weights = {"A": Fraction(1, 2), "B": Fraction(1, 10)}
    assert of_two_schools(COUNTS, **weights) == of_two_schools(other, **weights)


def test_estimates_of_the_sample_add_up_and_public_figures_stay_near_the_internal_ones(dossier):
    plan, public = dossier.plan, dossier.public
    assert public.hidden.levels
    found, real = public_estimates(plan.district, public), counts_of(plan)
    for group in {group for _, group in found}:
        places = [place for place in found if place[1] == group]
        assert sum(real[place] for place in places) == sum(found[place] for place in places)
        assert all(found[place] >= 1 for place in places)
    for told, true in zip(dossier.as_public.gap_causes, dossier.gap_causes, strict=True):
        assert abs(told.with_all - true.with_all) < (5 if true.figure.unit else 1)
        assert all(abs(mine.share - its.share) < 5 for mine, its in zip(told.causes, true.causes, strict=True))
