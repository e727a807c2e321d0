"""Whether a text can be the formula of a district: read, held against the district's counts, and against the plan."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.formulas.entitlement import entitlements
from equity_alloc.formulas.facts_of import facts_of
from equity_alloc.formulas.fit import misfits
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.read import read_formula
from equity_alloc.formulas.use import Salary


@dataclass(frozen=True)
class Judged:
    """What is to be said about a text.

    Parameters
    ----------
    formula : Formula or None
        As it was read, also where it does not fit the district; None where it cannot be read.
    findings : tuple of Finding
        Each with its line and what to do.
    sentence : str
        Why a plan cannot use it although it can be worked out; blank otherwise.
    """

    formula: Formula | None
    findings: tuple[Finding, ...]
    sentence: str = ""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the road."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def is_usable(self) -> bool:
        """Whether nothing stands against it."""
        return self.formula is not None and not self.errors and not self.sentence


def judge(text: str, district: District, *, salary: Salary = Salary.AS_WRITTEN, for_plan: bool = False) -> Judged:
    """Return what is to be said about a text.

    Parameters
    ----------
    text : str
    district : District
    salary : Salary
    for_plan : bool
        Whether a plan is to use it: then every school's result must be known, and every position the district's.
    """
    reading = read_formula(text)
    judged = Judged(reading.formula, (*reading.findings, *misfits(reading, facts_of(district))))
    if judged.errors or not for_plan:
        return judged
    try:
        entitlements(text, salary, district)
    except EquityAllocError as error:
        return Judged(judged.formula, judged.findings, str(error))
    return judged
