"""Agreed amounts are read as they are typed, and refused with the entry that cannot be read."""

from __future__ import annotations

import pytest

from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.objectives.agreed_dollars import AgreedDollars, agreed_text
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan
from equity_alloc.scenario import Scenario
from tests.planning.test_frontier import two_schools


def test_schools_get_what_was_agreed_on_where_the_rules_allow_it() -> None:
    objective = AgreedDollars(agreed_text({"A": 25_000_000, "B": 35_000_000}))
    made = plan(two_schools(65_000_000), Scenario(objective=objective))
    assert isinstance(made, Plan)
    assert made.outcome is OutcomeKind.PROVEN
    assert [25_000_000, 35_000_000] == [made.allocation.school_dollars(code) for code in "AB"]
    assert (0,) == objective.score(made.view, made.allocation)


@pytest.mark.parametrize("text", ["A", "A lots", "A 5; A 6", "A -5", " 5", ""])
def test_an_entry_that_is_not_a_code_and_dollars_is_named(text: str) -> None:
    with pytest.raises(InvalidValue, match="Amounts"):
        AgreedDollars(text)


def test_a_school_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownCode, match="Z"):
        plan(two_schools(65_000_000), Scenario(objective=AgreedDollars("Z 5")))
