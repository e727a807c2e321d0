"""How wide each column of a table is where the program that shows it does not say: no number and no word is broken."""

from __future__ import annotations

from collections.abc import Sequence

#: A bold letter of a heading, in letters of a cell.
BOLD = 1.3
#: Letters of a line that is long enough to be read with ease; a column of longer cells gets more only of what is left.
ENOUGH = 60
#: Longer words are addresses, which break at their strokes.
LONGEST_WORD = 22


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

    A column gets at least its longest number or word. What is left goes to those whose text would like to be wider, as most
    of their cells would: one long cell among short ones runs over lines.

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
    least, usual, whole = [], [], []
    for place, heading in enumerate(headings):
        cells = [row[place] for row in rows]
        of_heading = max((len(word) for word in heading.split(" ")), default=1) * BOLD
        lengths = sorted(len(cell) for cell in cells) or [1]
        word = max((len(word) for cell in cells for word in cell.split(" ")), default=1)
        needed = lengths[-1] if numbers[place] else min(word, LONGEST_WORD)
        least.append(inset + letter * max(needed, of_heading))
        whole.append(max(least[-1], inset + letter * lengths[-1]))
        usual.append(
            max(least[-1], inset + letter * min(ENOUGH, lengths[len(lengths) * 4 // 5 if len(lengths) > 4 else -1]))
        )
    if sum(whole) <= across:
        return [width * across / sum(whole) for width in whole]
    room = across - sum(least)
    if room <= 0:
        return [width * across / sum(least) for width in least]
    for low, high in ((least, usual), (usual, whole)):
        wanted, room = sum(high) - sum(low), across - sum(low)
        if wanted >= room:
            return [a + room * (b - a) / wanted for a, b in zip(low, high, strict=True)]
    return whole
