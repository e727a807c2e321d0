"""The terms of a fall re-allocation: which reserve may be used, and which schools may be asked for posts."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.rules.base import Force

#: Words in the name of a central line that mark it as a reserve; only a first guess, which a person can change.
_MARKS = ("contingency", "reserve", "holdback", "hold-back")


class Givers(StrEnum):
    """Which schools may give posts up."""

    ANY = "any school with more posts than its rules ask for"
    FALLEN = "only schools with fewer pupils than planned"
    NONE = "no school: new posts only"


@dataclass(frozen=True, slots=True)
class Reserve:
    """Money that waits for the fall: a central line, or what a fund leaves unallocated.

    Parameters
    ----------
    fund : str
    line : str
        Central line; "" for what is unallocated.
    amount : Cents
        What is there.
    """

    fund: str
    line: str
    amount: Cents


@dataclass(frozen=True, slots=True)
class FallTerms:
    """What may be used to repair what the new counts break.

    Parameters
    ----------
    reserve : Reserve or None
        None for no money beyond the plan's.
    givers : Givers
    fewer : int, pupils
        How many pupils fewer than planned a school must have before it is asked for a post, where `givers` is FALLEN.
    force : Force
        Rules of this authority and above are repaired.
    keep_weaker : bool
        Keep weaker rules that the adopted plan keeps even where that moves more posts.

    Raises
    ------
    InvalidValue
        If an amount or a number is below zero.
    """

    reserve: Reserve | None = None
    givers: Givers = Givers.ANY
    fewer: int = 1
    force: Force = Force.CONTRACT
    keep_weaker: bool = False

    def __post_init__(self) -> None:
        if self.fewer < 0 or (self.reserve is not None and self.reserve.amount < 0):
            raise InvalidValue("The reserve and the number of pupils must be zero or more.")


def reserves(district: District, allocation: Allocation) -> tuple[Reserve, ...]:
    """Return where money for the fall could come from, the likeliest first.

    Only funds that the plan shares out itself: money with a rule of its own goes where that rule sends it.
    """
    found = []
    for fund in district.funds:
        if fund.shared_by:
            continue
        left = district.school_pot(fund) - allocation.fund_dollars(fund.code)
        if left > 0:
            found.append(Reserve(fund.code, "", left))
        for line in district.central_lines:
            amount = district.central_of(fund.code, line)
            if amount > 0:
                found.append(Reserve(fund.code, line, amount))
    return tuple(sorted(found, key=lambda r: (not _is_marked(r), r.line != "", r.fund, r.line)))


def likely_reserve(district: District, allocation: Allocation) -> Reserve | None:
    """Return the reserve that is named as one, else the largest unallocated sum, else none."""
    found = reserves(district, allocation)
    marked = [reserve for reserve in found if _is_marked(reserve)]
    return marked[0] if marked else max((r for r in found if not r.line), key=lambda r: r.amount, default=None)


def _is_marked(reserve: Reserve) -> bool:
    return any(mark in reserve.line.lower() for mark in _MARKS)


def released(district: District, allocation: Allocation, reserve: Reserve | None) -> District:
    """Return the district with a reserve out of its central line, so that schools can have it.

    Raises
    ------
    UnknownCode
        If the fund does not exist.
    InvalidValue
        If the plan does not share the fund out, or less is there than is asked for.
    """
    if reserve is None or not reserve.amount:
        return district
    if reserve.fund not in district.fund_of:
        raise UnknownCode(f"There is no fund with code {reserve.fund}. Its codes are those of the sheet Funds.")
    fund = district.fund_of[reserve.fund]
    if fund.shared_by:
        raise InvalidValue(
            f"{fund.title} is shared out by a rule of its own, so it cannot be a reserve for any school. Choose another "
            "fund."
        )
    there = (
        district.central_of(fund.code, reserve.line)
        if reserve.line
        else district.school_pot(fund) - allocation.fund_dollars(fund.code)
    )
    if there < reserve.amount:
        where = f"in {reserve.line}" if reserve.line else "unallocated"
        raise InvalidValue(
            f"The reserve of {print_dollars(reserve.amount)} is more than the {print_dollars(max(0, there))} that "
            f"{fund.title} has {where}. Lower it, or choose another."
        )
    if not reserve.line:
        return district
    left, central = reserve.amount, []
    for block in district.central:
        taken = min(left, block.amount) if (block.fund, block.line) == (reserve.fund, reserve.line) else 0
        left -= taken
        central.append(dataclasses.replace(block, amount=block.amount - taken))
    return dataclasses.replace(district, central=tuple(central))
