"""Ends of the road without a plan, where nothing about the rules is proven."""

from __future__ import annotations

from equity_alloc.domain.district import District
from equity_alloc.planning.plan import Impossible, OutcomeKind
from equity_alloc.scenario import Scenario


def out_of_reach(district: District, scenario: Scenario) -> Impossible:
    """Say that some school with pupils cannot have even the smallest post of the position to be shared out."""
    words = (
        f"{scenario.objective.title}: this cannot be reached, because some school with pupils cannot have "
        "even its smallest post. Let a fund pay for the position at every school, or raise what the rules allow."
    )
    return Impossible(district, scenario, words, (), ())


def without_answer(district: District, scenario: Scenario, why: str) -> Impossible:
    """Say that the search found no plan, and that this proves nothing."""
    return Impossible(
        district,
        scenario,
        f"No plan was found: {why}. This does not prove that none exists. Relax a rule, or allow smaller steps.",
        (),
        (),
        OutcomeKind.STOPPED,
    )
