"""Rows for public documents: schools, student groups, posts, funds, rules and measures, with nothing that is internal.

Money that is shared out by a count of pupils would tell that count, so supplemental money is public for the district alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.planning.plan import RuleReport
from equity_alloc.planning.summary import need_group
from equity_alloc.reports.counts_told import public_title, public_words
from equity_alloc.reports.document import Dossier
from equity_alloc.rules.usual import NO_SOURCE
from equity_alloc.sources.cell_words import dollars, posts
from equity_alloc.sources.declare import Kind

#: Headings with what their cells hold.
Headings = tuple[tuple[str, Kind], ...]

SCHOOLS: Headings = (
    ("Code", Kind.CODE),
    ("School", Kind.TEXT),
    ("Kind", Kind.TEXT),
    ("Enrollment", Kind.PUPILS),
    ("Core dollars last year", Kind.DOLLARS),
    ("Core dollars in the plan", Kind.DOLLARS),
    ("Change", Kind.DOLLARS),
    ("Level last year", Kind.DOLLARS),
    ("Level in the plan", Kind.DOLLARS),
)
MARKED: Headings = (("Core dollars in the plan are", Kind.TEXT),)
HELD: Headings = (("FTE last year", Kind.FTE), ("FTE in the plan", Kind.FTE))
FUNDS: Headings = (
    ("Fund", Kind.CODE),
    ("Title", Kind.TEXT),
    ("Compared between schools", Kind.TEXT),
    ("Appropriation", Kind.DOLLARS),
    ("Budgeted centrally", Kind.DOLLARS),
    ("Schools", Kind.DOLLARS),
    ("Unallocated", Kind.DOLLARS),
)
RULES: Headings = (
    ("Rule", Kind.TEXT),
    ("Title", Kind.TEXT),
    ("Here", Kind.TEXT),
    ("Authority", Kind.TEXT),
    ("Kept", Kind.TEXT),
)
MEASURES: Headings = (
    ("Measure", Kind.TEXT),
    ("Last year", Kind.MEASURED),
    ("Plan", Kind.MEASURED),
    ("Unit", Kind.TEXT),
    ("Better when", Kind.TEXT),
    ("Where it is defined", Kind.TEXT),
)


def level_cell(dossier: Dossier, level: float | None) -> str:
    """Return a level with cents, or the mark where levels must not be shown."""
    if not dossier.public.hidden.levels:
        return "*"
    return "" if level is None else f"{level:.2f}"


def school_headings(dossier: Dossier) -> Headings:
    """Return the headings of the schools; without posts in the data no column stays empty for them, nor one for estimates."""
    return (*SCHOOLS, *(HELD if dossier.knows_posts else ()), *(MARKED if dossier.estimated else ()))


def school_rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield one row for each school, and one for all."""
    for row in dossier.rows:
        yield (
            row.code,
            row.name,
            row.kind,
            str(row.enrollment),
            *_money(row.counted_today, row.counted_plan),
            level_cell(dossier, row.level_today),
            level_cell(dossier, row.level_plan),
            *(map(posts, (row.fte_today, row.fte_plan)) if dossier.knows_posts else ()),
            *(("an estimate" if row.code in dossier.estimated else "exact",) if dossier.estimated else ()),
        )
    sums = dossier.totals
    pupils = sum(row.enrollment for row in dossier.rows)
    money = _money(sums.counted_today, sums.counted_plan)
    held = tuple(map(posts, (sums.fte_today, sums.fte_plan))) if dossier.knows_posts else ()
    exact = ("exact",) if dossier.estimated else ()
    yield ("", "All schools", "", str(pupils), *money, "", "", *held, *exact)


def _money(today: int, plan: int) -> tuple[str, str, str]:
    return dollars(today), dollars(plan), dollars(plan - today)


def group_headings(dossier: Dossier) -> Headings:
    """Return the headings of the student groups; those for audit only are not among them."""
    groups = tuple((group.title, Kind.PUPILS) for group in dossier.public.groups)
    return (("Code", Kind.CODE), ("School", Kind.TEXT), ("Enrollment", Kind.PUPILS), *groups)


def group_rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield each school's counts, small ones hidden, and the district's."""
    public = dossier.public
    for row in dossier.rows:
        cells = (public.cell(row.code, group.code).replace(",", "") for group in public.groups)
        yield (row.code, row.name, str(row.enrollment), *cells)
    totals = (public.total(group.code) for group in public.groups)
    pupils = sum(row.enrollment for row in dossier.rows)
    yield ("", "All schools", str(pupils), *("*" if total is None else str(total) for total in totals))


def post_headings(dossier: Dossier) -> Headings:
    """Return the headings of posts: one column for each position."""
    positions = tuple((position.title, Kind.FTE) for position in dossier.plan.district.positions)
    return (("Code", Kind.CODE), ("School", Kind.TEXT), *positions)


def post_rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield the posts of each school in the plan, and of all."""
    positions = dossier.plan.district.positions
    fte = dossier.plan.allocation.fte_of
    for row in dossier.rows:
        yield (row.code, row.name, *(posts(fte.get((row.code, position.code), 0)) for position in positions))
    sums = {code: total for code, _, total in dossier.plan.certificate.positions}
    yield ("", "All schools", *(posts(sums[position.code]) for position in positions))


def fund_rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield where each fund's appropriation goes, and all funds together."""
    counted = set(dossier.plan.view.district.counted_funds)
    sums = [0, 0, 0, 0]
    for fund in dossier.plan.certificate.funds:
        amounts = (fund.appropriation, fund.central, fund.schools, fund.unallocated)
        sums = [total + amount for total, amount in zip(sums, amounts, strict=True)]
        compared = "yes (core)" if fund.code in counted else "no (supplemental)"
        yield (fund.code, fund.title, compared, *map(dollars, amounts))
    yield ("", "All funds", "", *map(dollars, sums))


def rule_rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield each rule with what it says here; which schools it binds is told where they are told why."""
    for report in dossier.plan.certificate.rules:
        rule = dossier.plan.scenario.rules[report.number - 1]
        here = public_words(report, rule, dossier.public.quiet)
        title = public_title(report.title, rule, dossier.plan.view.district)
        basis = _authority(report)
        yield (str(report.number), title, here, basis, report.verdict.value)


def _authority(report: RuleReport) -> str:
    """Return a rule's force and where it is written; the force alone where nobody has said where.

    The auditor's workbook says that no source is given, and what rules of the kind are usually written in.
    """
    return report.force.value if report.written == NO_SOURCE else f"{report.force.value}: {report.written}"


def measure_rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield each measure, last year and in the plan; none where levels are hidden, for measures tell of levels.

    Those that counts of a group go into stand there only where none of these counts is hidden, and none without a value.
    """
    if not dossier.public.hidden.levels:
        return
    group = need_group(dossier.plan.district)
    hides = any(code == group for _, code in dossier.public.hidden.places)
    for row in dossier.measures:
        if (hides and row.measure.needs_share) or (row.today is None and row.plan is None):
            continue
        values = ("" if value is None else row.measure.rounded(value) for value in (row.today, row.plan))
        yield (
            row.measure.title,
            *values,
            row.measure.unit,
            row.measure.better.value,
            f"{row.basis} {row.measure.source}".strip(),
        )
