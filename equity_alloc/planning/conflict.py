"""When no plan can exist: which rules cannot be kept together, and the smallest changes that would do."""

from __future__ import annotations

from equity_alloc.domain.district import District
from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.conflicts import by_strength
from equity_alloc.planning.crossed import crossed_words
from equity_alloc.planning.plan import Impossible
from equity_alloc.planning.possibility import Possibility
from equity_alloc.planning.repairs import missing_money, money_repair, money_words, smallest_change
from equity_alloc.rules.base import Rule
from equity_alloc.scenario import Scenario, ScenarioView

#: Only the first rule that fails alone is looked for here; the amount named beside it is that of all rules. Pages put
#: their own sentence in its place (`ui.sentences.impossible_words`).
ALL_ARE_LISTED = (
    "The list of conflicts (command conflicts) names every rule that fails alone, each with what would keep it."
)


def explain_impossible(district: District, scenario: Scenario, *, in_steps: bool = False) -> Impossible:
    """Return one conflict of a scenario that has no plan, weakest force first, with ways out.

    A rule that cannot be kept even alone comes first, because leaving rules out one by one may end at another conflict and
    never name it. Otherwise rules are left out one by one, strongest first; one stays in the conflict if without it a
    plan would exist. So the conflict is minimal: drop any one of its rules and the others can be kept. Rules that always
    hold are never dropped. `conflicts.find_conflicts` finds all of them.

    Parameters
    ----------
    district : District
    scenario : Scenario
    in_steps : bool
        No plan exists in the positions' own steps, though one may in fractions of posts.

    Returns
    -------
    Impossible
    """
    view = scenario.view(district)
    possibility = Possibility(view, in_steps=in_steps)
    numbers = _conflict(scenario, possibility)
    conflict = [scenario.rules[number - 1] for number in numbers]
    repairs = [
        smallest_change(possibility, _others(scenario, number), scenario.rules[number - 1], number)
        for number in numbers
    ]
    missing = missing_money(view, scenario.rules)
    found = [repair for repair in (*repairs, money_repair(view, missing)) if repair is not None]
    names = [
        f"Rule {number} ({rule.force.value}): {rule.explain(view.district)}"
        for number, rule in zip(numbers, conflict, strict=True)
    ]
    how = " in the positions' own steps, though in fractions of posts they could" if in_steps else ""
    start = f"These cannot all hold{how}."
    if len(numbers) == 1:
        start = f"These cannot all hold{how}: rule {numbers[0]} cannot be kept even if no other rule held."
    words = " ".join([start, *names, _pot_words(view)])
    if missing:
        words += f" All rules of the scenario together would take {money_words(view, missing)}."
    if len(numbers) == 1:
        words += f" {ALL_ARE_LISTED}"
    words = " ".join([words, *_overspent(view), crossed_words(view, numbers)]).strip()
    return Impossible(district, scenario, words, numbers, tuple(found))


def _conflict(scenario: Scenario, possibility: Possibility) -> tuple[int, ...]:
    """Return the places of a rule that cannot be kept alone, or of the rules of one conflict, weakest force first."""
    always = [rule for rule in scenario.rules if rule.always]
    numbers = by_strength(scenario)
    if not possibility.can_hold(always):
        return ()
    for number in numbers:
        if not possibility.can_hold([*always, scenario.rules[number - 1]]):
            return (number,)
    for number in reversed(numbers):
        without = [other for other in numbers if other != number]
        if not possibility.can_hold([*always, *(scenario.rules[n - 1] for n in without)]):
            numbers = without
    return tuple(numbers)


def _others(scenario: Scenario, number: int) -> list[Rule]:
    return [rule for place, rule in enumerate(scenario.rules, start=1) if place != number]


def _pot_words(view: ScenarioView) -> str:
    """Return what funds leave for schools: core funds first, because floors of core dollars are met from them alone."""
    pot = sum(max(0, view.district.school_pot(fund)) for fund in view.district.funds)
    if all(fund.counts for fund in view.district.funds):
        return f"The funds leave {print_dollars(pot)} for schools."
    return f"Core funds leave {print_dollars(view.counted_pot)} for schools, and all funds {print_dollars(pot)}."


def _overspent(view: ScenarioView) -> list[str]:
    """Name the funds whose central block leaves nothing, or less than nothing, for schools."""
    return [
        f"{fund.title} holds {print_dollars(fund.amount)}, of which {print_dollars(central)} is budgeted centrally."
        for fund in view.district.funds
        if (central := view.district.central_of(fund.code)) and fund.amount - central < central // 10
    ]
