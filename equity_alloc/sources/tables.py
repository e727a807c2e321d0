"""The sheets and columns we ask for: one declaration for reading, writing, the template and the help."""

from __future__ import annotations

from equity_alloc.sources.ahead_table import AHEAD
from equity_alloc.sources.cause_tables import ACTION_MONEY, CAUSES
from equity_alloc.sources.choice_tables import DECISIONS, FORMULA, NEED_WEIGHTS, RULES, SCENARIO
from equity_alloc.sources.commitment_tables import COMMITMENT_TESTS, COMMITMENTS
from equity_alloc.sources.declare import Column, Kind, Sheet
from equity_alloc.sources.district_tables import (
    CENTRAL,
    DISTRICT,
    DOLLARS,
    FTE,
    FUND,
    FUNDS,
    LINE,
    POSITION,
    POSITIONS,
    SCHOOL,
    SCHOOLS,
    SPENDING,
    STAFFING,
)
from equity_alloc.sources.earlier_table import EARLIER
from equity_alloc.sources.federal_tables import FEDERAL
from equity_alloc.sources.intervention_table import INTERVENTIONS
from equity_alloc.sources.outcome_tables import INDICATORS, OUTCOMES
from equity_alloc.sources.policy_table import POLICIES
from equity_alloc.sources.priority_table import PRIORITIES
from equity_alloc.sources.terms_tables import FUND_TERMS, VACANT_POSTS

#: Every sheet, in the order in which it is written and read.
SHEETS: tuple[Sheet, ...] = (
    DISTRICT, SCHOOLS, POSITIONS, FUNDS, STAFFING, SPENDING, CENTRAL, FUND_TERMS, VACANT_POSTS, EARLIER, FEDERAL, INDICATORS,
    OUTCOMES, DECISIONS, NEED_WEIGHTS, SCENARIO, RULES, COMMITMENTS, COMMITMENT_TESTS, POLICIES, CAUSES, INTERVENTIONS, ACTION_MONEY,
    PRIORITIES,
    AHEAD, FORMULA,
)  # fmt: skip

PLAN_POSTS = Sheet(
    "Plan posts",
    "The plan's posts by school and position.",
    (SCHOOL, Column("Name", "name", Kind.TEXT, "The school's name.", required=False), POSITION, FTE),
    ("school", "position"),
)
PLAN_PAY = Sheet(
    "Plan pay",
    "What each fund pays toward the plan's posts.",
    (SCHOOL, POSITION, FUND, DOLLARS),
    ("school", "position", "fund"),
)
PLAN_DOLLARS = Sheet(
    "Plan dollars",
    "The plan's non-staff dollars by school, line and fund.",
    (SCHOOL, LINE, FUND, DOLLARS),
    ("school", "line", "fund"),
)

#: The sheets that hold a plan, in a workbook that was exported.
PLAN_SHEETS: tuple[Sheet, ...] = (PLAN_POSTS, PLAN_PAY, PLAN_DOLLARS)
#: Sheets of exported workbooks and templates that are for reading by people.
READ_ME, SUMMARY, CERTIFICATE, SEALS, TRACE = "Read me", "Summary", "Certificate", "Seals", "Formula trace"

#: Sheets of exported workbooks that are worked out from the sheets above, with live formulas; they are looked at and never read.
OVERVIEW, BY_SCHOOL, BY_SCHOOL_FUND, BY_FUND = "Overview", "By school", "By school and fund", "By fund"
BY_POSITION, CHANGED, ROOM, MEASURED = "Posts by position", "What changed", "Rules and room", "Measures"
ASSUMED, CITED, TIED, PRICED = "Assumptions", "Sources", "Reconciliation", "Last year priced"
TOLD_WHY = "Why each school"
LIVE: tuple[str, ...] = (
    OVERVIEW, TIED, BY_SCHOOL, TOLD_WHY, BY_FUND, BY_POSITION, CHANGED, ROOM, MEASURED, ASSUMED, CITED, BY_SCHOOL_FUND, PRICED,
)  # fmt: skip
#: Sheets that tell what no plan alone can tell again: they bear seals, and are never read either.
COMMITTED, ACTED, REASONED, DECIDED = (
    "Commitments checked", "Interventions chosen", "Why interventions", "Decision",
)  # fmt: skip
TOLD: tuple[str, ...] = (COMMITTED, ACTED, REASONED, DECIDED)
