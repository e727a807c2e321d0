"""The smallest changes after which rules can be kept together: one setting of a rule, a rule left out, or more money."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from decimal import Decimal

from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.formulas.use import Use
from equity_alloc.planning.plan import Repair
from equity_alloc.planning.possibility import Possibility
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.cuts import build_cuts
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.base import Rule
from equity_alloc.rules.formula_entitlement import FormulaEntitlement
from equity_alloc.rules.setting import SettingInfo, print_setting, settings_of, with_setting
from equity_alloc.scenario import ScenarioView
from equity_alloc.solver.possible import fit_cuts


def smallest_change(possibility: Possibility, others: Sequence[Rule], rule: Rule, number: int) -> Repair | None:
    """Return the smallest change of one setting of a rule after which it can be kept together with others.

    Parameters
    ----------
    possibility : Possibility
    others : sequence of Rule
        What is to be kept as it is; they can be kept together.
    rule : Rule
    number : int
        Its place in the scenario, from 1.
    """
    if isinstance(rule, FormulaEntitlement):
        words = f"Use the formula as each school's target, not as its {rule.use.value}."
        return Repair(words, number, "use", Use.TARGET.value) if possibility.is_kept(others) else None
    for name, info in settings_of(rule).items():
        value = getattr(rule, name)
        if not isinstance(value, Decimal) or info.step is None:
            continue
        ends = [end for end in (info.lower, info.most) if end is not None and end != value]
        found = [_nearest(possibility, others, rule, name, info, end) for end in ends]
        possible = [other for other in found if other is not None]
        if possible:
            _, changed = min((abs(other - value), other) for other in possible)
            words = (
                f"{possibility.view.titles[number - 1]}: set {info.label.lower()} to {print_setting(changed, info)} "
                f"(now {print_setting(value, info)})."
            )
            return Repair(words, number, name, str(changed))
    return None


def loosened_further(rule: Rule, change: Repair, part: Decimal) -> Rule:
    """Return a rule changed as a way out says, and so large a part of the rest of the way to the end of its range.

    Parameters
    ----------
    rule : Rule
    change : Repair
        Of one of its numbers.
    part : Decimal
        From 0, the change as it is, to 1, the end of the range.
    """
    info = settings_of(rule)[change.setting]
    start, step = Decimal(change.value), info.step or Decimal(1)
    end = (info.most if start > getattr(rule, change.setting) else info.lower) or Decimal(0)
    steps = int((end - start) / step * part)
    return with_setting(rule, change.setting, start + steps * step)


def leave_out(title: str, number: int) -> Repair:
    """Return the way out of doing without a rule."""
    return Repair(f"{title}: leave this rule out.", number, "", "")


def changed_rule(rule: Rule, repair: Repair) -> Rule:
    """Return a rule with one of its numbers set as a way out says."""
    return with_setting(rule, repair.setting, Decimal(repair.value))


def money_repair(view: ScenarioView, missing: Mapping[str, Cents]) -> Repair | None:
    """Return the way out of finding what one fund lacks; None where nothing lacks, or several funds do."""
    if len(missing) != 1:
        return None
    fund, cents = next(iter(missing.items()))
    amount = view.district.fund_of[fund].amount + cents
    return Repair(f"Find {money_words(view, missing)}.", None, fund, str(amount))


def missing_money(view: ScenarioView, rules: Sequence[Rule]) -> dict[str, Cents]:
    """Return how much more each fund would need so that these rules can hold; empty where money alone cannot do it.

    One fund is enough where one can be found, and the fund that may pay for most is named first: a gap of all core money
    is a gap of the general fund, not of a small grant that could fill it too. Otherwise the fund sets are served one after
    the other, smallest first.
    """
    problem = build_problem(view, rules)
    missing = problem.overdrawn
    while True:
        richer = with_more(view, missing)
        cells = build_cells(build_problem(richer, rules))
        if cells.has_crossed_bounds:
            return {}
        cuts = build_cuts(cells)
        if cuts.crossed:
            return {}
        if not cuts.shortages:
            if fit_cuts(cells, cuts) is not None:
                return missing
            return _more_for_one(view, rules, cells, missing)
        if not missing:
            members, most = max(cuts.shortages, key=lambda found: found[1])
            for fund in _broadest_first(view, cells, members):
                if _holds_with(view, rules, {fund: most}):
                    return {fund: most}
        members, cents = cuts.shortages[0]
        if not members:
            return {}
        fund = _members(cells, members)[0]
        missing = {**missing, fund: missing.get(fund, 0) + cents}


def with_more(view: ScenarioView, more: Mapping[str, Cents]) -> ScenarioView:
    """Return the district with more in some funds, seen through the same scenario."""
    funds = tuple(
        dataclasses.replace(fund, amount=fund.amount + more.get(fund.code, 0)) for fund in view.district.funds
    )
    return ScenarioView(dataclasses.replace(view.district, funds=funds), view.scenario)


def money_words(view: ScenarioView, missing: Mapping[str, Cents]) -> str:
    """Return what funds lack: "$750,000.00 more for General fund"."""
    titles = {fund.code: fund.title for fund in view.district.funds}
    return " and ".join(
        f"{print_dollars(cents, with_cents=True)} more for {titles[fund]}" for fund, cents in missing.items()
    )


def _more_for_one(
    view: ScenarioView, rules: Sequence[Rule], cells: Cells, missing: Mapping[str, Cents]
) -> dict[str, Cents]:
    """Return what the broadest fund lacks where rules hold several quantities together, found by halving, to the cent.

    At most as much as all funds together hold is looked for: more than that is no way out.
    """
    every = (1 << len(cells.pooled)) - 1
    most = sum(fund.amount for fund in view.district.funds)
    for fund in _broadest_first(view, cells, every)[:1]:
        low, high = missing.get(fund, 0), most
        if not _holds_with(view, rules, {**missing, fund: high}):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if _holds_with(view, rules, {**missing, fund: middle}) else (middle, high)
        return {**missing, fund: high}
    return {}


def _holds_with(view: ScenarioView, rules: Sequence[Rule], more: Mapping[str, Cents]) -> bool:
    # What a rule asks for may depend on what a fund holds, so nothing noted before is used.
    return Possibility(with_more(view, more)).is_kept(rules)


def _broadest_first(view: ScenarioView, cells: Cells, members: int) -> list[str]:
    """Return the funds of a set by how many cells they may pay, then by what they hold."""
    pays = {code: int((cells.pooled_mask >> bit & 1).sum()) for bit, code in enumerate(cells.pooled)}
    return sorted(_members(cells, members), key=lambda f: (-pays[f], -view.district.fund_of[f].amount, f))


def _members(cells: Cells, members: int) -> list[str]:
    return [code for bit, code in enumerate(cells.pooled) if members >> bit & 1]


def _nearest(
    possibility: Possibility, others: Sequence[Rule], rule: Rule, name: str, info: SettingInfo, end: Decimal
) -> Decimal | None:
    """Bisect on the setting's own steps between its value and one end of its range."""
    value: Decimal = getattr(rule, name)
    step = (info.step or Decimal(1)) * (1 if end > value else -1)
    n_steps = int((end - value) / step)

    def works(k: int) -> bool:
        other = with_setting(rule, name, value + k * step)
        return possibility.is_kept([*others, other])

    if n_steps < 1 or not works(n_steps):
        return None
    low, high = 0, n_steps
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle, high)
    return value + high * step
