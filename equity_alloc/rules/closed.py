"""Funds that a rule closes for posts, or for everything: asked for and checked in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, Fund
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.money import print_dollars
from equity_alloc.rules.base import Model


@dataclass(frozen=True, slots=True)
class Closed:
    """A fund that pays no post, and where `for_lines` is set no line either.

    Parameters
    ----------
    fund : Fund
    why : str
        To follow "because".
    for_lines : bool
    """

    fund: Fund
    why: str
    for_lines: bool = False


def ask_to_close(model: Model, closed: Iterable[Closed]) -> None:
    """Ask a model to close every fund."""
    positions = [position.code for position in model.district.positions]
    for item in closed:
        model.close_fund(item.fund.code, positions, model.district.lines if item.for_lines else ())


def closed_breaches(
    rule: str, district: District, allocation: Allocation, closed: Iterable[Closed]
) -> Iterator[Breach]:
    """Yield a breach for every payment from a closed fund."""
    why = {item.fund.code: item for item in closed}
    for (school, position, fund), cents in allocation.pay:
        if fund in why:
            yield _breach(rule, district, school, district.position_of[position].title, cents, why[fund])
    lines = set(district.lines)
    for (school, line, fund), cents in allocation.dollars:
        if fund in why and why[fund].for_lines and line in lines:
            yield _breach(rule, district, school, line, cents, why[fund])


def _breach(rule: str, district: District, school: str, item: str, cents: int, closed: Closed) -> Breach:
    label = district.school_of[school].label
    words = (
        f"{closed.fund.title} pays {print_dollars(cents, with_cents=True)} for {item} at {label}, which it may not, "
        f"because {closed.why}."
    )
    return Breach(rule, label, abs(cents), Unit.CENTS, words)
