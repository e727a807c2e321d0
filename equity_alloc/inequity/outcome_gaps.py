"""Gaps in access and outcomes, from the counts of cases by school and student group."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from equity_alloc.domain import outcome
from equity_alloc.domain.district import District, StudentGroup
from equity_alloc.domain.outcome import ALL_PUPILS, Better, Indicator, OutcomeCount
from equity_alloc.domain.school import GroupUse
from equity_alloc.inequity.group_gap import Area, Certainty, GroupGap
from equity_alloc.inequity.limits import false_discovery_rate, is_large_enough, least_schools, ratio_line
from equity_alloc.inequity.trend import Trend, YearGap
from equity_alloc.measures.disproportion.base import Counts
from equity_alloc.measures.disproportion.between_within import split_gap
from equity_alloc.measures.disproportion.design_effect import clustered_chance, design_effect, effective
from equity_alloc.measures.disproportion.false_discovery import stand_out
from equity_alloc.measures.disproportion.fisher import fisher_exact
from equity_alloc.measures.disproportion.interval import NORMAL_95, katz, newcombe
from equity_alloc.measures.disproportion.shrinkage import FEWEST_SCHOOLS, prior_of
from equity_alloc.measures.disproportion.shrunk_ratio import shrunk_ratio
from equity_alloc.measures.disproportion.student import quantile_95

#: Counts by school and group.
Table = Mapping[tuple[str, str], OutcomeCount]

_AREAS = {outcome.Area.ACCESS: Area.ACCESS, outcome.Area.OUTCOME: Area.OUTCOMES}


def outcome_gaps(district: District) -> tuple[GroupGap, ...]:
    """Return a gap for each indicator and student group of which some school's counts are known.

    Which of them stand out is decided over all of them together, so that many comparisons raise no more false alarms
    than few.
    """
    tables: dict[str, dict[tuple[str, str], OutcomeCount]] = {each.title: {} for each in district.indicators}
    for count in district.outcomes:
        tables[count.indicator][count.school, count.group] = count
    earlier: dict[str, dict[str, dict[tuple[str, str], OutcomeCount]]] = {}
    for count in district.earlier_outcomes:
        years = earlier.setdefault(count.indicator, {})
        years.setdefault(count.year, {})[count.school, count.group] = count
    groups = {group.title: group for group in district.groups}
    found: list[GroupGap] = []
    for indicator in district.indicators:
        table = tables[indicator.title]
        own = [each for group in district.groups if (each := _gap(indicator, group, table)) is not None]
        before = earlier.get(indicator.title, {})
        found.extend(_with_trend(indicator, groups, table, before, gap) for gap in _with_shrunk(own, table))
    return _judged(found)


def _gap(indicator: Indicator, group: StudentGroup, table: Table) -> tuple[GroupGap, Counts] | None:
    """Return the gap, and the counts that say as much drawn pupil by pupil."""
    schools, left_out = _known_schools(group.code, table)
    if not schools:
        return None
    cases, pupils = _column(table, schools, group.code)
    all_cases, all_pupils = _column(table, schools, ALL_PUPILS)
    other_cases, other_pupils = all_cases - cases, all_pupils - pupils
    if not pupils.sum() or not other_pupils.sum() or (other_cases < 0).any() or (other_cases > other_pupils).any():
        return None
    counts = Counts(int(cases.sum()), int(pupils.sum()), int(other_cases.sum()), int(other_pupils.sum()))
    parts = split_gap(cases, pupils, other_cases, other_pupils)
    enough = is_large_enough(counts, more_is_better=indicator.better is Better.MORE)
    effect, z, chance = 1.0, NORMAL_95, fisher_exact(counts)
    if len(schools) >= int(least_schools().value):
        effect = design_effect(cases, pupils, other_cases, other_pupils)
        z, chance = quantile_95(len(schools) - 1), clustered_chance(counts, effect, len(schools))
    drawn = effective(counts, effect)
    has_ratio = enough and min(counts.cases, counts.other_cases, drawn.cases, drawn.other_cases) > 0
    places = sorted(
        zip(schools, map(float, parts.between), map(float, parts.within), strict=True),
        key=lambda place: (-abs(place[1] + place[2]), place[0]),
    )
    gap = GroupGap(
        area=_AREAS[indicator.area],
        title=indicator.title,
        group=group.title,
        is_audit_only=group.use is GroupUse.AUDIT,
        pupils=counts.pupils,
        unit="share of pupils",
        more_is_better=indicator.better is Better.MORE,
        value=counts.risk,
        other=counts.other_risk,
        between=float(parts.between.sum()),
        within=float(parts.within.sum()),
        like_for_like=parts.gap,
        worth=None,
        certainty=Certainty.MAY_BE_CHANCE if enough else Certainty.TOO_FEW,
        interval=newcombe(drawn, z) if enough else None,
        ratio=counts.risk / counts.other_risk if has_ratio else None,
        ratio_interval=katz(drawn, z) if has_ratio else None,
        chance=chance,
        places=tuple(places),
        left_out=left_out,
        year=indicator.year,
        source=indicator.source,
        n_schools=len(schools),
        design_effect=effect,
        other_pupils=counts.other_pupils,
    )
    return gap, drawn


def _with_shrunk(found: Sequence[tuple[GroupGap, Counts]], table: Table) -> Iterator[GroupGap]:
    """Yield the gaps of one indicator with their shrunk ratios: how far its groups differ here says how far to shrink."""
    known = [
        (count.cases, count.pupils)
        for (_, group), count in table.items()
        if group == ALL_PUPILS and count.cases is not None and count.pupils is not None
    ]
    prior = None
    if len(found) >= FEWEST_SCHOOLS:
        rate = sum(cases for cases, _ in known) / sum(pupils for _, pupils in known)
        drawn = [counts for _, counts in found]
        prior = prior_of(np.array([each.cases for each in drawn]), np.array([each.pupils for each in drawn]), rate)
    for gap, counts in found:
        if prior is None or gap.certainty is Certainty.TOO_FEW:
            yield gap
        else:
            line = ratio_line(more_is_better=gap.more_is_better)
            yield dataclasses.replace(gap, shrunk=shrunk_ratio(counts, prior, line))


def _with_trend(
    indicator: Indicator,
    groups: Mapping[str, StudentGroup],
    table: Table,
    earlier: Mapping[str, Table],
    gap: GroupGap,
) -> GroupGap:
    """Return the gap with how it changed, told on the schools whose counts are known in every year of the group."""
    group = groups[gap.group]
    tables = {year: earlier[year] for year in sorted(earlier) if any(code == group.code for _, code in earlier[year])}
    if not tables or gap.certainty is Certainty.TOO_FEW:
        return gap
    tables[indicator.year] = table
    same = set.intersection(*(set(_known_schools(group.code, each)[0]) for each in tables.values()))
    years = []
    for year, each in tables.items():
        made = _gap(indicator, group, {key: count for key, count in each.items() if key[0] in same})
        told = None if made is None or made[0].interval is None else made[0]
        years.append(YearGap(year, None if told is None else told.difference, None if told is None else told.interval))
    return dataclasses.replace(gap, trend=Trend(tuple(years)))


def _judged(gaps: Sequence[GroupGap]) -> tuple[GroupGap, ...]:
    """Mark the gaps that stand out among those with enough pupils."""
    judged = [place for place, gap in enumerate(gaps) if gap.certainty is not Certainty.TOO_FEW]
    out = stand_out([gaps[place].chance or 0.0 for place in judged], false_discovery_rate()) if judged else ()
    standing = {place for place, stands in zip(judged, out, strict=True) if stands}
    return tuple(
        dataclasses.replace(gap, certainty=Certainty.STANDS_OUT) if place in standing else gap
        for place, gap in enumerate(gaps)
    )


def _known_schools(group: str, table: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the schools with known counts of a group and of all pupils, and those with a blank among them."""
    named = sorted({school for school, code in table if code in (group, ALL_PUPILS)})
    if not any(code == group for _, code in table):
        return (), ()
    known = tuple(school for school in named if _is_known(table, school, group))
    return known, tuple(school for school in named if school not in known)


def _is_known(table: Table, school: str, group: str) -> bool:
    counts = (table.get((school, group)), table.get((school, ALL_PUPILS)))
    return all(count is not None and count.cases is not None and count.pupils is not None for count in counts)


def _column(table: Table, schools: Sequence[str], group: str) -> tuple[np.ndarray, np.ndarray]:
    """Return cases and pupils of known counts, shape (n_schools,)."""
    counts = [table[school, group] for school in schools]
    return np.array([count.cases for count in counts]), np.array([count.pupils for count in counts])
