"""What every plan is set against, told everywhere in the same words, and the money that a plan has beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd

from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.planning.plan import Plan

#: What "last year" is, wherever dollars are compared.
BASELINE = "last year's posts and lines at the plan year's average costs"
#: The same where the data hold no posts: nothing is priced anew.
LINES_ONLY = "last year's lines of spending"
#: What every paper says where the data hold neither.
NO_LAST_YEAR = (
    "The data hold nothing of last year: no posts and no dollars. Every school starts from zero here, and what is called a change is the "
    "whole amount of the plan."
)
#: How the sentence begins that names every fund.
BY_FUND = "By fund:"


def knows_posts(plan: Plan) -> bool:
    """Return whether the data hold posts at all; where they do not, nothing is said of them."""
    return bool(plan.district.staffing or plan.allocation.fte)


def knows_last_year(plan: Plan) -> bool:
    """Whether the data hold anything of last year; a district may start from nothing, and then each paper says so."""
    return bool(plan.district.staffing or plan.district.spending)


def baseline(plan: Plan) -> str:
    """Return what every amount of a plan is set against, in the middle of a sentence."""
    return BASELINE if knows_posts(plan) else LINES_ONLY


def baseline_note(plan: Plan) -> str:
    """Return the same as a sentence of its own.

    Parameters
    ----------
    plan : Plan
    """
    if not knows_last_year(plan):
        return NO_LAST_YEAR
    if knows_posts(plan):
        return f"Last year is {BASELINE}, so that like meets like."
    return f"Last year is {LINES_ONLY} as the data give them; the data hold no posts, so nothing is priced anew."


@dataclass(frozen=True, slots=True)
class FundSource:
    """What one fund pays at schools, and where the difference comes from.

    Parameters
    ----------
    title : str
    today, plan : Cents
        At schools.
    free : Cents
        What its appropriation leaves beyond central money and today's posts and lines; below zero where it does not
        carry them.
    """

    title: str
    today: Cents
    plan: Cents
    free: Cents

    @property
    def change(self) -> Cents:
        """What it pays more, or less where below zero."""
        return self.plan - self.today


def fund_sources(plan: Plan) -> tuple[FundSource, ...]:
    """Return every fund with what it pays today and in the plan."""
    today = plan.view.district.today
    found = []
    for fund in plan.certificate.funds:
        now = today.fund_dollars(fund.code)
        found.append(FundSource(fund.title, now, fund.schools, fund.appropriation - fund.central - now))
    return tuple(found)


def rounding_of(plan: Plan) -> Cents:
    """Return what rounded average costs alone can make of the difference to a ledger.

    Notes
    -----
    An average cost is kept so that every step of a post costs whole cents: it is off by less than 100 / gcd(step, 100)
    cents for each full-time post, and by less than a cent where a post is paid.
    """
    district = plan.view.district
    off = {position.code: 100 // gcd(position.step, 100) for position in district.positions}
    return sum(fte * off[position] for (_, position), fte in district.today.fte) // 100 + len(district.today.pay)


def _small(cents: Cents) -> str:
    return print_dollars(cents, with_cents=cents < 1000)


def source_sentences(plan: Plan) -> tuple[str, ...]:
    """Return by how much schools have more (or less) than today, which funds pay it, and where they have it from."""
    funds = fund_sources(plan)
    today, now = sum(fund.today for fund in funds), sum(fund.plan for fund in funds)
    if now != today and abs(now - today) <= rounding_of(plan):
        first = (
            f"Schools have {print_dollars(now)} in all, what {baseline(plan)} come to: the {_small(abs(now - today))} between the two "
            "is no more than the rounding of average costs makes, and is not taken for new money."
        )
    elif now == today:
        first = f"Schools have {print_dollars(now)} in all, as much as {baseline(plan)} come to."
    else:
        how = "more" if now > today else "less"
        first = (
            f"Schools have {print_dollars(abs(now - today))} {how} than {baseline(plan)} come to: {print_dollars(now)} instead of "
            f"{print_dollars(today)}."
        )
    moved = [
        f"{fund.title} {'+' if fund.change > 0 else ''}{print_dollars(fund.change)}" for fund in funds if fund.change
    ]
    told = [first]
    if moved:
        told.append(f"{BY_FUND} {', '.join(moved)}.")
    free, short = sum(max(0, fund.free) for fund in funds), sum(-min(0, fund.free) for fund in funds)
    left = sum(fund.unallocated for fund in plan.certificate.funds)
    if free or left:
        told.append(
            f"Appropriations leave {print_dollars(free)} beyond central money and what schools had last year; "
            f"{print_dollars(left) if left else 'nothing'} stays unallocated."
        )
    if short:
        told.append(f"Some funds do not carry what they paid last year: they lack {print_dollars(short)}.")
    return tuple(told)
