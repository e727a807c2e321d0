"""The difference of two schools in words: which part is how much, and what keeps their levels apart."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.difference import Difference, Part, Stop, Why
from equity_alloc.planning.plan import Plan


def part_words(plan: Plan, found: Difference, part: Part) -> str:
    """Return what a part comes from, with the two counts behind it."""
    pair = [plan.view.district.school_of[code] for code in (found.school, found.against)]
    if part.why is Why.PUPILS:
        return f"Pupils: {pair[0].enrollment:,} against {pair[1].enrollment:,}"
    if part.why is Why.NEED:
        weight = next(need.weight for need in plan.scenario.need_weights if need.group == part.group)
        title = plan.view.district.group_of[part.group].title
        counts = [each.group(part.group) or 0 for each in pair]
        told = [f"{count:,}" for count in counts]
        if found.per_pupil:
            told = [f"{count / each.enrollment * 100:.1f} %" for count, each in zip(counts, pair, strict=True)]
        return f"{title}: {told[0]} against {told[1]}, need weight {weight.normalize():f}"
    if part.why is Why.TARGET:
        targets = dict(plan.view.levels.weights)
        told = [print_dollars(round(targets.get(each.code, Fraction(0)))) for each in pair]
        return f"Target: {told[0]} against {told[1]}"
    return {
        Why.LEVEL: "Level: what rules, funds and whole posts let each reach",
        Why.BEST: "Best level: what rules and funds let each reach, in dollars and fractions of posts",
        Why.STEPS: "Whole posts and fewer moves: what the plan does around the best levels",
    }.get(part.why, "Core money of a school that has no weight, so it is not given by pupils")


def difference_sentences(plan: Plan, found: Difference) -> list[str]:
    """Return what the difference is, what keeps the levels apart, and how money on top differs."""
    names = {code: plan.view.district.school_of[code].label for code in (found.school, found.against)}
    per = " per pupil" if found.per_pupil else ""
    told = []
    if not found.total:
        told.append(f"{names[found.school]} and {names[found.against]} have the same core money{per}.")
    else:
        more = "more" if found.total > 0 else "less"
        amount = print_dollars(round(abs(found.total)), with_cents=found.per_pupil)
        told.append(f"{names[found.school]} gets {amount} {more} core money{per} than {names[found.against]}.")
    told += _levels(plan, found, names)
    if found.on_top:
        more = "more" if found.on_top > 0 else "less"
        told.append(
            f"On top of that, {names[found.school]} has {print_dollars(abs(found.on_top))} {more} supplemental money, which "
            "comes by its own rules."
        )
    return told


def _levels(plan: Plan, found: Difference, names: dict[str, str]) -> list[str]:
    first, second = found.levels
    if first is None or second is None:
        return []
    per = plan.view.levels.cents_per_unit
    unit = plan.view.levels.unit
    if not found.stops:
        apart = abs(first - second)
        told = [
            f"{float(each) * 100:.2f} %" if per == 1 else print_dollars(ceil(each), with_cents=True)
            for each in (apart, found.open_by)
        ]
        words = (
            f"Their levels differ by {told[0]}, within the {told[1]} that the tolerance, saved moves and whole posts leave open, so "
            "nothing but pupils, needs and targets is told as a reason."
        )
        return [words]
    levels = [f"{float(each) * 100:.1f} %" if per == 1 else print_dollars(round(each)) for each in (first, second)]
    what = unit.removeprefix("dollars ") if per != 1 else "of target"
    told = [f"Their levels differ: {levels[0]} against {levels[1]} {what}. What keeps them apart:"]
    told += [_stop_words(plan, stop, names) for stop in found.stops]
    if all(stop.room for stop in found.stops):
        told.append(
            "So neither is at the end of what its own rules allow: the funds open to each, rules over several schools, "
            "whole posts and the tolerance hold the rest."
        )
    return told


def _stop_words(plan: Plan, stop: Stop, names: dict[str, str]) -> str:
    less = "less" if stop.way < 0 else "more"
    by = "the rules for its posts and lines"
    if stop.rule is not None:
        words = plan.certificate.rules[stop.rule - 1].explain.split(". ", maxsplit=1)[0].rstrip(".")
        by = f"rule {stop.rule} ({words})"
    if not stop.room:
        return f"{names[stop.school]} cannot have {less}: {by}."
    return f"{names[stop.school]} could have {print_dollars(stop.room)} {less} at most by its own rules, the nearest being {by}."
