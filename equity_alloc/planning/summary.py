"""Today beside the proposal: rows for tables, figures and reports, in exact cents and hundredths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from equity_alloc.catalogue import all_measures
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, GroupUse
from equity_alloc.domain.errors import EquityAllocError, InvalidValue
from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents
from equity_alloc.domain.school import School
from equity_alloc.measures.base import Measure, Reads
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.whose_target import target_words
from equity_alloc.scenario import ScenarioView


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school, today and in the proposal.

    Parameters
    ----------
    code, name, kind : str
    enrollment : int
    weighted_pupils : float
    need_share : float or None
        Share of pupils in the need group; None where unknown or without pupils.
    counted_today, counted_plan, other_today, other_plan : Cents
        Dollars from counted funds, and from funds on top.
    fte_today, fte_plan : Hundredths
    level_today, level_plan : float or None
        In the scenario's level unit; None for a school without weight.
    """

    code: str
    name: str
    kind: str
    enrollment: int
    weighted_pupils: float
    need_share: float | None
    counted_today: Cents
    counted_plan: Cents
    other_today: Cents
    other_plan: Cents
    fte_today: Hundredths
    fte_plan: Hundredths
    level_today: float | None
    level_plan: float | None

    @property
    def total_today(self) -> Cents:
        """All dollars today."""
        return self.counted_today + self.other_today

    @property
    def total_plan(self) -> Cents:
        """All dollars in the proposal."""
        return self.counted_plan + self.other_plan

    @property
    def change(self) -> Cents:
        """Proposal minus today, all dollars."""
        return self.total_plan - self.total_today

    @property
    def counted_change(self) -> Cents:
        """Proposal minus today, counted dollars."""
        return self.counted_plan - self.counted_today

    @property
    def fte_change(self) -> Hundredths:
        """Proposal minus today, posts."""
        return self.fte_plan - self.fte_today


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure today and in the proposal; None where it is not defined, with the reason in `note`.

    `basis` says whose target a measure of adequacy is taken against; "" for others.
    """

    measure: Measure
    today: float | None
    plan: float | None
    note: str = ""
    basis: str = ""


def need_group(district: District) -> str | None:
    """Return the code of the need group with the most pupils, the one that need slopes are measured on."""
    sizes: Counter[str] = Counter()
    for group in district.groups:
        if group.use is GroupUse.NEED:
            sizes[group.code] = sum(school.group(group.code) or 0 for school in district.schools)
    return max(sizes, key=lambda code: (sizes[code], code)) if sizes else None


def school_rows(plan: Plan) -> tuple[SchoolRow, ...]:
    """Return one row for each school, in order of codes."""
    view, allocation = plan.view, plan.allocation
    today, group = view.district.today, need_group(view.district)
    weights = dict(view.levels.weights)
    rows = []
    for school in view.district.schools:
        counted = tuple(view.district.counted_dollars(a, school.code) for a in (today, allocation))
        total = tuple(a.school_dollars(school.code) for a in (today, allocation))
        fte = tuple(a.by_school_fte.get(school.code, 0) for a in (today, allocation))
        weight = weights.get(school.code)
        per = float(weight * view.levels.cents_per_unit) if weight else None
        count = school.group(group) if group else None
        rows.append(
            SchoolRow(
                code=school.code,
                name=school.name,
                kind=school.kind,
                enrollment=school.enrollment,
                weighted_pupils=float(view.weighted_pupils[school.code]),
                need_share=None if count is None or not school.enrollment else count / school.enrollment,
                counted_today=counted[0],
                counted_plan=counted[1],
                other_today=total[0] - counted[0],
                other_plan=total[1] - counted[1],
                fte_today=fte[0],
                fte_plan=fte[1],
                level_today=counted[0] / per if per else None,
                level_plan=counted[1] / per if per else None,
            )
        )
    return tuple(rows)


def measure_rows(plan: Plan) -> tuple[MeasureRow, ...]:
    """Return every measure of counted dollars per weighted pupil, pupil-weighted, today and in the proposal."""
    target = target_words(plan.view)
    return tuple(
        MeasureRow(
            measure,
            *_values(plan.view, measure, plan.allocation),
            basis="" if measure.reads is Reads.LEVEL else target,
        )
        for measure in sorted(all_measures().values(), key=lambda each: each.title)
    )


def _values(view: ScenarioView, measure: Measure, allocation: Allocation) -> tuple[float | None, float | None, str]:
    results: list[float | None] = []
    note = ""
    for each in (view.district.today, allocation):
        try:
            results.append(measure_value(view, measure, each))
        except EquityAllocError as error:
            results.append(None)
            note = str(error)
    return results[0], results[1], note


def measure_value(view: ScenarioView, measure: Measure, allocation: Allocation) -> float:
    """Return one measure of an allocation.

    Measures of spread look at counted dollars per weighted pupil, weighted by weighted pupils; measures that relate
    dollars to need look at counted dollars per pupil, weighted by enrollment, because there need is the other axis.
    Measures of adequacy look at counted dollars over target.

    Raises
    ------
    EquityAllocError
        If the measure is not defined here; the sentence says why.
    """
    district = view.district
    group = need_group(district)
    schools = [school for school in district.schools if school.enrollment]
    if measure.reads is not Reads.LEVEL:
        targets = [(code, float(target)) for code, target in view.targets if target > 0]
        shares = [district.counted_dollars(allocation, code) / target for code, target in targets]
        sizes = [float(district.school_of[code].enrollment) for code, _ in targets]
        in_dollars = measure.reads is Reads.TARGET_DOLLARS
        return measure.value(shares, [target / 100 for _, target in targets] if in_dollars else sizes)
    if measure.needs_wealth:
        size = np.array([school.enrollment for school in schools], float)
        along = np.array(_wealth(schools))
    elif measure.needs_share:
        schools = [school for school in schools if group and school.group(group) is not None]
        size = np.array([school.enrollment for school in schools], float)
        along = np.array([(school.group(group or "") or 0) / school.enrollment for school in schools])
    else:
        size = np.array([float(view.weighted_pupils[school.code]) for school in schools])
        along = None
    dollars = np.array([district.counted_dollars(allocation, school.code) / 100 for school in schools])
    return measure.value(dollars / size, size, along)


def _wealth(schools: Sequence[School]) -> list[float]:
    """Return local wealth per pupil, or refuse where it is not known of every school with pupils."""
    blank = [school.code for school in schools if school.wealth is None]
    if blank:
        which = "for every school" if len(blank) == len(schools) else f"for {', '.join(blank[:5])}"
        more = f" and {len(blank) - 5} more" if len(blank) > 5 and len(blank) < len(schools) else ""
        raise InvalidValue(
            f"Not computable: the column Wealth per pupil of the sheet Schools is blank {which}{more}. Enter one and the "
            "same for all: between districts property value, within one the income of the area, home values or parents' donations."
        )
    return [(school.wealth or 0) / 100 for school in schools]


@dataclass(frozen=True, slots=True)
class Totals:
    """The district in one line: today and in the proposal."""

    counted_today: Cents
    counted_plan: Cents
    other_today: Cents
    other_plan: Cents
    fte_today: Hundredths
    fte_plan: Hundredths
    fte_added: Hundredths
    fte_given_up: Hundredths
    schools_gaining: int
    schools_giving_up: int
    dollars_moved: Cents
    lowest_today: float
    lowest_plan: float


def totals(plan: Plan) -> Totals:
    """Return sums over schools. Posts added and given up are counted cell by cell, so that swaps show."""
    rows = school_rows(plan)
    today, proposal = plan.view.district.today, plan.allocation
    changes = [proposal.fte_of.get(key, 0) - today.fte_of.get(key, 0) for key in {*today.fte_of, *proposal.fte_of}]
    return Totals(
        counted_today=sum(row.counted_today for row in rows),
        counted_plan=sum(row.counted_plan for row in rows),
        other_today=sum(row.other_today for row in rows),
        other_plan=sum(row.other_plan for row in rows),
        fte_today=sum(row.fte_today for row in rows),
        fte_plan=sum(row.fte_plan for row in rows),
        fte_added=sum(change for change in changes if change > 0),
        fte_given_up=-sum(change for change in changes if change < 0),
        schools_gaining=sum(1 for row in rows if row.counted_change > 0),
        schools_giving_up=sum(1 for row in rows if row.counted_change < 0),
        dollars_moved=sum(-row.counted_change for row in rows if row.counted_change < 0),
        lowest_today=min((row.level_today for row in rows if row.level_today is not None), default=0.0),
        lowest_plan=min((row.level_plan for row in rows if row.level_plan is not None), default=0.0),
    )


@dataclass(frozen=True, slots=True)
class PostChange:
    """One position or line at one school, today and in the proposal."""

    school: str
    item: str
    title: str
    is_position: bool
    today: int
    plan: int


def post_changes(plan: Plan, school: str) -> tuple[PostChange, ...]:
    """Return every position and line of a school: hundredths of FTE for positions, cents for lines."""
    today, proposal = plan.view.district.today, plan.allocation
    rows = []
    for position in plan.view.district.positions:
        key = (school, position.code)
        before, after = today.fte_of.get(key, 0), proposal.fte_of.get(key, 0)
        if before or after:
            rows.append(PostChange(school, position.code, position.title, True, before, after))
    for line in plan.view.district.lines:
        before, after = (a.by_school_line.get((school, line), 0) for a in (today, proposal))
        if before or after:
            rows.append(PostChange(school, line, line, False, before, after))
    return tuple(rows)
