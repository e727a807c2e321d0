"""Text from data on screen: shown as it is, never read as markup."""

from __future__ import annotations

import re

from equity_alloc.domain.day import days_in_words

#: Between a number and its percent sign no line may end.
_PERCENT = re.compile(r"(?<=\d) %")
_MARKS = {ord(mark): f"\\{mark}" for mark in "\\`*_[]<>#~$|"} | {ord(":"): "&#58;"}


def plain(text: str) -> str:
    r"""Return text that Markdown shows as it is, with days in words as on paper.

    Examples
    --------
    >>> plain("Adopted on 2026-11-24")
    'Adopted on November 24, 2026'
    >>> plain("$12 *each*")
    '\\$12 \\*each\\*'
    """
    return _PERCENT.sub("\u00a0%", days_in_words(text)).translate(_MARKS)
