"""Finds total rows inside data, by their label."""

from __future__ import annotations

import re

_WORDS = (
    r"(?:grand|district|state|county|region|school|schools|fund|sub|overall|sum|page|all|elementary|middle|junior|high|"
    r"secondary|primary|k-8|k-12|site|department|building|campus)"
)
_TOTAL = re.compile(
    rf"(?:{_WORDS}[\s-]*){{0,4}}totals?(?:(?:\s+{_WORDS}){{0,3}}|\s+(?:of|for)\b.*)|all schools|sub-?totals?\b.*"
)
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
    bare = label.strip().lower().strip(" -_*=.:#")
    return 0 < len(bare) <= LONGEST and _TOTAL.fullmatch(bare) is not None
