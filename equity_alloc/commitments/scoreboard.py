"""Every commitment tested against a plan: kept, broken, dropped or not testable, and what is still undecided."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict

from equity_alloc.commitment import Commitment, Kind
from equity_alloc.commitments.changes import is_bound_in
from equity_alloc.commitments.facts import gap_standing, step_standing
from equity_alloc.commitments.room import LITTLE, least_room
from equity_alloc.commitments.standing import Shortfall, Standing, State, drop_words, open_business
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Unit, print_amount
from equity_alloc.domain.number import print_percent
from equity_alloc.planning.certify import report_rule
from equity_alloc.planning.plan import RuleReport
from equity_alloc.rules.base import Rule
from equity_alloc.scenario import Scenario

__all__ = ["Standing", "State", "drop_words", "open_business", "scoreboard", "shortfall_of", "untested"]


def scoreboard(district: District, scenario: Scenario, allocation: Allocation) -> tuple[Standing, ...]:
    """Return how every commitment of a scenario stands in an allocation, without a solver.

    Parameters
    ----------
    district : District
        As read, before the scenario's changes.
    scenario : Scenario
    allocation : Allocation
    """
    effective = scenario.apply(district)
    return tuple(
        _in_time(_standing(each, effective, scenario, allocation), district.year) for each in scenario.commitments
    )


def untested(district: District, scenario: Scenario) -> tuple[Standing, ...]:
    """Return the commitments where there is no plan: what a rule tells is not tested, and never taken for kept."""
    return tuple(_in_time(_without_plan(each, district, scenario), district.year) for each in scenario.commitments)


def _without_plan(commitment: Commitment, district: District, scenario: Scenario) -> Standing:
    if commitment.test is None:
        return _without_rule(commitment, district)
    is_bound = is_bound_in(commitment, scenario)
    words = "There is no plan under the present rules, so nothing can be tested."
    return Standing(commitment, State.UNTESTED, is_bound, words, None)


def _without_rule(commitment: Commitment, district: District) -> Standing:
    if commitment.step is not None:
        return step_standing(commitment, commitment.step)
    if commitment.gap is not None:
        return gap_standing(commitment, commitment.gap, district)
    words = "No rule tells whether a plan keeps it. It counts as not testable, never as kept."
    return Standing(commitment, State.NOT_TESTABLE, False, words, None)


def _in_time(standing: Standing, year: str) -> Standing:
    """Return a target that is missed before its school year as not yet due."""
    commitment = standing.commitment
    if standing.state is State.BROKEN and commitment.kind is Kind.TARGET and _begins(year) < _begins(commitment.due):
        words = f"Due from {commitment.due} on. {standing.words}"
        return dataclasses.replace(standing, state=State.NOT_DUE, words=words)
    return standing


def _begins(year: str) -> int:
    """Return the calendar year in which a school year begins; one that cannot be read is taken for late, so nothing is put off."""
    found = re.match(r"\d{4}", year.strip())
    return int(found.group()) if found else 9999


def _standing(commitment: Commitment, district: District, scenario: Scenario, allocation: Allocation) -> Standing:
    test = commitment.test
    if test is None:
        return _without_rule(commitment, district)
    is_bound = is_bound_in(commitment, scenario)
    try:
        report = report_rule(0, test, district, allocation)
        room = least_room(test, district, allocation)
    except EquityAllocError as error:
        return Standing(commitment, State.NOT_TESTABLE, is_bound, str(error), None)
    if report.gaps and not report.breaches:
        words = " ".join(str(gap) for gap in report.gaps[:3])
        return Standing(commitment, State.NOT_TESTABLE, is_bound, words, report)
    if report.breaches:
        state = State.BROKEN if commitment.drop is None else State.DROPPED
        short = shortfall_of(report, test, district)
        return Standing(commitment, state, is_bound, _breach_words(report), report, short)
    if report.binding:
        named = ", ".join(report.binding[:5]) + (" and others" if len(report.binding) > 5 else "")
        return Standing(commitment, State.NO_ROOM, is_bound, f"No room left: {named}.", report)
    if room is not None and room <= LITTLE:
        words = f"Kept everywhere; at the nearest place {print_percent(room, 1)} of what it asks for is left."
        return Standing(commitment, State.AT_RISK, is_bound, words, report)
    return Standing(commitment, State.KEPT, is_bound, "Kept everywhere, with room.", report)


def shortfall_of(report: RuleReport, test: Rule, district: District) -> Shortfall:
    """Return by how much a broken test is missed, and how many pupils that touches.

    Pupils are those enrolled at the schools that fall short, once each; where the test speaks of a student group as a
    whole, the pupils of the group.
    """
    amounts: dict[Unit, int] = defaultdict(int)
    for breach in report.breaches:
        amounts[breach.unit] += breach.short_by
    named = {
        school.code: school
        for breach in report.breaches
        for school in district.schools
        if breach.subject == school.label or breach.subject.startswith(f"{school.label},")
    }
    pupils: int | None = sum(school.enrollment for school in named.values())
    if not named:
        pupils = _group(district, str(getattr(test, "group", "")))
    return Shortfall(tuple(print_amount(amounts[unit], unit) for unit in amounts), len(named), pupils)


def _group(district: District, code: str) -> int | None:
    """Return the pupils of a group at all schools, of all pupils where there is no group; None where one is unknown."""
    if code not in district.group_of:
        return sum(school.enrollment for school in district.schools) if not code else None
    counts = [school.group(code) for school in district.schools]
    return None if None in counts else sum(count or 0 for count in counts)


def _breach_words(report: RuleReport) -> str:
    """Return the first breaches, how many there are, and what they come to where they are of one unit."""
    few = " ".join(breach.words for breach in report.breaches[:2])
    if len(report.breaches) <= 2:
        return few
    units = {breach.unit for breach in report.breaches}
    total = print_amount(sum(breach.short_by for breach in report.breaches), next(iter(units)))
    in_all = f", {total} short in all" if len(units) == 1 else ""
    return f"{len(report.breaches)} breaches{in_all}. {few}"
