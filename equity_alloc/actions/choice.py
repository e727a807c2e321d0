"""What was chosen: how much of which intervention for which school, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.actions.settings import Settings
from equity_alloc.domain.money import Cents
from equity_alloc.domain.number import print_percent


@dataclass(frozen=True, slots=True)
class Bought:
    """One intervention for one school.

    Parameters
    ----------
    school, cause, intervention : str
        Codes.
    steps : int
    pay : tuple of (str, Cents)
        What each fund pays.
    """

    school: str
    cause: str
    intervention: str
    steps: int
    pay: tuple[tuple[str, Cents], ...]

    @property
    def cost(self) -> Cents:
        """What it costs in all."""
        return sum(cents for _, cents in self.pay)


@dataclass(frozen=True, slots=True)
class Goal:
    """What the choice does for one outcome.

    Parameters
    ----------
    outcome, unit : str
    gain : int
        Effect times pupils, in ten-thousandths of the unit.
    alone : int
        The most that was found when all the money serves this outcome.
    bound : str
        What no choice can beat for this outcome, as an exact fraction, re-checked without a solver.
    """

    outcome: str
    unit: str
    gain: int
    alone: int
    bound: str

    @property
    def share(self) -> float:
        """The gain as a share of the most that was found for the outcome alone."""
        return self.gain / self.alone if self.alone else 0.0

    @property
    def proven_share(self) -> float:
        """The gain as a share of what no choice can beat."""
        bound = Fraction(self.bound)
        return float(self.gain / bound) if bound > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """Everything that was chosen.

    Parameters
    ----------
    settings : Settings
    bought : tuple of Bought
    goals : tuple of Goal
    is_proven : bool
        Whether the search proved every one of its stages; else this is the best that was found.
    within : float, share
        How far each stage may stay below its best where it is proven; 0 for not at all.
    bound : str
        The share of its best alone that no choice can give to every outcome at once, as an exact fraction; "" where nothing can be
        bought.
    """

    settings: Settings
    bought: tuple[Bought, ...]
    goals: tuple[Goal, ...]
    is_proven: bool
    within: float
    bound: str

    @property
    def proof_words(self) -> str:
        """How far the search got."""
        if not self.is_proven:
            return "The search stopped at its limit: this is the best that was found."
        if self.within:
            return f"The search proved every stage of its choice to within {print_percent(self.within, 1)}."
        return "The search proved that no stage of its choice can do better."

    @property
    def spent(self) -> Cents:
        """All money that is spent."""
        return sum(each.cost for each in self.bought)

    def spent_in(self, fund: str) -> Cents:
        """Return what a fund pays."""
        return sum(cents for each in self.bought for code, cents in each.pay if code == fund)
