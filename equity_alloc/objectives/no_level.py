"""Where nobody has pupils to count there is no level to raise, whatever the goal."""

from __future__ import annotations

from equity_alloc.domain.errors import EmptyDistribution
from equity_alloc.objectives.base import Levels


def refuse_no_level(levels: Levels) -> None:
    """Raise where no school has a level.

    Raises
    ------
    EmptyDistribution
    """
    if not levels.weights:
        raise EmptyDistribution(
            "No school here has pupils to count, so there is no level to raise. Enter enrollment or targets, or choose "
            "another objective."
        )
