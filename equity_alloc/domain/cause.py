"""A cause of a gap: who says so, how sure it is, and what would show that acting on it did not help."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.fund import ALL
from equity_alloc.domain.terms import read_day


class CauseStatus(StrEnum):
    """How far a cause has been looked into, the least first."""

    SUSPECTED = "suspected"
    FITS = "fits the data"
    COMPUTED = "computed"
    TESTED = "tested"


class Bone(StrEnum):
    """Where in the work of a district a cause lies."""

    MONEY = "money rules"
    PEOPLE = "people placement"
    TIME = "time and schedule"
    ACCESS = "access rules"
    PLACE = "building and transport"
    VOICE = "information and voice"


#: The kind of a cause that is a rule of the district: what mends it is the rule, not an intervention.
A_RULE = "a rule"
#: Only what follows from rules on money and staff can be computed by leaving a rule out.
COMPUTABLE = (Bone.MONEY, Bone.PEOPLE)


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause of one gap.

    Parameters
    ----------
    code : str
        The district's own: "K1".
    indicator, group : str
        Titles of what the audit compares, and of the student group.
    schools : tuple of str
        Codes of the schools where it works; ("*",) for all.
    words : str
        The cause as people say it.
    kind : str
        Kind of cause, as interventions name what they act on.
    bone : Bone
    status : CauseStatus
    evidence, owner : str
        Neither may be blank once it is more than suspected.
    is_ours : bool
        Whether the district can act on it at all.
    measure, stop : str
        What is counted to see whether acting on it helps, and when to stop; blank for the usual.
    decide_on : str
        Day on which to decide, year first; may be blank.

    Raises
    ------
    InvalidValue
        If something is blank, or the status claims more than there is.
    """

    code: str
    indicator: str
    group: str
    words: str
    kind: str
    bone: Bone
    schools: tuple[str, ...] = ALL
    status: CauseStatus = CauseStatus.SUSPECTED
    evidence: str = ""
    owner: str = ""
    is_ours: bool = True
    measure: str = ""
    stop: str = ""
    decide_on: str = ""

    def __post_init__(self) -> None:
        for name, label in (
            ("code", "Code"), ("indicator", "Gap"), ("group", "Student group"), ("words", "Cause"), ("kind", "Kind of cause"),
        ):  # fmt: skip
            if not getattr(self, name).strip():
                raise InvalidValue(
                    f"{label} is blank. A cause has a code, the gap it stands behind, its words and a kind."
                )
        if not self.schools:
            raise InvalidValue(f"Cause {self.code} names no school. Name the schools, or write all.")
        if self.status is not CauseStatus.SUSPECTED:
            for name, label in (("evidence", "Evidence"), ("owner", "Owner")):
                if not getattr(self, name).strip():
                    raise InvalidValue(
                        f"{label} is blank for cause {self.code}, which is marked '{self.status.value}'. A cause is no more "
                        "than suspected until somebody answers for it and says what shows it."
                    )
        if self.status is CauseStatus.COMPUTED and self.bone not in COMPUTABLE:
            raise InvalidValue(
                f"Cause {self.code} lies in {self.bone.value} and is marked 'computed'. Only causes in money rules and people "
                "placement can be computed, by leaving a rule out; mark it 'fits the data'."
            )
        if self.decide_on:
            read_day(self.decide_on)

    def holds_at(self, school: str) -> bool:
        """Whether the cause works at a school."""
        return self.schools == ALL or school in self.schools
