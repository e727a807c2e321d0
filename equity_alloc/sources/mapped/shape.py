"""Where a table begins and ends in a file: banner rows above the heading, notes between and below, cells that slipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from equity_alloc.sources.declare import slug
from equity_alloc.sources.grid import Grid, cell_name
from equity_alloc.sources.read_tables import Row

#: The heading is looked for in so many rows; exports of the national statistics have up to seven banner rows.
HEADING_ROWS = 40


@dataclass(frozen=True)
class Shape:
    """A grid whose heading has been found.

    Parameters
    ----------
    name, shown : str
        Of the sheet or file.
    headings : tuple of str
    heading : int
        Number of the heading's row, from 1.
    rows : tuple of Row
        Filled rows below it.
    """

    name: str
    shown: str
    headings: tuple[str, ...]
    heading: int
    rows: tuple[Row, ...]

    def place(self, headings: Iterable[str]) -> int | None:
        """Return the place of the first of some headings that exists, None where none does."""
        slugs = [heading_slug(heading) for heading in self.headings]
        for wanted in headings:
            if heading_slug(wanted) in slugs:
                return slugs.index(heading_slug(wanted))
        return None

    def has_all(self, headings: Iterable[str]) -> bool:
        """Whether every one of some headings exists."""
        return all(self.place([heading]) is not None for heading in headings)

    def cell(self, row: Row, place: int | None) -> str:
        """Return a trimmed cell, "" where there is none."""
        return row.cells[place].strip() if place is not None and place < len(row.cells) else ""

    def where(self, row: Row, place: int | None) -> str:
        """Return sheet!cell."""
        return f"{self.shown}!{cell_name(place or 0, row.number)}"

    def is_note(self, row: Row) -> bool:
        """Whether a row is a line of text and no data: one filled cell, where the table has at least three columns."""
        filled = [cell for cell in row.cells if cell.strip()]
        wide = sum(1 for heading in self.headings if heading) >= 3
        return wide and len(filled) == 1 and not filled[0].strip().replace(",", "").replace(".", "").isdigit()

    def is_heading_again(self, row: Row) -> bool:
        """Whether a row repeats the heading, as reports do on each page."""
        cells = [cell.strip() for cell in row.cells]
        return cells[: len(self.headings)] == list(self.headings)

    def overflow(self, row: Row) -> int | None:
        """Return the place of a filled cell beyond the last heading, which a stray comma leaves behind."""
        last = max((place for place, heading in enumerate(self.headings) if heading), default=-1)
        return next((p for p in range(last + 1, len(row.cells)) if row.cells[p].strip()), None)


def heading_slug(heading: str) -> str:
    """Return a heading in lower case with its words joined; "# Poverty" and "% Poverty" stay apart.

    Examples
    --------
    >>> heading_slug(" SCH_NAME"), heading_slug("# Poverty"), heading_slug("% Poverty")
    ('sch-name', 'number-poverty', 'percent-poverty')
    """
    return slug(heading.replace("#", " number ").replace("%", " percent "))


def find_shape(grid: Grid, known: Collection[str]) -> Shape | None:
    """Return where the table in a grid begins; None where the grid is empty.

    Parameters
    ----------
    grid : Grid
    known : collection of str
        Slugs of headings that are known to exist; the row with most of them is the heading.

    Returns
    -------
    Shape or None
    """
    best, most = None, (0, 0)
    for place, cells in enumerate(grid.rows[:HEADING_ROWS]):
        titles = {heading_slug(cell) for cell in cells if cell.strip()}
        words = sum(1 for cell in cells if _is_words(cell))
        score = (len(titles & set(known)), words if words >= 2 else 0)
        if best is None or score > most:
            if best is not None and score[0] == most[0] and most[1] >= 2:
                continue  # among rows of plain words the first is the heading
            if any(cell.strip() for cell in cells):
                best, most = place, score
    if best is None:
        return None
    headings = _told_apart(grid.rows[best], grid.rows[best - 1] if best else ())
    rows = tuple(
        Row(number, cells)
        for number, cells in enumerate(grid.rows[best + 1 :], start=best + 2)
        if any(cell.strip() for cell in cells)
    )
    return Shape(grid.name, grid.shown, headings, best + 1, rows)


def _told_apart(cells: Sequence[str], above: Sequence[str]) -> tuple[str, ...]:
    """Return headings, those that stand several times with the title above them: Students of 2022-23 and of 2023-24.

    A title above spans its columns: it holds until the next one.
    """
    headings = [cell.strip() for cell in cells]
    titles = [cell.strip() for cell in above]
    slugs = Counter(heading_slug(heading) for heading in headings if heading)
    if sum(1 for title in titles if title) < 2 or max(slugs.values(), default=0) < 2:
        return tuple(headings)
    title, found = "", []
    for place, heading in enumerate(headings):
        title = titles[place] if place < len(titles) and titles[place] else title
        found.append(f"{title} {heading}".strip() if slugs[heading_slug(heading)] > 1 and heading else heading)
    return tuple(found)


def _is_words(cell: str) -> bool:
    return any(sign.isalpha() for sign in cell)


def columns_of(shape: Shape, most: int = 2_000) -> tuple[tuple[str, ...], ...]:
    """Return the filled cells of each column, of the first rows, notes left out."""
    rows: Sequence[Row] = [row for row in shape.rows[:most] if not shape.is_note(row)]
    return tuple(
        tuple(text for row in rows if (text := shape.cell(row, place))) for place in range(len(shape.headings))
    )
