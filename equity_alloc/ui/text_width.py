"""How wide a text is drawn in a table, so that a column can hold it before the browser has drawn anything."""

from __future__ import annotations

from collections.abc import Iterator

#: Pixels of letters as a browser draws them in Source Sans at 14 pixels, the type of Streamlit's tables; rounded up.
_LETTERS = {
    2.8: " ",
    3.7: "',.:;Iijl|\u2019",
    4.4: "!()-[]f{}",
    5.0: "/\\rt",
    6.0: '"*?sz\u201c\u201d',
    6.6: "cvxy",
    7.1: "#$+0123456789<=>FJLY^_aegk~\u00a7\u00d7\u00e9\u2013\u2212\u2264\u2265",
    7.8: "AESTVXZ`bdhnopqu",
    8.6: "&BCKPR",
    9.3: "DGHNOQU",
    10.2: "Mw",
    11.9: "%@Wm\u2014",
}
_PIXELS = {letter: width for width, letters in _LETTERS.items() for letter in letters}
#: A letter that is not listed: as wide as most capitals, and an ideograph more.
_OTHER, _IDEOGRAPH = 9.3, 14.0


def text_width(text: str) -> float:
    """Return the pixels that a text takes in one line; a little more rather than less.

    Examples
    --------
    >>> round(text_width("-$2,192"), 1)
    43.6
    """
    return sum(_PIXELS.get(letter, _OTHER if ord(letter) < 0x2E80 else _IDEOGRAPH) for letter in text)


def longest_word(text: str) -> float:
    """Return the pixels of the widest part of a text that cannot be broken.

    Examples
    --------
    >>> longest_word("Alder Creek Elementary") == text_width("Elementary")
    True
    """
    return max((text_width(word) for word in text.split()), default=0.0)


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a width.

    Parameters
    ----------
    text : str
    width : float, pixels

    Examples
    --------
    >>> lines_of("Alder Creek Elementary", 200), lines_of("Alder Creek Elementary", 90)
    (1, 2)
    """
    return sum(1 for _ in _broken(text, width))


def _broken(text: str, width: float) -> Iterator[float]:
    """Yield the pixels of each line."""
    space, used = text_width(" "), 0.0
    for word in text.split():
        pixels = text_width(word)
        if used and used + space + pixels > width:
            yield used
            used = pixels
        else:
            used += pixels + (space if used else 0.0)
    yield used
