"""Fields of a record that must say something: all that are blank are named at once, so that nobody looks for them one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from equity_alloc.domain.errors import InvalidValue

#: An answer of fewer is none: nobody who reads the record could tell what was meant.
FEWEST_WORDS = 3


def refuse_blanks(record: object, labels: Mapping[str, str], why: str) -> None:
    """Raise where fields of a record are blank.

    Parameters
    ----------
    record : object
    labels : mapping of str to str
        What each field that must say something is called on screen, by its name, in the order of the form.
    why : str
        The sentence that follows.

    Raises
    ------
    InvalidValue
        With the name of every blank field.
    """
    refuse_named([label for name, label in labels.items() if not str(getattr(record, name)).strip()], why)


def is_no_sentence(text: str) -> bool:
    """Whether a text is too short to be an answer: of fewer words than `FEWEST_WORDS`.

    Examples
    --------
    >>> is_no_sentence("x"), is_no_sentence("Families were asked.")
    (True, False)
    """
    return len(re.findall(r"[^\W_]+", text)) < FEWEST_WORDS


def refuse_named(blank: Sequence[str], why: str) -> None:
    """Raise with the names of what is blank, and the sentence that follows; do nothing where nothing is.

    Raises
    ------
    InvalidValue
    """
    if len(blank) == 1:
        raise InvalidValue(f"{blank[0]} is blank. {why}")
    if blank:
        raise InvalidValue(f"{len(blank)} fields are blank: {'; '.join(blank)}. {why}")
