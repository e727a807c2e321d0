"""What is looked at before a decision: whom the choice touches, what they say, and what changed because of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from equity_alloc.domain.blanks import blank_words, refuse_blanks, unsaid_of
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.number import count_words


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
    """What was looked at before a decision. No field may stay blank.

    Records of a time when a short answer, or a table that nobody had filled in, was let pass can still be read; `unsaid` names what
    they lack, and `refuse_unsaid` lets nothing of it into a new record.

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
    def unsaid(self) -> tuple[str, ...]:
        """What it does not say, as it is called on screen: records of a time when less was asked for can lack something."""
        blank = unsaid_of({name: getattr(self, name) for name in ASSESSMENT_LABELS}, ASSESSMENT_LABELS, brief=NAMES)
        return (*blank, *((ASKED_LABEL,) if voices_words(self.voices) else ()))

    def refuse_unsaid(self) -> None:
        """Raise where something is not said.

        Raises
        ------
        InvalidValue
        """
        refuse_incomplete({name: getattr(self, name) for name in ASSESSMENT_LABELS}, self.voices)


def refuse_incomplete(said: Mapping[str, str], voices: Sequence[Voice]) -> None:
    """Raise where an assessment that is being written is not complete; everything that is missing is named at once.

    Parameters
    ----------
    said : mapping of str to str
        What stands in each field of `ASSESSMENT_LABELS`.
    voices : sequence of Voice

    Raises
    ------
    InvalidValue
    """
    blank = unsaid_of(said, ASSESSMENT_LABELS, brief=NAMES)
    missing = [f"{blank_words(blank)} {_WHOLE}"] if blank else []
    missing += [words] if (words := voices_words(voices)) else []
    if missing:
        raise InvalidValue(" ".join(missing))


def voices_words(voices: Sequence[Voice]) -> str:
    """Return which lines of the table do not say whether that group was asked, and what to do; "" where each does.

    Examples
    --------
    >>> voices_words([Voice("Staff", asked="not asked")])
    ''
    >>> voices_words([])
    "The table 'Who is touched, and what they would need' is empty. Write a line for each group that the plan touches."
    """
    if not voices:
        return f"The table '{VOICES_LABEL}' is empty. Write a line for each group that the plan touches."
    silent = [voice.who for voice in voices if not any(letter.isalnum() for letter in voice.asked)]
    if not silent:
        return ""
    few, more = silent[:_NAMED], len(silent) - _NAMED
    named = "; ".join(few) + (f"; and {more} more" if more > 0 else "")
    of = f"{len(silent)} of {count_words(len(voices), 'line')} {'does' if len(silent) == 1 else 'do'} not say"
    return (
        f"In the table '{VOICES_LABEL}', {of} whether that group was asked: {named}. Write the day, or 'not asked', "
        f"in the column '{ASKED_COLUMN}'."
    )


_WHOLE = "An assessment is complete when every field says something, in a sentence."
#: So many lines that say nothing are named.
_NAMED = 3
#: What its column is called in which stands whether somebody was asked.
ASKED_COLUMN = "Asked on"
#: What is missing of an assessment in which the table does not say it of everybody.
ASKED_LABEL = "Whether each group that is touched was asked"
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
