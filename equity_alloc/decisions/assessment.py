"""What is looked at before a decision: whom the choice touches, what they say, and what changed because of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from equity_alloc.decisions.blanks import is_no_sentence, refuse_blanks
from equity_alloc.domain.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody whom the choice touches.

    Parameters
    ----------
    who : str
    change : str
        What it does to them, as computed.
    influence, claim : int or None
        From 0 to 3: how much they can decide, and how strong their claim is, as the team judges; None where nobody entered it.
    asked : str
        When they were asked, or that they were not; blank where nobody entered it.
    needs : str
        What they would need to live with it.
    """

    who: str
    change: str = ""
    influence: int | None = None
    claim: int | None = None
    asked: str = ""
    needs: str = ""

    def __post_init__(self) -> None:
        if not self.who.strip():
            raise InvalidValue("A voice without a name: say who it is, or leave the line out.")
        if not all(0 <= each <= 3 for each in (self.influence, self.claim) if each is not None):
            raise InvalidValue(f"{self.who}: influence and claim are from 0 to 3.")


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was looked at before a decision. No field may stay blank but the voices.

    Parameters
    ----------
    plan : str
        Identity of the plan that was assessed.
    scenario : str
    result, data, asked, burden, carrying_out, report, changed : str
        What is wanted; what it rests on; who was asked; who carries the cost and how it is eased; how it is carried out; how and when it is
        reported; and what changed because of this assessment.
    by, role : str
    voices : tuple of Voice

    Raises
    ------
    InvalidValue
        If a field is blank.
    """

    plan: str
    scenario: str
    result: str
    data: str
    asked: str
    burden: str
    carrying_out: str
    report: str
    changed: str
    by: str
    role: str
    voices: tuple[Voice, ...] = ()

    def __post_init__(self) -> None:
        refuse_blanks(self, ASSESSMENT_LABELS, "An assessment is complete when every field says something.")

    @property
    def is_answered(self) -> bool:
        """Whether every answer is one: records that were made before short ones counted as blank can hold others."""
        return not blanks_of({name: str(getattr(self, name)) for name in ASSESSMENT_LABELS})


def blanks_of(said: Mapping[str, str]) -> tuple[str, ...]:
    """Return what is still blank of an assessment that is being written, as it is called on screen.

    Parameters
    ----------
    said : mapping of str to str
        What stands in each field of `ASSESSMENT_LABELS`.
    """
    return tuple(
        label
        for name, label in ASSESSMENT_LABELS.items()
        if (not said[name].strip() if name in NAMES else is_no_sentence(said[name]))
    )


#: What the table of those who are touched is called.
VOICES_LABEL = "Who is touched, and what they would need"
#: Fields that hold a name and no sentence.
NAMES = ("by", "role")
#: What each field asks for, in the order in which it is filled in.
ASSESSMENT_LABELS = {
    "result": "What is proposed, and what it is to bring about",
    "data": "What it rests on",
    "asked": "Who was asked, and what they said",
    "burden": "Who gains, who carries the cost, and how it is eased",
    "carrying_out": "How it is carried out",
    "report": "How and when it is reported",
    "changed": "What changed because of this assessment",
    "by": "Assessed by",
    "role": "Role of who assessed",
}
