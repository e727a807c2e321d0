"""Printed amounts are read as they are meant, or refused with their line."""

from fractions import Fraction

import pytest

from equity_alloc.formulas.printed import Printed
from equity_alloc.formulas.read_printed import read_printed


def only(amount):
    found, problems = read_printed(f'school,amount\n0101,"{amount}"\n', "ours.csv")
    return found[0].amount if found else problems[0].where


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("$1,750,092", 1_750_092),
        ("1750092.50", Fraction(3_500_185, 2)),
        ("-12", -12),
        ("0", 0),
        ("3.25", Fraction(13, 4)),
    ],
)
def test_an_amount_is_exact(typed, meant):
    assert meant == only(typed)


@pytest.mark.parametrize("typed", ["1,5", "1.750.092,00", "n/a", "", "1e6", "Infinity", "12,34,567"])
def test_an_amount_that_could_mean_two_things_is_refused_with_its_line(typed):
    assert "ours.csv:2" == only(typed)


def test_items_are_kept_and_blank_lines_are_left_out():
    found, problems = read_printed("\ufeffAmount,Item,School\n3,TCH,0101\n,,\n4,,0102\n")
    assert (Printed("0101", Fraction(3), "TCH"), Printed("0102", Fraction(4))) == found
    assert () == problems


@pytest.mark.parametrize("text", ["", "code,dollars\n1,2\n"])
def test_a_file_without_its_columns_is_refused(text):
    found, problems = read_printed(text)
    assert () == found
    assert ["printed.csv:1"] == [problem.where for problem in problems]
