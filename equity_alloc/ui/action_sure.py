"""How sure interventions are on screen: ranges, draws, what was not chosen, the catalog and the checks."""

from __future__ import annotations

import streamlit as st

from equity_alloc.actions.choose import Chosen
from equity_alloc.actions.draws import DRAWS, Likely, Ranked, likely, ranked
from equity_alloc.actions.trace import gain_words, span_words
from equity_alloc.domain.district import District
from equity_alloc.domain.number import count_words, print_percent
from equity_alloc.evidence.catalog import as_of
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.figures.effect_ranges import RangeBar, effect_ranges
from equity_alloc.reports.action_rows import catalog_rows
from equity_alloc.scenario import Scenario
from equity_alloc.ui.figure_view import colors, show_figure
from equity_alloc.ui.page_list import link
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain


def show_sureness(found: Chosen) -> None:
    """Show how the order of interventions changes over their ranges, and what the choice is likely to give."""
    rows = ranked(found)
    if not rows:
        st.info("Nothing can be bought yet, so there is nothing to be sure of.", icon=":material/info:")
        return
    for row in likely(found):
        st.markdown(plain(_likely(row)))
    _show_swings(found)
    outcomes = sorted({_outcome(row) for row in rows}, key=lambda each: (-_count(rows, each), each))
    outcome = st.selectbox("Outcome", outcomes, format_func=str.capitalize, key="action-outcome")
    of = [row for row in rows if _outcome(row) == outcome]
    show_figure(
        effect_ranges(
            [_bar(row) for row in of],
            colors(),
            title="What $1,000 gives, over the range of studies",
            unit="Effect times pupils, for $1,000",
            note=f"Studies in the catalog of {as_of()}; smallest effect at the highest cost to largest at the lowest. n = {len(of)}.",
        )
    )
    st.caption(
        f"Ranges overlap, so an order by middle values is not fit to decide by. Drawn {DRAWS:,} times over the ranges of effects and costs; the "
        "cautious point is the one below which an effect falls with one chance in five."
    )


def _show_swings(found: Chosen) -> None:
    rows = [(row, *swing) for row in likely(found) for swing in row.swings]
    if not rows:
        return
    st.subheader("What moves the result most", anchor=False)
    show_table(
        (
            TableColumn("Intervention", Show.TEXT, tuple(name for _, name, *_ in rows), width=260),
            TableColumn("Outcome", Show.TEXT, tuple(row.outcome for row, *_ in rows), width=130),
            TableColumn(
                "At its low end", Show.TEXT, tuple(gain_words(row.unit, low) for row, _, low, _ in rows), width=230
            ),
            TableColumn(
                "At its high end", Show.TEXT, tuple(gain_words(row.unit, high) for row, *_, high in rows), width=230
            ),
        ),
        alt="For each intervention: what the choice gives in all with this one at an end of its range and the others in the middle.",
        key="action-swings",
    )
    st.caption(
        "What all that is chosen gives for the outcome, with one intervention at an end of its range and the others in the middle; the widest first."
    )


def show_not_chosen(district: District, found: Chosen) -> None:
    """Show what acts on a named cause and was left out, harm first."""
    harm = [each for each in found.menu.refusals if each.is_harm]
    told = dict.fromkeys((each.cause, each.intervention.title, each.words) for each in harm)
    for code, title, words in told:
        names = [
            district.school_of[each.school].name
            for each in harm
            if (each.cause, each.words) == (code, words) and each.school
        ]
        st.warning(plain(f"{code}: {title}. {words} {', '.join(names)}."), icon=":material/report:")
    rows = [each for each in found.menu.refusals if not each.is_harm]
    if not rows:
        st.markdown("Nothing else that acts on a named cause was left out.")
        return
    show_table(
        (
            TableColumn("Cause", Show.TEXT, tuple(each.cause for each in rows), width=70),
            TableColumn("Intervention", Show.TEXT, tuple(each.intervention.title for each in rows), width=240),
            TableColumn(
                "Where",
                Show.TEXT,
                tuple(district.school_of[each.school].name if each.school else "Everywhere" for each in rows),
                width=170,
            ),
            TableColumn("Why not", Show.TEXT, tuple(each.words for each in rows), width=460),
        ),
        alt="Interventions that act on a named cause and cannot be bought, with the reason.",
        key="action-refused",
        most_rows=12,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            "Absent evidence is no sign of no effect. What stands on law or values is held by a rule on posts, not chosen by effect."
        )
        if any(each.intervention.is_standard for each in rows):
            link("rules", "Hold schools to an access standard by a rule")


def show_catalog(scenario: Scenario) -> None:
    """Show every intervention with its evidence, and where that is written."""
    headings, rows = catalog_rows(scenario.actions)
    widths = (90, 230, 170, 130, 160, 130, 120, 200, 300, 320, 260, 180, 200, 200, 90)
    show_table(
        tuple(
            TableColumn(heading, Show.TEXT, tuple(row[place] for row in rows), width=widths[place])
            for place, heading in enumerate(headings)
            if place
        ),
        alt="The catalog of interventions: causes, unit, cost, evidence, effect, scale, cautions and sources.",
        key="action-catalog",
        pinned=1,
        most_rows=12,
    )
    st.caption(
        f"Put together on {as_of()}. Costs are low / middle / high. A candidate tier is ours, not a federal rating. Where a row says unverified "
        "default, a number in it was written from memory or is our assumption: put your own on the sheet Interventions."
    )


def show_checks(found: Chosen) -> None:
    """Show what the auditor found."""
    kept = sum(1 for each in found.certificate if each.is_kept)
    st.markdown(
        plain(
            f"{kept} of {count_words(len(found.certificate), 'check')} kept, by a program that knows no solver. {found.choice.proof_words}"
        )
    )
    show_table(
        (
            TableColumn("Check", Show.TEXT, tuple(each.title for each in found.certificate), width=330),
            TableColumn(
                "Result", Show.TEXT, tuple("kept" if each.is_kept else "broken" for each in found.certificate), width=80
            ),
            TableColumn("Amounts", Show.TEXT, tuple(each.words for each in found.certificate), width=420),
        ),
        alt="What was checked about the choice of interventions, without a solver.",
        key="action-checks",
    )


def _bar(row: Ranked) -> RangeBar:
    return RangeBar(row.intervention.title, row.low, row.cautious, row.middle, row.high, row.first_words)


def _likely(row: Likely) -> str:
    more = (
        ""
        if row.beats is None
        else f" In {print_percent(row.beats, 0)} of draws that is more than the same money spent as schools choose."
    )
    widest = row.swings[0]
    swing = f" What moves it most is {widest[0]}." if len(row.swings) > 1 else ""
    return f"{row.outcome.capitalize()}: 9 of 10 draws lie from {span_words(row.unit, row.fifth, row.ninety_fifth)}.{more}{swing}"


def _outcome(row: Ranked) -> str:
    return row.intervention.effect.outcome if row.intervention.effect else ""


def _count(rows: tuple[Ranked, ...], outcome: str) -> int:
    return sum(1 for row in rows if _outcome(row) == outcome)
