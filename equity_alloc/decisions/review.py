"""What became of a decision: what was found, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, fields

from equity_alloc.decisions.blanks import refuse_blanks


@dataclass(frozen=True, slots=True)
class Review:
    """What became of a decision.

    Parameters
    ----------
    decision : str
        Fingerprint of its record.
    found, next_step, by, role : str

    Raises
    ------
    InvalidValue
        If a field is blank.
    """

    decision: str
    found: str
    next_step: str
    by: str
    role: str

    def __post_init__(self) -> None:
        labels = ("The decision", "What was found", "The next step", "Reviewed by", "Role")
        names = (item.name for item in fields(self))
        refuse_blanks(
            self, dict(zip(names, labels, strict=True)), "A review says what was found and what follows from it."
        )
