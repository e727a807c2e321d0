"""Amounts, lists and sharing rules as the text of one cell."""

from __future__ import annotations

from collections.abc import Sequence

from equity_alloc.domain.district import ALL, District
from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents
from equity_alloc.sources.declare import EVERYTHING, LAST_YEAR, NOTHING, TITLE_ONE, slug
from equity_alloc.sources.group_names import group_name


def dollars(cents: Cents) -> str:
    """Return cents as plain dollars with two decimals.

    Examples
    --------
    >>> dollars(125000005)
    '1250000.05'
    """
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def posts(fte: Hundredths) -> str:
    """Return hundredths as FTE with two decimals."""
    return dollars(fte)


def codes(listed: Sequence[str]) -> str:
    """Return a list of codes as one cell."""
    if tuple(listed) == ALL:
        return EVERYTHING
    return "; ".join(listed) or NOTHING


def yes_no(claim: bool | None) -> str:
    """Return a claim as one cell, blank where unknown."""
    return "" if claim is None else "yes" if claim else "no"


def sharing(district: District, shared_by: str) -> str:
    """Return how a fund is shared out, as one cell."""
    if shared_by in ("", slug(LAST_YEAR)):
        return LAST_YEAR if shared_by else ""
    if shared_by == "title-1":
        return TITLE_ONE
    return group_name(district.groups, shared_by)
