"""Share out posts of one position so that the largest load of a post is smallest."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.source import Source
from equity_alloc.objectives.base import LowerLargestLoad, Optimum, Stage, View
from equity_alloc.objectives.loads import NO_POST, loads_of
from equity_alloc.rules.ratio import ENROLLMENT
from equity_alloc.rules.setting import Choice, refuse_out_of_range, setting


@dataclass(frozen=True, slots=True)
class SmallestLargestLoad:
    """Pupils per post, with an extra share for one group, at the school where it is highest."""

    code: ClassVar[str] = "smallest-load"
    place: ClassVar[int] = 70
    title: ClassVar[str] = "Share out a position: smallest largest load"
    field_name: ClassVar[str] = "minimax load (Adams apportionment)"
    good_for: ClassVar[str] = "A fixed number of counselors, nurses or librarians to place."
    ignores: ClassVar[str] = "Everything but this position."
    misleads: ClassVar[str] = "Posts come whole: a small school with one post may look generously staffed."
    score_unit: ClassVar[str] = "pupils per post at the heaviest school, as a negative number"
    source: ClassVar[Source] = Source(
        "Balinski and Young, Fair Representation", "chapter 3, Adams's method", "", "1982"
    )

    position: str = setting("", label="Position", choice=Choice.POSITION)
    group: str = setting(ENROLLMENT, label="Group that counts extra", choice=Choice.GROUP)
    extra: Decimal = setting(Decimal(0), label="Extra share per pupil of the group", least="0", most="10", step="0.1")

    def __post_init__(self) -> None:
        refuse_out_of_range(self)

    def stages(self, view: View) -> Generator[Stage, Optimum, None]:
        """One stage: lower the largest load."""
        yield LowerLargestLoad("lower the largest load of a post", self.position, self._loads(view))

    def score(self, view: View, allocation: Allocation) -> tuple[Fraction, ...]:
        """Return minus the largest load, in pupils per full-time post; a school without a post loads without end."""
        worst = Fraction(0)
        for code, load in self._loads(view):
            fte = allocation.fte_of.get((code, self.position), 0)
            if load and not fte:
                return (-NO_POST,)
            worst = max(worst, load * 100 / fte if fte else Fraction(0))
        return (-worst,)

    def explain(self, view: View) -> str:
        """Say what is shared out."""
        title = view.district.position_of[self.position].title if self.position in view.district.position_of else "?"
        return f"Places {title} so that the most loaded school has the fewest pupils per post."

    def _loads(self, view: View) -> tuple[tuple[str, Fraction], ...]:
        return loads_of(view, self.position, self.group, self.extra)
