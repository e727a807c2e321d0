"""Fields of a record that must say something: all that are blank are named at once, so that nobody looks for them one by one."""

from __future__ import annotations

from collections.abc import Mapping

from equity_alloc.domain.errors import InvalidValue


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
    blank = [label for name, label in labels.items() if not str(getattr(record, name)).strip()]
    if len(blank) == 1:
        raise InvalidValue(f"{blank[0]} is blank. {why}")
    if blank:
        raise InvalidValue(f"{len(blank)} fields are blank: {'; '.join(blank)}. {why}")
