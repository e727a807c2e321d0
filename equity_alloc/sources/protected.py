"""Which headings name a protected attribute: a dated, cited list, kept as data."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache

from equity_alloc.domain.shipped import DATA
from equity_alloc.domain.source import Source


@dataclass(frozen=True, slots=True)
class ProtectedAttributeWords:
    """One protected attribute and the words by which a heading names it.

    Parameters
    ----------
    name : str
    from_date : date
        Date of the law.
    words : tuple of str
    source : Source
    """

    name: str
    from_date: dt.date
    words: tuple[str, ...]
    source: Source


@cache
def protected_attributes() -> tuple[ProtectedAttributeWords, ...]:
    """Return the list in data/parameters/protected_attributes.toml."""
    listed = tomllib.loads((DATA / "parameters" / "protected_attributes.toml").read_text(encoding="utf-8"))
    return tuple(
        ProtectedAttributeWords(
            item["name"],
            item["from"],
            tuple(item["words"]),
            Source(item["title"], item["locator"], item["url"], item["from"].isoformat()),
        )
        for item in listed["attribute"]
    )


def protected_attribute(title: str) -> ProtectedAttributeWords | None:
    """Return the protected attribute that a heading names, or None.

    Examples
    --------
    >>> attribute = protected_attribute("Black or African American")
    >>> attribute.name if attribute else None
    'race, color and ethnicity'
    >>> protected_attribute("Hispánics") is None, protected_attribute("English learners") is None
    (False, True)
    """
    spaced = f" {_plain(title)} "
    for attribute in protected_attributes():
        if any(f" {_plain(word)} " in spaced for word in attribute.words):
            return attribute
    return None


def _plain(text: str) -> str:
    """Return words in lower case without accents, hyphens and plural endings."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"(?<=[a-z]{2})e?s?$", "", word) for word in re.findall(r"[a-z]+", bare))
