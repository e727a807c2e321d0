"""Finds total rows inside data, by their label."""

from __future__ import annotations

import re

_WORDS = (
    r"(?:grand|district|state|county|region|school|schools|fund|sub|overall|sum|page|all|elementary|middle|junior|high|"
    r"secondary|primary|k-8|k-12|site|department|building|campus|sites|campuses|enrollment|students|pupils|budget|dollars|"
    r"fte|positions|public|charter|fy ?\d{2,4}|\d{4}(?:-\d{2,4})?)"
)
_TOTAL = re.compile(
    rf"(?:{_WORDS}[\s-]*){{0,4}}totals?(?:(?:[\s:(-]+{_WORDS}\)?){{0,3}}|\s+(?:of|for)\b.*)|all schools|sub-?totals?\b.*"
    # Whatever is named before it: Ash Elementary Total, Springfield Public Schools Totals.
    r"|.*\btotals?"
)
#: Names that only a row for everybody has, where a school's name should stand.
_WIDE = re.compile(
    r"(?:(?:city|district|county|system|state)[\s-]*wide)(?: (?:total|schools?|enrollment))?|district|state|all|overall|sum|"
    r"all (?:sites|campuses|buildings|students|pupils|district schools|public schools)|grand sum|nation(?:al)?"
)
_SUMMARY = re.compile(
    r"(?:[a-z-]+[\s-]+){0,3}(?:average|avg\.?|mean|median|minimum|maximum|min\.?|max\.?|std\.? dev\.?|standard deviation|"
    r"percent(?:age)? of total|% of total|per pupil average)(?:[\s:(-]+(?:of\b.*|for\b.*|all schools\)?|district\)?|school\)?|schools\)?|size\)?))?"
)
_BEGINS = re.compile(r"totals?[\s:,-]+\S.*")
#: No label of a total is longer.
LONGEST = 80


def is_total(label: str) -> bool:
    """Whether a label names a total and not a school, fund or position.

    Parameters
    ----------
    label : str

    Returns
    -------
    bool

    Examples
    --------
    >>> [is_total(label) for label in ("Elementary Schools Total", "---District Total---", "Sub-Total", "Totalwood")]
    [True, True, True, False]
    """
    return _fits(_TOTAL, label)


def is_wide(name: str) -> bool:
    """Whether what stands in the place of a school's name is a name for all schools.

    Examples
    --------
    >>> [is_wide(name) for name in ("Citywide", "District", "All Saints Academy")]
    [True, True, False]
    """
    return _fits(_WIDE, name)


def is_summary(name: str) -> bool:
    """Whether a row is an average or another summary that adds up to nothing.

    Examples
    --------
    >>> [is_summary(name) for name in ("District Average", "Median", "Maximum Academy")]
    [True, True, False]
    """
    return _fits(_SUMMARY, name)


def begins_as_total(label: str) -> bool:
    """Whether a label may be that of a total, which a school or a position may be called as well.

    Examples
    --------
    >>> begins_as_total("Total 122 Ash Elementary"), begins_as_total("Totalwood")
    (True, False)
    """
    return _fits(_BEGINS, label)


def _fits(pattern: re.Pattern[str], label: str) -> bool:
    bare = " ".join(label.lower().split()).strip(" -_*=.:#")
    return 0 < len(bare) <= LONGEST and pattern.fullmatch(bare) is not None
