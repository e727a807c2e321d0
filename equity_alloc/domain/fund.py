"""Funds: money with rules on its use."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.federal import FundSource
from equity_alloc.domain.money import MOST_CENTS, Cents
from equity_alloc.domain.record import later

#: A list that stands for every member of its kind.
ALL: tuple[str, ...] = ("*",)


@dataclass(frozen=True, slots=True)
class Fund:
    """Money with rules on its use.

    Parameters
    ----------
    code, title : str
    amount : Cents
        Appropriation for the plan year, central part included.
    counts : bool
        Whether its dollars are part of the level that equity raises. State and local money counts; federal money
        comes on top by its own rule, so that it never displaces general money.
    shared_by : str
        "" when the plan decides which school gets it; otherwise the rule of its own that shares it out: "last-year"
        (in proportion to what each school had), "title-1" (in rank order of poverty, as the law of Title I-A asks) or
        the code of a student group (in proportion to its pupils).
    schools, positions, lines : tuple of str
        Codes it may pay for; ("*",) means all, () means none.
    source : FundSource or None
        Where the money comes from; None where unknown.

    Raises
    ------
    InvalidValue
        If a fund that does not count has no sharing rule of its own.
    """

    code: str
    title: str
    amount: Cents
    counts: bool = True
    shared_by: str = ""
    schools: tuple[str, ...] = ALL
    positions: tuple[str, ...] = ALL
    lines: tuple[str, ...] = ALL
    source: FundSource | None = later(None)

    def __post_init__(self) -> None:
        if not 0 <= self.amount <= MOST_CENTS:
            raise InvalidValue(f"Fund {self.code}: the appropriation must be from $0 to $100,000,000,000.")
        if not self.counts and not self.shared_by:
            raise InvalidValue(
                f"Fund {self.code} is not counted in the level, so it needs its own rule of sharing: "
                "last year, or a student group."
            )

    def serves(self, school: str) -> bool:
        """Whether the school is among those the fund may pay for."""
        return self.schools == ALL or school in self.schools

    def pays_position(self, position: str) -> bool:
        """Whether the fund may pay for the position."""
        return self.positions == ALL or position in self.positions

    def pays_line(self, line: str) -> bool:
        """Whether the fund may pay for the non-staff line."""
        return self.lines == ALL or line in self.lines
