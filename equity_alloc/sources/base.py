"""What a door returns, and the list in which it collects what it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.scenario import Scenario

#: Heads the pages of a district of which no file and no person has said the name.
UNNAMED = "Unnamed district"
#: Stands for the plan year where no file and no person has said it, so that no sentence ends in a gap.
UNDATED = "(no year)"


@dataclass(frozen=True)
class Reading:
    """What a file says, as far as it can be used.

    Parameters
    ----------
    district : District or None
        None as soon as one finding is an error.
    scenario : Scenario or None
        None where the file brings no choices, or none that can be used.
    findings : tuple of Finding
        Everything that was noticed, in the order of the sheets.
    """

    district: District | None
    scenario: Scenario | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the road."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that travel with the plan."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A code that one sheet names and its home does not have.

    Parameters
    ----------
    place : int
        Of its finding in the list.
    first : Finding
        As it was told at the first row.
    rows : Counter of str
        How many rows name it, by sheet.
    """

    place: int
    first: Finding
    rows: Counter[str]


@dataclass(slots=True)
class FindingList:
    """Collects all findings of a step, so that a person mends a file once and not ten times.

    Parameters
    ----------
    found : list of Finding
    homes : dict of (str, str) to str
        The cell that gives a school, position or fund its code, by kind and code.
    incomplete : dict of str to list of str
        By kind, the cells of codes for which a row was left out; an unknown code may be the one of such a row.
    hidden : dict of str to list of str
        By kind, unknown codes that may be those of the rows left out: never more than there are such rows.
    unmatched : dict of (str, str) to Unmatched
        By kind and code.
    """

    found: list[Finding] = field(default_factory=list)
    homes: dict[tuple[str, str], str] = field(default_factory=dict)
    incomplete: dict[str, list[str]] = field(default_factory=dict)
    hidden: dict[str, list[str]] = field(default_factory=dict)
    unmatched: dict[tuple[str, str], Unmatched] = field(default_factory=dict)

    def error(self, code: str, where: str, value: str, *, what: str, why: str, remedy: str) -> None:
        """Add a finding that stops the road."""
        self.found.append(Finding(code, Severity.ERROR, where, value, what, why, remedy))

    def warn(self, code: str, where: str, value: str, *, what: str, why: str, remedy: str) -> None:
        """Add a finding that travels with the plan."""
        self.found.append(Finding(code, Severity.WARNING, where, value, what, why, remedy))

    def note(self, code: str, where: str, value: str, *, what: str, why: str, remedy: str) -> None:
        """Add a finding that only informs."""
        self.found.append(Finding(code, Severity.NOTE, where, value, what, why, remedy))

    def has_told(self, value: str, codes: Collection[str]) -> bool:
        """Whether a finding of one of these codes is about this value already."""
        return any(finding.value == value and finding.code in codes for finding in self.found)

    def explains(self, code: str) -> bool:
        """Whether it was told why this code of a school, position or fund is not known."""
        return bool(self.incomplete) or any(known == code for _, known in self.unmatched)

    def leave_out(self, kind: str, where: str) -> None:
        """Remember that a row of a kind was left out because of the code in this cell."""
        self.incomplete.setdefault(kind, []).append(where)

    def may_be_left_out(self, kind: str, code: str, sheet: str) -> bool:
        """Whether an unknown code can be that of a row left out; the finding about that row then names it."""
        rows, hidden = self.incomplete.get(kind, []), self.hidden.setdefault(kind, [])
        if code in hidden:
            return True
        if len(hidden) >= len(rows):
            return False
        where = rows[len(hidden)]
        place = next((n for n, f in enumerate(self.found) if f.severity is Severity.ERROR and f.where == where), None)
        if place is None:
            return False
        hidden.append(code)
        hint = f" {sheet} names {kind} {code}, which no row here has: enter it if it is this one, or correct it there."
        self.found[place] = replace(self.found[place], remedy=self.found[place].remedy + hint)
        return True

    def has_errors_on(self, sheet: str) -> bool:
        """Whether an error stands in a cell of a sheet, by the sheet's name as it is shown."""
        return any(f.severity is Severity.ERROR and f.where.startswith(f"{sheet}!") for f in self.found)

    def has_error_at(self, where: str) -> bool:
        """Whether an error stands in this cell."""
        return any(f.severity is Severity.ERROR and f.where == where for f in self.found)

    @property
    def has_errors(self) -> bool:
        """Whether the road is stopped."""
        return any(finding.severity is Severity.ERROR for finding in self.found)


def refused(code: str, where: str, value: str, *, what: str, why: str, remedy: str) -> Reading:
    """Return the reading of a file that could not be opened."""
    return Reading(None, None, (Finding(code, Severity.ERROR, where, value, what, why, remedy),))
