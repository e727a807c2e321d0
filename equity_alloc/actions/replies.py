"""What people say against buying interventions, with an answer computed from what is chosen here."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.actions.choose import Chosen
from equity_alloc.actions.draws import Likely, likely
from equity_alloc.actions.settings import Basis
from equity_alloc.actions.trace import traces
from equity_alloc.domain.cause import CauseStatus
from equity_alloc.domain.district import District
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import print_percent


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, what is computed, and what nobody knows."""

    says: str
    fact: str
    unknown: str


def replies(district: District, chosen: Chosen) -> tuple[Reply, ...]:
    """Return the objections to which the choice gives rise; empty where nothing is bought."""
    told = traces(district, chosen)
    if not told:
        return ()
    pilots = [trace for trace in told if trace.cause.status is not CauseStatus.TESTED]
    found = [_elsewhere(len(told), len(pilots), chosen)]
    one_time = [pot for pot in chosen.menu.pots if pot.is_one_time]
    if one_time:
        spent = sum(chosen.choice.spent_in(pot.money.fund) for pot in one_time)
        found.append(
            Reply(
                "That is one-time money.",
                f"{print_dollars(sum(pot.amount for pot in one_time))} of what is set aside does not come again. Of it "
                f"{print_dollars(spent)} is spent, and on what costs every year only where an exit plan is written down.",
                "Whether the exit plan will be kept when its year comes.",
            )
        )
    found.extend(_just_money(row) for row in likely(chosen) if row.beats is not None)
    return tuple(found)


def _elsewhere(count: int, pilots: int, chosen: Chosen) -> Reply:
    settings = chosen.choice.settings
    start = (
        f"{pilots} of {count} start as pilots at {settings.pilot_least} to {settings.pilot_most} schools for one cycle, each with a "
        "measure and a rule for stopping that are written down before."
        if pilots
        else "All of them act on causes that were tested here."
    )
    is_cautious = settings.basis is Basis.CAUTIOUS
    end = "what studies would beat in four cases of five" if is_cautious else "the middle of the range"
    return Reply(
        "It worked elsewhere, not here.",
        f"Nothing is counted at its best: the choice counts {end}, and less for larger programs where studies saw less. {start}",
        "Whether it works here before anybody has tried; that is what the pilot is for.",
    )


def _just_money(row: Likely) -> Reply:
    return Reply(
        "Just give the schools the money.",
        f"On {row.outcome} what is chosen gives more than the same money spent as schools choose in {print_percent(row.beats or 0, 0)} of draws over "
        "the ranges of both.",
        "What schools here would do with it; the yardstick is an average over many places.",
    )
