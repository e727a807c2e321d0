"""Prices as sentences, for levels in dollars and fractions of posts."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.domain.district import District
from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.prices import FundPrice, RulePrice, Slope, fund_prices, rule_prices
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
    for fund in fund_prices(district, scenario):
        yield _fund(district, fund, share=share)
    moves = False
    for rule in rule_prices(district, scenario):
        if rule.gain or rule.pay:
            moves = True
            yield _rule(district, scenario, rule, share=share)
    yield "The other rules move no level." if moves else "No rule that can be left out moves a level."


def _fund(district: District, price: FundPrice, *, share: bool) -> str:
    title = district.fund_of[price.fund].title
    if price.more is not None and not price.more.schools:
        return f"{title}: more money raises no school's level, up to {print_dollars(price.more.holds)} more."
    more = "no plan can exist with more" if price.more is None else _slope(price.more, "more raises", share=share)
    less = "no plan can exist with less" if price.less is None else _slope(price.less, "less lowers", share=share)
    return f"{title}: {more}; {less}."


def _slope(slope: Slope, words: str, *, share: bool) -> str:
    if not slope.schools:
        return f"{print_dollars(DOLLARS * 100)} {words} no school's level"
    schools = "1 school" if len(slope.schools) == 1 else f"{len(slope.schools)} schools"
    moved = _level(abs(slope.per_dollar) * DOLLARS, share=share)
    return (
        f"{print_dollars(DOLLARS * 100)} {words} {schools}, the lowest at {_level(slope.level, share=share)}, by {moved}, and "
        f"each dollar does the same up to {print_dollars(slope.holds)}"
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
        return f"{cents:.2%} of target"
    return f"{print_dollars(round(cents), with_cents=True)} per weighted pupil"
