"""Thresholds of federal law, dated and cited in data/parameters/federal.toml."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from equity_alloc.domain.number import print_share
from equity_alloc.parameters.library import parameters


def value_of(name: str) -> Decimal:
    """Return the value that holds now, as written.

    Examples
    --------
    >>> value_of("comparability-pupils-per-fte")
    Decimal('1.10')
    """
    return parameters("federal")[name][-1].value


def threshold(name: str) -> Fraction:
    """Return the value that holds now, exact.

    Examples
    --------
    >>> float(threshold("title-1-first"))
    0.75
    """
    return Fraction(value_of(name))


def percent(name: str) -> str:
    """Return the value that holds now as sentences print it.

    Examples
    --------
    >>> percent("esea-effort")
    '90 %'
    """
    return print_share(value_of(name))
