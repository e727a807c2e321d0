"""Money set aside for interventions, fund by fund, and what each fund may pay for."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.action import ActionMoney
from equity_alloc.domain.district import District
from equity_alloc.domain.intervention import Intervention
from equity_alloc.domain.money import Cents
from equity_alloc.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Pot:
    """Money set aside in one fund: the line on the sheet Central and what it holds."""

    money: ActionMoney
    amount: Cents
    is_one_time: bool | None


def pots_of(district: District, scenario: Scenario) -> tuple[Pot, ...]:
    """Return the money set aside, one pot for each fund, in order of fund codes."""
    found = sorted(scenario.actions.money, key=lambda money: (money.fund, money.line))
    return tuple(
        Pot(money, district.central_of(money.fund, money.line), district.terms_of(money.fund).one_time)
        for money in found
    )


def may_pay(pot: Pot, intervention: Intervention) -> bool:
    """Whether a pot may pay for an intervention at all."""
    return not why_unpaid(pot, intervention)


def why_unpaid(pot: Pot, intervention: Intervention) -> str:
    """Return why a pot may not pay for an intervention; "" where it may."""
    money = pot.money
    if money.weakest_tier is not None and (intervention.tier is None or intervention.tier > money.weakest_tier):
        return f"{money.fund} asks for tier {money.weakest_tier} or stronger, and this is {intervention.tier_words}"
    if intervention.recurring and pot.is_one_time and not money.exit_plan.strip():
        return f"{money.fund} is one-time money, this costs every year, and nobody has said how it goes on"
    return ""
