"""A district, its scenario and a plan as rows of text: what workbooks, CSV files and the template are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, Fund, School
from equity_alloc.domain.money import Cents
from equity_alloc.scenario import Scenario
from equity_alloc.sources.ahead_table import AHEAD, ahead_kind, ahead_rows
from equity_alloc.sources.base import UNDATED
from equity_alloc.sources.build_terms import terms_rows
from equity_alloc.sources.cause_tables import ACTION_MONEY, CAUSES, cause_rows, money_rows
from equity_alloc.sources.cell_words import codes, dollars, posts, sharing, yes_no
from equity_alloc.sources.choice_tables import DECISIONS, FORMULA, NEED_WEIGHTS, RULES, SCENARIO
from equity_alloc.sources.commitment_tables import (
    COMMITMENT_TESTS,
    COMMITMENTS,
    commitment_rows,
    commitment_test_rows,
)
from equity_alloc.sources.declare import PREFIXES, VALUE, Kind, Sheet, slug
from equity_alloc.sources.district_tables import CENTRAL, DISTRICT, FUNDS, POSITIONS, SCHOOLS, SPENDING, STAFFING
from equity_alloc.sources.earlier_table import EARLIER, earlier_rows
from equity_alloc.sources.federal_facts import federal_kind, federal_rows
from equity_alloc.sources.federal_tables import FEDERAL
from equity_alloc.sources.intervention_table import INTERVENTIONS, intervention_rows
from equity_alloc.sources.outcome_tables import INDICATORS, OUTCOMES, indicator_rows, outcome_rows
from equity_alloc.sources.policy_table import POLICIES, policy_rows
from equity_alloc.sources.priority_table import PRIORITIES, priority_rows
from equity_alloc.sources.school_columns import school_cells, school_headings
from equity_alloc.sources.tables import PLAN_DOLLARS, PLAN_PAY, PLAN_POSTS
from equity_alloc.sources.terms_tables import FUND_TERMS, VACANT_POSTS
from equity_alloc.sources.write_choices import formula_rows, rule_rows, scenario_rows, weight_rows


@dataclass(frozen=True, slots=True)
class Written:
    """A table ready to be put on a sheet or into a file.

    Parameters
    ----------
    sheet : Sheet
    headings : tuple of str
    kinds : tuple of Kind
        One for each heading.
    rows : tuple of tuple of str
        Every cell as text: dollars with cents, FTE with two decimals.
    values : tuple of Kind
        What the cell below the heading "Value" holds, row by row, in a table of settings; empty where one kind holds for all.
    """

    sheet: Sheet
    headings: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[tuple[str, ...], ...]
    values: tuple[Kind, ...] = ()

    def kinds_of(self, row: int) -> tuple[Kind, ...]:
        """Return what the cells of a row hold, the first row being 0."""
        if not self.values:
            return self.kinds
        value = self.headings.index(VALUE)
        return (*self.kinds[:value], self.values[row], *self.kinds[value + 1 :])


def write_tables(district: District, scenario: Scenario | None = None) -> tuple[Written, ...]:
    """Return every declared table, in the declared order; read back they give an equal district and scenario.

    Parameters
    ----------
    district : District
    scenario : Scenario or None
        Without one, the sheets with choices have headings only.

    Returns
    -------
    tuple of Written
    """
    return (
        _written(
            DISTRICT,
            (
                ("Name", district.name),
                ("Year", "" if district.year == UNDATED else district.year),
                ("Invented", yes_no(district.invented)),
            ),
        ),
        _schools(district),
        _written(
            POSITIONS,
            (
                (p.code, p.title, dollars(p.cost), posts(p.step), posts(p.smallest), yes_no(p.compares))
                for p in district.positions
            ),
        ),
        _written(FUNDS, (_fund(district, fund) for fund in district.funds)),
        _written(STAFFING, ((s.school, s.position, s.fund, posts(s.fte), _money(s.actual)) for s in district.staffing)),
        _written(SPENDING, ((s.school, s.line, s.fund, dollars(s.amount)) for s in district.spending)),
        _written(CENTRAL, ((c.line, c.fund, dollars(c.amount), c.purpose or "") for c in district.central)),
        _written(FUND_TERMS, terms_rows(district)),
        _written(VACANT_POSTS, ((v.school, v.position, posts(v.fte)) for v in district.vacancies)),
        _written(EARLIER, earlier_rows(district)),
        _settings(FEDERAL, federal_rows(district.federal), federal_kind),
        _written(INDICATORS, indicator_rows(district)),
        _written(OUTCOMES, outcome_rows(district)),
        _written(DECISIONS, ((d.what, d.who, d.when) for d in district.decisions)),
        _written(NEED_WEIGHTS, weight_rows(district, scenario) if scenario else ()),
        _written(SCENARIO, scenario_rows(district, scenario) if scenario else ()),
        _written(RULES, rule_rows(scenario.rules) if scenario else ()),
        _written(COMMITMENTS, commitment_rows(scenario) if scenario else ()),
        _written(COMMITMENT_TESTS, commitment_test_rows(scenario) if scenario else ()),
        _written(POLICIES, policy_rows(scenario) if scenario else ()),
        _written(CAUSES, cause_rows(scenario.actions) if scenario else ()),
        _written(INTERVENTIONS, intervention_rows(scenario.actions) if scenario else ()),
        _written(ACTION_MONEY, money_rows(scenario.actions) if scenario else ()),
        _written(PRIORITIES, priority_rows(scenario.actions) if scenario else ()),
        _settings(AHEAD, ahead_rows(scenario.ahead) if scenario else (), ahead_kind),
        _written(FORMULA, formula_rows(scenario) if scenario else ()),
    )


def write_plan_tables(district: District, allocation: Allocation) -> tuple[Written, ...]:
    """Return the three tables of a plan."""
    names = {school.code: school.name for school in district.schools}
    return (
        _written(PLAN_POSTS, ((s, names.get(s, ""), p, posts(fte)) for (s, p), fte in allocation.fte)),
        _written(PLAN_PAY, ((*key, dollars(cents)) for key, cents in allocation.pay)),
        _written(PLAN_DOLLARS, ((*key, dollars(cents)) for key, cents in allocation.dollars)),
    )


def _written(sheet: Sheet, rows: Iterable[tuple[str, ...]]) -> Written:
    return Written(sheet, tuple(c.title for c in sheet.columns), tuple(c.kind for c in sheet.columns), tuple(rows))


def _settings(sheet: Sheet, rows: Iterable[tuple[str, ...]], kind_of: Callable[[str], Kind]) -> Written:
    """Return a table of settings, each value shown as what its setting is."""
    table = _written(sheet, rows)
    return replace(table, values=tuple(kind_of(row[0]) for row in table.rows))


def _schools(district: District) -> Written:
    headings = tuple(
        f"{PREFIXES[group.use]}{group.title}" + ("" if slug(group.title) == group.code else f" [{group.code}]")
        for group in district.groups
    )
    plain, (more, more_kinds) = _written(SCHOOLS, ()), school_headings(district)
    return Written(
        SCHOOLS,
        plain.headings + headings + more,
        plain.kinds + (Kind.PUPILS,) * len(headings) + more_kinds,
        tuple(_school(district, school) for school in district.schools),
    )


def _school(district: District, school: School) -> tuple[str, ...]:
    counts = dict(school.groups)
    return (
        school.code,
        school.name,
        school.kind,
        str(school.enrollment),
        _pupils(school.enrollment_last_year),
        _money(school.target),
        school.span,
        school.title_one or "",
        _pupils(school.low_income),
        _pupils(school.private_low_income),
        _money(school.instead_of_title_one),
        _money(school.wealth),
        *(_pupils(counts.get(group.code)) for group in district.groups),
        *school_cells(district, school),
    )


def _pupils(count: int | None) -> str:
    return "" if count is None else str(count)


def _money(cents: Cents | None) -> str:
    return "" if cents is None else dollars(cents)


def _fund(district: District, fund: Fund) -> tuple[str, ...]:
    return (
        fund.code,
        fund.title,
        dollars(fund.amount),
        "yes" if fund.counts else "no",
        sharing(district, fund.shared_by),
        codes(fund.schools),
        codes(fund.positions),
        codes(fund.lines),
        fund.source or "",
    )
