"""Answers of a key that are read off a plan."""

from __future__ import annotations

from equity_alloc.cases.opened import Opened
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import SchoolRow, school_rows


def lowest_level(opened: Opened, about: str) -> str:
    """Return the lowest level and the schools that stand there, to the dollar."""
    found = [(row.level_plan, row.name) for row in school_rows(opened.plan) if row.level_plan is not None]
    lowest = round(min(value for value, _ in found))
    return f"${lowest:,} ({', '.join(name for value, name in found if round(value) == lowest)})"


def dollars(opened: Opened, about: str) -> str:
    """Return the dollars of a school in the plan."""
    return print_dollars(_row(opened, about).total_plan)


def change(opened: Opened, about: str) -> str:
    """Return what a school gains or gives up."""
    return print_dollars(_row(opened, about).change)


def posts(opened: Opened, about: str) -> str:
    """Return the full-time posts of a school in the plan; `about` names the school and the position: "0101 TCH"."""
    school, position = about.split()
    return f"{print_fte(opened.plan.allocation.fte_of.get((school, position), 0))} FTE"


def who_loses(opened: Opened, about: str) -> str:
    """Return the schools that end with fewer dollars than today."""
    names = [row.name for row in school_rows(opened.plan) if row.change < 0]
    return ", ".join(names) or "nobody"


def exists(opened: Opened, about: str) -> str:
    """Return whether a plan exists."""
    return "yes" if isinstance(opened.result, Plan) else "no"


def _row(opened: Opened, school: str) -> SchoolRow:
    return next(row for row in school_rows(opened.plan) if row.code == school)
