"""The list in which a reader of a TOML file collects what it finds, each with file and line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from equity_alloc.domain.finding import Finding, Severity
from equity_alloc.parameters.places import Path, Places


@dataclass(slots=True)
class PlacedFindings:
    """Collects every finding of one file, so that a person mends it once and not ten times.

    Parameters
    ----------
    places : Places
    found : list of Finding
    """

    places: Places
    found: list[Finding] = field(default_factory=list)

    def add(
        self, severity: Severity, code: str, path: Path, value: object, *, what: str, why: str, remedy: str
    ) -> None:
        """Add a finding at the line where a path stands."""
        shown = "" if value is None else str(value)
        self.found.append(Finding(code, severity, self.places.where(*path), shown, what, why, remedy))

    def refuse(self, code: str, path: Path, value: object, *, what: str, why: str, remedy: str) -> None:
        """Add a finding that stops the road."""
        self.add(Severity.ERROR, code, path, value, what=what, why=why, remedy=remedy)

    def warn(self, code: str, path: Path, value: object, *, what: str, why: str, remedy: str) -> None:
        """Add a finding that travels with the result."""
        self.add(Severity.WARNING, code, path, value, what=what, why=why, remedy=remedy)

    def note(self, code: str, path: Path, value: object, *, what: str, why: str, remedy: str) -> None:
        """Add a finding that only informs."""
        self.add(Severity.NOTE, code, path, value, what=what, why=why, remedy=remedy)

    def refuse_unknown_keys(self, table: dict[str, object], known: Iterable[str], path: Path, whose: str) -> None:
        """Refuse every key of a table that nothing reads."""
        allowed = tuple(known)
        for key in table:
            if key not in allowed:
                self.refuse(
                    "key-unknown",
                    (*path, key),
                    key,
                    what=f"'{key}' is not a field of {whose}.",
                    why="A field that nothing reads would be a rule that silently does not hold.",
                    remedy=nearest(key, allowed),
                )

    @property
    def has_errors(self) -> bool:
        """Whether the road is stopped."""
        return any(finding.severity is Severity.ERROR for finding in self.found)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the remedy for a word nobody knows: the nearest known ones, or all.

    Examples
    --------
    >>> nearest("enrolment", ["enrollment", "grade K"])
    'Did you mean enrollment?'
    """
    words = sorted(known)
    close = difflib.get_close_matches(word, words, n=2, cutoff=0.7)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    shown = ", ".join(words[:20]) + (" ..." if len(words) > 20 else "")
    return f"Use one of: {shown}." if words else "There is none here: remove it."
