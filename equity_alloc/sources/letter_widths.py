"""How wide texts are in a cell, letter by letter, so that a row is as high as its lines and no higher."""

from __future__ import annotations

#: Letters by their width in hundredths of a digit's, in Calibri, the letters of a workbook; all others are as wide as a digit.
_LETTERS = {
    45: "il'",
    50: ",.:;Ij |",
    60: "!()-J[]`f{}",
    70: "rt",
    80: '/L\\csz"',
    92: "?FSZgkvyx",
    112: "ABRVX",
    125: "DGHK",
    135: "NOQU",
    145: "%&w",
    160: "m",
    175: "M",
    185: "@W",
}
_WIDTH_OF = {letter: width / 100 for width, letters in _LETTERS.items() for letter in letters}
#: Bold letters are a little wider; programs and printers place letters a little differently.
_BOLD, _MARGIN = 1.05, 1.04
#: What a cell's indent takes, in digits.
_INDENT = 1.5


def text_width(text: str, *, is_bold: bool = False) -> float:
    """Return the width of a text in digits.

    Examples
    --------
    >>> round(text_width("2026"), 2), text_width("illicit") < text_width("mammoth")
    (4.16, True)
    """
    return sum(_WIDTH_OF.get(letter, 1.0) for letter in text) * (_BOLD if is_bold else 1.0) * _MARGIN


def lines_in(text: str, width: float, *, is_bold: bool = False) -> int:
    """Return in how many lines a text stands in a column, where words are broken only if they are wider than it.

    Parameters
    ----------
    text : str
        One paragraph.
    width : float
        Of the column, in digits.
    is_bold : bool

    Examples
    --------
    >>> lines_in("General fund (state and local)", 30), lines_in("General fund (state and local)", 20)
    (1, 2)
    """
    room = max(1.0, width - _INDENT)
    # No letter that is common in texts is wider than this.
    if len(text) * 1.25 <= room:
        return 1
    lines, used, blank = 1, 0.0, text_width(" ", is_bold=is_bold)
    for word in text.split():
        wide = text_width(word, is_bold=is_bold)
        if used and used + blank + wide > room:
            lines, used = lines + 1, 0.0
        if wide > room:
            more = int(wide // room)
            lines, used = lines + more, wide - more * room
        else:
            used += wide + (blank if used else 0.0)
    return lines
