"""Chosen interventions as rows and sections: the trace from gap to stop rule, the catalog, and what was not chosen."""

from __future__ import annotations

from equity_alloc.actions.certify import KEPT
from equity_alloc.actions.choose import Chosen
from equity_alloc.actions.draws import DRAWS, likely, ranked
from equity_alloc.actions.prices import price_words, unit_costs
from equity_alloc.actions.trace import PARTS_OF_TRACE, Trace, effect_words, span_words, traces
from equity_alloc.domain.action import Actions
from equity_alloc.domain.day import days_in_words
from equity_alloc.domain.district import District
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words, print_percent
from equity_alloc.evidence.catalog import benchmark, in_force
from equity_alloc.reports.live_sheet import Cell, LiveSheet, text
from equity_alloc.reports.section import Section, Table
from equity_alloc.sources.declare import Kind
from equity_alloc.sources.tables import ACTED, REASONED

Rows = tuple[tuple[str, ...], ...]

_PAID, _FUNDS, _CAUTION = "Paid by", "Funds", "Caution"
_COUNTS = ("Steps", "Units", "Pupils reached")
_NOTHING = "No intervention is chosen: no cause opens money, or no money is set aside."


def trace_rows(told: tuple[Trace, ...]) -> tuple[tuple[str, ...], Rows]:
    """Return headings and one row for each chosen intervention at each school."""
    headings = (
        "Cause code", "Code", "Intervention", "School", "Name", "Steps", "Units", "Pupils reached", "Dollars", _FUNDS, _PAID,
        *(title for part, title in PARTS_OF_TRACE if part != "money"), "Cautions",
    )  # fmt: skip
    rows = tuple(
        (
            trace.cause.code,
            trace.intervention.code,
            trace.intervention.title,
            place.school,
            place.name,
            str(place.steps),
            str(place.units),
            str(place.pupils),
            f"{place.cost / 100:.2f}",
            "; ".join(f"{fund} {cents / 100:.2f}" for fund, cents in place.funds),
            place.paid,
            *(getattr(trace, part) for part, _ in PARTS_OF_TRACE if part != "money"),
            " ".join(trace.cautions),
        )
        for trace in told
        for place in trace.places
    )
    return headings, rows


def catalog_rows(actions: Actions) -> tuple[tuple[str, ...], Rows]:
    """Return headings and every intervention with its evidence and where that is written; the benchmark last."""
    headings = ("Code", "Intervention", "Acts on", "Evidence", "Effect", "Unit", "Cost of a unit", "Dollars of", "Caution",
                "Source", "Scale", "Later", "For whom", "Supply", "Does harm at")  # fmt: skip
    rows = []
    for each in (*in_force(actions.own), benchmark()):
        costs = unit_costs(each)
        effect = "no range is known" if each.effect is None else f"{effect_words(each.effect)} on {each.effect.outcome}"
        supply = each.supply_words if each.supply is None else f"{each.supply:,} at most"
        rows.append(
            (
                each.code,
                each.title,
                "; ".join(each.causes),
                each.tier_words,
                effect,
                each.unit,
                "unknown" if costs is None else " / ".join(print_dollars(cents) for cents in costs),
                price_words(each),
                each.caution,
                each.cited,
                each.scale_words,
                each.fade_words,
                each.equity_words,
                supply,
                "; ".join(each.harm_kinds),
            )
        )
    return headings, tuple(rows)


def action_sheet(district: District, found: Chosen) -> LiveSheet:
    """Return the sheet of the workbook: what each school gets, and which fund pays."""
    headings, rows = trace_rows(traces(district, found))
    # "Paid by" says in words what "Funds" says in codes.
    kept = [place for place in range(headings.index(_PAID) + 1) if headings[place] != _FUNDS]
    cells = tuple(tuple(_cell(headings[place], row[place]) for place in kept) for row in rows)
    title = f"Interventions chosen, school by school; the reasons are on {REASONED}"
    shown = tuple(headings[place] for place in kept)
    return LiveSheet(ACTED, title, shown, cells, (8, 14, 36, 8, 24, 8, 8, 10, 14, 62), nothing=_NOTHING)


def reason_sheet(district: District, found: Chosen) -> LiveSheet:
    """Return the sheet with the trace of every chosen intervention, once: a part a row, so that a page holds its sentences."""
    rows = tuple(
        tuple(
            map(
                text, (trace.cause.code, trace.intervention.code, trace.intervention.title, title, days_in_words(words))
            )
        )
        for trace in traces(district, found)
        for title, words in (
            *((title, getattr(trace, part)) for part, title in PARTS_OF_TRACE),
            *((_CAUTION, caution) for caution in trace.cautions),
        )
    )
    headings = ("Cause code", "Code", "Intervention", "Part", "What it says")
    title = "Why interventions are chosen, each from its gap to its stop rule"
    return LiveSheet(REASONED, title, headings, rows, (8, 14, 34, 12, 110), has_filter=True, nothing=_NOTHING)


def _cell(heading: str, words: str) -> Cell:
    """Return a figure as a number, so that it can be added up, and everything else as text."""
    if heading == "Dollars":
        return Cell(float(words), Kind.DOLLARS)
    return Cell(int(words), Kind.PUPILS) if heading in _COUNTS else text(words)


def action_sections(district: District, found: Chosen) -> tuple[Section, ...]:
    """Return the sections of the document: the money, each chosen row, what it comes to, what was not chosen, the checks."""
    told = traces(district, found)
    if not told:
        # Nothing is bought, so there is nothing to be sure of, and every check of a purchase would be kept for want of one.
        return (_summary(district, found, told), _causes(found), _not_chosen(district, found))
    return (
        _summary(district, found, told),
        _causes(found),
        *(_traced(trace) for trace in told),
        _sureness(found),
        _not_chosen(district, found),
        _checks(found),
    )


def _summary(district: District, found: Chosen, told: tuple[Trace, ...]) -> Section:
    spent, total = found.choice.spent, found.menu.total
    sentences = [
        _spent_words(spent, total, told),
        "Money follows a gap that stands out and a cause that is named, and nothing else. Protected attributes decide nothing here.",
    ]
    if not told:
        sentences[0] = f"{_NOTHING} {print_dollars(total)} is set aside." if total else _NOTHING
    rows = tuple(
        (
            district.fund_of[pot.money.fund].title,
            pot.money.line,
            print_dollars(pot.amount),
            print_dollars(found.choice.spent_in(pot.money.fund)),
            print_dollars(pot.amount - found.choice.spent_in(pot.money.fund)),
        )
        for pot in found.menu.pots
    )
    table = Table(
        "Money for interventions",
        ("Fund", "Central line", "Set aside", "Spent", "Left"),
        rows,
        (False, False, True, True, True),
    )
    return Section("What is proposed", tuple(sentences), table if rows else None)


def _spent_words(spent: int, total: int, told: tuple[Trace, ...]) -> str:
    schools = len({place.school for trace in told for place in trace.places})
    what = count_words(len(told), "intervention")
    return (
        f"{print_dollars(spent)} of the {print_dollars(total)} that is set aside goes to {what} at {count_words(schools, 'school')}. The rest stays "
        "in its central lines."
    )


def _causes(found: Chosen) -> Section:
    rows = tuple(
        (
            f"{each.cause.code}, {each.cause.status.value}",
            f"{each.cause.indicator}, {each.cause.group}",
            f"{each.cause.words} Answers for it: {each.cause.owner or 'nobody yet'}.",
            each.words,
        )
        for each in found.menu.standings
    )
    headings = ("Cause", "Behind the gap", "In words", "What follows")
    table = Table("Every cause on the list", headings, rows, (False,) * len(headings))
    return Section("Causes", () if rows else ("No cause is named yet.",), table if rows else None)


def _traced(trace: Trace) -> Section:
    sentences = [f"{title}. {getattr(trace, part)}" for part, title in PARTS_OF_TRACE]
    rows = tuple(
        (place.name, f"{place.units:,}", f"{place.pupils:,}", print_dollars(place.cost), place.paid)
        for place in trace.places
    )
    table = Table(
        f"{trace.intervention.title}, school by school",
        ("School", "Units", "Pupils reached", "Dollars", "Paid by"),
        rows,
        (False, True, True, True, False),
    )
    return Section(
        f"{trace.cause.code}: {trace.intervention.title}, {print_dollars(trace.cost)}",
        (*sentences, *(f"{_CAUTION}. {caution}" for caution in trace.cautions)),
        table,
    )


def _sureness(found: Chosen) -> Section:
    sentences = [
        f"{row.outcome.capitalize()}: {span_words(row.unit, row.fifth, row.ninety_fifth)} in 9 of 10 of "
        f"{DRAWS:,} draws over the ranges"
        + ("." if row.beats is None else f"; more than general spending in {print_percent(row.beats, 0)} of them.")
        for row in likely(found)
    ]
    rows = tuple(
        (
            row.intervention.title,
            row.intervention.effect.outcome if row.intervention.effect else "",
            f"{row.low:.3f}",
            f"{row.cautious:.3f}",
            f"{row.middle:.3f}",
            "no end" if row.high is None else f"{row.high:.3f}",
            row.first_words,
        )
        for row in ranked(found)
    )
    headings = ("Intervention", "Outcome", "Low", "Cautious", "Middle", "High", "First in draws")
    table = Table(
        "What $1,000 gives: effect times pupils, over the range",
        headings,
        rows,
        (False, False, True, True, True, True, True),
    )
    sentences.extend(
        f"With {name} at the ends of its range and the others in the middle, the choice gives {span_words(row.unit, low, high)} for "
        f"{row.outcome}."
        for row in likely(found)
        for name, low, high in row.swings
    )
    sentences.append(
        "Within one intervention the ends of the range lie far apart, so an order by middle values is not fit to decide by. The choice "
        "counts the cautious end, limits what one intervention may take, and starts as small pilots."
    )
    return Section("How sure it is", tuple(sentences), table if rows else None)


def _not_chosen(district: District, found: Chosen) -> Section:
    rows = tuple(
        dict.fromkeys(
            (
                each.cause,
                each.intervention.title,
                f"{district.school_of[each.school].kind} schools" if each.school else "everywhere",
                each.words,
            )
            for each in found.menu.refusals
            if each.is_harm or not each.school
        )
    )
    headings = ("Cause", "Intervention", "Where", "Why")
    table = Table("Looked at and not chosen", headings, rows, (False,) * 4)
    words = (
        "Absent evidence is no sign of no effect."
        if rows
        else "Nothing that acts on a named cause was left out altogether."
    )
    return Section("What was not chosen", (words,), table if rows else None)


def _checks(found: Chosen) -> Section:
    rows = tuple((each.title, "kept" if each.is_kept else "broken") for each in found.certificate)
    # Most checks have nothing to tell beyond their result; what the others found is said in sentences.
    told = (f"{each.title}: {each.words}" for each in found.certificate if each.words != KEPT)
    return Section(
        "Checked without a solver",
        (found.choice.proof_words, *told),
        Table("What was checked", ("Check", "Result"), rows, (False, False)),
    )
