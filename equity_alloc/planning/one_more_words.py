"""What one more post at one school would cost and take from whom, in sentences that page and command line share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.planning.conflict_words import rule_name_of
from equity_alloc.planning.keeping_words import against_words, missing_words
from equity_alloc.planning.one_more import Answer, Ask, OneMore, Taken, Way
from equity_alloc.planning.own_level import own_level
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.summary import totals
from equity_alloc.planning.who_may_pay import Payer

#: Cents per weighted pupil, or part of a share, that are told as no change.
UNCHANGED = 0.005

#: So many schools and rules are named; the others are counted.
NAMED = 3


def cost_sentences(found: OneMore) -> tuple[str, ...]:
    """Return what it costs, on average and in fact, and whether the rules let it be added as it is."""
    ask, district = found.ask, found.before.district
    more = (
        f"{_amount(ask, ask.by)} more of {ask.title}"
        if ask.is_position
        else f"{_amount(ask, ask.by)} more for {ask.title}"
    )
    at = district.school_of[ask.school].label
    if ask.is_position:
        first = (
            f"{more} at {at} costs {print_dollars(ask.cost)} in {district.year}: salary and benefits at the district's "
            "average, as the plan prices every post."
        )
    else:
        first = f"{more} at {at} costs what it is: {print_dollars(ask.cost)}."
    stands = (
        f"The school had {_amount(ask, ask.today)} last year and has {_amount(ask, ask.plan)} in the proposal; this is on top of "
        f"the proposal and makes {_amount(ask, ask.plan + ask.by)}."
    )
    return tuple(part for part in (first, _in_fact(found), stands) if part)


def payer_words(found: OneMore, payer: Payer) -> str:
    """Return whether a fund may pay for it at the school, and if not why."""
    ask, plan = found.ask, found.before
    fund = plan.view.district.fund_of[payer.fund]
    if payer.barred:
        pays = fund.pays_position(ask.item) if ask.is_position else fund.pays_line(ask.item)
        if not fund.serves(ask.school):
            return "no: it does not serve this school"
        if not pays:
            return f"no: it may not pay for {ask.title}"
        names = "; ".join(rule_name_of(plan.district, plan.scenario, number) for number in payer.barred)
        return f"no: {names}"
    if payer.share == 0:
        return "no: its sharing rule gives this school nothing"
    return "yes"


def left_words(payer: Payer) -> str:
    """Return what a fund has for it that the proposal does not spend."""
    if not payer.may_pay:
        return ""
    whose = "" if payer.share is None else f" of this school's {print_dollars(payer.share)}"
    return f"{print_dollars(payer.left)}{whose}" if payer.left > 0 else f"nothing{whose}: the proposal spends all of it"


def answer_title(way: Way) -> str:
    """Return a heading for an answer."""
    return {
        Way.ON_TOP: "On top: the school keeps everything else that the proposal gives it",
        Way.IN_PLACE: "In its place: the school's other posts and lines may give way",
    }[way]


def answer_sentences(found: OneMore, answer: Answer) -> tuple[str, ...]:
    """Return what it takes from whom and does to levels; or that it cannot be, why, and the ways out."""
    if answer.plan is None:
        return tuple(_not_possible(found, answer))
    return tuple(
        part for part in (_whence(found, answer), _levels(found, answer, answer.plan), _spared(found, answer)) if part
    )


def items_words(taken: Taken) -> str:
    """Return what becomes more and what less at a school, and of what nothing is left."""
    ends = dict(taken.ends)
    return ", ".join(
        f"{'+' if change > 0 else '-'}{f'{print_fte(abs(change))} FTE' if is_position else print_dollars(abs(change))} {title}"
        f"{ends.get(title, '')}"
        for title, is_position, change in taken.items
    )


def emptied_words(found: OneMore, answer: Answer) -> str:
    """Say at which schools nothing would be left of what they have in the proposal; "" where everywhere something is."""
    told = [
        f"{_name(found, each.school)} would have no {', no '.join(title for title, _ in each.ends)} left"
        for each in answer.taken
        if each.ends
    ]
    return f"Before anybody agrees to this: {'; '.join(told)}." if told else ""


def printed_level(level: float, unit: str) -> str:
    """Return a level with its cents, or a share of target to a hundredth of a percent."""
    return f"{level * 100:.2f} %" if unit.startswith("share") else print_dollars(round(level * 100), with_cents=True)


def _amount(ask: Ask, amount: int) -> str:
    return f"{print_fte(amount)} FTE" if ask.is_position else print_dollars(amount)


def _in_fact(found: OneMore) -> str:
    ask, actual = found.ask, found.actual
    if not ask.is_position:
        return ""
    if actual is None:
        return f"What a post of {ask.title} costs in fact is not known: no actual cost was read."
    whose = "the school's own" if actual.here else "the district's"
    return (
        f"In fact {whose} {print_fte(actual.fte)} FTE of it cost {print_dollars(round(actual.cents))} a full-time post; who "
        "would be hired decides what this one costs."
    )


def _whence(found: OneMore, answer: Answer) -> str:
    ask = found.ask
    givers = [each for each in answer.taken if each.cents < 0 and each.school != ask.school]
    own = next((each for each in answer.taken if each.school == ask.school), None)
    parts = []
    if givers:
        total = print_dollars(-sum(each.cents for each in givers))
        most = ", ".join(f"{_name(found, each.school)} {print_dollars(-each.cents)}" for each in givers[:NAMED])
        who = count_words(len(givers), "other school")
        parts.append(
            f"{who} {_verb(givers, 'give')} up {total} of core money{' together, most' if len(givers) > NAMED else ''}: {most}"
        )
    less = [] if own is None else [item for item in own.items if item[2] < 0]
    if own is not None and less:
        gives = items_words(
            Taken(own.school, 0, 0, None, tuple((title, kind, -change) for title, kind, change in less), own.ends)
        )
        parts.append(f"at the school itself this gives way: {gives.replace('+', '')}")
    if not parts:
        spare = any(each.left > 0 for each in found.payers if each.may_pay)
        where = (
            "money that no school gets in the proposal pays for it"
            if spare
            else "funds are split otherwise, and that is enough"
        )
        parts.append(f"nobody gives up core money: {where}")
    words = "; ".join(parts)
    return f"{words[0].upper()}{words[1:]}."


def _levels(found: OneMore, answer: Answer, after: Plan) -> str:
    unit = found.before.view.levels.unit
    low, then = totals(found.before).lowest_plan, totals(after).lowest_plan
    told = [_moved("the lowest school", low, then, unit)]
    before, now = own_level(found.before), own_level(after)
    if before is not None and now is not None:
        name = before.name[0].lower() + before.name[1:]
        told.append(_moved(name, before.plan, now.plan, before.unit))
    falls = [
        each.level[0] - each.level[1]
        for each in answer.taken
        if each.level is not None and each.cents < 0 and each.school != found.ask.school
    ]
    if falls:
        told.append(f"those that give up fall by up to {printed_level(max(falls), unit)}")
    best = ""
    if answer.best_change is not None:
        scale = 1 if unit.startswith("share") else 100
        change = float(answer.best_change) / scale
        same = abs(change) < (UNCHANGED / 100 if scale == 1 else UNCHANGED)
        way = "fall" if change < 0 else "rise"
        best = (
            " Before whole posts the best lowest level stays the same."
            if same
            else f" Before whole posts the best lowest level would {way} by {printed_level(abs(change), unit)}."
        )
    return f"{'; '.join(told)[0].upper()}{'; '.join(told)[1:]} ({unit}).{best}"


def _moved(name: str, before: float, after: float, unit: str) -> str:
    old, new = printed_level(before, unit), printed_level(after, unit)
    if old == new:
        return f"{name} stays at {old}"
    return f"{name} {'rises' if after > before else 'falls'} from {old} to {new}"


def _spared(found: OneMore, answer: Answer) -> str:
    """Say which rules keep the other schools from giving, where some school gives."""
    plan, ask = answer.plan, found.ask
    if plan is None or not any(each.cents < 0 and each.school != ask.school for each in answer.taken):
        return ""
    changed = {each.school for each in answer.taken}
    still = [s for s in plan.district.schools if s.code not in changed and s.code != ask.school]
    held = []
    for rule in plan.certificate.rules[: len(found.before.scenario.rules)]:
        stopped = [school for school in still if school.name in rule.binding]
        if stopped:
            held.append(
                f"{len(stopped)} of them {_verb(stopped, 'stand')} at the end of rule {rule.number} ({rule.title})"
            )
    if not still:
        return ""
    why = f": {'; '.join(held)}" if held else ""
    return f"{count_words(len(still), 'school')} {_verb(still, 'change')} nothing{why}."


def _not_possible(found: OneMore, answer: Answer) -> Iterator[str]:
    district, keeping = found.before.district, answer.keeping
    if keeping.made.outcome is not OutcomeKind.IMPOSSIBLE:
        yield "No plan with it was found, and that none exists is not proven either."
    else:
        yield against_words(keeping, district, held_from=answer.first_held, most=None)
    less = _less(found, answer)
    if less is not None and less <= 0:
        yield "Not even one step more can be had beside the other rules."
    ways = list(_ways_out(found, answer, less or 0))
    yield "No single way out was found." if not ways else f"Ways out, each by itself: {'; '.join(ways)}."


def _less(found: OneMore, answer: Answer) -> int | None:
    """Return how much more can be had beside the other rules; None where that is not known."""
    nearest = answer.keeping.nearest
    return None if nearest is None else int(Decimal(nearest.value) * 100) - found.ask.plan


def _ways_out(found: OneMore, answer: Answer, less: int) -> Iterator[str]:
    keeping, ask = answer.keeping, found.ask
    if less > 0:
        yield f"ask for less: {_amount(ask, less)} more can be had, {_amount(ask, ask.plan + less)} in all"
    made = keeping.made
    if not isinstance(made, Plan):
        for repair in made.repairs:
            if repair.rule_number is not None and repair.rule_number < answer.first_held:
                yield repair.words.removesuffix(".")
    for number in keeping.without:
        if number < answer.first_held:
            yield f"leave out {rule_name_of(found.before.district, keeping.scenario, number)} (tried: the other rules can then be kept)"
    if keeping.missing:
        yield f"find {missing_words(keeping, found.before.district)} (a plan with it was made and keeps every rule)"


def _name(found: OneMore, code: str) -> str:
    return found.before.district.school_of[code].name


def _verb(who: Sequence[object], verb: str) -> str:
    return f"{verb}s" if len(who) == 1 else verb
