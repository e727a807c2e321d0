"""What a compliance test is: a verdict, by how much in its user's unit, the worksheet behind it, and the source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, Fund
from equity_alloc.domain.finding import Gap, Unit
from equity_alloc.domain.source import Source
from equity_alloc.rules.title1_shares import TITLE_ONE
from equity_alloc.scenario import Scenario

#: Text, or a number in the unit of its column: cents, hundredths of an FTE, pupils, or a share.
Cell: TypeAlias = str | int | Fraction | None


class Outcome(StrEnum):
    """What a test says; what cannot be tested is never a pass."""

    PASSED = "pass"
    LOOK = "look closer"
    FAILED = "fail"
    NOT_TESTABLE = "not testable"


@dataclass(frozen=True)
class Case:
    """What is tested.

    Parameters
    ----------
    district : District
        With the scenario's funds.
    scenario : Scenario
    allocation : Allocation
    """

    district: District
    scenario: Scenario
    allocation: Allocation


@dataclass(frozen=True)
class Worksheet:
    """The table behind a test, as a state asks for it.

    Parameters
    ----------
    headings : tuple of str
    units : tuple of Unit or None
        One for each heading; None for text.
    rows : tuple of tuple of Cell
    """

    headings: tuple[str, ...]
    units: tuple[Unit | None, ...]
    rows: tuple[tuple[Cell, ...], ...]


NO_WORKSHEET = Worksheet((), (), ())


@dataclass(frozen=True)
class Verdict:
    """What a test found.

    Parameters
    ----------
    outcome : Outcome
    words : str
        One or two sentences that a finance officer reads.
    by : str
        By how much, in the unit that its user thinks in; blank where that makes no sense.
    worksheet : Worksheet
    gaps : tuple of Gap
        What lacks; only where it is not testable.
    """

    outcome: Outcome
    words: str
    by: str = ""
    worksheet: Worksheet = NO_WORKSHEET
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class ComplianceTest:
    """One test.

    Parameters
    ----------
    place : int
        Where it stands among the others.
    code, title, says : str
        Kebab-case name; a claim without a period; the sentence of the law.
    source : Source
    judge : function of a Case to a Verdict
    """

    place: int
    code: str
    title: str
    says: str
    source: Source
    judge: Callable[[Case], Verdict]


def not_testable(gaps: tuple[Gap, ...], words: str = "") -> Verdict:
    """Return the verdict of a test whose data lack."""
    counted = f"{len(gaps)} entries are missing." if len(gaps) > 1 else "One entry is missing."
    return Verdict(Outcome.NOT_TESTABLE, words or counted, gaps=gaps)


def federal_gap(title: str) -> Gap:
    """Return the gap of a setting on the sheet Federal."""
    return Gap("Federal", title, "the district")


def title_one_fund(district: District) -> Fund | None:
    """Return the fund that holds Title I-A: the one that is shared out by its law, or the one that the district names."""
    ranked = next((fund for fund in district.funds if fund.shared_by == TITLE_ONE), None)
    return ranked or district.fund_of.get(district.federal.title_one_fund or "")
