"""What a table says, before it is part of a district: schools, posts and dollars, and how the rows add up."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from equity_alloc.domain.district import StudentGroup
from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.domain.fte import Hundredths
from equity_alloc.domain.money import Cents
from equity_alloc.sources.mapped.table_map import TableMap


class Measured(StrEnum):
    """What a total is counted in."""

    PUPILS = "pupils"
    CENTS = "dollars"
    FTE = "FTE"


@dataclass(frozen=True, slots=True)
class Count:
    """Pupils, exactly or within bounds; never a guess.

    Parameters
    ----------
    low : int
    high : int or None
        None where nothing is known above.
    """

    low: int
    high: int | None

    @property
    def exact(self) -> int | None:
        """The number, None where only bounds are known."""
        return self.low if self.low == self.high else None

    def __str__(self) -> str:
        if self.exact is not None:
            return f"{self.low:,}"
        return f"{self.low:,} or more" if self.high is None else f"{self.low:,} to {self.high:,}"


@dataclass(frozen=True)
class SchoolFacts:
    """What one table says of one school; everything else stays unknown.

    Parameters
    ----------
    code, name : str
    where : str
        sheet!cell of the code.
    others : tuple of str
        Other codes under which the school is known.
    texts : dict of str to str
        Kind, grades, status ... by field.
    counts : dict of str to Count
        Enrollment, groups and grades by field.
    numbers : dict of str to Decimal
        Experience, shares of degrees, dollars per pupil ... by field.
    """

    code: str
    name: str
    where: str
    others: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    counts: dict[str, Count] = field(default_factory=dict)
    numbers: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """Posts or dollars of one school.

    Parameters
    ----------
    school : str
    fund, fund_title : str
    position : str
        Title; "" where dollars are not for posts.
    line : str
        What is bought, where there is no position.
    cents : Cents
        May be below zero: corrections.
    fte : Hundredths
        Zero where there is no position.
    where : str
    counts : bool
        Whether it is state and local money.
    per_pupil : Decimal or None
        Dollars per pupil of a file without pupils; another file says by how many they are multiplied.
    """

    school: str
    fund: str
    fund_title: str
    position: str
    line: str
    cents: Cents
    fte: Hundredths
    where: str
    counts: bool = True
    per_pupil: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that were not read as data, and why.

    Parameters
    ----------
    why : str
    rows : int
    first : str
        sheet!cell of the first.
    is_guess : bool
        True where arithmetic alone speaks for it, so that a person has to agree.
    named : tuple of (str, str)
        Where a guess stands and what it is called, so that a person can say that it is data.
    """

    why: str
    rows: int
    first: str
    is_guess: bool = False
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A printed total beside the sum of the rows that were read.

    Parameters
    ----------
    subject : str
        School, fund and year, as the file names them.
    measured : Measured
    printed, found : int
        Pupils, cents or hundredths of a post.
    where : str
        sheet!cell of the print.
    """

    subject: str
    measured: Measured
    printed: int
    found: int
    where: str

    @property
    def ties(self) -> bool:
        """Whether both are equal."""
        return self.printed == self.found


@dataclass(frozen=True)
class Tally:
    """How the rows of a file add up.

    Parameters
    ----------
    file : str
    rows : int
        Filled rows below the heading.
    used : int
    left_out : tuple of LeftOut
        Their rows and the used ones make all rows.
    checks : tuple of Check
    """

    file: str
    rows: int
    used: int
    left_out: tuple[LeftOut, ...] = ()
    checks: tuple[Check, ...] = ()

    @property
    def differences(self) -> tuple[Check, ...]:
        """The checks that do not tie."""
        return tuple(check for check in self.checks if not check.ties)

    @property
    def asks(self) -> bool:
        """Whether a person has to decide before the file is used."""
        return bool(self.differences) or any(left.is_guess for left in self.left_out)


@dataclass(frozen=True)
class Extract:
    """What one table says.

    Parameters
    ----------
    map : TableMap
    tally : Tally
    schools : tuple of SchoolFacts
    money : tuple of MoneyRow
    districts : tuple of SchoolFacts
        Of a table with one row for each district.
    schedule : tuple of (str, int, Decimal)
        Degree or rank, years and salary in dollars, of a salary schedule.
    groups : tuple of StudentGroup
        That the columns count.
    choices : dict of str to tuple of str
        Districts and years that the table holds, by field.
    names : dict of str to str
        Of the districts, by code.
    chosen : dict of str to str
        Which of them was read.
    findings : tuple of Finding
    """

    map: TableMap
    tally: Tally
    schools: tuple[SchoolFacts, ...] = ()
    money: tuple[MoneyRow, ...] = ()
    districts: tuple[SchoolFacts, ...] = ()
    schedule: tuple[tuple[str, int, Decimal], ...] = ()
    groups: tuple[StudentGroup, ...] = ()
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the road."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)
