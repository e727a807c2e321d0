"""What is wrong with data (a finding), and what is wrong with a plan (a breach)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars


class Severity(StrEnum):
    """How far a finding reaches: an error stops the road, a warning and a note travel with the plan."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in the data, told so that the person who typed it can mend it.

    Parameters
    ----------
    code : str
        Stable kebab-case name of the kind of problem.
    severity : Severity
    where : str
        sheet!cell, file, or the part of the district it concerns.
    value : str
        What stands there, as found; blank when nothing does.
    what : str
        One sentence that says what is so.
    why : str
        One sentence that says why it matters.
    remedy : str
        One sentence that says what to do.
    """

    code: str
    severity: Severity
    where: str
    value: str
    what: str
    why: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.code}  {self.where}  {self.what} {self.remedy}"


class Unit(StrEnum):
    """What a rule is measured in."""

    CENTS = "cents"
    FTE = "fte"
    PUPILS = "pupils"
    SHARE = "share"
    POSITIONS = "positions"


def print_amount(amount: int, unit: Unit) -> str:
    """Return an amount of a rule in its unit, as people write it.

    Examples
    --------
    >>> print_amount(150, Unit.FTE), print_amount(-1, Unit.CENTS), print_amount(1, Unit.POSITIONS)
    ('1.50 FTE', '-$0.01', '1 position')
    """
    if unit is Unit.CENTS:
        return print_dollars(amount, with_cents=True)
    if unit is Unit.FTE:
        return f"{print_fte(amount)} FTE"
    return f"{amount:,} {unit.value.removesuffix('s') if abs(amount) == 1 else unit.value}"


@dataclass(frozen=True, slots=True)
class Gap:
    """A datum that a rule needs and the district has not given: where it lacks, the rule is not testable.

    Parameters
    ----------
    sheet, column : str
        Where it belongs in the template.
    subject : str
        Whom it concerns, as name and code.

    Examples
    --------
    >>> str(Gap("Funds", "Ends", "Title III (code T3)"))
    'Enter Ends on the sheet Funds for Title III (code T3): it is blank, and blank is unknown.'
    """

    sheet: str
    column: str
    subject: str

    def __str__(self) -> str:
        return f"Enter {self.column} on the sheet {self.sheet} for {self.subject}: it is blank, and blank is unknown."


class Verdict(StrEnum):
    """What the auditor says of a rule; a rule whose data lack is never called kept."""

    KEPT = "kept"
    BROKEN = "broken"
    NOT_TESTABLE = "not testable"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a plan does not keep, with its witness.

    Parameters
    ----------
    rule : str
        The rule's code.
    subject : str
        School, fund or position concerned, as code and name.
    short_by : int
        How far the plan is from keeping the rule, above zero, in `unit`.
    unit : Unit
    words : str
        The sentence a finance officer reads.
    """

    rule: str
    subject: str
    short_by: int
    unit: Unit
    words: str
