"""Rows of what stands in the books: last year's posts and dollars at schools, and what is budgeted centrally."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.federal import Purpose
from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents
from equity_alloc.domain.record import later


@dataclass(frozen=True, slots=True)
class Staffing:
    """Last year's posts of one position at one school, paid by one fund.

    `actual` is what one full-time post among them costs in fact, salary and benefits in the plan year; None where unknown.
    """

    school: str
    position: str
    fund: str
    fte: Hundredths
    actual: Cents | None = later(None)


@dataclass(frozen=True, slots=True)
class Spending:
    """Last year's dollars of one non-staff line at one school, paid by one fund."""

    school: str
    line: str
    fund: str
    amount: Cents


@dataclass(frozen=True, slots=True)
class CentralSpending:
    """Dollars budgeted centrally: a place of its own, never smeared over schools.

    `purpose` says what Title I-A reserves the line for; None where that is unknown or of no concern.
    """

    line: str
    fund: str
    amount: Cents
    purpose: Purpose | None = later(None)
