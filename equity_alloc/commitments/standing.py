"""How a commitment stands in a plan: its state, what its test found, by how much it is short, and whom that touches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.commitment import Commitment
from equity_alloc.planning.plan import RuleReport


class State(StrEnum):
    """How a commitment stands."""

    KEPT = "kept"
    AT_RISK = "kept, with little room"
    NO_ROOM = "kept, with no room left"
    WAITING = "not done yet"
    NOT_DUE = "not kept yet, and not yet due"
    BROKEN = "broken, and nobody has decided to drop it"
    DROPPED = "dropped"
    NOT_TESTABLE = "not testable"
    UNTESTED = "not tested: no plan"

    @property
    def is_kept(self) -> bool:
        """Whether the plan keeps it."""
        return self in (State.KEPT, State.AT_RISK, State.NO_ROOM)

    @property
    def is_open(self) -> bool:
        """Whether somebody must still do or decide something before a plan leaves as final."""
        return self in (State.WAITING, State.BROKEN)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """By how much a commitment is not kept, and at how many schools and for how many pupils.

    Parameters
    ----------
    amounts : tuple of str
        In the test's own units: "2.40 FTE", "$15,000.00".
    schools : int
        That fall short; zero where the test speaks of no school.
    pupils : int or None
        Enrolled at these schools; of a group where the test is of a group; None where it cannot be told.
    """

    amounts: tuple[str, ...]
    schools: int
    pupils: int | None

    @property
    def words(self) -> str:
        """One sentence."""
        amount = f"It is {' and '.join(self.amounts)} short" if self.amounts else "It is not kept"
        where = "" if not self.schools else f" at {self.schools:,} school{'' if self.schools == 1 else 's'}"
        return f"{amount}{where}{self._pupils}."

    @property
    def _pupils(self) -> str:
        if self.pupils is None:
            return "; how many pupils that touches cannot be told"
        return f", which touches {self.pupils:,} pupil{'' if self.pupils == 1 else 's'}"


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
        None where no rule is the test, or it does not fit the district.
    shortfall : Shortfall or None
        None where it is kept, or nothing tells.
    """

    commitment: Commitment
    state: State
    is_bound: bool
    words: str
    report: RuleReport | None
    shortfall: Shortfall | None = None


#: What is said of a decision that was made about other words or another test.
CHANGED = " The commitment was changed after this decision."


def open_business(standings: Sequence[Standing]) -> tuple[str, ...]:
    """Return what somebody must do or decide before the plan can leave as final, one sentence each."""
    return tuple(
        f"Commitment {each.commitment.code} is {each.state.value}: {each.words}"
        for each in standings
        if each.state.is_open
    )


def drop_words(commitment: Commitment, *, brief: bool = False) -> str:
    """Return who dropped a commitment, why and with what dissent; "" where nobody did.

    In brief, what was looked at to keep it is left out: page one has little room, and the full words stand further on.
    """
    drop = commitment.drop
    if drop is None:
        return ""
    way = "" if brief else f"Cheapest way to keep it that was looked at: {ended(drop.considered)} "
    return (
        f"Commitment {commitment.code} was dropped by {drop.who} ({drop.role}) on {drop.day}. Reason: {ended(drop.reason)} "
        f"Dissent: {ended(drop.dissent)} {way}It is looked at again on {drop.review}.{CHANGED if commitment.changed_since_drop else ''}"
    )


def ended(words: str) -> str:
    """Return words that end as a sentence does, so that the next one is not read as a part of them."""
    words = words.strip()
    return words if words.endswith((".", "!", "?", '."', ".'", ".”")) else f"{words}."


def counted_states(states: Iterable[State]) -> str:
    """Return how many there are of each state, in the order of the states; semicolons, because states hold commas.

    Examples
    --------
    >>> counted_states([State.DROPPED, State.NO_ROOM, State.NO_ROOM])
    '2 kept, with no room left; 1 dropped'
    """
    counts = Counter(states)
    return "; ".join(f"{counts[state]} {state.value}" for state in State if counts[state])
