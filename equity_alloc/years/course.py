"""The course of several years: each year's plan stands on the one before, and the course ends where no plan can exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from equity_alloc.domain.ahead import Assumption, year_after
from equity_alloc.domain.ahead_names import refuse_unfit_ahead
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import CannotServe, EquityAllocError, InvalidValue
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.money import Cents
from equity_alloc.planning.plan import Impossible, OutcomeKind, Plan, Result
from equity_alloc.rules.phased import phased_rules
from equity_alloc.scenario import Scenario, ScenarioView
from equity_alloc.years.balance import FundYear, fund_years
from equity_alloc.years.next_year import NextYear, next_year

#: How many years can be looked at, the plan year included.
FEWEST_YEARS, MOST_YEARS = 2, 6
Maker = Callable[[District, Scenario], Result]


@dataclass(frozen=True)
class YearOf:
    """One year of the course.

    Parameters
    ----------
    district : District
    scenario : Scenario
    result : Plan or Impossible
    used : tuple of Assumption
        On which the district rests; none in the plan year itself.
    """

    district: District
    scenario: Scenario
    result: Result
    used: tuple[Assumption, ...] = ()

    @property
    def year(self) -> str:
        """Its name."""
        return self.district.year

    @property
    def plan(self) -> Plan | None:
        """The certified plan, None where none exists."""
        return self.result if isinstance(self.result, Plan) else None

    @cached_property
    def view(self) -> ScenarioView:
        """The district through the scenario."""
        return self.scenario.view(self.district)

    @cached_property
    def funds(self) -> tuple[FundYear, ...]:
        """How the year ends for each fund; with what was there before where no plan exists is not told."""
        return () if self.plan is None else fund_years(self.district, self.scenario, self.plan.allocation)

    @property
    def pupils(self) -> int:
        """Enrollment of all schools."""
        return sum(school.enrollment for school in self.district.schools)

    @property
    def counted_pot(self) -> Cents:
        """What counted funds leave for schools."""
        return self.view.counted_pot

    @property
    def keeping(self) -> Cents:
        """What last year's posts and lines cost in counted funds, at this year's prices, whoever paid for them."""
        ended = {fund.code for fund in self.view.district.funds if not fund.amount}
        today, counted = self.view.district.today, {*self.view.district.counted_funds, *ended}
        return sum(today.school_dollars(school.code, counted) for school in self.district.schools)


@dataclass(frozen=True)
class Course:
    """Several years.

    Parameters
    ----------
    years : tuple of YearOf
        From the plan year on, as far as plans exist; the last may have none.
    asked : int
        How many were asked for.
    gaps : tuple of Gap
        Assumptions that lack for the year after the last one; the course ends there.
    """

    years: tuple[YearOf, ...]
    asked: int
    gaps: tuple[Gap, ...] = ()

    @property
    def impossible(self) -> Impossible | None:
        """The news that the last year has no plan."""
        last = self.years[-1].result
        return last if isinstance(last, Impossible) else None

    @property
    def is_whole(self) -> bool:
        """Whether every year asked for has a plan."""
        return len(self.years) == self.asked and self.impossible is None

    @property
    def is_kept(self) -> bool:
        """Whether moreover every rule could be tested in every year, and is kept."""
        return self.is_whole and all(y.plan is not None and y.plan.certificate.is_kept for y in self.years)


def plan_years(district: District, scenario: Scenario, count: int, make: Maker) -> Course:
    """Return the course of so many years.

    Parameters
    ----------
    district : District
    scenario : Scenario
        With the assumptions for the years ahead.
    count : int
        From 2 to 6, the plan year included.
    make : function of district and scenario to a result
        Makes each year's plan; the plan year's may be known already.

    Raises
    ------
    EquityAllocError
        If the count is out of range, the year's name tells no next one, or an assumption names what is not there.
    """
    *_, last = each_year(district, scenario, count, make)
    return last


def each_year(district: District, scenario: Scenario, count: int, make: Maker) -> Iterator[Course]:
    """Yield the course after each year, so that progress can be shown; the last one is whole or says what lacks."""
    if not FEWEST_YEARS <= count <= MOST_YEARS:
        raise InvalidValue(f"{count} years: choose from {FEWEST_YEARS} to {MOST_YEARS}, the plan year included.")
    year_after(district.year)
    refuse_unfit_ahead(district, scenario.ahead)
    phased_rules(scenario.rules, scenario.ahead)
    found = [YearOf(district, scenario, _first(district, scenario, make))]
    while True:
        course = Course(tuple(found), count)
        plan = found[-1].plan
        if plan is None or len(found) == count:
            yield course
            return
        ahead = next_year(found[-1].district, found[-1].scenario, plan.allocation)
        if ahead.gaps:
            yield Course(tuple(found), count, ahead.gaps)
            return
        yield course
        found.append(YearOf(ahead.district, ahead.scenario, _later(ahead, make), ahead.used))


def _first(district: District, scenario: Scenario, make: Maker) -> Result:
    """Make the plan year's plan; money that does not reach the schools to be served is news like any other."""
    try:
        return make(district, scenario)
    except CannotServe as error:
        return Impossible(district, scenario, str(error), (), ())


def _later(ahead: NextYear, make: Maker) -> Result:
    """Make a later year's plan; what cannot be answered there ends the course, and the years before it stand."""
    try:
        return _first(ahead.district, ahead.scenario, make)
    except EquityAllocError as error:
        return Impossible(ahead.district, ahead.scenario, str(error), (), (), OutcomeKind.FAILED)
