"""What a plan may stand from a bound at most is printed so that "no more than" stays true."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from equity_alloc.planning.nearness import at_most


@given(st.fractions(min_value=0, max_value=2000, max_denominator=10**6))
def test_what_is_printed_is_never_less_than_the_gap_and_less_than_a_cent_more(gap):
    printed = Fraction(Decimal(at_most(gap, "dollars per weighted pupil").replace("$", "").replace(",", "")))
    assert gap <= printed < gap + Fraction(1, 100)


def test_a_tolerance_of_five_dollars_found_as_a_float_is_told_as_five_dollars():
    assert "$5.00" == at_most(5.000000001, "dollars per weighted pupil")
    assert "$5.01" == at_most(5.001, "dollars per weighted pupil")
