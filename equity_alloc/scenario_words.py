"""What a scenario supposes about funds and makes of the formula, in sentences for certificates and screens."""

from __future__ import annotations

from equity_alloc.domain.district import District
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.formulas.entitlement import entitlements
from equity_alloc.formulas.use import Use
from equity_alloc.scenario import Scenario

#: What the formula is to a plan, by its use.
_IS_WHAT = {Use.TARGET: "the target", Use.FLOOR: "the floor", Use.FIXED: "the fixed amount"}


def fund_words(scenario: Scenario, district: District) -> tuple[str, ...]:
    """Return one sentence for each fund that the scenario changes.

    Parameters
    ----------
    scenario : Scenario
    district : District
        As read, before the scenario's changes.

    Returns
    -------
    tuple of str
        What changes, from what to what.
    """
    words = (change.words(district.fund_of[change.fund]) for change in scenario.funds)
    return tuple(sentence for sentence in words if sentence)


def formula_words(scenario: Scenario, district: District) -> tuple[str, ...]:
    """Return what the formula is to the plan and what it gives.

    Parameters
    ----------
    scenario : Scenario
    district : District
        As read, before the scenario's changes.

    Returns
    -------
    tuple of str
        One sentence; empty where the scenario has no formula.

    Raises
    ------
    EquityAllocError
        If the formula does not fit the district, or a school's result is unknown.
    """
    if scenario.formula is None:
        return ()
    formula = scenario.formula.formula
    given = entitlements(scenario.formula.text, scenario.formula.salary, scenario.apply(district))
    total, posts = sum(cents for _, cents in given.dollars), sum(fte for _, fte in given.posts)
    what = f"{print_dollars(total)} at {count_words(len(given.dollars), 'school')}"
    if given.posts:
        what += f" and {print_fte(posts)} FTE of the posts that it names, priced at {formula.basis.value} cost"
    use = _IS_WHAT[scenario.formula.use]
    return (f"The formula '{formula.title or formula.name}' is {use} of every school: {what}.",)
