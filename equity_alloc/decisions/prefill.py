"""What an assessment says before anybody has written: the part that the plan itself can answer."""

from __future__ import annotations

from collections.abc import Callable

from equity_alloc.decisions.assessment import ASSESSMENT_LABELS, NAMES, Voice
from equity_alloc.decisions.burden import Kind
from equity_alloc.decisions.case import Case
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.planning.baseline import NO_LAST_YEAR, knows_last_year, knows_posts
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.public_identity import public_identity

#: Groups whose part of the loss is a tenth above or below an equal part are named.
NAMED_FROM, NAMED_TO = 1.1, 0.9
#: So many schools that give up are listed as voices.
MOST_VOICES = 12


def prefilled(case: Case) -> dict[str, str]:
    """Return what stands in fields of the assessment before anybody writes: what the plan says by itself.

    Where an assessment is on record that is not complete, its words stand there, so that only what is missing is to be written.
    """
    if case.unfinished_assessment is not None:
        _, begun = case.unfinished_assessment
        return {name: str(getattr(begun, name)) for name in ASSESSMENT_LABELS if name not in NAMES}
    fields: dict[str, Callable[[Case], str]] = {"result": _result, "data": _data, "burden": _burden, "report": _report}
    return {name: make(case) for name, make in fields.items()}


def first_voices(case: Case) -> tuple[Voice, ...]:
    """Return whom the plan touches: schools that give up, and positions of which posts are given up; else everybody.

    Where an assessment is on record that is not complete, its voices stand there.
    """
    if case.unfinished_assessment is not None and case.unfinished_assessment[1].voices:
        return case.unfinished_assessment[1].voices
    found = [
        Voice(f"Families and staff of {row.name}", f"gives up {print_dollars(-row.counted_change)} of core money")
        for row in case.losses.losers[:MOST_VOICES]
    ]
    found += [
        Voice(f"Staff: {each.title}", f"{print_fte(each.given_up)} FTE given up, {print_fte(each.added)} FTE added")
        for each in case.staff
        if each.given_up
    ]
    return tuple(found) or (Voice("Families and staff of every school", _nothing_given_up(case.plan)),)


def _nothing_given_up(plan: Plan) -> str:
    """Say what nobody gives up, as far as the data know it."""
    if not knows_last_year(plan):
        return "what it gives up is not known: the data hold nothing of last year"
    return "no core money and no post is given up" if knows_posts(plan) else "no core money is given up"


def _result(case: Case) -> str:
    plan = case.plan
    return (
        f"The plan '{plan.scenario.name}' for {plan.district.year} gives {print_dollars(sum(row.counted_plan for row in case.losses.rows))} of core money "
        f"to {count_words(len(case.losses.rows), 'school')}. What it raises first: {plan.scenario.objective.title}."
    )


def _data(case: Case) -> str:
    plan = case.plan
    untested = len(plan.certificate.not_testable)
    gaps = f" {count_words(untested, 'rule')} could not be tested, because data are missing." if untested else ""
    invented = " The district is invented." if plan.district.invented else ""
    return (
        f"Data of {plan.district.name} for {plan.district.year}, identity of the plan {public_identity(plan)}; "
        f"{count_words(len(plan.certificate.rules), 'rule')}.{gaps}{invented}"
    )


def _burden(case: Case) -> str:
    found = case.losses
    gain = f"{count_words(len(found.winners), 'school')} {'gains' if len(found.winners) == 1 else 'gain'}"
    if not knows_last_year(case.plan):
        return NO_LAST_YEAR
    if not found.losers:
        return f"No school gives up core money. {gain} {print_dollars(found.gained)}."
    told = [each for each in case.bearings if each.ratio is not None and each.kind is not Kind.AUDIT]
    more = [each for each in told if float(each.ratio or 0) >= NAMED_FROM]
    less = [each for each in told if float(each.ratio or 0) <= NAMED_TO]
    give = f"{count_words(len(found.losers), 'school')} {'gives' if len(found.losers) == 1 else 'give'}"
    parts = [f"{give} up {print_dollars(found.lost)} and {gain} {print_dollars(found.gained)} of core money."]
    if more:
        parts.append(
            "More than their share of the loss: "
            + "; ".join(f"{e.title} ({float(e.ratio or 0):.2f} times)" for e in more)
            + "."
        )
    if less:
        parts.append(
            "Less than their share: " + "; ".join(f"{e.title} ({float(e.ratio or 0):.2f} times)" for e in less) + "."
        )
    held, without = sum(each.held for each in case.staff), sum(each.without_post for each in case.staff)
    if held:
        parts.append(
            f"{print_fte(held)} FTE that may be held are given up; {print_fte(without)} would find no post of the same kind at another school."
        )
    return " ".join(parts)


def _report(case: Case) -> str:
    return (
        f"With the documents of the plan (identity {public_identity(case.plan)}): what was chosen, who carries the loss, and how every "
        "commitment stands. The record is kept in a chain that can be checked."
    )
