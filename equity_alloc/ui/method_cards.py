"""What each rule, objective and measure says of itself: the same words that the program works by."""

from __future__ import annotations

import streamlit as st

from equity_alloc.catalogue import all_disproportions, all_measures, objective_classes, rule_classes
from equity_alloc.objectives.dial import NAMED, OWN, dial_card
from equity_alloc.parameters.library import parameters
from equity_alloc.rules.setting import settings_of
from equity_alloc.ui.measure_words import axioms_in_words
from equity_alloc.ui.numbers import direction_words
from equity_alloc.ui.words import plain


def show_audit() -> None:
    """Say how sure the audit is, how causes are computed, and what it cannot know."""
    st.markdown(
        "**How sure.** A gap is told from 30 pupils and 10 cases on (34 CFR 300.647). Pupils of one school have much in common, so "
        "the variance is the jackknife's over schools, its design effect widens every interval (Rao and Scott 1992), and "
        "Student's tail minds how few schools there are; below ten schools this cannot be told and is said. Of all comparisons "
        "together at most one flag in ten is chance (Benjamini and Hochberg 1995).\n\n"
        "**Causes.** Each rule is left out in turn and the plan made again; its share of a gap is its mean effect over the orders in "
        "which rules may come (Shapley 1953). That is computed for rules of the plan only; of a practice it is suspected.\n\n"
        "**Thresholds.** Pupils are moved across the next step of every rule that counts them, at every school.\n\n"
        "**Drivers.** Race, color, ethnicity, national origin, religion and sex are compared and drive nothing; a test deals their "
        "counts out anew a hundred times and finds every plan unchanged."
    )


def show_hard_choices() -> None:
    """Say how burdens, lenses, objections and records are made."""
    st.markdown(
        "**Who carries the loss.** A school's loss of core money lies on all of its pupils alike. A group's share of it over its share of the "
        "pupils is its burden ratio: one where the cut is the same per pupil. Groups too small to be told are not.\n\n"
        "**Views of what is right.** Each is a goal with a plan of its own under the same rules, in dollars and fractions of posts. "
        "Regret is the part of a view's gain over last year that a plan forgoes; the compromise has the smallest worst regret, with a "
        "proven bound. What cannot be put into a number is said in words. A table shows what a choice costs; it does not choose.\n\n"
        "**The way in steps.** Each year's limits are held against the year before; the payer that is chosen pays for what schools keep.\n\n"
        "**Objections.** Each answer is worked out from the plan on screen; protected counts are dealt out anew between schools and the plan is "
        "made again, to show that they drove nothing.\n\n"
        "**Records.** SHA-256 over the fingerprint before and the record's canonical text. A changed byte breaks the chain; a seal for each "
        "field names it. The assessment bears the clock's time, so that it shows whether it came before the decision."
    )


def show_choosing() -> None:
    """Say how interventions are chosen, with the values that it takes."""
    st.markdown(
        "Money follows a gap that stands out and a named cause. Each effect counts by the cautious end of its range, read as a triangle. "
        "Every outcome is first raised alone; then the smallest share of that best is raised, then all shares, then the dollars are lowered, and "
        "pupils come first who add most to the gap. Effects on different outcomes are never added. An auditor that knows no solver checks cents, "
        "supply, tiers, sizes, pilots and causes again, and re-checks in exact fractions how far the choice can be from the best."
    )
    for name, amounts in sorted(parameters("interventions").items()):
        amount = amounts[-1]
        if not name.startswith("price-level"):
            st.markdown(f"- {plain(name.replace('-', ' '))}: {amount.value:f} ({plain(amount.cited)})")


def show_objective_cards() -> None:
    """Show every objective."""
    for kind in sorted(objective_classes().values(), key=lambda kind: kind.place):
        st.subheader(plain(kind.title), anchor=False)
        st.markdown(
            f"In the literature: {plain(kind.field_name)}.  \n**Good for.** {plain(kind.good_for)}  \n"
            f"**Ignores.** {plain(kind.ignores)}  \n**Misleads.** {plain(kind.misleads)}  \n"
            f"Score: {plain(kind.score_unit)}.  \nSource: {plain(str(kind.source))}"
        )


def show_dial_cards() -> None:
    """Show every named setting of the aversion dial."""
    for setting in (*NAMED, OWN):
        card = dial_card(setting)
        st.subheader(plain(card.name), anchor=False)
        value = "infinite" if setting == "infinity" else setting
        st.markdown(
            f"In the literature: {plain(card.field_name)}. Aversion: {plain(value)}.  \n**Good for.** {plain(card.good_for)}"
            f"  \n**Ignores.** {plain(card.ignores)}  \n**Misleads.** {plain(card.misleads)}"
        )


def show_rule_cards() -> None:
    """Show every kind of rule with its settings."""
    for code, kind in rule_classes().items():
        st.subheader(plain(kind.title), anchor=False)
        always = " Always holds." if kind.always else ""
        names = ", ".join(info.label for info in settings_of(kind).values())
        st.markdown(
            f"{plain(kind.says)}{always}  \nSettings: {plain(names) or 'none'}.  \nCode: `{code}`.  \n"
            f"Source: {plain(str(kind.source))}"
        )


def show_measure_cards() -> None:
    """Show every measure with its formula and axioms."""
    for measure in all_measures().values():
        st.subheader(plain(measure.title), anchor=False)
        st.markdown(
            f"{plain(measure.definition)}  \nUnit: {plain(measure.unit)}; {direction_words(measure.better)}.  \n"
            f"Formula: `{measure.formula}`  \n**Misleads.** {plain(measure.misleads)}  \n"
            f"Holds, and is tested: {plain(axioms_in_words(measure))}.  \nSource: {plain(str(measure.source))}"
        )


def show_disproportion_cards() -> None:
    """Show every measure that compares a student group with everybody else."""
    for measure in all_disproportions().values():
        st.subheader(plain(measure.title), anchor=False)
        st.markdown(
            f"{plain(measure.definition)}  \nUnit: {plain(measure.unit)}; {measure.neutral:g} when group and others are "
            f"alike.  \nFormula: `{measure.formula}`  \n**Misleads.** {plain(measure.misleads)}  \n"
            f"Source: {plain(str(measure.source))}"
        )
