"""Fields of a record that must say something: all that are blank are named at once, so that nobody looks for them one by one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from equity_alloc.domain.errors import InvalidValue

#: An answer of fewer is none: nobody who reads the record could tell what was meant.
FEWEST_WORDS = 3
#: No field has words that are an answer as they stand.
NOTHING_WHOLE: Mapping[str, str] = MappingProxyType({})


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


def unsaid_of(
    said: Mapping[str, str],
    labels: Mapping[str, str],
    *,
    brief: Collection[str] = (),
    whole: Mapping[str, str] = NOTHING_WHOLE,
) -> tuple[str, ...]:
    """Return what says nothing, as it is called on screen: blank fields, and answers that are too short to be one.

    Parameters
    ----------
    said : mapping of str to str
        What stands in each field.
    labels : mapping of str to str
        What each field that must say something is called on screen, by its name.
    brief : collection of str
        Fields that hold a name, a day or a vote, where one word is enough.
    whole : mapping of str to str
        By field, the words that are an answer there as they stand, such as "none stated" of the dissent.

    Examples
    --------
    >>> labels = {"who": "Decided by", "why": "Reasons"}
    >>> unsaid_of({"who": "Board", "why": "Because."}, labels, brief=("who",))
    ('Reasons',)
    """
    return tuple(
        label
        for name, label in labels.items()
        if (
            not said[name].strip()
            if name in brief
            else is_no_sentence(said[name], [whole[name]] if name in whole else ())
        )
    )


def is_no_sentence(text: str, whole: Collection[str] = ()) -> bool:
    """Whether a text is too short to be an answer: of fewer words than `FEWEST_WORDS`, and none that is whole as it stands.

    Examples
    --------
    >>> is_no_sentence("x"), is_no_sentence("Families were asked."), is_no_sentence("None stated.", ["none stated"])
    (True, False, False)
    """
    words = re.findall(r"[^\W_]+", text.casefold())
    return len(words) < FEWEST_WORDS and " ".join(words) not in whole


def refuse_named(blank: Sequence[str], why: str) -> None:
    """Raise with the names of what is blank, and the sentence that follows; do nothing where nothing is.

    Raises
    ------
    InvalidValue
    """
    if blank:
        raise InvalidValue(f"{blank_words(blank)} {why}")


def blank_words(blank: Sequence[str]) -> str:
    """Return in one sentence which fields are blank.

    Examples
    --------
    >>> blank_words(["Reasons"]), blank_words(["Title", "Reasons"])
    ('Reasons is blank.', '2 fields are blank: Title; Reasons.')
    """
    return f"{blank[0]} is blank." if len(blank) == 1 else f"{len(blank)} fields are blank: {'; '.join(blank)}."
