"""Finds total rows inside data, by their label."""

from __future__ import annotations

import re

_WORDS = r"(?:grand|district|state|county|region|school|schools|fund|sub|overall|sum|page|all)"
_TOTAL = re.compile(rf"(?:{_WORDS}[\s-]*)*totals?(?:\s*:|\s+(?:{_WORDS}|of\b.*|for\b.*))*|all schools|sub-?totals?\b.*")


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
    >>> [is_total(label) for label in ("Total", "---District Total---", "Sub-Total", "Totalwood Elementary")]
    [True, True, True, False]
    """
    bare = label.strip().lower().strip(" -_*=.:#")
    return bool(bare) and _TOTAL.fullmatch(bare) is not None
