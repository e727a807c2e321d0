"""The district a year later: last year is what the plan gave, and everything else follows stated assumptions."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from equity_alloc.domain.action import Actions
from equity_alloc.domain.ahead import Assumption, What, year_after
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, Spending, Staffing
from equity_alloc.domain.federal import Federal
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.money import share_out
from equity_alloc.domain.terms import Vacancy
from equity_alloc.rules.phased import phased_rules
from equity_alloc.scenario import Scenario
from equity_alloc.years.assumed import Assumed
from equity_alloc.years.balance import first_month, fund_years
from equity_alloc.years.money import central_after, funds_after, positions_after
from equity_alloc.years.pupils import schools_after

#: Spending of earlier years, which a plan does not know.
_EFFORT = tuple(f for f in Federal.__dataclass_fields__ if f.startswith(("esea_", "idea_")))


@dataclass(frozen=True)
class NextYear:
    """A projected district with the choices for it.

    Parameters
    ----------
    district : District
    scenario : Scenario
    used : tuple of Assumption
        On which it rests.
    gaps : tuple of Gap
        Assumptions that lack; with any of them the district is no projection and must not be planned with.
    """

    district: District
    scenario: Scenario
    used: tuple[Assumption, ...]
    gaps: tuple[Gap, ...]


def next_year(district: District, scenario: Scenario, allocation: Allocation) -> NextYear:
    """Return the district and the choices a year later.

    Parameters
    ----------
    district : District
        This year's, before the scenario's changes.
    scenario : Scenario
    allocation : Allocation
        This year's plan; it is next year's "last year".

    Returns
    -------
    NextYear

    Raises
    ------
    EquityAllocError
        If the year's name tells no next one, or an assumption names a rule that the scenario does not have.
    """
    year = year_after(district.year)
    now, assumed = scenario.apply(district), Assumed(scenario.ahead, year)
    schools = schools_after(now, assumed)
    funds, terms = funds_after(now, fund_years(district, scenario, allocation), year, assumed, first_month(scenario))
    after = dataclasses.replace(
        now,
        year=year,
        schools=schools,
        positions=positions_after(now, assumed),
        funds=funds,
        staffing=staffing_of(now, allocation),
        spending=spending_of(now, allocation),
        central=central_after(now, {fund.code: fund for fund in funds}, assumed),
        terms=terms,
        vacancies=vacancies_after(now, allocation, assumed),
        federal=_without_effort(now.federal),
    )
    name = f"{scenario.name.removesuffix(_year_mark(district.year))}{_year_mark(year)}"
    chosen = dataclasses.replace(
        scenario,
        name=name,
        rules=phased_rules(scenario.rules, assumed.here(What.RULE)),
        funds=(),
        actions=_with_lines_that_remain(scenario.actions, after),
    )
    return NextYear(after, chosen, tuple(assumed.used), assumed.gaps)


def vacancies_after(district: District, allocation: Allocation, assumed: Assumed) -> tuple[Vacancy, ...]:
    """Return the posts that fall vacant until next year; of positions without an assumption nothing is known."""
    shares = {p.code: assumed.if_any(What.VACANT, p.code) for p in district.positions}
    return tuple(
        Vacancy(school, position, int(fte * share))
        for (school, position), fte in allocation.fte
        if (share := shares[position]) is not None
    )


def _with_lines_that_remain(actions: Actions, district: District) -> Actions:
    """Return causes and interventions with the money that is still there: a line of a fund that has ended holds none."""
    lines = {(each.fund, each.line) for each in district.central}
    return dataclasses.replace(actions, money=tuple(each for each in actions.money if (each.fund, each.line) in lines))


def _without_effort(federal: Federal) -> Federal:
    """Return the choices without the spending of earlier years, which no plan tells."""
    unknown: dict[str, Any] = dict.fromkeys(_EFFORT)
    return dataclasses.replace(federal, **unknown)


def _year_mark(year: str) -> str:
    return f", year {year}"


def spending_of(district: District, allocation: Allocation) -> tuple[Spending, ...]:
    """Return an allocation's lines as next year's "last year".

    A line of which nothing is left stays at zero dollars: the rules that name it go on to mean it.
    """
    spent = tuple(Spending(s, line, fund, cents) for (s, line, fund), cents in allocation.dollars)
    known = {row.line for row in spent}
    ended = tuple(dataclasses.replace(row, amount=0) for row in district.spending if row.line not in known)
    return (*spent, *ended)


def staffing_of(district: District, allocation: Allocation) -> tuple[Staffing, ...]:
    """Return a plan's posts as last year's: those that several funds pay are divided by pay, to a hundredth of a post."""
    payers: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for (school, position, fund), cents in allocation.pay:
        payers.setdefault((school, position), []).append((fund, cents))
    found = []
    for (school, position), fte in allocation.fte:
        paid = payers.get((school, position)) or [(district.funds[0].code, 1)]
        parts = share_out(fte, [Fraction(cents) for _, cents in paid], [fund for fund, _ in paid])
        found += [Staffing(school, position, f, part) for (f, _), part in zip(paid, parts, strict=True) if part]
    return tuple(found)
