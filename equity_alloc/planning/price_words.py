"""Prices as sentences, for levels in dollars and fractions of posts."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.domain.district import District
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words, print_percent
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.post_prices import post_prices
from equity_alloc.planning.prices import FundPrice, RulePrice, Slope, alike, fund_prices, rule_prices
from equity_alloc.scenario import LevelBasis, Scenario

#: Dollars for which the effect is told: one dollar alone moves a level by a fraction of a cent.
DOLLARS = 10_000


def price_sentences(district: District, scenario: Scenario) -> Iterator[str]:
    """Yield a sentence for each fund that the plan shares out, and for each rule that moves a level.

    Parameters
    ----------
    district : District
    scenario : Scenario
        With a plan; without one there is nothing to price.
    """
    share = scenario.basis is LevelBasis.TARGET
    for funds in alike(fund_prices(district, scenario)):
        yield _fund(district, funds, share=share)
    moves = False
    for rule in rule_prices(district, scenario):
        if rule.gain or rule.pay:
            moves = True
            yield _rule(district, scenario, rule, share=share)
    yield "The other rules move no level." if moves else "No rule that can be left out moves a level."


def post_sentences(plan: Plan) -> Iterator[str]:
    """Yield for every position what one more full-time post of new money would buy, or which rules leave no room for it."""
    share = plan.scenario.basis is LevelBasis.TARGET
    funds = tuple(fund_prices(plan.district, plan.scenario))
    for price in post_prices(plan, funds):
        title = plan.district.position_of[price.position].title
        if price.barred and not price.room:
            rules = ", ".join(f"{number} ({plan.view.titles[number - 1]})" for number in price.barred)
            yield f"One more {title}: no room at any of {count_words(len(price.schools), 'school')} that would rise, by rule {rules}."
        elif not price.room:
            yield f"One more {title}: new money for it raises no level."
        else:
            titles = " or ".join(plan.district.fund_of[fund].title for fund in price.funds)
            end = "as far as rules leave room" if price.held_by_rules else "as far as the price of money holds"
            yield (
                f"One more {title}, {print_dollars(price.cost)} new in {titles}: {count_words(len(price.schools), 'school')} higher by "
                f"{_level(price.level, share=share)}; rules leave room for it at {count_words(len(price.room), 'school')}, and each post does the "
                f"same up to {price.holds:,.1f} FTE, {end}."
            )


def holds_words(slope: Slope) -> str:
    """Return how far each dollar does the same; "at least" where nobody looked further.

    Examples
    --------
    >>> holds_words(Slope(("A",), 100.0, 0.01, 5_000_00, is_at_least=True))
    'at least $5,000'
    """
    return f"{'at least ' if slope.is_at_least else ''}{print_dollars(slope.holds)}"


def _fund(district: District, prices: tuple[FundPrice, ...], *, share: bool) -> str:
    price, titles = prices[0], ", ".join(district.fund_of[each.fund].title for each in prices)
    title = f"Any of {titles}" if len(prices) > 1 else titles
    if price.more is not None and not price.more.schools:
        return f"{title}: more money raises no school's level, up to {holds_words(price.more)} more."
    more = "no plan can exist with more" if price.more is None else _slope(price.more, "more raises", share=share)
    less = "no plan can exist with less" if price.less is None else _slope(price.less, "less lowers", share=share)
    return f"{title}: {more}; {less}."


def _slope(slope: Slope, words: str, *, share: bool) -> str:
    if not slope.schools:
        return f"{print_dollars(DOLLARS * 100)} {words} no school's level"
    moved = _level(abs(slope.per_dollar) * DOLLARS, share=share)
    then = "" if slope.beyond is None else f", then {_level(abs(slope.beyond) * DOLLARS, share=share)}"
    return (
        f"{print_dollars(DOLLARS * 100)} {words} {count_words(len(slope.schools), 'school')}, the lowest at {_level(slope.level, share=share)}, by "
        f"{moved}, and each dollar does the same up to {holds_words(slope)}{then}"
    )


def _rule(district: District, scenario: Scenario, price: RulePrice, *, share: bool) -> str:
    says = scenario.rules[price.number - 1].explain(scenario.apply(district)).split(". ", maxsplit=1)[0].rstrip(".")
    parts = [
        f"{len(price.gain)} school{'' if len(price.gain) == 1 else 's'} higher and {len(price.pay)} lower because of it",
        f"{print_dollars(price.dollars)} of core money at schools that would have less without it",
    ]
    if price.lowest > 0:
        parts.append(f"without it the lowest level would be {_level(price.lowest, share=share)} higher")
    return f"Rule {price.number} ({says}): {'; '.join(parts)}."


def _level(cents: float, *, share: bool) -> str:
    """Return a level as it is told: cents per weighted pupil, or cents per cent of target."""
    if share:
        return f"{print_percent(cents, 2)} of target"
    return f"{print_dollars(round(cents), with_cents=True)} per weighted pupil"
