"""Text from data on screen: shown as it is, never read as markup."""

from __future__ import annotations

_MARKS = {ord(mark): f"\\{mark}" for mark in "\\`*_[]<>#~$|"} | {ord(":"): "&#58;"}


def plain(text: str) -> str:
    r"""Return text that Markdown shows as it is.

    Examples
    --------
    >>> plain("$12 *each*")
    '\\$12 \\*each\\*'
    """
    return text.translate(_MARKS)
