"""Each school last year and in the plan, side by side, as rows of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equity_alloc.planning.baseline import knows_posts
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.summary import SchoolRow, school_rows
from equity_alloc.reports.public_counts import UNKNOWN
from equity_alloc.sources.cell_words import dollars, posts
from equity_alloc.sources.declare import Kind

SUMMARY_KINDS = (
    (Kind.CODE, Kind.TEXT, Kind.TEXT, Kind.PUPILS)
    + (Kind.DOLLARS,) * 3
    + (Kind.SHARE,)
    + (Kind.DOLLARS,) * 2
    + (Kind.FTE,) * 3
    + (Kind.WEIGHT,) * 2
)


def summary_headings(plan: Plan) -> tuple[str, ...]:
    """Return what stands above the columns; a level says its unit."""
    unit = plan.view.levels.unit
    return (
        "Code",
        "Name",
        "Kind",
        "Enrollment",
        "Core dollars last year",
        "Core dollars in the plan",
        "Change in core dollars",
        "Change, share of last year",
        "Supplemental dollars last year",
        "Supplemental dollars in the plan",
        "FTE last year",
        "FTE in the plan",
        "Change in FTE",
        f"Level last year, {unit}",
        f"Level in the plan, {unit}",
    )


def summary_rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    """Yield one row for each school, and one for all of them.

    Last year's posts are priced at the plan year's average cost, so that like meets like. Funds count, or do not, as
    the scenario says; core dollars are those of the funds that count.
    """
    rows = school_rows(plan)
    # Where the data hold no posts at all, how many there are is unknown, which is not none.
    with_posts = knows_posts(plan)
    for row in rows:
        yield (
            row.code,
            row.name,
            row.kind,
            str(row.enrollment),
            *_amounts((row,), with_posts=with_posts),
            _level(row.level_today),
            _level(row.level_plan),
        )
    yield (
        "",
        "All schools",
        "",
        str(sum(row.enrollment for row in rows)),
        *_amounts(rows, with_posts=with_posts),
        "",
        "",
    )


def _amounts(rows: Sequence[SchoolRow], *, with_posts: bool) -> tuple[str, ...]:
    before, after = sum(row.counted_today for row in rows), sum(row.counted_plan for row in rows)
    fte_before, fte_after = sum(row.fte_today for row in rows), sum(row.fte_plan for row in rows)
    return (
        dollars(before),
        dollars(after),
        dollars(after - before),
        f"{(after - before) / before:.8f}" if before else "",
        dollars(sum(row.other_today for row in rows)),
        dollars(sum(row.other_plan for row in rows)),
        *(posts(fte) if with_posts else UNKNOWN for fte in (fte_before, fte_after, fte_after - fte_before)),
    )


def _level(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
