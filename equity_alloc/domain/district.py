"""The district as understood: schools, pupils, posts, funds, and what was spent last year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.earlier import YearChange
from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.domain.federal import Federal
from equity_alloc.domain.fte import Hundredths, pay_of
from equity_alloc.domain.fund import ALL, Fund
from equity_alloc.domain.last_year import CentralSpending, Spending, Staffing
from equity_alloc.domain.money import MOST_CENTS, Cents
from equity_alloc.domain.outcome import ALL_PUPILS, Indicator, OutcomeCount
from equity_alloc.domain.record import digest, later
from equity_alloc.domain.school import GroupUse, School, SchoolFlag, StudentGroup
from equity_alloc.domain.terms import FundTerms, Vacancy

__all__ = [
    "ALL",
    "CentralSpending",
    "Decision",
    "District",
    "Fund",
    "GroupUse",
    "Position",
    "School",
    "SchoolFlag",
    "Spending",
    "Staffing",
    "StudentGroup",
]


@dataclass(frozen=True, slots=True)
class Position:
    """A job class.

    Parameters
    ----------
    code, title : str
    cost : Cents
        District-average salary and benefits of one full-time post in the plan year.
    step : Hundredths
        Posts come in multiples of this.
    smallest : Hundredths
        A school has none, or at least this much.
    compares : bool or None
        Whether its posts are instructional staff in the comparability test; None where unknown.
    """

    code: str
    title: str
    cost: Cents
    step: Hundredths = 100
    smallest: Hundredths = 0
    compares: bool | None = later(None)

    def __post_init__(self) -> None:
        if self.step <= 0 or not 0 <= self.cost <= MOST_CENTS or self.smallest < 0:
            raise InvalidValue(f"Position {self.code}: step must be above zero; cost and smallest post zero or more.")
        if self.cost * self.step % 100:
            raise InvalidValue(f"Position {self.code}: a step of {self.step / 100} FTE must cost whole cents.")


@dataclass(frozen=True, slots=True)
class Decision:
    """Something a person decided about the data, kept with it."""

    what: str
    who: str
    when: str


@dataclass(frozen=True)
class District:
    """A district for one plan year.

    Schools are kept sorted by code, so that the order of rows in a file decides nothing.

    Parameters
    ----------
    name, year : str
    schools : tuple of School
    groups : tuple of StudentGroup
    positions : tuple of Position
    funds : tuple of Fund
    staffing, spending, central : tuples
        Last year's posts and dollars; this year's central block.
    invented : bool
        True for sample districts; the screen says so.
    decisions : tuple of Decision
    federal : Federal
        Choices and figures that federal law asks for.
    terms : tuple of FundTerms
        Of the funds of which more is known than what they hold and may pay.
    vacancies : tuple of Vacancy
        Last year's posts that nobody holds; empty where that is unknown.
    earlier : tuple of YearChange
        What earlier years changed at schools; a school and year that is not there is unknown. It decides nothing.
    flags : tuple of SchoolFlag
        What holds for some schools and not for others, and may be named by a formula.
    indicators : tuple of Indicator
    outcomes, earlier_outcomes : tuple of OutcomeCount
        Of each indicator's own year, and of years before it.
        For the audit only: nothing here can drive an allocation.

    Raises
    ------
    InvalidValue
        If two members of a kind share a code.
    UnknownCode
        If a row names a school, position or fund that does not exist.
    """

    name: str
    year: str
    schools: tuple[School, ...]
    groups: tuple[StudentGroup, ...] = ()
    positions: tuple[Position, ...] = ()
    funds: tuple[Fund, ...] = ()
    staffing: tuple[Staffing, ...] = ()
    spending: tuple[Spending, ...] = ()
    central: tuple[CentralSpending, ...] = ()
    invented: bool = False
    decisions: tuple[Decision, ...] = field(default=())
    federal: Federal = later(Federal())
    terms: tuple[FundTerms, ...] = later(())
    vacancies: tuple[Vacancy, ...] = later(())
    flags: tuple[SchoolFlag, ...] = later(())
    indicators: tuple[Indicator, ...] = later(())
    outcomes: tuple[OutcomeCount, ...] = later(())
    earlier: tuple[YearChange, ...] = later(())
    earlier_outcomes: tuple[OutcomeCount, ...] = later(())

    def __post_init__(self) -> None:
        object.__setattr__(self, "schools", tuple(sorted(self.schools, key=lambda school: school.code)))
        for kind in (self.schools, self.groups, self.positions, self.funds, self.flags):
            _refuse_duplicates([member.code for member in kind])
        known_schools, known_funds = set(self.school_of), set(self.fund_of)
        for row in self.staffing:
            _require(row.school, known_schools, "school")
            _require(row.position, set(self.position_of), "position")
            _require(row.fund, known_funds, "fund")
        for line in self.spending:
            _require(line.school, known_schools, "school")
            _require(line.fund, known_funds, "fund")
        for block in self.central:
            _require(block.fund, known_funds, "fund")
        _refuse_duplicates([terms.fund for terms in self.terms])
        for terms in self.terms:
            _require(terms.fund, known_funds, "fund")
        for vacancy in self.vacancies:
            _require(vacancy.school, known_schools, "school")
            _require(vacancy.position, set(self.position_of), "position")
        for change in self.earlier:
            _require(change.school, known_schools, "school")
        _refuse_duplicates([indicator.title for indicator in self.indicators])
        titles = {indicator.title for indicator in self.indicators}
        known_groups = {ALL_PUPILS, *self.group_of}
        for count in (*self.outcomes, *self.earlier_outcomes):
            _require(count.indicator, titles, "indicator")
            _require(count.school, known_schools, "school")
            _require(count.group, known_groups, "student group")

    @cached_property
    def school_of(self) -> dict[str, School]:
        """Schools by code."""
        return {school.code: school for school in self.schools}

    @cached_property
    def position_of(self) -> dict[str, Position]:
        """Positions by code."""
        return {position.code: position for position in self.positions}

    @cached_property
    def fund_of(self) -> dict[str, Fund]:
        """Funds by code."""
        return {fund.code: fund for fund in self.funds}

    @cached_property
    def group_of(self) -> dict[str, StudentGroup]:
        """Student groups by code."""
        return {group.code: group for group in self.groups}

    def terms_of(self, fund: str) -> FundTerms:
        """Return what is known of a fund's money; everything unknown where nothing is."""
        return next((terms for terms in self.terms if terms.fund == fund), FundTerms(fund))

    @cached_property
    def vacant_of(self) -> dict[tuple[str, str], Hundredths]:
        """Vacant posts by school and position."""
        return {(vacancy.school, vacancy.position): vacancy.fte for vacancy in self.vacancies}

    @cached_property
    def vacant_positions(self) -> frozenset[str]:
        """Positions of which it is known what is vacant: a row says so, if only that it is zero."""
        return frozenset(vacancy.position for vacancy in self.vacancies)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Non-staff lines seen in last year's school spending, sorted."""
        return tuple(sorted({row.line for row in self.spending}))

    @cached_property
    def counted_funds(self) -> tuple[str, ...]:
        """Codes of the funds whose dollars are part of the level."""
        return tuple(fund.code for fund in self.funds if fund.counts)

    def counted_dollars(self, allocation: Allocation, school: str) -> Cents:
        """Return a school's dollars from counted funds."""
        return allocation.school_dollars(school, self.counted_funds)

    def central_of(self, fund: str, line: str | None = None) -> Cents:
        """Return what a fund pays centrally, in all or for one line."""
        return sum(block.amount for block in self.central if block.fund == fund and line in (None, block.line))

    @cached_property
    def central_lines(self) -> tuple[str, ...]:
        """Lines that are budgeted centrally, sorted."""
        return tuple(sorted({block.line for block in self.central}))

    def school_pot(self, fund: Fund) -> Cents:
        """Return what a fund leaves for schools; below zero when the central block asks for more than it has."""
        return fund.amount - self.central_of(fund.code)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical text: the district's identity."""
        return digest(self)

    @cached_property
    def today(self) -> Allocation:
        """Last year's posts and lines, posts priced at the plan year's average cost so that like meets like."""
        fte: dict[tuple[str, str], Hundredths] = {}
        pay: dict[tuple[str, str, str], Cents] = {}
        dollars: dict[tuple[str, str, str], Cents] = {}
        for row in self.staffing:
            fte[row.school, row.position] = fte.get((row.school, row.position), 0) + row.fte
            key = (row.school, row.position, row.fund)
            pay[key] = pay.get(key, 0) + pay_of(row.fte, self.position_of[row.position].cost)
        for line in self.spending:
            key = (line.school, line.line, line.fund)
            dollars[key] = dollars.get(key, 0) + line.amount
        return Allocation.of(fte, pay, dollars)


def _refuse_duplicates(codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise InvalidValue(f"Code {code} is used twice. Every school, group, position and fund has one code.")
        seen.add(code)


def _require(code: str, known: set[str], kind: str) -> None:
    if code not in known:
        raise UnknownCode(f"There is no {kind} with code {code}.")
