"""When no plan can exist: which rules cannot be kept together, and the smallest changes that would do."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from decimal import Decimal

from equity_alloc.domain.district import District
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import print_number
from equity_alloc.formulas.use import Use
from equity_alloc.planning.crossed import crossed_words
from equity_alloc.planning.plan import Impossible, Repair
from equity_alloc.problem.cells import Cells, build_cells
from equity_alloc.problem.cuts import build_cuts
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.base import Rule
from equity_alloc.rules.formula_entitlement import FormulaEntitlement
from equity_alloc.rules.setting import SettingInfo, settings_of
from equity_alloc.scenario import Scenario, ScenarioView
from equity_alloc.solver.possible import fit_cuts, whole_plan
from equity_alloc.solver.status import Status


def explain_impossible(district: District, scenario: Scenario, *, in_steps: bool = False) -> Impossible:
    """Return the conflict of a scenario that has no plan, weakest force first, with ways out.

    Rules are left out one by one, strongest first; one stays in the conflict if without it a plan would exist. So the
    conflict is minimal: drop any one of its rules and the others can be kept. Rules that always hold are never dropped.

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
    always = [rule for rule in scenario.rules if rule.always]
    conflict = [rule for rule in scenario.rules if not rule.always]
    for rule in sorted(conflict, key=lambda r: -r.force.strength):
        without = list(conflict)
        without.remove(rule)
        if not is_possible(view, [*always, *without], in_steps=in_steps):
            conflict = without
    conflict.sort(key=lambda r: r.force.strength)
    numbers = tuple(scenario.rules.index(rule) + 1 for rule in conflict)
    repairs = [_repair(view, scenario, rule, in_steps=in_steps) for rule in conflict]
    missing = _missing_money(view)
    found = [repair for repair in repairs if repair is not None]
    if len(missing) == 1:
        fund, cents = next(iter(missing.items()))
        amount = view.district.fund_of[fund].amount + cents
        found.append(Repair(f"Find {_money_words(view, missing)}.", None, fund, str(amount)))
    pot = sum(max(0, view.district.school_pot(fund)) for fund in view.district.funds)
    names = [f"{rule.title} ({rule.force.value}): {rule.explain(view.district)}" for rule in conflict]
    how = " in the positions' own steps, though in fractions of posts they could" if in_steps else ""
    words = f"These cannot all hold{how}. The funds leave {print_dollars(pot)} for schools. {' '.join(names)}".strip()
    if missing:
        words += f" Together they would take {_money_words(view, missing)}."
    words = " ".join([words, *_overspent(view), crossed_words(view, conflict)]).strip()
    return Impossible(district, scenario, words, numbers, tuple(found))


def _overspent(view: ScenarioView) -> list[str]:
    """Name the funds whose central block leaves nothing, or less than nothing, for schools."""
    return [
        f"{fund.title} holds {print_dollars(fund.amount)}, of which {print_dollars(central)} is budgeted centrally."
        for fund in view.district.funds
        if (central := view.district.central_of(fund.code)) and fund.amount - central < central // 10
    ]


def is_possible(view: ScenarioView, rules: Sequence[Rule], *, in_steps: bool = False) -> bool:
    """Whether some plan in dollars and fractional posts keeps these rules, or in steps none is proven away."""
    problem = build_problem(view, rules)
    cells = build_cells(problem)
    if problem.overdrawn or cells.has_crossed_bounds:
        return False
    cuts = build_cuts(cells)
    fitted = fit_cuts(cells, cuts) if cuts.is_feasible else None
    return fitted is not None and not (in_steps and whole_plan(cells, fitted) is Status.INFEASIBLE)


def _repair(view: ScenarioView, scenario: Scenario, rule: Rule, *, in_steps: bool) -> Repair | None:
    """Return the smallest change of one setting of a rule after which a plan exists."""
    number = scenario.rules.index(rule) + 1
    if isinstance(rule, FormulaEntitlement):
        others = [other for other in scenario.rules if other is not rule]
        words = f"Use the formula as each school's target, not as its {rule.use.value}."
        return Repair(words, number, "use", Use.TARGET.value) if is_possible(view, others, in_steps=in_steps) else None
    for name, info in settings_of(rule).items():
        value = getattr(rule, name)
        if not isinstance(value, Decimal) or info.step is None:
            continue
        # Zero pupils per post stands for no ratio at all, which is not a smaller ratio.
        lower = info.step if info.unit == "pupils per FTE" else info.least
        ends = [end for end in (lower, info.most) if end is not None and end != value]
        found = [_nearest(view, scenario, rule, name, info, end, in_steps=in_steps) for end in ends]
        possible = [other for other in found if other is not None]
        if possible:
            _, changed = min((abs(other - value), other) for other in possible)
            words = f"{rule.title}: set {info.label.lower()} to {_print(changed, info)} (now {_print(value, info)})."
            return Repair(words, number, name, str(changed))
    return None


def _nearest(
    view: ScenarioView,
    scenario: Scenario,
    rule: Rule,
    name: str,
    info: SettingInfo,
    end: Decimal,
    *,
    in_steps: bool,
) -> Decimal | None:
    """Bisect on the setting's own steps between its value and one end of its range."""
    value: Decimal = getattr(rule, name)
    step = (info.step or Decimal(1)) * (1 if end > value else -1)
    n_steps = int((end - value) / step)

    def works(k: int) -> bool:
        other = dataclasses.replace(rule, **{name: value + k * step})  # type: ignore[type-var]
        return is_possible(view, [other if r is rule else r for r in scenario.rules], in_steps=in_steps)

    if n_steps < 1 or not works(n_steps):
        return None
    low, high = 0, n_steps
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle, high)
    return value + high * step


def _missing_money(view: ScenarioView) -> dict[str, Cents]:
    """Return how much more each fund would need so that every rule can hold; empty where money alone cannot do it.

    One fund is enough where one can be found, and the fund that may pay for most is named first: a gap of all core money
    is a gap of the general fund, not of a small grant that could fill it too. Otherwise the fund sets are served one after
    the other, smallest first.
    """
    problem = build_problem(view)
    missing = problem.overdrawn
    while True:
        richer = _with_more(view, missing)
        cells = build_cells(build_problem(richer))
        if cells.has_crossed_bounds:
            return {}
        cuts = build_cuts(cells)
        if cuts.crossed:
            return {}
        if not cuts.shortages:
            return missing if fit_cuts(cells, cuts) is not None else {}
        if not missing:
            members, most = max(cuts.shortages, key=lambda found: found[1])
            for fund in _broadest_first(view, cells, members):
                if is_possible(_with_more(view, {fund: most}), view.scenario.rules):
                    return {fund: most}
        members, cents = cuts.shortages[0]
        if not members:
            return {}
        fund = _members(cells, members)[0]
        missing = {**missing, fund: missing.get(fund, 0) + cents}


def _with_more(view: ScenarioView, more: Mapping[str, Cents]) -> ScenarioView:
    funds = tuple(
        dataclasses.replace(fund, amount=fund.amount + more.get(fund.code, 0)) for fund in view.district.funds
    )
    return ScenarioView(dataclasses.replace(view.district, funds=funds), view.scenario)


def _broadest_first(view: ScenarioView, cells: Cells, members: int) -> list[str]:
    """Return the funds of a set by how many cells they may pay, then by what they hold."""
    pays = {code: int((cells.pooled_mask >> bit & 1).sum()) for bit, code in enumerate(cells.pooled)}
    return sorted(_members(cells, members), key=lambda f: (-pays[f], -view.district.fund_of[f].amount, f))


def _members(cells: Cells, members: int) -> list[str]:
    return [code for bit, code in enumerate(cells.pooled) if members >> bit & 1]


def _money_words(view: ScenarioView, missing: Mapping[str, Cents]) -> str:
    titles = {fund.code: fund.title for fund in view.district.funds}
    return " and ".join(
        f"{print_dollars(cents, with_cents=True)} more for {titles[fund]}" for fund, cents in missing.items()
    )


def _print(value: Decimal, info: SettingInfo) -> str:
    return f"{float(value):.1%}" if info.unit == "share" else f"{print_number(value)} {info.unit}".strip()
