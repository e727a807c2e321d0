"""Whether the vacant posts of positions are known: a position of which none is listed is unknown, never zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from equity_alloc.domain.district import District, Position
from equity_alloc.domain.finding import Gap

SHEET, COLUMN = "Vacant posts", "FTE"


def vacant_gaps(district: District, positions: Iterable[Position]) -> Iterator[Gap]:
    """Yield the positions of which nobody knows what is vacant; those that no school had last year need no row."""
    if not district.vacancies:
        yield Gap(SHEET, COLUMN, "every vacant post")
        return
    had = {position for (_, position), fte in district.today.fte if fte}
    for position in positions:
        if position.code in had and position.code not in district.vacant_positions:
            yield Gap(SHEET, COLUMN, f"{position.title} (code {position.code}), 0 at any school where none is vacant")
