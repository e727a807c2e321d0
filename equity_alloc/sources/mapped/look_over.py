"""What looks wrong in a table as a whole: one heading over two columns, dollars in thousands, names that are numbers."""

from __future__ import annotations

import re
from collections import Counter
from statistics import correlation

from equity_alloc.domain.number import count_words
from equity_alloc.sources.grid import Grid, cell_name
from equity_alloc.sources.mapped.fields import Holds, field_of
from equity_alloc.sources.mapped.read_cells import CellReader
from equity_alloc.sources.mapped.shape import heading_slug
from equity_alloc.sources.mapped.sort_rows import Sorted
from equity_alloc.sources.mapped.values import plain_number

_THOUSANDS = re.compile(
    r"\b(?:in|of)\s+(?:\$\s*)?(?:thousands|millions|000['\u2019]?s)\b|\(\s*\$?\s*000['\u2019]?s?(?:\s+omitted)?\s*\)"
    r"|\$\s?000['\u2019]?s?\b|\bthousands of dollars\b|\b000s omitted\b",
    re.IGNORECASE,
)
#: In a column of names so few cells are numbers alone; in a file of full rows so few are short.
FEW = 0.2
#: So many schools say whether counts look like percentages; so large is the largest then; so little they follow the pupils.
ENOUGH, LIKE_PERCENT, UNRELATED = 8, (30, 100), 0.2
#: A column that so many rows fill is one that every row should fill.
NEARLY = 0.95


def look_over(grid: Grid, cells: CellReader, rows: Sorted) -> None:
    """Tell what a person should look at before the rows of a table are trusted.

    Parameters
    ----------
    grid : Grid
    cells : CellReader
        Receives the findings.
    rows : Sorted
    """
    _tell_twice(cells)
    _tell_thousands(grid, cells)
    _tell_slipped_names(cells, rows)
    _tell_short(cells, rows)
    _tell_like_percent(cells, rows)


def used_columns(cells: CellReader) -> tuple[int, ...]:
    """Return the places of all columns that a map reads, tests or adds up."""
    mapped = cells.map
    named = [*mapped.code_of, *(money.column for money in mapped.money)]
    named += [test.column for test in (*mapped.leave_out, *mapped.keep)]
    named += [test.column for category in mapped.categories for test in category.tests]
    named += [mapped.account.column] if mapped.account else []
    places = [*cells.places.values(), *(cells.shape.place([heading]) for heading in named)]
    return tuple(sorted({place for place in places if place is not None}))


def _tell_twice(cells: CellReader) -> None:
    """Name headings over two columns that differ: of two years side by side only one would be read, and nobody would know."""
    shape = cells.shape
    slugs = [heading_slug(heading) for heading in shape.headings]
    for place in used_columns(cells):
        others = [other for other, name in enumerate(slugs) if name == slugs[place] and other != place]
        other = next((o for o in others if any(shape.cell(r, o) != shape.cell(r, place) for r in shape.rows)), None)
        if other is None:
            continue
        letters = " and ".join(
            cell_name(column, shape.heading).rstrip("0123456789") for column in sorted([place, other])
        )
        cells.findings.error(
            "heading-twice", f"{shape.shown}!{cell_name(place, shape.heading)}", shape.headings[place][:40],
            what=f"The heading {shape.headings[place]} stands over columns {letters}, and what is below it differs.",
            why="Only one of them would be read, perhaps that of another year.",
            remedy="Give the two columns headings of their own, or delete the one that is not meant, and save the file.",
        )  # fmt: skip


def _tell_thousands(grid: Grid, cells: CellReader) -> None:
    """Stop where a banner or a heading says that dollars are printed in thousands."""
    reads_dollars = bool(cells.map.money) or any(field_of(name).holds is Holds.DOLLARS for name in cells.places)
    if not reads_dollars:
        return
    for number, row in enumerate(grid.rows[: cells.shape.heading], start=1):
        for place, cell in enumerate(row):
            if _THOUSANDS.search(cell):
                cells.findings.error(
                    "amounts-in-thousands", f"{cells.shape.shown}!{cell_name(place, number)}", cell.strip()[:40],
                    what=f"{cells.shape.shown} says that its dollars are rounded: {cell.strip()[:80]}.",
                    why="Read as dollars every amount would be a thousandth or less of what it is.",
                    remedy="Export the file in dollars and cents; a plan ties to the cent.",
                )  # fmt: skip
                return


def _tell_slipped_names(cells: CellReader, rows: Sorted) -> None:
    """Name the first school whose name is a number, where names are words: its cells have slipped to the left."""
    for name in ("school_name", "district_name"):
        if not cells.has(name) or cells.places.get("school") == cells.places[name]:
            continue
        filled = [row for row in rows.rows if cells.text(row, name)]
        numbers = [row for row in filled if cells.text(row, name).replace(",", "").replace(".", "").isdigit()]
        if numbers and len(numbers) <= FEW * len(filled):
            row = numbers[0]
            so_in = f"; so it is in {count_words(len(numbers), 'row')}" if len(numbers) > 1 else ""
            cells.findings.error(
                "cells-slipped", cells.where(row, name), cells.text(row, name)[:40],
                what=f"{field_of(name).title} is {cells.text(row, name)[:40]} in row {row.number}, where names stand in the "
                f"other rows{so_in}.",
                why="A missing or an added cell moves all that follow by one column, and numbers land under the wrong heading.",
                remedy="Compare the row with its source, and move the cells back under their headings.",
            )  # fmt: skip


def _tell_like_percent(cells: CellReader, rows: Sorted) -> None:
    """Tell of counts of a group that look like percentages: never above 100, and not larger where the school is."""
    for name in cells.places:
        group = field_of(name).group
        if group is None or field_of(name).holds is not Holds.PUPILS or not cells.has("enrollment"):
            continue
        pairs = [
            (plain_number(cells.text(row, name), cells.codes), plain_number(cells.text(row, "enrollment"), cells.codes))
            for row in rows.rows
        ]
        both = [(float(count), float(pupils)) for count, pupils in pairs if count is not None and pupils is not None]
        counts, sizes = [count for count, _ in both], [pupils for _, pupils in both]
        if len(both) < ENOUGH or not LIKE_PERCENT[0] <= max(counts) <= LIKE_PERCENT[1] or max(sizes) < 5 * max(counts):
            continue
        if min(counts) == max(counts) or min(sizes) == max(sizes) or correlation(counts, sizes) > UNRELATED:
            continue
        place = cells.places[name]
        cells.findings.warn(
            "count-like-percent", f"{cells.shape.shown}!{cell_name(place, cells.shape.heading)}", f"{max(counts):g}",
            what=f"{cells.shape.headings[place]} is never above {max(counts):g} at {count_words(len(both), 'school')} of up to "
            f"{max(sizes):,.0f} pupils, and not larger where the school is: it may be a percentage.",
            why=f"Read as a number of pupils, {group.title} would be far too few.",
            remedy="Look at the file; if these are percentages, choose the share of pupils for this column on the map.",
        )  # fmt: skip


def _tell_short(cells: CellReader, rows: Sorted) -> None:
    """Tell of rows with fewer cells than the others, where nearly all rows have one for each heading."""
    lengths = Counter(len(row.cells) for row in rows.rows)
    usual = max(lengths, key=lambda length: (lengths[length], length), default=0)
    short = [row for row in rows.rows if len(row.cells) < usual]
    if not short or len(short) > FEW * len(rows.rows):
        return
    first, several = short[0], f"; {len(short)} rows are short" if len(short) > 1 else ""
    what = (
        f"Row {first.number} of {cells.shape.shown} has {len(first.cells)} cells, and most rows have {usual}{several}."
    )
    full = [row for row in rows.rows if len(row.cells) == usual]
    always = [
        p for p in used_columns(cells) if sum(1 for row in full if cells.shape.cell(row, p)) >= NEARLY * len(full)
    ]
    if any(len(row.cells) <= place for row in short for place in always):
        cells.findings.error(
            "cells-slipped", f"{cells.shape.shown}!row {first.number}", "", what=f"{what} A column that every other row fills is blank.",
            why="A missing cell moves all that follow by one column, and numbers land under the wrong heading.",
            remedy="Compare the row with its source, and move the cells back under their headings.",
        )  # fmt: skip
    else:
        cells.findings.warn(
            "cells-too-few", f"{cells.shape.shown}!row {first.number}", "", what=what,
            why="Either blank cells at its end were left out, or one is missing and the rest has moved to the left.",
            remedy="Compare the row with its source.",
        )  # fmt: skip
