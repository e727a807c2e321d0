"""How wide each column of a table is where the program that shows it does not say: no number and no word is broken."""

from __future__ import annotations

from collections.abc import Sequence

#: A bold letter of a heading, in letters of a cell.
BOLD = 1.3


def column_widths(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Sequence[bool],
    across: float,
    *,
    letter: float,
    inset: float,
) -> list[float]:
    """Return each column's width; together they are as wide as the page.

    A column gets at least its longest number or word. What is left goes to those whose text would like to be wider.

    Parameters
    ----------
    headings, rows, numbers : sequence
        Of the table; numbers stand in one line.
    across : float
        Of the page between its margins, in any unit.
    letter, inset : float
        What a letter takes, and what a cell's edges take together, in the same unit.

    Examples
    --------
    >>> column_widths(("School", "Pupils"), [("Lincoln High", "1,599")], (False, True), 30, letter=1, inset=1)
    [17.8..., 12.1...]
    """
    least, wish = [], []
    for place, heading in enumerate(headings):
        cells = [row[place] for row in rows]
        of_heading = max((len(word) for word in heading.split(" ")), default=1) * BOLD
        longest = max((len(cell) for cell in cells), default=1)
        word = longest if numbers[place] else max((len(word) for cell in cells for word in cell.split(" ")), default=1)
        least.append(inset + letter * max(word, of_heading))
        wish.append(max(least[-1], inset + letter * longest))
    if sum(wish) <= across:
        return [width * across / sum(wish) for width in wish]
    room, wanted = across - sum(least), sum(wish) - sum(least)
    if room <= 0:
        return [width * across / sum(least) for width in least]
    return [low + room * (high - low) / wanted for low, high in zip(least, wish, strict=True)]
