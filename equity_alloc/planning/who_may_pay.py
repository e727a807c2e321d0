"""Which funds may pay for a position or line at one school by the rules of a plan, and what they have left for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from equity_alloc.domain.money import Cents
from equity_alloc.planning.plan import Plan
from equity_alloc.problem.problem import Problem


@dataclass(frozen=True, slots=True)
class Payer:
    """A fund, and whether it may pay for it at the school.

    Parameters
    ----------
    fund : str
    barred : tuple of int
        Rules that do not let it, by place; empty where it may.
    share : Cents or None
        What a fund with a sharing rule of its own has for this school; None for a fund that the plan shares out.
    left : Cents
        Of that share, or of the fund, in the plan without it.
    """

    fund: str
    barred: tuple[int, ...]
    share: Cents | None
    left: Cents

    @property
    def may_pay(self) -> bool:
        """Whether rules let it, and it has money here."""
        return not self.barred and self.share != 0


def who_may_pay(plan: Plan, school: str, item: str) -> Iterator[Payer]:
    """Yield every fund with what keeps it from paying for a position or line at a school.

    Parameters
    ----------
    plan : Plan
    school, item : str
        Code of the school; code of a position, or name of a line.
    """
    district, problem = plan.view.district, Problem(plan.view.district)
    alone = []
    for rule in plan.scenario.rules:
        one = Problem(district)
        rule.constrain(one)
        rule.constrain(problem)
        alone.append(one)
    is_position = item in district.position_of
    for fund in district.funds:
        barred = tuple(
            number
            for number, one in enumerate(alone, start=1)
            if not one.may_pay(school, item, fund.code, is_position=is_position)
        )
        shares = problem.shares.get(fund.code)
        if shares is None:
            pot = problem.caps.get(fund.code, district.school_pot(fund))
            yield Payer(fund.code, barred, None, pot - plan.allocation.fund_dollars(fund.code))
        else:
            share = shares.get(school, 0)
            yield Payer(fund.code, barred, share, share - plan.allocation.by_school_fund.get((school, fund.code), 0))
