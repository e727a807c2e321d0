"""What the cost of a unit is made of: salaries, materials, space and transport."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import MOST_CENTS, Cents, print_dollars


@dataclass(frozen=True, slots=True)
class Ingredients:
    """The parts of what one unit costs; together they are the cost, to the cent.

    Parameters
    ----------
    salaries, materials, space, transport : Cents
        Zero where the unit needs none.

    Raises
    ------
    InvalidValue
        If a part is below zero.
    """

    salaries: Cents
    materials: Cents
    space: Cents
    transport: Cents

    def __post_init__(self) -> None:
        if not all(0 <= cents <= MOST_CENTS for _, cents in self.parts):
            raise InvalidValue("Salaries, materials, space and transport of a unit are zero or more.")

    @property
    def parts(self) -> tuple[tuple[str, Cents], ...]:
        """Each part with its name, in order."""
        return (
            ("salaries", self.salaries),
            ("materials", self.materials),
            ("space", self.space),
            ("transport", self.transport),
        )

    @property
    def total(self) -> Cents:
        """What they come to."""
        return sum(cents for _, cents in self.parts)

    @property
    def words(self) -> str:
        """The parts with their amounts; all with cents where one has some, so that they add up as printed.

        Examples
        --------
        >>> Ingredients(150_000, 25_000, 0, 15_000).words
        'salaries $1,500, materials $250, space $0, transport $150'
        """
        has_cents = any(cents % 100 for _, cents in self.parts)
        return ", ".join(f"{name} {print_dollars(cents, with_cents=has_cents)}" for name, cents in self.parts)
