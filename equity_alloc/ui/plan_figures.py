"""Figures of a plan with the words of its district: units, year, n and source."""

from __future__ import annotations

from equity_alloc.domain.money import Cents
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Colors, Figure
from equity_alloc.figures.level_change import LevelPair, level_change
from equity_alloc.planning.baseline import baseline, knows_last_year, rounding_of
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import need_group
from equity_alloc.ui.cached import Summary
from equity_alloc.ui.numbers import print_change

#: How the measures are taken; stands beside them wherever they are shown.
MEASURES_NOTE = (
    "Measures of spread look at core dollars per weighted pupil, each school counted by its weighted pupils. "
    "Measures that set dollars against need or wealth look at core dollars per pupil, and measures of adequacy at core dollars over "
    "target, each school counted by its enrollment."
)


def need_title(plan: Plan) -> str:
    """Return the title of the group that need shares are measured by, "" where there is none."""
    group = need_group(plan.district)
    return plan.district.group_of[group].title if group else ""


def source_note(plan: Plan) -> str:
    """Return unit, weighting, year, n and source in one line."""
    before = f"last year is {baseline(plan)}" if knows_last_year(plan) else "they hold nothing of last year"
    return (
        f"Core dollars, pupil-weighted, {plan.district.year}, {count_words(len(plan.district.schools), 'school')}. "
        f"Source: {plan.district.name} data; {before}."
    )


def as_money(plan: Plan, change: Cents) -> str:
    """Return by how much schools together have more or less than today; what rounded averages leave is told as such."""
    told = print_change(change)
    return f"{told}, rounding" if change and abs(change) <= rounding_of(plan) else told


def core_note(plan: Plan) -> str:
    """Return what core and supplemental money are here, and what a weighted pupil is."""
    funds = plan.view.district.funds
    core = ", ".join(fund.title for fund in funds if fund.counts)
    others = ", ".join(fund.title for fund in funds if not fund.counts)
    words = [f"Core money is what schools are compared by: {core or 'no fund'}."]
    if others:
        words.append(f"Supplemental money follows its own rules and takes the place of none: {others}.")
    words.append("A weighted pupil is a pupil plus the extra share that the need weights add.")
    return " ".join(words)


def levels_today_and_plan(plan: Plan, summary: Summary, colors: Colors) -> Figure:
    """Return the figure of every school's level, today and in the proposal."""
    pairs = [
        LevelPair(row.code, row.name, row.level_today, row.level_plan)
        for row in summary.rows
        if row.level_today is not None and row.level_plan is not None
    ]
    unit = plan.view.levels.unit
    return level_change(pairs, colors, unit=unit, before="Last year", after="Proposal", note=source_note(plan))
