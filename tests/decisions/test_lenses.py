"""Lenses side by side: regret, the compromise, and what a choice behaves like."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import numpy as np
import pytest

from equity_alloc.decisions.lenses.by_need import weighted_dollars
from equity_alloc.decisions.lenses.close_the_gap import district_level
from equity_alloc.decisions.lenses.same_for_each import equal_dollars
from equity_alloc.decisions.look import all_lenses, look
from equity_alloc.decisions.options import usual_options
from equity_alloc.domain.district import District, Fund, School, Spending
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.scenario import Scenario


def free_money(counts: list[int], last: list[int], pot: int) -> District:
    """Return schools with one fund and one line, so that every way to share it out can be."""
    schools = tuple(School(f"{n}", f"S{n}", "school", pupils) for n, pupils in enumerate(counts))
    spending = tuple(Spending(f"{n}", "All", "g", cents) for n, cents in enumerate(last))
    return District("Free", "2026-27", schools, funds=(Fund("g", "General", pot),), spending=spending)


def test_every_lens_forgoes_nothing_by_its_own_judgment(sample_look):
    assert np.abs(np.diag(sample_look.goals.regret)).max() <= 1e-6


def test_the_compromise_is_no_worse_than_the_best_of_the_lenses(sample_look):
    assert sample_look.between.worst <= sample_look.least_worst + 1e-6
    assert sample_look.between.bound <= sample_look.between.worst <= sample_look.between.bound + 1e-3


def test_the_regret_table_of_a_hand_worked_district():
    # 100 and 300 pupils had $1,000 and $1,000; $2,000 are to be shared out. The same for each gives 500 and 1,500. By that lens the
    # distance of last year is 1,000 dollars, so staying forgoes all of its gain; and its plan forgoes all of the gain of staying.
    view = Scenario().view(free_money([100, 300], [100000, 100000], 200000))
    found = look(view)
    assert {"0": 50000, "1": 150000} == equal_dollars(view) == weighted_dollars(view)
    assert 5 == district_level(view)
    places = {name: place for place, name in enumerate(found.names)}
    each, stay = places["The same for each pupil"], places["Least disruption"]
    assert 1.0 == pytest.approx(found.goals.regret[each, stay]) == pytest.approx(found.goals.regret[stay, each])
    # Half of either distance is the smallest worst regret of the two, and every lens of levels lies on the way between them.
    assert 0.5 == pytest.approx(found.between.worst, abs=2e-3)


def test_a_plan_behaves_like_the_lens_that_made_it(sample_plan, sample_look):
    today = sample_plan.view.district.today
    assert "Least disruption" == sample_look.behaves_like(sample_plan.view, today)
    assert "More for the worse-off" == sample_look.behaves_like(sample_plan.view, sample_plan.allocation)


def test_where_no_plan_exists_there_is_no_look():
    rules = (HoldHarmless(Decimal("1.5")),)
    assert look(Scenario(rules=rules).view(free_money([100, 300], [100000, 100000], 200000))) is None


def test_a_lens_without_a_number_says_what_it_can(sample_plan):
    told = {lens.name: lens.tells(sample_plan) for lens in all_lenses() if lens.tells is not None}
    assert 5 == len(told)
    assert "10 rules of law and contract" in told["Rights and law first"]
    assert "Rule 6" in told["Question the rules"]
    for lens in all_lenses():
        assert (lens.aim is None) != (lens.tells is None)
        assert lens.overlooks.endswith(".")


def test_closing_the_gap_gains_nothing_above_the_level_of_the_district(sample_plan, sample_look):
    """The worth of a plan by this lens never passes the district's level, whatever groups above it get."""
    place = sample_look.names.index("Close the gap between groups")
    goal = sample_look.goals.goals[place]
    assert goal.best <= float(district_level(sample_plan.view)) + 1e-6
    # The tangents hold the compromise to the lens as it is judged, with its ceiling.
    assert sample_look.between.regrets[place] <= sample_look.between.worst + 1e-9


def test_a_plan_that_is_the_compromise_under_another_name_is_not_set_beside_itself(sample_plan):
    [compromise] = usual_options(sample_plan)
    adopted = dataclasses.replace(sample_plan, scenario=dataclasses.replace(compromise, name="Ours", note=""))
    assert () == usual_options(adopted)
