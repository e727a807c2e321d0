"""The certificate: every rule with what the auditor found, the proof, and what exactly was certified."""

from __future__ import annotations

import streamlit as st

from equity_alloc.catalogue import rule_classes
from equity_alloc.domain.finding import print_amount
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.plan import Certificate, Plan, RuleReport
from equity_alloc.ui.proof_words import equal_level_words, lowest_school_words
from equity_alloc.ui.sentences import first_sentence
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: Breaches that are listed on a page.
LISTED = 50
#: What stands behind a rule; the weakest is loosened first where not all can hold.
AUTHORITY = "What stands behind the rule: law, contract, policy, promise or choice. The weakest is loosened first."


def show_certificate(
    certificate: Certificate, *, key: str = "certificate", proven: str = "", is_folded: bool = False
) -> None:
    """Show the auditor's list.

    Parameters
    ----------
    certificate : Certificate
    key : str
    proven : str
        What is proven of a plan that did not seek its scenario's goal, in whole sentences.
    is_folded : bool
        The rules one by one stand below a line that opens, for pages that tell of other things first.
    """
    _show_verdict(certificate)
    _show_rules(certificate.rules, key, is_folded=is_folded)
    if certificate.formula:
        st.markdown(f"**Formula.** {plain(' '.join(certificate.formula))}")
    if certificate.supposed:
        st.warning(
            "**Supposed by this scenario, not voted.** "
            + " ".join(plain(sentence) for sentence in certificate.supposed),
            icon=":material/edit_note:",
        )
    _show_proof(certificate, proven)
    with st.expander("What exactly was certified: digests for the record", icon=":material/fingerprint:"):
        st.markdown(
            "SHA-256 of the data, the choices and the plan. The same digests stand in the exported workbook.  \n"
            f"District `{certificate.district_digest}`  \n"
            f"Scenario `{certificate.scenario_digest}`  \n"
            f"Allocation `{certificate.allocation_digest}`"
        )


def _show_verdict(certificate: Certificate) -> None:
    """Show what is broken, what is not testable and which data lack, or that all is kept."""
    rules, untested = certificate.rules, certificate.not_testable
    broken = [rule for rule in rules if rule.breaches]
    if broken:
        st.error(f"{len(broken)} of {len(rules)} rules are broken.", icon=":material/gpp_bad:")
        for breach in certificate.breaches[:LISTED]:
            st.markdown(f"- {plain(breach.words)}")
        if len(certificate.breaches) > LISTED:
            more = count_words(len(certificate.breaches) - LISTED, "other breach", "other breaches")
            st.markdown(f"- {more}: `equity-alloc certify` lists them all.")
    elif untested:
        st.markdown(f"No rule is broken, and {len(rules) - len(untested)} of {len(rules)} rules are kept.")
    else:
        st.markdown(
            f"All {len(rules)} rules are kept. The auditor checked the finished plan in cents and in posts, without the "
            "solver that made it."
        )
    if untested:
        words = (
            f"{len(untested)} of {len(rules)} rules are not testable: data lack, so nobody can say that they are kept."
        )
        st.warning(words, icon=":material/help:")
        for gap in dict.fromkeys(str(gap) for rule in rules for gap in rule.gaps):
            st.markdown(f"- {plain(gap)}")


def _show_rules(rules: tuple[RuleReport, ...], key: str, *, is_folded: bool) -> None:
    """Show the rules one by one."""
    columns = (
        TableColumn("No.", Show.COUNT, tuple(rule.number for rule in rules)),
        TableColumn("Rule", Show.TEXT, tuple(_name(rule) for rule in rules), width=500),
        TableColumn("Found", Show.TEXT, tuple(rule.verdict.value for rule in rules)),
        TableColumn("Least room", Show.TEXT, tuple(_room(rule) for rule in rules)),
        TableColumn("Authority", Show.TEXT, tuple(rule.force.value for rule in rules), AUTHORITY),
        TableColumn("Where it is written", Show.TEXT, tuple(rule.written for rule in rules)),
        TableColumn("Rules of this kind are written in", Show.TEXT, tuple(str(rule.source) for rule in rules)),
    )
    counted = count_words(len(rules), "rule")
    fold = st.expander(f"Table: {counted}, one by one", icon=":material/table:") if is_folded else st.container()
    with fold:
        show_table(columns, alt=f"Certificate: {counted}, each kept, broken or not testable", key=key, most_rows=12)
        with st.popover("What each rule asks for here, in full", icon=":material/rule:"):
            for rule in rules:
                st.markdown(f"**{rule.number}. {plain(rule.title)}** ({rule.force.value})  \n{plain(rule.explain)}")


def _show_proof(certificate: Certificate, proven: str) -> None:
    """Show what is proven: as the page says it, else of the lowest school and of the equal level."""
    if proven:
        st.markdown(f"**Proof.** {plain(proven)}")
    elif certificate.proof is not None:
        bound = lowest_school_words(certificate)
        st.markdown(f"**Proof.** {plain(bound[0].upper() + bound[1:])}. {plain(certificate.proof.words)}")
    else:
        st.markdown(
            "**Proof.** What is proven of this objective is told with the plan; no bound on the lowest school applies."
        )
    if certificate.equal is not None:
        st.markdown(f"**Proof of the equal level.** {plain(equal_level_words(certificate.equal))}")


def show_search(plan: Plan) -> None:
    """Show how the plan was found, stage by stage."""
    st.markdown(f"Outcome: **{plan.outcome.value}**.")
    for stage in plan.stages:
        bound = "" if stage.bound is None else f"; proven bound {stage.bound:,.3f}"
        st.markdown(
            f"- {plain(stage.title[0].upper() + stage.title[1:])}: {stage.value:,.3f} {plain(stage.unit)}{bound}. "
            f"Method: {plain(stage.method)}."
        )


def _name(rule: RuleReport) -> str:
    """Return what a rule that was chosen says here; a rule that always holds says the same everywhere."""
    kind = rule_classes().get(rule.code)
    return rule.title if kind is not None and kind.always else first_sentence(rule.explain)


def _room(rule: RuleReport) -> str:
    if rule.least_room is None or rule.unit is None:
        return "yes or no"
    return print_amount(rule.least_room, rule.unit)
