"""What one rule asks for, written down once, so that many sets of the same rules are put together quickly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from equity_alloc.domain.district import District
from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents
from equity_alloc.problem.problem import Problem
from equity_alloc.rules.base import Floors, Limit, Model, Rule, UsedFirst, WholeSum


@dataclass
class Recording:
    """The Model that writes down what a rule asks for, to be asked again of a problem.

    Parameters
    ----------
    district : District
        With the scenario's funds.
    limits : list of Limit
    others : list of (str, tuple)
        Everything else: name of the request and what was asked.
    """

    district: District
    limits: list[Limit] = field(default_factory=list)
    others: list[tuple[str, tuple[object, ...]]] = field(default_factory=list)

    def require(self, limit: Limit) -> None:
        """Note a linear limit."""
        self.limits.append(limit)

    def require_whole(self, whole: WholeSum) -> None:
        """Note a sum of posts in multiples of a step."""
        self.others.append(("require_whole", (whole,)))

    def require_floors(self, floors: Floors) -> None:
        """Note floors of which some may be missed."""
        self.others.append(("require_floors", (floors,)))

    def cap_fund(self, fund: str, most: Cents) -> None:
        """Note what a fund may pay at most."""
        self.others.append(("cap_fund", (fund, most)))

    def spend_fund(self, fund: str, least: Cents) -> None:
        """Note what a fund pays at least."""
        self.others.append(("spend_fund", (fund, least)))

    def use_first(self, order: UsedFirst) -> None:
        """Note a fund that is used up before another."""
        self.others.append(("use_first", (order,)))

    def open_fund(self, fund: str, schools: Sequence[str], positions: Sequence[str], lines: Sequence[str]) -> None:
        """Note what a fund may pay for."""
        self.others.append(("open_fund", (fund, schools, positions, lines)))

    def close_fund(self, fund: str, positions: Sequence[str], lines: Sequence[str]) -> None:
        """Note what a fund may not pay for."""
        self.others.append(("close_fund", (fund, positions, lines)))

    def share_fund(self, fund: str, shares: Mapping[str, Cents]) -> None:
        """Note the shares of a fund with a rule of its own."""
        self.others.append(("share_fund", (fund, shares)))

    def hold_steps(self, position: str, step: Hundredths, smallest: Hundredths) -> None:
        """Note the steps of a position."""
        self.others.append(("hold_steps", (position, step, smallest)))

    def hold_smallest(self, position: str, smallest: Hundredths, schools: Sequence[str]) -> None:
        """Note a smallest post at some schools."""
        self.others.append(("hold_smallest", (position, smallest, schools)))


def record(rule: Rule, district: District) -> Recording:
    """Return what a rule asks for in this district.

    Raises
    ------
    EquityAllocError
        If the rule names what the district does not have.
    """
    recording = Recording(district)
    rule.constrain(recording)
    return recording


def problem_of(district: District, recordings: Iterable[Recording]) -> Problem:
    """Return the problem that these rules pose together, in this order."""
    problem = Problem(district)
    model: Model = problem
    for recording in recordings:
        problem.limits.extend(recording.limits)
        for name, asked in recording.others:
            getattr(model, name)(*asked)
    return problem
