"""One row of the policy register: a policy, a practice or a rule of the district, who owns it, and what is to become of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.domain.errors import InvalidValue


class PolicyKind(StrEnum):
    """What a row is."""

    POLICY = "policy"
    PRACTICE = "practice"
    RULE = "rule"


class ChangedBy(StrEnum):
    """Who could change it."""

    STAFF = "staff"
    BOARD = "board"
    CONTRACT = "contract"
    STATE = "state"
    FEDERAL = "federal"
    UNKNOWN = "unknown"


class PolicyStatus(StrEnum):
    """What is to become of it."""

    UNDECIDED = "undecided"
    KEEP = "keep"
    REPAIR = "repair"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy, a practice, or a rule.

    Parameters
    ----------
    name : str
        Its identity.
    kind : PolicyKind
    owner, source, adopted, purpose, decides, touches, evidence : str
        Who answers for it; where its text stands; the day, year first, blank where unknown; what it is said to be for; who
        decides; whom it touches; what shows that it works. All but the name may be blank: blank is unknown.
    changed_by : ChangedBy
    status : PolicyStatus
    reason : str
        Why that status; needed for all but undecided.
    rule : str
        `rule_mark` of the scenario's rule that it is; blank where no rule is. Only of a rule can an effect be computed.

    Raises
    ------
    InvalidValue
        If the name is blank, the day cannot be read, or a status has no reason.
    """

    name: str
    kind: PolicyKind = PolicyKind.PRACTICE
    owner: str = ""
    source: str = ""
    adopted: str = ""
    purpose: str = ""
    decides: str = ""
    touches: str = ""
    changed_by: ChangedBy = ChangedBy.UNKNOWN
    evidence: str = ""
    status: PolicyStatus = PolicyStatus.UNDECIDED
    reason: str = ""
    rule: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValue("A policy, practice or rule has no name.")
        if self.adopted.strip():
            try:
                dt.date.fromisoformat(self.adopted.strip())
            except ValueError:
                raise InvalidValue(
                    f"{self.name}: the day of adoption is '{self.adopted}'. Write it year first, like 2019-06-11, or leave "
                    "it blank if unknown."
                ) from None
        if self.status is not PolicyStatus.UNDECIDED and not self.reason.strip():
            raise InvalidValue(f"{self.name} is to be {_ENDS[self.status]} and nobody says why. Write a reason.")

    @property
    def unanswered(self) -> tuple[str, ...]:
        """What nobody has answered about it yet, as questions."""
        return tuple(question for field, question in QUESTIONS if not getattr(self, field).strip())


_ENDS = {PolicyStatus.KEEP: "kept", PolicyStatus.REPAIR: "repaired", PolicyStatus.RETIRE: "retired"}

#: What the register asks of every row, in words of ours.
QUESTIONS: tuple[tuple[str, str], ...] = (
    ("owner", "Who answers for it?"),
    ("source", "Where can its text be read?"),
    ("adopted", "When was it adopted?"),
    ("purpose", "What is it said to be for?"),
    ("decides", "Who decides in the single case?"),
    ("touches", "Whom does it touch?"),
    ("evidence", "What shows that it does what it is for?"),
)
