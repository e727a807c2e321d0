"""Single quantities that a rule holds between a least and a most: asked for, checked and measured in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, School
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.rules.base import Counted, Dollars, Limit, Model, Posts


class Held(NamedTuple):
    """One quantity at a school and its limits; a tuple, because a rule over every post makes thousands.

    Parameters
    ----------
    school : School
    what : str
        Title of the position or line; "" for the school as a whole.
    quantity : Posts, Dollars or Counted
    least, most : int or None
        In the quantity's own unit; None where there is no such side.
    """

    school: School
    what: str
    quantity: Posts | Dollars | Counted
    least: int | None
    most: int | None

    @property
    def unit(self) -> Unit:
        """Posts are held in FTE, everything else in cents."""
        return Unit.FTE if isinstance(self.quantity, Posts) else Unit.CENTS

    @property
    def name(self) -> str:
        """Whom and what it concerns, for lists of what binds."""
        return f"{self.school.name}: {self.what}" if self.what else self.school.name


def amount_of(district: District, allocation: Allocation, quantity: Posts | Dollars | Counted) -> int:
    """Return what an allocation gives of a quantity, in hundredths or cents."""
    match quantity:
        case Posts(school, position):
            return allocation.fte_of.get((school, position), 0)
        case Dollars(school, line):
            return allocation.by_school_line.get((school, line), 0)
        case Counted(school):
            return district.counted_dollars(allocation, school)


def ask_for(model: Model, rule: str, held: Iterable[Held]) -> None:
    """Ask a model for every limit."""
    for item in held:
        model.require(Limit(rule, item.school.label, ((1, item.quantity),), item.least, item.most, item.unit))


def breaches(
    rule: str,
    district: District,
    allocation: Allocation,
    held: Iterable[Held],
    words: Callable[[Held, int], str],
) -> Iterator[Breach]:
    """Yield a breach for every quantity outside its limits.

    Parameters
    ----------
    rule : str
        The rule's code.
    district : District
    allocation : Allocation
    held : iterable of Held
    words : callable (held, amount) -> str
        The sentence for one that is outside.
    """
    for item in held:
        has = amount_of(district, allocation, item.quantity)
        short_by = -_room(item, has)
        if short_by > 0:
            yield Breach(rule, item.school.label, short_by, item.unit, words(item, has))


def outside_words(item: Held, has: int) -> str:
    """Return the sentence for a quantity outside its band."""
    amount, least, most = (_bare(value, item.unit) for value in (has, item.least or 0, item.most or 0))
    if item.unit is Unit.FTE:
        return f"{item.what} at {item.school.label}: {amount} FTE, outside {least} to {most}."
    return f"{item.what} at {item.school.label} is {amount}, outside {least} to {most}."


def rooms(district: District, allocation: Allocation, held: Iterable[Held]) -> Iterator[tuple[str, int, Unit]]:
    """Yield the room to the nearer limit of every quantity; below zero where it is outside."""
    for item in held:
        yield item.name, _room(item, amount_of(district, allocation, item.quantity)), item.unit


def _bare(value: int, unit: Unit) -> str:
    return print_fte(value) if unit is Unit.FTE else print_dollars(value, with_cents=True)


def _room(item: Held, has: int) -> int:
    sides = []
    if item.least is not None:
        sides.append(has - item.least)
    if item.most is not None:
        sides.append(item.most - has)
    return min(sides)
