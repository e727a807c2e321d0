"""What cannot be kept together on screen: rules that fail alone, sets, what can be kept, and ways out to click."""

from __future__ import annotations

from typing import TypeAlias

import streamlit as st

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.number import count_words
from equity_alloc.figures.base import Show, TableColumn
from equity_alloc.planning.conflict_words import (
    HOW_TO_READ,
    headline,
    how_sure,
    numbers_words,
    proof_words,
    repair_words,
    rule_name,
    settled_words,
)
from equity_alloc.planning.conflicts import Conflicts, find_conflicts
from equity_alloc.planning.plan import Impossible, Repair
from equity_alloc.planning.repaired import repaired
from equity_alloc.planning.ways_out import Way, changes_of_sets, changes_within, ways_out
from equity_alloc.scenario import Scenario
from equity_alloc.ui.session import Session
from equity_alloc.ui.table import show_table
from equity_alloc.ui.words import plain

#: Single changes, for each of several sets of rules.
Changes: TypeAlias = tuple[tuple[Repair, ...], ...]

#: Above so many schools the search takes many seconds, so it is run on demand.
AT_ONCE = 100

#: So many sets are listed in full; more stand in a table below.
LISTED = 12


def show_conflicts(session: Session, result: Impossible) -> None:
    """Show everything that cannot be kept together, and proven ways out as buttons."""
    is_large = len(session.district.schools) > AT_ONCE
    if is_large and not st.toggle("Find every set of rules that cannot be kept together", key="every-conflict"):
        show_first(session, result)
        return
    try:
        key = (session.district_digest, session.scenario.digest)
        found = _conflicts(*key, session.district, session.scenario)
        ways = _ways(*key, found)
        alone, sets = _changes(*key, found)
    except EquityAllocError as error:
        st.markdown(plain(str(error)))
        show_first(session, result)
        return
    st.markdown(plain(headline(found)))
    _show_ways(session, ways)
    _show_alone(session, found, alone)
    _show_sets(found, sets)
    _show_choices(found)
    st.caption(plain(how_sure(found)))


def show_first(session: Session, result: Impossible) -> None:
    """Show one conflict and the single changes that would do, as planning found them on its way."""
    rules = [(number, session.scenario.rules[number - 1]) for number in result.conflict]
    titles = session.scenario.view(session.district).titles
    if len(rules) > 1:
        st.subheader("Rules that stand against each other, weakest authority first", anchor=False)
        for number, rule in rules:
            st.markdown(
                f"- **{plain(titles[number - 1])}** (rule {number}, {rule.force.value}). "
                f"{plain(rule.explain(session.scenario.apply(session.district)))}"
            )
    st.subheader("Ways out", anchor=False)
    if not result.repairs:
        st.markdown(
            "No single change of one setting was found that would do. Undo the last change or loosen two rules."
        )
    for place, repair in enumerate(result.repairs):
        with st.container(border=True):
            _show_way(session, repair, place, "")


def _show_ways(session: Session, ways: tuple[Way, ...]) -> None:
    st.subheader("Ways out, weakest authority first", anchor=False)
    if not ways:
        st.markdown(
            "No way out was found that leads to a certified plan. Undo the last change, or loosen two of the rules below."
        )
    for place, way in enumerate(ways):
        with st.container(border=True):
            _show_way(session, way.repair, place, proof_words(way))


def _show_way(session: Session, repair: Repair, place: int, proof: str) -> None:
    sentences = repair_words(repair)
    st.markdown("\n".join(f"- {plain(each)}" for each in sentences) if len(sentences) > 1 else plain(sentences[0]))
    if proof:
        st.caption(plain(proof))
    st.button(
        _button_words(session, repair),
        key=f"repair-{session.revision}-{place}",
        on_click=_apply,
        args=(session, repair),
    )


def _button_words(session: Session, repair: Repair) -> str:
    if repair.also:
        numbers = tuple(each.rule_number for each in (repair, *repair.also) if each.rule_number is not None)
        return f"Change {numbers_words(numbers)} like this"
    if repair.rule_number is None:
        return f"Suppose this money in {session.district.fund_of[repair.setting].title}"
    return (
        f"{'Change' if repair.setting else 'Leave out'} rule {repair.rule_number}{' like this' * bool(repair.setting)}"
    )


def _apply(session: Session, repair: Repair) -> None:
    session.choose(repaired(session.scenario, session.district, repair))


def _show_alone(session: Session, found: Conflicts, changes: Changes) -> None:
    if not found.alone:
        return
    st.subheader("Cannot be kept even alone", anchor=False)
    for number, ways in zip(found.alone, changes, strict=True):
        rule = found.rule(number)
        st.markdown(
            f"- **{plain(found.titles[number - 1])}** (rule {number}, {rule.force.value}). "
            f"{plain(rule.explain(session.scenario.apply(session.district)))} "
            + " ".join(plain(f"Alone it could be kept so: {change.words}") for change in ways)
        )


def _show_sets(found: Conflicts, changes: Changes) -> None:
    if not found.conflicts:
        return
    st.subheader("Cannot be kept together", anchor=False)
    names = tuple("; ".join(rule_name(found, number) for number in numbers) for numbers in found.conflicts)
    _list(names, tuple(tuple(settled_words(change) for change in each) for each in changes))
    if len(names) > LISTED:
        columns = (
            TableColumn("Set", Show.COUNT, tuple(range(1, len(names) + 1)), width=50),
            TableColumn("Rules", Show.COUNT, tuple(len(numbers) for numbers in found.conflicts), "How many", width=60),
            TableColumn("Which", Show.TEXT, names, width=700),
        )
        alt = f"Smallest sets of rules that cannot be kept together; n = {len(names)}."
        show_table(columns, alt=alt, key="conflict-sets")
    st.caption(HOW_TO_READ)


def _show_choices(found: Conflicts) -> None:
    if not found.choices:
        return
    st.subheader("What can be kept, as much as there is", anchor=False)
    given_up = tuple("; ".join(rule_name(found, number) for number in choice.given_up) for choice in found.choices)
    of = len(found.rules)
    _list(
        tuple(
            f"Keeps {len(choice.kept)} of {count_words(of, 'rule')}, {choice.whole.value}; gives up {words}"
            for choice, words in zip(found.choices, given_up, strict=True)
        )
    )
    if len(given_up) > LISTED:
        columns = (
            TableColumn("Choice", Show.COUNT, tuple(range(1, len(given_up) + 1)), width=60),
            TableColumn("Rules kept", Show.COUNT, tuple(len(choice.kept) for choice in found.choices), width=90),
            TableColumn("Gives up", Show.TEXT, given_up, width=560),
            TableColumn("How", Show.TEXT, tuple(choice.whole.value for choice in found.choices), width=240),
        )
        show_table(columns, alt=f"Largest sets of rules that can be kept; n = {len(given_up)}.", key="conflict-choices")


def _list(lines: tuple[str, ...], below: tuple[tuple[str, ...], ...] = ()) -> None:
    """List the first lines in full, each with what belongs below it; a table cuts long ones."""
    words = []
    for place, line in enumerate(lines[:LISTED]):
        words.append(f"{place + 1}. {plain(line)}")
        words += [f"    - {plain(each)}" for each in (below[place] if place < len(below) else ())]
    st.markdown("\n".join(words))


@st.cache_resource(max_entries=32, show_spinner="Looking for everything that cannot be kept together ...")
def _conflicts(district_digest: str, scenario_digest: str, _district: District, _scenario: Scenario) -> Conflicts:
    return find_conflicts(_district, _scenario)


@st.cache_resource(max_entries=32, show_spinner="Planning the ways out ...")
def _ways(district_digest: str, scenario_digest: str, _found: Conflicts) -> tuple[Way, ...]:
    return ways_out(_found)


@st.cache_resource(max_entries=32, show_spinner="Looking for the smallest changes ...")
def _changes(district_digest: str, scenario_digest: str, _found: Conflicts) -> tuple[Changes, Changes]:
    return tuple(changes_within(_found, (number,)) for number in _found.alone), changes_of_sets(_found)
