"""What became of a decision: what was found, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.blanks import refuse_blanks, refuse_named, unsaid_of


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
        refuse_blanks(self, {"decision": "The decision", **REVIEW_LABELS}, _WHY)

    @property
    def unsaid(self) -> tuple[str, ...]:
        """What it does not say in a sentence, as it is called on screen: in records of a time when a word was enough."""
        said = {name: str(getattr(self, name)) for name in REVIEW_LABELS}
        return unsaid_of(said, REVIEW_LABELS, brief=("by", "role"))

    def refuse_unsaid(self) -> None:
        """Raise where something is not said.

        Raises
        ------
        InvalidValue
        """
        refuse_named(self.unsaid, _WHY)


_WHY = "A review says in sentences what was found and what follows from it."
#: What each field asks for, in the order in which it is filled in.
REVIEW_LABELS = {
    "found": "What was found",
    "next_step": "What follows from it",
    "by": "Reviewed by",
    "role": "Role of who reviewed",
}
