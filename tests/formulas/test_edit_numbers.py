"""Numbers and names of a formula are changed in its text, one at a time, and everything else stays."""

from decimal import Decimal

import pytest

from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.formulas.edit import own_source, with_meaning, with_number
from equity_alloc.formulas.read import read_formula
from equity_alloc.formulas.templates import read_template, template_names, template_text
from equity_alloc.ui.formula_amounts import amounts_in

CAPS = (
    '[[component]]\nkind = "class-size"\nname = "rooms"\nposition = "T"\ncaps = { "grade 1" = 29, "grade 11" = 31 }\n'
)


def amounts(text):
    reading = read_formula(text)
    assert () == reading.errors
    return {each.key: each for each in amounts_in(reading.formula)}


@pytest.mark.parametrize("name", template_names())
def test_every_number_of_a_shipped_formula_can_be_changed_alone(name):
    text = template_text(name)
    before = amounts(text)
    for key, each in list(before.items())[:12]:
        value = each.amount.value + (1 if each.info.most is None else Decimal("0.001"))
        if each.info.most is not None and value > each.info.most:
            value = each.info.most - Decimal("0.001")
        after = amounts(each.change(text, value))
        assert value == after[key].amount.value
        others = {other: now.amount.value for other, now in after.items() if other != key}
        assert {other: was.amount.value for other, was in before.items() if other != key} == others


@pytest.mark.parametrize("name", template_names())
def test_an_edited_number_is_the_districts_own_and_no_other_source_vouches_for_it(name):
    text = template_text(name)
    for key, each in amounts(text).items():
        if each.component is None and not each.fixed:
            now = amounts(each.change(text, each.amount.value))[key].amount
            assert ("Entered on screen", True) == (now.source.title, now.is_verified)
            was = each.amount
            assert f"; in place of {was.value:f} ({was.source.title}, {was.source.locator}" in now.source.locator
            assert (was.value, was.unit, was.from_date) == (now.value, now.unit, now.from_date)


def test_a_value_of_a_parameter_file_becomes_the_formulas_own():
    text = template_text("washington-prototypical")
    own = amounts(text)["class-size-k-3"]
    assert (Decimal(17), True) == (own.amount.value, own.is_from_file)
    once = own.change(text, Decimal(20))
    changed = amounts(once)["class-size-k-3"]
    assert (Decimal(20), False, "") == (changed.amount.value, changed.is_from_file, own_source(changed.amount))
    assert "Entered on screen, no source given; in place of 17 (" in changed.amount.cited
    twice = amounts(once)["class-size-4-6"].change(once, Decimal(26))
    assert Decimal(26) == amounts(twice)["class-size-4-6"].amount.value
    assert len(read_template("washington-prototypical").formula.components) == twice.count("[[component]]")


def test_the_source_that_is_typed_stays_and_so_does_what_was_replaced_first():
    text = template_text("weighted-student-funding")
    first = amounts(text)["base"].change(text, Decimal(6100))
    said = 'Board "minutes"; May\n4'
    second = amounts(first)["base"].change(first, Decimal(6100), source=said)
    third = amounts(second)["base"].change(second, Decimal(6200))
    now = amounts(third)["base"].amount
    assert (Decimal(6200), 'Board "minutes"; May 4') == (now.value, own_source(now))
    assert now.cited.endswith(
        "; in place of 6000 (Equity Alloc, plain weighted student funding, invented round numbers, to be replaced by the "
        "district's own, unverified)"
    )
    assert 1 == third.count("[source.entered-on-screen]")
    assert "" == own_source(amounts(amounts(third)["base"].change(third, Decimal(6200), source=""))["base"].amount)
    values = {finding.where for finding in read_formula(third).findings}
    assert 4 == len(values)  # of five unverified defaults one is the district's own now


def test_a_number_is_found_by_the_whole_name_of_its_count():
    assert '"grade 1" = 28, "grade 11" = 31' in with_number(CAPS, 0, "caps", Decimal(28), count="grade 1")
    with pytest.raises(UnknownCode):
        with_number(CAPS, 0, "caps", Decimal(28), count="grade 2")
    with pytest.raises(InvalidValue):
        with_number(CAPS, 0, "caps", Decimal("NaN"), count="grade 1")


def test_a_meaning_is_added_and_replaced_in_its_table():
    text = "format = 1\nname = 'a'\n\n[columns]\nold = 'x'\n\n# the first\n[[component]]\n"
    once = with_meaning(text, "columns", "new", ["grade 6", "grade 7"])
    assert '[columns]\n"new" = ["grade 6", "grade 7"]\nold = \'x\'' in once
    assert '"new" = ["y"]' in with_meaning(once, "columns", "new", ["y"])
    assert '[positions]\n"teacher" = ["TCH"]\n\n[columns]' in with_meaning(once, "positions", "teacher", ["TCH"])
    with pytest.raises(InvalidValue, match="Say what 'new' stands for"):
        with_meaning(text, "columns", "new", [])
