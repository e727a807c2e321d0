"""A formula held against a print: what differs, which component explains it, which rounding or count would."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest

from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.facts import DistrictFacts
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.printed import Printed
from equity_alloc.formulas.reconcile import reconcile
from tests.formulas.facts_for_tests import formula_of, random_facts

TEXT = """
format = 1
name = "f"
[[component]]
kind = "lump-sum"
name = "foundation"
amount = 225000
[[component]]
kind = "per-pupil"
name = "base"
count = "{count}"
amount = 4206.953
rounding = "{rounding}"
[[component]]
kind = "per-pupil"
name = "poor"
count = "poor"
amount = 1633.51
"""
OURS = formula_of(TEXT.format(count="enrollment", rounding="half-up to 0.01"))


def print_of(formula: Formula, facts: DistrictFacts, item: str = "") -> list[Printed]:
    result = evaluate(formula, facts)
    if item:
        return [Printed(s.code, result.amount(s.code, item) or Fraction(0), item) for s in facts.schools]
    return [Printed(school.code, Fraction(result.dollars(school.code) or 0, 100)) for school in facts.schools]


def test_a_print_of_the_same_formula_is_met_everywhere() -> None:
    facts = random_facts(1)
    found = reconcile(OURS, facts, print_of(OURS, facts))
    assert (12, (), ()) == (found.matches, found.explained, found.guesses)
    assert "12 of 12 printed amounts are met exactly." == found.words


def test_another_rounding_is_guessed_from_the_totals_alone() -> None:
    facts = random_facts(2)
    theirs = formula_of(TEXT.format(count="enrollment", rounding="truncate to 1"))
    found = reconcile(OURS, facts, print_of(theirs, facts))
    assert "Round 'base' truncate to 1 instead of half-up to 0.01" == found.guesses[0].change
    assert (12, Fraction(0)) == (found.guesses[0].matches, found.guesses[0].left)


def test_another_count_date_is_guessed() -> None:
    facts = random_facts(3)
    theirs = formula_of(TEXT.format(count="enrollment in October", rounding="half-up to 0.01"))
    found = reconcile(OURS, facts, print_of(theirs, facts))
    assert "Count 'enrollment in October' instead of 'enrollment'" == found.guesses[0].change
    assert 12 == found.guesses[0].matches


def test_a_print_in_thousands_is_a_rounding_of_the_total() -> None:
    facts = random_facts(8, 24)
    printed = [
        dataclasses.replace(entry, amount=Fraction(int(entry.amount / 1000 + Fraction(1, 2)) * 1000))
        for entry in print_of(OURS, facts)
    ]
    found = reconcile(OURS, facts, printed)
    assert "Round each school's dollars half-up to 1000: 24 of 24 amounts are met, 0 before." == found.guesses[0].words
    assert all(24 == guess.matches for guess in found.guesses)


def test_components_in_thousands_are_a_rounding_of_every_component() -> None:
    facts = random_facts(9, 24)
    theirs = formula_of(TEXT.format(count="enrollment", rounding="half-up to 1000") + 'rounding = "half-up to 1000"\n')
    found = reconcile(OURS, facts, print_of(theirs, facts))
    assert "Round every component in dollars half-up to 1000" == found.guesses[0].change
    assert 24 == found.guesses[0].matches


def test_a_change_that_meets_a_few_by_chance_is_not_named() -> None:
    # Whole dollars at 5 of 12 schools, and at the others an amount that no rounding makes.
    facts = random_facts(10)
    printed = [
        dataclasses.replace(
            entry, amount=Fraction(int(entry.amount)) if n < 5 else entry.amount + Fraction(3333 + n * 7, 3)
        )
        for n, entry in enumerate(print_of(OURS, facts))
    ]
    found = reconcile(OURS, facts, printed)
    assert 0 == found.matches
    assert () == found.guesses


def test_a_component_that_one_school_did_not_get_explains_its_difference() -> None:
    facts = random_facts(4)
    printed = print_of(OURS, facts)
    first = printed[0]
    printed[0] = dataclasses.replace(first, amount=first.amount - 225000)
    found = reconcile(OURS, facts, printed)
    assert ["foundation"] == [entry.component for entry in found.explained]
    assert "which is not in the print" in found.explained[0].words


def test_printed_components_name_the_component_that_differs() -> None:
    facts = random_facts(5)
    theirs = formula_of(TEXT.format(count="enrollment", rounding="up to 10"))
    found = reconcile(OURS, facts, [*print_of(theirs, facts, "base"), *print_of(theirs, facts, "poor")])
    assert {"base"} == {entry.component for entry in found.explained}
    assert 24 == found.guesses[0].matches


def test_a_difference_nobody_can_explain_says_so() -> None:
    facts = random_facts(6)
    printed = print_of(OURS, facts)
    printed[0] = dataclasses.replace(printed[0], amount=printed[0].amount + Fraction("77777.77"))
    found = reconcile(OURS, facts, printed)
    assert "no single component explains it" in found.explained[0].words
    assert () == found.guesses


def test_unknown_schools_and_items_of_a_print_are_findings() -> None:
    facts = random_facts(7)
    printed = [Printed("zz", Fraction(1)), Printed(facts.schools[0].code, Fraction(1), "nothing")]
    found = reconcile(OURS, facts, printed)
    assert ["print-unknown", "print-unknown", "print-missing"] == [finding.code for finding in found.findings]


@pytest.mark.parametrize("item", ["", "base"])
def test_trying_a_few_schools_first_finds_what_trying_all_finds(monkeypatch: pytest.MonkeyPatch, item: str) -> None:
    facts = random_facts(7, 120)
    theirs = formula_of(TEXT.format(count="enrollment", rounding="truncate to 10"))
    printed = print_of(theirs, facts, item)
    printed[5] = dataclasses.replace(printed[5], amount=printed[5].amount + 3)
    first = reconcile(OURS, facts, printed)
    monkeypatch.setattr("equity_alloc.formulas.trial.FIRST", 10_000)
    assert reconcile(OURS, facts, printed).guesses == first.guesses
    assert 119 == first.guesses[0].matches
    assert "Round 'base' truncate to 10 instead of half-up to 0.01" in [guess.change for guess in first.guesses]
