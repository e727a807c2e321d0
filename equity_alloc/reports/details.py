"""What stands behind the first pages: every school with its reason, groups, rules, measures and notes; all of it public."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.baseline import BASELINE
from equity_alloc.planning.reason_words import public_reason
from equity_alloc.reports import public_rows
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.section import Section, Table
from equity_alloc.sources.declare import Kind


def details(dossier: Dossier) -> tuple[Section, ...]:
    """Return the sections behind them: every school with its reason, posts, groups, rules, measures and notes."""
    levels = dossier.public.hidden.levels
    why = tuple(
        (reason.name, _capital(public_reason(dossier.plan, reason, with_levels=levels, with_pool=False), reason.name))
        for reason in dossier.reasons
    )
    return (
        Section(
            "Every school",
            (),
            _plain(
                "Core dollars, levels and posts" if dossier.knows_posts else "Core dollars and levels",
                public_rows.school_headings(dossier),
                public_rows.school_rows(dossier),
            ),
        ),
        Section(
            "Why each school gains or gives up",
            (),
            Table("What changes at each school, and why", ("School", "Why"), why, (False, False)),
        ),
        Section(
            "Student groups",
            (dossier.public.note,),
            _plain("Pupils by group", public_rows.group_headings(dossier), public_rows.group_rows(dossier)),
        ),
        Section("Every rule", (), _plain("Rules of the plan", public_rows.RULES, public_rows.rule_rows(dossier))),
        Section(
            "Measures",
            () if levels else (dossier.public.note,),
            _plain("Measures, last year and in the plan", public_rows.MEASURES, public_rows.measure_rows(dossier)),
        ),
        Section("How to read this", tuple(_notes(dossier))),
    )


def _capital(words: str, name: str) -> str:
    """Return a sentence without the name that stands beside it."""
    rest = words.removeprefix(name).lstrip()
    return rest[:1].upper() + rest[1:]


def _notes(dossier: Dossier) -> Iterator[str]:
    funds = dossier.plan.view.district.funds
    core = ", ".join(fund.title for fund in funds if fund.counts)
    yield f"Core money is what schools are compared by: {core or 'no fund'}. Money on top follows its own rules."
    yield f"A level is core {dossier.plan.view.levels.unit}. A weighted pupil is a pupil plus what the need weights add."
    yield f"Last year is {BASELINE}, so that like meets like. Rounded figures may not add up."
    yield dossier.public.note
    yield f"Smallest count shown: {dossier.public.smallest}. {dossier.public.source}"
    yield (
        f"Identity of the plan: {dossier.plan.digest[:16]}. The run record makes the same plan again; the workbook for the "
        "auditor ties every figure to the cent."
    )


def _plain(title: str, headings: public_rows.Headings, rows: Iterator[tuple[str, ...]]) -> Table:
    kinds = [kind for _, kind in headings]
    numbers = tuple(kind not in (Kind.TEXT, Kind.CODE) for kind in kinds)
    shown = tuple(tuple(_printed(cell, kind) for cell, kind in zip(row, kinds, strict=True)) for row in rows)
    return Table(title, tuple(heading for heading, _ in headings), shown, numbers)


def _printed(cell: str, kind: Kind) -> str:
    if kind is Kind.DOLLARS and cell not in ("", "*"):
        return print_dollars(round(float(cell) * 100))
    if kind is Kind.WEIGHT and cell not in ("", "*"):
        return f"{float(cell):,.{len(cell.partition('.')[2])}f}"
    if kind is Kind.PUPILS and cell.isdigit():
        return f"{int(cell):,}"
    return cell
