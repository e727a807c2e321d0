"""Prices of a rule's own unit, and of posts, as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from equity_alloc.domain.district import District
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import print_percent
from equity_alloc.planning.frontier import Line
from equity_alloc.planning.prices import RulePrice
from equity_alloc.planning.unit_prices import Step, UnitPrice, unit_prices
from equity_alloc.rules.setting import SettingInfo, print_setting
from equity_alloc.scenario import LevelBasis, Scenario, ScenarioView


def unit_sentences(district: District, scenario: Scenario) -> Iterator[str]:
    """Yield a sentence for every setting of a rule that moves a level, and one for all others.

    Parameters
    ----------
    district : District
    scenario : Scenario
        With a plan; without one there is nothing to price.
    """
    share, others = scenario.basis is LevelBasis.TARGET, 0
    for price in unit_prices(district, scenario):
        if price.moves or price.no_plan:
            yield unit_sentence(scenario.view(district), price, share=share)
        else:
            others += 1
    yield still_words(others)


def still_words(count: int) -> str:
    """Return what is told of the settings of which no step moves a level, and none leaves the rules without a plan."""
    return (
        f"{count} other setting{'' if count == 1 else 's'} of rules: one step up or down moves no level of any school, as far "
        "as the rule takes such a value."
    )


def beside_line(scenario: Scenario, prices: Sequence[UnitPrice], number: int, school: str) -> str:
    """Return what one step of a rule's settings does to a school's level and to the lowest; "" where it has none.

    Parameters
    ----------
    scenario : Scenario
    prices : sequence of UnitPrice
        Of all rules.
    number : int
        Of the rule.
    school : str
        Code.
    """
    share, told = scenario.basis is LevelBasis.TARGET, []
    own = [price for price in prices if price.number == number]
    for price in own:
        for sign, step in ((1, price.up), (-1, price.down)):
            to = f"{price.info.label} at {print_setting(price.value + sign * price.step, price.info)}"
            if sign in price.no_plan:
                told.append(f"{to}: no plan exists")
            elif step is not None and (step.gain or step.pay):
                here = dict((*step.gain, *step.pay)).get(school, 0.0)
                told.append(
                    f"{to}: level here {_change(here, share=share)}, lowest level {_change(step.lowest, share=share)}"
                )
    return "; ".join(told) or ("one step up or down moves no level" if own else "")


def without_rule_words(scenario: Scenario, prices: Sequence[RulePrice], number: int, school: str) -> str:
    """Return what leaving a rule out does to a school's level and to the lowest; "" for a rule that always holds.

    Parameters
    ----------
    scenario : Scenario
    prices : sequence of RulePrice
        Of all rules that can be left out.
    number : int
        Of the rule.
    school : str
        Code.
    """
    share = scenario.basis is LevelBasis.TARGET
    for price in prices:
        if price.number == number:
            here = -dict((*price.gain, *price.pay)).get(school, 0.0)
            return f"without it: level here {_change(here, share=share)}, lowest level {_change(price.lowest, share=share)}"
    return ""


def unit_sentence(view: ScenarioView, price: UnitPrice, *, share: bool) -> str:
    """Return what one step of a setting does, up and down."""
    sides = "; ".join(
        f"{way} {print_setting(price.step, price.info)}, "
        + step_words(step, price.info, share=share, no_plan=sign in price.no_plan)
        for way, sign, step in (("up", 1, price.up), ("down", -1, price.down))
    )
    return f"Rule {price.number} ({view.titles[price.number - 1]}), {price.info.label} at {print_setting(price.value, price.info)}: {sides}."


def step_words(step: Step | None, info: SettingInfo, *, share: bool, no_plan: bool = False) -> str:
    """Return what one step does, or that it cannot be taken."""
    if step is None:
        return "no plan exists" if no_plan else "the setting cannot go there"
    if not step.gain and not step.pay:
        return "no level moves"
    schools = f"{len(step.gain)} school{'' if len(step.gain) == 1 else 's'} higher and {len(step.pay)} lower"
    until = f"each step does the same until {'at least ' if step.is_at_least else ''}{print_setting(step.holds, info)}"
    beyond = ", beyond which no plan exists or the setting cannot go" if step.ends_plans else ""
    return f"the lowest level {_change(step.lowest, share=share)}, {schools}; {until}{beyond}"


def moved_post_sentence(line: Line) -> str:
    """Return what one FTE more or less is worth beside the moves that the best lowest level needs.

    Parameters
    ----------
    line : Line
        Against posts moved.
    """
    last = line.corners[-1]
    needed = f"The best lowest level needs {last.limit / 100:,.2f} FTE added or given up; one more raises it no further"
    if line.is_point:
        return f"{needed}."
    before = line.corners[-2]
    per_fte = (last.level - before.level) / (last.limit - before.limit) * 100
    share = line.unit.startswith("share")
    return (
        f"{needed}, and each FTE fewer costs it {_level(per_fte if share else per_fte * 100, share=share)}, down to "
        f"{before.limit / 100:,.2f} FTE; below that it costs more."
    )


def _change(cents: float, *, share: bool) -> str:
    if round(cents, 6 if share else 0) == 0:
        return "stays"
    return f"{'rises' if cents > 0 else 'falls'} by {_level(abs(cents), share=share)}"


def _level(cents: float, *, share: bool) -> str:
    """Return a level as it is told: cents per weighted pupil, or a share of target."""
    return (
        f"{print_percent(cents, 2)} of target"
        if share
        else f"{print_dollars(round(cents), with_cents=True)} per weighted pupil"
    )
