"""What a district has decided about actions: causes it names, interventions of its own, and the money set aside."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.cause import Cause
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.intervention import TIERS, Intervention
from equity_alloc.domain.priority import GapMark
from equity_alloc.domain.record import later

#: A plan says which fund pays, not which of its lines, so that terms of one line could not be kept apart from another's.
SAME_TERMS = "Give all lines of one fund the same weakest tier, and all of them an exit plan or none."


@dataclass(frozen=True, slots=True)
class ActionMoney:
    """A line budgeted centrally that is set aside for interventions, so that no dollar is spent twice.

    Parameters
    ----------
    fund, line : str
        As on the sheet Central.
    weakest_tier : int or None
        Weakest tier of evidence that the fund may pay for; None where it asks for none.
    exit_plan : str
        How what costs every year goes on once one-time money has ended; blank where nobody has said.

    Raises
    ------
    InvalidValue
    """

    fund: str
    line: str
    weakest_tier: int | None = None
    exit_plan: str = ""

    def __post_init__(self) -> None:
        if self.weakest_tier is not None and self.weakest_tier not in TIERS:
            raise InvalidValue(f"The weakest tier is {self.weakest_tier}. Write 1, 2, 3 or 4, or leave it blank.")

    def asks_as(self, other: ActionMoney) -> bool:
        """Whether both ask for the same evidence, and both or neither say how what recurs goes on."""
        return (self.weakest_tier, not self.exit_plan.strip()) == (other.weakest_tier, not other.exit_plan.strip())


@dataclass(frozen=True, slots=True)
class Actions:
    """Causes, interventions and money.

    Parameters
    ----------
    causes : tuple of Cause
    own : tuple of Intervention
        The district's own, and those of the catalog that it has changed.
    money : tuple of ActionMoney
    priorities : tuple of GapMark
        How far gaps of the audit are the district's to change, and how soon they must be.

    Raises
    ------
    InvalidValue
        If something is named twice, or lines of one fund ask for different things.
    """

    causes: tuple[Cause, ...] = ()
    own: tuple[Intervention, ...] = ()
    money: tuple[ActionMoney, ...] = ()
    priorities: tuple[GapMark, ...] = later(())

    def __post_init__(self) -> None:
        for names in (
            [each.code for each in self.causes],
            [each.code for each in self.own],
            [(each.fund, each.line) for each in self.money],
        ):
            if len(set(names)) != len(names):
                raise InvalidValue("Each cause, intervention and line of money stands once.")
        for first in self.money:
            for other in self.money:
                if first.fund == other.fund and not first.asks_as(other):
                    raise InvalidValue(f"Lines of {first.fund} ask for different things. {SAME_TERMS}")
