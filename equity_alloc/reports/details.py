"""What stands behind the first pages: every school with its reason, groups, rules, measures and notes; all of it public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.baseline import baseline_note
from equity_alloc.planning.public_identity import public_identity
from equity_alloc.planning.reason_words import public_reason
from equity_alloc.problem.proof import SHARES_USED
from equity_alloc.reports import public_rows
from equity_alloc.reports.data_words import data_words
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.section import Section, Table, signed
from equity_alloc.reports.story import LEVELS, weighted_words
from equity_alloc.sources.declare import Kind

#: What stands in a row for a sentence above its table.
ABOVE = "Target as said above."


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
            _schools(dossier),
        ),
        Section(
            "Why each school gains or gives up",
            (),
            Table("What changes at each school, and why", ("School", "Why"), why, (False, False)),
        ),
        Section(
            "Student groups",
            (dossier.note,),
            _plain(
                "Pupils by group", public_rows.group_headings(dossier), public_rows.group_rows(dossier), has_total=True
            ),
        ),
        Section("Every rule", (), _plain("Rules of the plan", public_rows.RULES, public_rows.rule_rows(dossier))),
        _measures(dossier),
        Section("How to read this", tuple(_notes(dossier))),
    )


def _schools(dossier: Dossier) -> Table:
    levels = dossier.public.hidden.levels
    held = ["core dollars", *(["levels"] if levels else []), *(["posts"] if dossier.knows_posts else [])]
    named = f"{', '.join(held[:-1])} and {held[-1]}" if len(held) > 1 else held[0]
    headings, rows = public_rows.school_headings(dossier), public_rows.school_rows(dossier)
    table = _plain(f"{named[:1].upper()}{named[1:]}", headings, rows, has_total=True)
    return table if levels else table.without(*LEVELS)


def _measures(dossier: Dossier) -> Section:
    """Return the measures; where levels are hidden none can be told, and the note says why."""
    if not dossier.public.hidden.levels:
        return Section("Measures", (dossier.note,))
    # Whose target it is, is said once, and not again in each row that rests on it.
    bases = tuple(dict.fromkeys(row.basis for row in dossier.measures if row.basis))
    rows = tuple(tuple(_once(cell, bases) for cell in row) for row in public_rows.measure_rows(dossier))
    return Section("Measures", bases, _plain("Measures, last year and in the plan", public_rows.MEASURES, rows))


def _once(cell: str, bases: tuple[str, ...]) -> str:
    for basis in bases:
        cell = cell.replace(basis, ABOVE)
    return cell


def _capital(words: str, name: str) -> str:
    """Return a sentence without the name that stands beside it."""
    rest = words.removeprefix(name).lstrip()
    return rest[:1].upper() + rest[1:]


def _notes(dossier: Dossier) -> Iterator[str]:
    funds = dossier.plan.view.district.funds
    core = ", ".join(fund.title for fund in funds if fund.counts)
    on_top = " Supplemental money follows its own rules." if any(not fund.counts for fund in funds) else ""
    yield f"Core money is what schools are compared by: {core or 'no fund'}.{on_top}"
    levels = dossier.public.hidden.levels
    if levels:
        yield f"A level is core {dossier.plan.view.levels.unit}. {weighted_words(dossier)}"
    yield f"{baseline_note(dossier.plan)} Rounded figures may not add up."
    yield from data_words(dossier)
    if dossier.plan.certificate.proof is not None:
        # What no other plan can pass is a level.
        words = dossier.plan.certificate.proof.words
        told = words if levels else words.partition(f" {SHARES_USED}")[0]
        yield f"Why no plan does much better: {told}"
    yield f"Smallest count shown: {dossier.public.smallest}. {dossier.public.source}"
    yield (
        f"Identity of the plan: {public_identity(dossier.plan)}, a fingerprint of what the public tables show. The run record and the workbook "
        "for the auditor name it too; the one makes the same plan again, the other ties every figure to the cent."
    )


def _plain(
    title: str, headings: public_rows.Headings, rows: Iterable[tuple[str, ...]], *, has_total: bool = False
) -> Table:
    kinds = [kind for _, kind in headings]
    numbers = tuple(kind not in (Kind.TEXT, Kind.CODE) for kind in kinds)
    signs = [heading.startswith("Change") for heading, _ in headings]
    shown = tuple(
        tuple(_printed(cell, kind, sign) for cell, kind, sign in zip(row, kinds, signs, strict=True)) for row in rows
    )
    return Table(title, tuple(heading for heading, _ in headings), shown, numbers, has_total)


def _printed(cell: str, kind: Kind, sign: bool) -> str:
    if kind is Kind.DOLLARS and cell not in ("", "*"):
        cents = round(float(cell) * 100)
        return signed(cents) if sign else print_dollars(cents)
    if kind is Kind.FTE and cell not in ("", "*"):
        return f"{float(cell):,.2f}"
    if kind is Kind.WEIGHT and cell not in ("", "*"):
        return f"{float(cell):,.{len(cell.partition('.')[2])}f}"
    if kind is Kind.PUPILS and cell.isdigit():
        return f"{int(cell):,}"
    return cell
