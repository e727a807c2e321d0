"""What holds the plan back: the rules that leave no room, by how many schools or lines they hold."""

from __future__ import annotations

import streamlit as st

from equity_alloc.catalogue import rule_classes
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.plan import Plan, RuleReport
from equity_alloc.ui.certificate_view import AUTHORITY
from equity_alloc.ui.sentences import first_sentence
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: So many places are named; a table's rows are all as high as the highest.
NAMED = 1


def show_binding(plan: Plan) -> None:
    """Show the rules at their limit, most felt first and those that always hold last."""
    always = {code for code, kind in rule_classes().items() if kind.always}
    reports = sorted(
        (rule for rule in plan.certificate.rules if rule.binding),
        key=lambda rule: (rule.code in always, -len(rule.binding), rule.number),
    )
    proof = plan.certificate.proof
    if proof is not None:
        st.markdown(f"**Why the lowest school cannot rise further.** {plain(proof.words)}")
    if not reports:
        st.markdown("No rule is at its limit.")
        return
    columns = (
        TableColumn("Rule", Show.TEXT, tuple(first_sentence(rule.explain) for rule in reports), width=400),
        TableColumn("No.", Show.COUNT, tuple(rule.number for rule in reports), "Number of the rule in the scenario"),
        TableColumn("At the limit", Show.COUNT, tuple(len(rule.binding) for rule in reports)),
        TableColumn("Of", Show.COUNT, tuple(rule.subjects for rule in reports), "Schools, funds or lines it looks at"),
        TableColumn("Authority", Show.TEXT, tuple(rule.force.value for rule in reports), AUTHORITY),
        TableColumn("Where", Show.TEXT, tuple(_where(rule) for rule in reports)),
    )
    note = f"{len(reports)} of {len(plan.certificate.rules)} rules are at their limit somewhere."
    show_table(columns, alt=f"Rules without room to spare. {note}", key="binding", most_rows=12)
    st.caption(f"{note} A rule at its limit holds the plan back there, or happens to be met exactly.")


def _where(rule: RuleReport) -> str:
    named = ", ".join(rule.binding[:NAMED])
    more = len(rule.binding) - NAMED
    return f"{named} and {more} more" if more > 0 else named
