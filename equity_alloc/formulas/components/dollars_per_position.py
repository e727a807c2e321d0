"""Dollars for the posts that other components give, at the district's average cost or at the school's actual one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.errors import UnknownNeed
from equity_alloc.formulas.at import At
from equity_alloc.formulas.base import Gives
from equity_alloc.formulas.field import amount_field, components_field, position_field
from equity_alloc.formulas.frame import Frame
from equity_alloc.formulas.step import Step, added, given, given_amount, less, times
from equity_alloc.parameters.amount import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class DollarsPerPosition:
    """FTE times the cost of a full-time post.

    Without a cost of its own it takes the district's average; where the formula pays actual salaries, the difference
    of the school's actual cost is a factor of its own, so that money that follows experience is seen.
    """

    kind: ClassVar[str] = "dollars-per-position"
    heading: ClassVar[str] = "Dollars per position"
    says: ClassVar[str] = "FTE of other components x cost of a full-time post"
    rises_with: ClassVar[tuple[str, ...]] = ()
    gives: ClassVar[Gives] = Gives.DOLLARS

    frame: Frame
    of: tuple[str, ...] = components_field("Posts of these components")
    costed_as: str = position_field()
    cost: Amount | None = amount_field("Cost of a full-time post", "dollars per FTE", "dollars", default=None)

    def work(self, at: At) -> Step | None:
        """Return the pay."""
        found = at.components(self.of)
        if not found:
            return None
        posts, average = added("posts", "FTE", found), self.average(at)
        if not at.pays_actual:
            return times(self.frame.label, "dollars", posts, average)
        actual = self.actual(at)
        if actual is None:
            raise UnknownNeed(
                f"{at.school.label} has no actual cost of {self.costed_as}. Enter it, or use average salaries."
            )
        follows = less("actual over average", "dollars per FTE", actual, average)
        paid = times("at the district's average", "dollars", posts, average)
        return added(self.frame.label, "dollars", (paid, times("follows experience", "dollars", posts, follows)))

    def average(self, at: At) -> Step:
        """Return the average cost of a full-time post.

        Raises
        ------
        UnknownNeed
            If neither the formula nor the district has one.
        """
        if self.cost is not None:
            return given_amount(self.cost, "cost of a full-time post")
        cents = at.facts.average_cost_of.get(at.words.position_of(self.costed_as))
        if cents is None:
            raise UnknownNeed(f"There is no average cost of {self.costed_as}. Enter it with the positions.")
        return given(f"average cost of {self.costed_as}", Fraction(cents, 100), "dollars per FTE", "district average")

    def actual(self, at: At) -> Step | None:
        """Return the school's own cost of a full-time post, or None where unknown."""
        cents = dict(at.school.actual_costs).get(at.words.position_of(self.costed_as))
        if cents is None:
            return None
        return given(
            f"actual cost of {self.costed_as}", Fraction(cents, 100), "dollars per FTE", "posts at this school"
        )
