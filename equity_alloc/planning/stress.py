"""Stress test of a plan: the same posts and dollars when other numbers of pupils arrive than were projected."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass

import numpy as np

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import School
from equity_alloc.domain.errors import EmptyDistribution, InvalidValue
from equity_alloc.domain.number import count_words
from equity_alloc.domain.recount import share_grades
from equity_alloc.measures.base import Floats
from equity_alloc.measures.quantile import weighted_quantile
from equity_alloc.objectives.draws import enrollment_errors
from equity_alloc.planning.plan import Plan
from equity_alloc.scenario import ScenarioView

#: Widest error of a projection that is tried, as a standard deviation.
MOST_SPREAD = 0.3
#: The part of the draws that counts as the worst.
WORST = 0.1


@dataclass(frozen=True, slots=True)
class Band:
    """A level over all draws, in the plan's unit.

    Parameters
    ----------
    projected : float
        With the projected pupils.
    low, middle, high : float
        5th, 50th and 95th percentile of the draws.
    worst : float
        Mean of the worst tenth of the draws (conditional value at risk).
    """

    projected: float
    low: float
    middle: float
    high: float
    worst: float


@dataclass(frozen=True, slots=True)
class Fragile:
    """A rule that does not hold in every draw.

    Parameters
    ----------
    number : int
        Place in the scenario, from 1.
    title : str
    draws : int
        In how many draws it is broken.
    subject : str
        Whom it is broken for most often.
    """

    number: int
    title: str
    draws: int
    subject: str


@dataclass(frozen=True)
class Stress:
    """What a plan is worth when enrollment differs.

    Parameters
    ----------
    draws : int
    spread : float
        Standard deviation of a school's enrollment around its projection, as a share.
    unit : str
    plan, today : Band
        Lowest level, with the plan's posts and dollars, and with last year's.
    lowest_plan, lowest_today : tuple of float
        The lowest level in each draw, lowest first.
    schools : tuple of (str, Band)
        Level of each school under the plan, by code.
    fragile : tuple of Fragile
        The most often broken first.
    """

    draws: int
    spread: float
    unit: str
    plan: Band
    today: Band
    lowest_plan: tuple[float, ...]
    lowest_today: tuple[float, ...]
    schools: tuple[tuple[str, Band], ...]
    fragile: tuple[Fragile, ...]


def stress(plan: Plan, spread: float, draws: int = 100) -> Stress:
    """Return how a plan's levels and rules fare over seeded draws of enrollment.

    Each school's pupils differ from the projection by a normal error of its own; its groups and grades keep their shares.
    A draw depends on the school's code and its number only, so neither order nor other schools change it.

    Parameters
    ----------
    plan : Plan
    spread : float
        Standard deviation as a share, above zero and at most 0.3.
    draws : int

    Raises
    ------
    InvalidValue
        If the spread or the number of draws is out of range.
    EmptyDistribution
        If no school has a level.
    """
    if not 0 < spread <= MOST_SPREAD or draws < 1:
        raise InvalidValue(
            f"A spread of {spread:g} with {count_words(draws, 'draw')}: give a spread above 0 and at most {MOST_SPREAD:g}, and one draw at "
            "least."
        )
    if not plan.view.levels.weights:
        raise EmptyDistribution("No school here has pupils to count, so there is no level to test.")
    codes = [code for code, _ in plan.view.levels.weights]
    errors = {school.code: enrollment_errors(school.code, draws) * spread for school in plan.district.schools}
    levels = np.zeros((2, draws, len(codes)))
    broken: Counter[int] = Counter()
    subjects: dict[int, Counter[str]] = {}
    for k in range(draws):
        schools = tuple(arrived(school, 1 + float(errors[school.code][k])) for school in plan.district.schools)
        view = plan.scenario.view(dataclasses.replace(plan.district, schools=schools))
        for which, allocation in enumerate((plan.allocation, plan.view.district.today)):
            levels[which, k] = _levels(view, allocation, codes)
        for number, rule in enumerate(plan.scenario.rules, start=1):
            breaches = [] if rule.always else list(rule.check(view.district, plan.allocation))
            if breaches:
                broken[number] += 1
                subjects.setdefault(number, Counter()).update({breach.subject for breach in breaches})
    both = (plan.allocation, plan.view.district.today)
    projected = [_levels(plan.view, allocation, codes) for allocation in both]
    fragile = [
        Fragile(number, plan.view.titles[number - 1], count, _first(subjects[number]))
        for number, count in sorted(broken.items(), key=lambda item: (-item[1], item[0]))
    ]
    lowest = [_band(float(projected[which].min()), levels[which].min(1)) for which in (0, 1)]
    return Stress(
        draws,
        spread,
        plan.view.levels.unit,
        lowest[0],
        lowest[1],
        tuple(np.sort(levels[0].min(1)).tolist()),
        tuple(np.sort(levels[1].min(1)).tolist()),
        tuple((code, _band(float(projected[0][i]), levels[0, :, i])) for i, code in enumerate(codes)),
        tuple(fragile),
    )


def arrived(school: School, factor: float) -> School:
    """Return a school with so many times its pupils, its groups and grades in the same shares."""
    pupils = round(school.enrollment * max(0.0, factor))
    if not school.enrollment:
        return school

    def part(count: int | None) -> int | None:
        return None if count is None else min(pupils, round(count * pupils / school.enrollment))

    return dataclasses.replace(
        school,
        enrollment=pupils,
        groups=tuple((code, part(count)) for code, count in school.groups),
        grades=share_grades(school, pupils),
        low_income=part(school.low_income),
    )


def _first(subjects: Counter[str]) -> str:
    return min(subjects, key=lambda subject: (-subjects[subject], subject))


def _levels(view: ScenarioView, allocation: Allocation, codes: list[str]) -> Floats:
    """Return every school's level; one to which nobody came has none and counts as infinite."""
    weights = dict(view.levels.weights)
    per = [float(weights[code]) * view.levels.cents_per_unit if code in weights else 0.0 for code in codes]
    counted = [view.district.counted_dollars(allocation, code) for code in codes]
    return np.array([cents / size if size else np.inf for cents, size in zip(counted, per, strict=True)])


def _band(projected: float, values: Floats) -> Band:
    known = np.sort(values[np.isfinite(values)])
    if not len(known):
        return Band(projected, *([float("nan")] * 4))
    low, middle, high = (weighted_quantile(known, np.ones(len(known)), share) for share in (0.05, 0.5, 0.95))
    return Band(projected, low, middle, high, float(known[: max(1, round(WORST * len(known)))].mean()))
