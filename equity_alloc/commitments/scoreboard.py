"""Every commitment tested against a plan: kept, broken, dropped or not testable, and what is still undecided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.commitment import Commitment
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import print_amount
from equity_alloc.planning.certify import report_rule
from equity_alloc.planning.plan import RuleReport
from equity_alloc.scenario import Scenario


class State(StrEnum):
    """How a commitment stands."""

    KEPT = "kept"
    NO_ROOM = "kept, with no room left"
    BROKEN = "broken, and nobody has decided to drop it"
    DROPPED = "dropped"
    NOT_TESTABLE = "not testable"

    @property
    def is_kept(self) -> bool:
        """Whether the plan keeps it."""
        return self in (State.KEPT, State.NO_ROOM)


@dataclass(frozen=True, slots=True)
class Standing:
    """A commitment in a plan.

    Parameters
    ----------
    commitment : Commitment
    state : State
    is_bound : bool
        Whether the plan had to keep it: the scenario has its test among its rules.
    words : str
        What the test found, with the amounts.
    report : RuleReport or None
        None where there is no test, or it does not fit the district.
    """

    commitment: Commitment
    state: State
    is_bound: bool
    words: str
    report: RuleReport | None


def scoreboard(district: District, scenario: Scenario, allocation: Allocation) -> tuple[Standing, ...]:
    """Return how every commitment of a scenario stands in an allocation, without a solver.

    Parameters
    ----------
    district : District
        As read, before the scenario's changes.
    scenario : Scenario
    allocation : Allocation
    """
    effective = scenario.apply(district)
    return tuple(_standing(each, effective, scenario, allocation) for each in scenario.commitments)


def open_business(standings: Sequence[Standing]) -> tuple[str, ...]:
    """Return what somebody must decide before the plan can leave as final, one sentence each."""
    return tuple(
        f"Commitment {each.commitment.code} is broken, and nobody has decided to drop it: {each.words}"
        for each in standings
        if each.state is State.BROKEN
    )


def drop_words(commitment: Commitment) -> str:
    """Return who dropped a commitment, why and with what dissent; "" where nobody did."""
    drop = commitment.drop
    if drop is None:
        return ""
    return (
        f"Commitment {commitment.code} was dropped by {drop.who} ({drop.role}) on {drop.day}. Reason: {_ended(drop.reason)} "
        f"Dissent: {_ended(drop.dissent)} It is looked at again on {drop.review}."
    )


def _ended(words: str) -> str:
    """Return words that end as a sentence does, so that the next one is not read as a part of them."""
    words = words.strip()
    return words if words.endswith((".", "!", "?", '."', ".'", ".”")) else f"{words}."


def _standing(commitment: Commitment, district: District, scenario: Scenario, allocation: Allocation) -> Standing:
    test = commitment.test
    if test is None:
        words = "No rule tells whether a plan keeps it. It counts as not testable, never as kept."
        return Standing(commitment, State.NOT_TESTABLE, False, words, None)
    is_bound = is_bound_in(commitment, scenario)
    try:
        report = report_rule(0, test, district, allocation)
    except EquityAllocError as error:
        return Standing(commitment, State.NOT_TESTABLE, is_bound, str(error), None)
    if report.gaps and not report.breaches:
        words = " ".join(str(gap) for gap in report.gaps[:3])
        return Standing(commitment, State.NOT_TESTABLE, is_bound, words, report)
    if report.breaches:
        state = State.BROKEN if commitment.drop is None else State.DROPPED
        return Standing(commitment, state, is_bound, _breach_words(report), report)
    if report.binding:
        named = ", ".join(report.binding[:5]) + (" and others" if len(report.binding) > 5 else "")
        return Standing(commitment, State.NO_ROOM, is_bound, f"No room left: {named}.", report)
    return Standing(commitment, State.KEPT, is_bound, "Kept everywhere, with room.", report)


def _breach_words(report: RuleReport) -> str:
    """Return the first breaches, how many there are, and what they come to where they are of one unit."""
    few = " ".join(breach.words for breach in report.breaches[:2])
    if len(report.breaches) <= 2:
        return few
    units = {breach.unit for breach in report.breaches}
    total = print_amount(sum(breach.short_by for breach in report.breaches), next(iter(units)))
    in_all = f", {total} short in all" if len(units) == 1 else ""
    return f"{len(report.breaches)} breaches{in_all}. {few}"


def is_bound_in(commitment: Commitment, scenario: Scenario) -> bool:
    """Return whether a scenario's plans must keep a commitment."""
    return commitment.test is not None and commitment.test in scenario.rules
