"""Single quantities that a rule holds between a least and a most: asked for, checked and measured in one place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NamedTuple, Protocol

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, School
from equity_alloc.domain.finding import Breach, Unit
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.rules.base import Counted, Dollars, Limit, Model, Posts
from equity_alloc.rules.setting import refuse_out_of_range


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


class HeldRule(Protocol):
    """A rule that holds single quantities between a least and a most.

    A rule of this kind says what it holds and, where the words for a band do not fit, how it tells of one that is
    outside; asking a model, checking and measuring the room are the same for all of them.
    """

    __slots__ = ()

    code: ClassVar[str]
    always: ClassVar[bool] = False

    def held(self, district: District) -> Iterator[Held]:
        """Yield each quantity that the rule holds in this district, with its limits."""

    def outside_words(self, district: District, item: Held, has: int) -> str:
        """Return the sentence for a quantity outside its limits, here those of a band."""
        amount, least, most = (_bare(value, item.unit) for value in (has, item.least or 0, item.most or 0))
        if item.unit is Unit.FTE:
            return f"{item.what} at {item.school.label}: {amount} FTE, outside {least} to {most}."
        return f"{item.what} at {item.school.label} is {amount}, outside {least} to {most}."

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def constrain(self, model: Model) -> None:
        """Ask the model for every limit."""
        for item in self.held(model.district):
            model.require(Limit(self.code, item.school.label, ((1, item.quantity),), item.least, item.most, item.unit))

    def check(self, district: District, allocation: Allocation) -> Iterator[Breach]:
        """Yield a breach for every quantity outside its limits."""
        for item in self.held(district):
            has = amount_of(district, allocation, item.quantity)
            short_by = -_room(item, has)
            if short_by > 0:
                words = self.outside_words(district, item, has)
                yield Breach(self.code, item.school.label, short_by, item.unit, words)

    def slack(self, district: District, allocation: Allocation) -> Iterator[tuple[str, int, Unit]]:
        """Yield the room to the nearer limit of every quantity; below zero where it is outside."""
        for item in self.held(district):
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
