"""What keeping a rule takes, in sentences."""

from __future__ import annotations

from equity_alloc.domain.district import District
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.domain.number import count_words, print_percent
from equity_alloc.planning.conflict_words import rule_name_of
from equity_alloc.planning.keeping import Keeping
from equity_alloc.planning.unit_prices import UnitPrice
from equity_alloc.planning.unit_words import step_words
from equity_alloc.rules.setting import print_setting
from equity_alloc.scenario import LevelBasis

#: So many schools and rules are named; the others are counted.
NAMED = 5


def keeping_sentences(price: Keeping, district: District) -> tuple[str, ...]:
    """Return what keeping it costs and the cheapest ways to do so, the plainest first."""
    return _kept(price, district) if price.can_be_kept else _not_kept(price, district)


def cheapest_words(price: Keeping, district: District) -> str:
    """Return the cheapest way to keep it in one sentence, for whoever decides against it."""
    if price.can_be_kept:
        return f"Bind the plan to it, without new money: {level_words(price)}."
    if price.missing:
        return f"Find {missing_words(price, district)}; a plan with it keeps this and every other rule."
    if price.nearest is not None:
        return f"Keep it in part: {price.nearest.words}"
    return "none found"


def _kept(price: Keeping, district: District) -> tuple[str, ...]:
    pupils = sum(district.school_of[code].enrollment for code in price.pay)
    who = ""
    if price.pay or price.gain:
        who = f" Higher for it: {count_words(len(price.gain), 'school')}. Lower: {count_words(len(price.pay), 'school')}{f', with {pupils:,} pupils' if price.pay else ''}."
    first = f"It can be kept with every other rule and the money there is: {level_words(price)}.{who}"
    if price.step is None or not price.step.moves:
        return (first,)
    return first, _step(price.step, share=price.scenario.basis is LevelBasis.TARGET)


def _not_kept(price: Keeping, district: District) -> tuple[str, ...]:
    found = [against_words(price, district)]
    if price.missing:
        found.append(
            f"Money that would do: {missing_words(price, district)}. A plan with it was made and keeps every rule."
        )
    else:
        found.append("No sum of money alone was found that would do.")
    if price.nearest is not None:
        found.append(f"As near to it as the money goes: {price.nearest.words}")
    return tuple(found)


def against_words(price: Keeping, district: District, *, held_from: int | None = None, most: int | None = NAMED) -> str:
    """Return what stands against a rule that cannot be kept.

    Parameters
    ----------
    price : Keeping
    district : District
    held_from : int or None
        Rules from this place on hold what one school has otherwise; they are told together.
    most : int or None
        So many rules are named, the others counted; None for all of them.
    """
    if price.alone:
        return "It cannot be kept with this money even if no other rule held."
    if not price.partners:
        return "No plan that keeps it and every other rule was found."
    own = [number for number in price.partners if held_from is not None and number >= held_from]
    others = [number for number in price.partners if number not in own]
    names = [rule_name_of(district, price.scenario, number) for number in others[:most]]
    if own:
        names.append("the school's other posts and lines, held as the plan has them")
    counted = 0 if most is None else max(0, len(others) - most)
    more = f"; and {counted} more" if counted else ""
    return f"It cannot be kept beside these, which stand against it: {'; '.join(names)}{more}."


def _step(step: UnitPrice, *, share: bool) -> str:
    """Return what a little more or less of it would do."""
    now = f"{step.info.label} now {print_setting(step.value, step.info)}"
    ways = "; ".join(
        f"{way} by {print_setting(step.step, step.info)}, "
        + step_words(side, step.info, share=share, no_plan=sign in step.no_plan)
        for way, sign, side in (("up", 1, step.up), ("down", -1, step.down))
    )
    return f"A little more or less of it ({now}): {ways}."


def level_words(price: Keeping) -> str:
    """Return what keeping it does to the lowest school."""
    if price.lowest is None:
        return "what it does to levels cannot be told"
    share = price.scenario.basis is LevelBasis.TARGET
    if round(price.lowest, 6 if share else 0) == 0:
        return "the lowest school stands no lower for it"
    amount = (
        f"{print_percent(price.lowest, 2)} of target"
        if share
        else f"{print_dollars(round(price.lowest), with_cents=True)}"
    )
    return f"the lowest school stands {amount}{'' if share else ' per weighted pupil'} lower for it"


def missing_words(price: Keeping, district: District) -> str:
    """Return the money with which it can be kept: "$20,000 more for General"."""
    return " and ".join(_one(fund, cents, district) for fund, cents in price.missing.items())


def _one(fund: str, cents: Cents, district: District) -> str:
    return f"{print_dollars(cents)} more for {district.fund_of[fund].title}"
