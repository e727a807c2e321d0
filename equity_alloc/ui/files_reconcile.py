"""How the files add up, before anything is accepted: rows, printed totals, and one file against another."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.sources.mapped.district_figures import district_facts
from equity_alloc.sources.mapped.extract import Check, Extract, Tally
from equity_alloc.sources.mapped.fields import field_of
from equity_alloc.sources.mapped.reconcile import Reconciled, amount_words
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: Checks shown at once; all that differ come first.
MOST_CHECKS = 500


def show_tally(tally: Tally, place: int) -> None:
    """Show what became of the rows of one table, and which printed totals tie."""
    st.markdown(f"{count_words(tally.rows, 'row')} read, **{tally.used:,} used**.")
    if tally.left_out:
        lines = [
            f"- {count_words(left.rows, 'row')} left out: {plain(left.why)}. First: {plain(left.first)}."
            + (" **A person has to agree**, or to say below that they are data." if left.is_guess else "")
            for left in tally.left_out
        ]
        st.markdown("\n".join(lines))
    if not tally.checks:
        st.markdown("The table prints no totals to compare with.")
        return
    differ = len(tally.differences)
    if differ:
        st.markdown(f":material/difference: **{differ} of {len(tally.checks)} printed totals differ** from the rows.")
    else:
        told = "The printed total ties" if len(tally.checks) == 1 else f"All {len(tally.checks):,} printed totals tie"
        st.markdown(f":material/task_alt: {told} with the rows.")
    with st.expander(f"Printed totals: {len(tally.checks):,}"):
        _show_checks(tally.checks, f"checks-{place}", "Printed", "Rows")


def show_reconciled(found: Reconciled) -> None:
    """Show what each file adds up to, by fund, and money files against each other, school by school."""
    columns = (
        TableColumn("File", Show.TEXT, tuple(total.file for total in found.totals)),
        TableColumn("What", Show.TEXT, tuple(total.subject for total in found.totals)),
        TableColumn("Total", Show.TEXT, tuple(amount_words(t.measured, t.amount) for t in found.totals)),
    )
    if found.totals:
        show_table(
            columns,
            alt=f"What the files add up to, {count_words(len(found.totals), 'total')}",
            key="file-totals",
            most_rows=12,
        )
    if found.against:
        differ = sum(1 for check in found.against if not check.ties)
        st.markdown(
            f"Several files hold money. One is planned with; what is not added to it is compared, school by school: {differ} of "
            f"{len(found.against)} schools differ."
        )
        _show_checks(found.against, "checks-against", "Compared file", "Planned with")


def show_district(extracts: Sequence[Extract], found: Reconciled, chosen: str) -> None:
    """Show what tables of districts say of the chosen one, and its pupils beside the sum of its schools."""
    rows = [
        (plain(facts.name), field_of(name).title, words, facts.where)
        for _, facts in district_facts(extracts, chosen)
        for name, words in [
            *((name, f"{count.low:,}") for name, count in facts.counts.items() if count.exact is not None),
            *((name, f"{number:,}") for name, number in facts.numbers.items()),
        ]
    ]
    if rows:
        st.markdown(f"What tables of districts say of **{rows[0][0]}**:")
        _, what, words, where = zip(*rows, strict=True)
        show_table(
            (
                TableColumn("What", Show.TEXT, what), TableColumn("Printed", Show.TEXT, words),
                TableColumn("Where", Show.TEXT, where),
            ),
            alt=f"What tables of districts say of {rows[0][0]}, {len(rows)} figures",
            key="district-figures",
            most_rows=12,
        )  # fmt: skip
    if found.of_district:
        st.markdown("The district's own row beside the sum of its schools:")
        _show_checks(found.of_district, "checks-district", "District's row", "Schools")


def _show_checks(checks: Sequence[Check], key: str, printed: str, rows: str) -> None:
    ranked = sorted(checks, key=lambda check: check.ties)[:MOST_CHECKS]
    show_table(
        (
            TableColumn("What", Show.TEXT, tuple(check.subject for check in ranked)),
            TableColumn("Ties", Show.TEXT, tuple("yes" if check.ties else "no" for check in ranked)),
            TableColumn(printed, Show.TEXT, tuple(amount_words(c.measured, c.printed) for c in ranked)),
            TableColumn(rows, Show.TEXT, tuple(amount_words(c.measured, c.found) for c in ranked)),
            TableColumn("Difference", Show.TEXT, tuple(amount_words(c.measured, c.printed - c.found) for c in ranked)),
            TableColumn("Where", Show.TEXT, tuple(check.where for check in ranked)),
        ),
        alt=f"{count_words(len(checks), 'total')} beside the sums of their rows",
        key=key,
        most_rows=12,
    )
    if len(checks) > MOST_CHECKS:
        st.markdown(f"The first {MOST_CHECKS} of {len(checks):,} are shown, those that differ first.")
