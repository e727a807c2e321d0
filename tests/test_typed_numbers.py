"""Amounts and posts as people type them: what is meant is read exactly, and what cannot be meant is refused, not guessed."""

from fractions import Fraction

import pytest
from typer.testing import CliRunner

from equity_alloc.cli import app
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.fte import read_fte
from equity_alloc.domain.money import read_dollars
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.proof_rows import BOUND, LEVEL, OF_SCHOOL, stated, stored_prices


@pytest.mark.parametrize(
    ("typed", "hundredths"), [("2", 200), (" 0.5 ", 50), (".25", 25), ("12.", 1200), ("+1.50", 150)]
)
def test_posts_are_read_to_the_hundredth(typed, hundredths):
    assert hundredths == read_fte(typed)


@pytest.mark.parametrize("typed", ["1e999999999", "1e-999999999", "1e2", "1_0", "nan", "-1", "0.005", "", "1" * 13])
def test_what_is_no_number_of_posts_is_refused(typed):
    with pytest.raises(InvalidValue):
        read_fte(typed)


@pytest.mark.parametrize("typed", ["500)", "(500", "9" * 5000, "1e5"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(InvalidValue, match="not an amount"):
        read_dollars(typed)


def test_an_amount_in_brackets_is_below_zero():
    assert -50_000 == read_dollars("(500.00)")


def test_a_number_past_all_arithmetic_is_refused_on_the_command_line(tmp_path):
    shown = CliRunner().invoke(
        app, ["sweep", "sample", "--vary", "tolerance=1e999999999", "-o", str(tmp_path / "a.csv")]
    )
    assert 2 == shown.exit_code
    assert "'1e999999999' is not a number" in shown.stderr


def certificate(*rows):
    return (Grid("Certificate", "Certificate", rows),)


def test_numbers_of_a_proof_are_read_as_they_are_written():
    told = certificate((LEVEL, "7421.05", "dollars"), (BOUND, "2226315/300", "dollars"), (OF_SCHOOL, "A", "1/3"))
    assert Fraction("7421.05") == stated(told).level
    assert Fraction(2_226_315, 300) == stated(told).bound
    assert (("A", Fraction(1, 3)),) == stored_prices(told).schools


@pytest.mark.parametrize("text", ["1e999999999", "1/0", "nan", "9" * 2001, ""])
def test_a_number_of_a_proof_that_no_plan_has_counts_as_not_stated(text):
    assert stated(certificate((LEVEL, text, "dollars"))).level is None
    assert stored_prices(certificate((OF_SCHOOL, "A", text))) is None
