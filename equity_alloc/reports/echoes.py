"""Which findings of a changed workbook only follow from others: cells that still say what the plan said at the export.

The seals hold what stood in the changed cells. With that put back, the file must be what was certified, to its fingerprints;
then whatever agrees with that plan is an echo of the change, and whatever does not was changed on its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Finding
from equity_alloc.domain.number import count_words
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Certificate
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.seals import RowSeal
from equity_alloc.sources.working_workbook import PlanReading, plan_in


def at_export(reading: PlanReading) -> tuple[PlanReading, Certificate] | None:
    """Return a file's plan as it was exported with its certificate, None where the seals do not bring back what was certified.

    Parameters
    ----------
    reading : PlanReading
        As the file is now.
    """
    rows = _sealed_rows(reading.stored_seals, reading.found_seals)
    if rows is None or reading.stored is None:
        return None
    before = plan_in(tuple(_put_back(grid, rows) for grid in reading.shown.values()))
    if before.district is None or before.scenario is None or before.allocation is None:
        return None
    try:
        certificate = certify(before.district, before.scenario, before.allocation, before.prices)
    except EquityAllocError:
        return None
    said = reading.stored
    digests = (said.district_digest, said.scenario_digest, said.allocation_digest)
    same = digests == (certificate.district_digest, certificate.scenario_digest, certificate.allocation_digest)
    # The sheets for reading stay as they are in the file, to be read beside that plan.
    return (replace(before, shown=reading.shown), certificate) if same else None


def follow_words(following: Sequence[Finding], roots: int) -> str:
    """Return how many cells follow from the changed ones, sheet by sheet; "" where none does.

    Parameters
    ----------
    following : sequence of Finding
    roots : int
        How many were changed.
    """
    if not following:
        return ""
    sheets = Counter(each.where.partition("!")[0] for each in following)
    told = ", ".join(f"{sheet} {count:,}" for sheet, count in sheets.items())
    follow = "follows" if len(following) == 1 else "follow"
    whence = "it" if roots == 1 else "them"
    say = "says" if len(following) == 1 else "say"
    return (
        f"{count_words(len(following), 'further figure or text', 'further figures and texts')} {follow} from {whence} and {say} what the "
        f"plan said at the export: {told}."
    )


def _sealed_rows(stored: Iterable[RowSeal], found: Iterable[RowSeal]) -> dict[tuple[str, int], tuple[str, ...]] | None:
    """Return what stood in every row that is another one now, None where the seals do not hold it all."""
    before, now = ({(seal.sheet, seal.row): seal for seal in each} for each in (stored, found))
    rows: dict[tuple[str, int], tuple[str, ...]] = {}
    for key in before.keys() | now.keys():
        old, new = before.get(key), now.get(key)
        if old is None:
            rows[key] = ()
        elif new is None or new.seal != old.seal:
            values = [_held(old, new, place) for place in range(len(old.cells))]
            if None in values:
                return None
            rows[key] = tuple(value or "" for value in values)
    return rows


def _held(old: RowSeal, new: RowSeal | None, place: int) -> str | None:
    """Return what stood in a cell of a row, as the seal repeats it, or as it stands where its own digits are the same."""
    value = old.values[place] if place < len(old.values) else None
    if value is None and new is not None and new.cells[place : place + 1] == old.cells[place : place + 1]:
        return new.values[place]
    return value


def _put_back(grid: Grid, rows: dict[tuple[str, int], tuple[str, ...]]) -> Grid:
    mine = {row: values for (sheet, row), values in rows.items() if sheet == grid.name}
    if not mine:
        return grid
    length = max(len(grid.rows), *mine)
    return replace(
        grid, rows=tuple(mine.get(n, grid.rows[n - 1] if n <= len(grid.rows) else ()) for n in range(1, length + 1))
    )
