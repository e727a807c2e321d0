"""Days as people read them: files write a day year first, and a sentence writes it in words."""

from __future__ import annotations

import datetime as dt
import re

#: By number; not by the machine's language, in which another one would print another document.
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
#: A day that stands by itself: not a part of an address, of a file's name or of a longer number.
_DAY = re.compile(r"(?<![\w/=?&#.-])\d{4}-\d\d-\d\d(?![\w/-]|\.\w)")


def today() -> str:
    """Return the day on the wall of whoever works at this computer, year first.

    It is the day in the zone of the computer: by Greenwich's an evening's decision in California is of the next day.
    """
    return dt.date.today().isoformat()  # noqa: DTZ011 - that very day


def days_in_words(text: str) -> str:
    """Return a text with each day in it in words; what is no day of the calendar, or part of an address, stays as it is.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> days_in_words("Adopted 2026-11-04, looked at again on 2027-09-14.")
    'Adopted November 4, 2026, looked at again on September 14, 2027.'
    >>> days_in_words("https://example.org/2026-11-04/minutes, 2026-13-40")
    'https://example.org/2026-11-04/minutes, 2026-13-40'
    """
    return _DAY.sub(_in_words, text)


def _in_words(found: re.Match[str]) -> str:
    try:
        day = dt.date.fromisoformat(found.group())
    except ValueError:
        return found.group()
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
