"""A decision with all that it rests on: options, reasons, dissent, and when it is looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from equity_alloc.commitment import NO_DISSENT
from equity_alloc.decisions.parts import Carried, Changed, Judged, Option, Promise, Reply
from equity_alloc.domain.blanks import is_no_sentence, refuse_blanks, refuse_named, unsaid_of
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.money import Cents

#: A decision between fewer is none.
FEWEST_OPTIONS = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision with what it rests on.

    Parameters
    ----------
    title, question : str
    district, year : str
    inputs, scenario, plan : str
        SHA-256 of the district as read, of the choices, and of the plan.
    plan_name : str
    options : tuple of Option
        Three at least, last year among them, one of them chosen.
    lenses : tuple of Judged
    behaves_like : str
        The lens whose own plan is nearest to the chosen one in core dollars.
    schools : tuple of Changed
    carried : tuple of Carried
    promises : tuple of Promise
    drivers : tuple of str
        What drove the plan, one sentence each.
    replies : tuple of Reply
    certificate : str
    mitigation : str
    mitigation_cents : Cents
    decided_by, body, vote, decided_on : str
    reasons, dissent, changed : str
        The dissent verbatim, or "none stated".
    review_on, measures : str
    reflection : str
        What a person of good character would do here, in the words of those who decide; may be blank.
    assessment : str
        Fingerprint of the assessment's record; "" where there is none.
    assessed_at : str
    supersedes : str
        Fingerprint of the decision that this one takes the place of; "" for none.
    versions : tuple of (str, str)

    Raises
    ------
    InvalidValue
        If there are fewer than three options, or something that a decision must say is blank.
    """

    title: str
    question: str
    district: str
    year: str
    inputs: str
    scenario: str
    plan: str
    plan_name: str
    options: tuple[Option, ...]
    lenses: tuple[Judged, ...]
    behaves_like: str
    schools: tuple[Changed, ...]
    carried: tuple[Carried, ...]
    promises: tuple[Promise, ...]
    drivers: tuple[str, ...]
    replies: tuple[Reply, ...]
    certificate: str
    mitigation: str
    mitigation_cents: Cents
    decided_by: str
    body: str
    vote: str
    decided_on: str
    reasons: str
    dissent: str
    changed: str
    review_on: str
    measures: str
    reflection: str
    assessment: str
    assessed_at: str
    supersedes: str
    versions: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        if len(self.options) < FEWEST_OPTIONS:
            raise InvalidValue(
                f"A decision needs {FEWEST_OPTIONS} options with their figures, last year among them; here {_are(len(self.options))}. Add the plan "
                "of a lens, or save another scenario on Compare."
            )
        if sum(option.is_last_year for option in self.options) != 1:
            raise InvalidValue("Last year is one of the options, once: without it nobody sees what staying costs.")
        if sum(option.is_chosen for option in self.options) != 1:
            raise InvalidValue("One of the options is the chosen one.")
        refuse_blanks(self, DECISION_LABELS, _why(self.dissent))
        decided, again = day_of(self.decided_on, "Decided on"), day_of(self.review_on, "Looked at again on")
        if again <= decided:
            raise InvalidValue("The day on which it is looked at again comes after the decision.")

    @property
    def unsaid(self) -> tuple[str, ...]:
        """What it does not say in a sentence, as it is called on screen: in records of a time when a word was enough."""
        return _unsaid(_said(self))

    def refuse_unsaid(self) -> None:
        """Raise where something is not said.

        Raises
        ------
        InvalidValue
        """
        refuse_undecided(_said(self))

    @property
    def was_assessed_before(self) -> bool | None:
        """Whether the assessment was complete when it was decided; None where there was none.

        The day of the decision is typed, that of the assessment is the clock's; on the same day the assessment came first, because a
        decision is recorded with the assessment that was there.
        """
        return None if not self.assessed_at else self.assessed_at[:10] <= self.decided_on


#: What must be said, in the order in which it is filled in.
DECISION_LABELS = {
    "title": "Title",
    "question": "The question",
    "decided_by": "Decided by",
    "body": "Body or role",
    "vote": "Vote, or how it was agreed",
    "decided_on": "Decided on",
    "reasons": "Reasons",
    "dissent": "Dissent",
    "changed": "What changed because of the assessment",
    "mitigation": "What is done for those who carry the loss",
    "review_on": "Looked at again on",
    "measures": "What will tell whether it worked",
}


#: Fields that hold a name, a day or a vote; the others are answers, of three words at least.
DECISION_NAMES = ("title", "decided_by", "body", "vote", "decided_on", "review_on")


def refuse_undecided(said: Mapping[str, str]) -> None:
    """Raise where a decision that is being written leaves something unsaid; everything that is missing is named at once.

    Parameters
    ----------
    said : mapping of str to str
        What stands in each field of `DECISION_LABELS`.

    Raises
    ------
    InvalidValue
    """
    refuse_named(_unsaid(said), _why(said["dissent"]))


def _said(decision: Decision) -> dict[str, str]:
    return {name: str(getattr(decision, name)) for name in DECISION_LABELS}


def _unsaid(said: Mapping[str, str]) -> tuple[str, ...]:
    return unsaid_of(said, DECISION_LABELS, brief=DECISION_NAMES, whole={"dissent": NO_DISSENT})


def _why(dissent: str) -> str:
    if is_no_sentence(dissent, (NO_DISSENT,)):
        return f"Under Dissent write '{NO_DISSENT}' if there was none."
    return "A decision says all of it, and what is no name or day in a sentence."


def day_of(text: str, label: str) -> dt.date:
    """Return a day that is written year first.

    Raises
    ------
    InvalidValue
    """
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidValue(f"{label} is '{text}'. Write the day year first, like 2026-11-27.") from None


def _are(count: int) -> str:
    return "is 1" if count == 1 else f"are {count}"
