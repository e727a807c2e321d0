"""What a team says about one gap of the audit: how far it is theirs to change, and how soon it must be."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.errors import InvalidValue

#: The least and the most that can be said.
LEAST, MOST = 0, 3
#: What each number means, so that two teams mean the same by it.
CONTROL = (
    "not ours to change",
    "ours in part, with others",
    "ours, by a decision of the board",
    "ours, within this year's plan",
)
URGENCY = ("can wait for years", "within three years", "next school year", "now: pupils are harmed")


@dataclass(frozen=True, slots=True)
class GapMark:
    """Control and urgency of one gap.

    Parameters
    ----------
    compared, group : str
        Title of what is compared, and of the student group, as in the audit.
    control, urgency : int
        From 0 to 3; `CONTROL` and `URGENCY` say what each means.
    note : str
        Why, in the team's words.

    Raises
    ------
    InvalidValue
        If something is blank or out of range.
    """

    compared: str
    group: str
    control: int
    urgency: int
    note: str = ""

    def __post_init__(self) -> None:
        if not self.compared.strip() or not self.group.strip():
            raise InvalidValue("A mark is of a gap: name what is compared, and the student group.")
        for value, label in ((self.control, "Control"), (self.urgency, "Urgency")):
            if not LEAST <= value <= MOST:
                raise InvalidValue(f"{label} is {value}. Enter a number from {LEAST} to {MOST}.")
