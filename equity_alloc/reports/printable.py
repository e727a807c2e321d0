"""Texts as documents can hold them: names and notes come from files and from people, with whatever characters they have."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, TypeVar

T = TypeVar("T")

#: Control characters, half characters and what is no character at all stand in no XML; marks that turn the direction of what
#: follows would turn numbers behind a name as well. A tab or the end of a line is a blank in a name.
_UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069\ufeff]"
)
_BLANK = re.compile("[\x0b\x0c\x85\u2028\u2029]")


def printable(words: str) -> str:
    """Return a text without characters that no document can hold.

    Examples
    --------
    >>> printable("Alder" + chr(0) + chr(11) + "Creek")
    'Alder Creek'
    """
    return _UNFIT.sub("", _BLANK.sub(" ", words))


def with_printable_texts(value: T) -> T:
    """Return a value with every text in it printable; the very same value where all of them are.

    Parameters
    ----------
    value : object
        A text, a tuple or a frozen record of such.
    """
    return _clean(value)  # type: ignore[no-any-return]


def _clean(value: Any) -> Any:
    if type(value) is str:
        return value if value.isascii() and value.isprintable() else printable(value)
    if type(value) is tuple:
        made = tuple(map(_clean, value))
        return value if all(new is old for new, old in zip(made, value, strict=True)) else made
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for each in dataclasses.fields(value):
            old = getattr(value, each.name)
            new = _clean(old)
            if each.init and new is not old and new != old:
                changed[each.name] = new
        return dataclasses.replace(value, **changed) if changed else value
    return value
