"""A commitment: adopted words with an owner and a test, and who dropped it, why and with what dissent, if anyone did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from equity_alloc.catalogue import rule_class
from equity_alloc.domain.ahead import is_year_like
from equity_alloc.domain.blanks import is_no_sentence
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.gap_goal import GapGoal
from equity_alloc.domain.record import canonical, digest, from_plain, to_plain
from equity_alloc.rules.base import Rule
from equity_alloc.rules.setting import typed_settings_of

#: A clause of more words is two commitments.
MOST_WORDS = 60
#: What stands in the place of dissent where there was none; blank is never taken for it.
NO_DISSENT = "none stated"
#: What stands in the place of a cheaper way where none was looked for, or none exists.
NO_WAY = "none found"


_NONE = {"dissent": NO_DISSENT, "considered": NO_WAY}
#: What must be said of a decision to drop a commitment.
_DROP_LABELS = {
    "who": "Decided by",
    "role": "Role",
    "reason": "Reason",
    "dissent": "Dissent",
    "considered": "Cheapest way to keep it",
}


class Kind(StrEnum):
    """How far a commitment may give way."""

    LAW = "law"
    PROMISE = "promise"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class StepDone:
    """Something that is done before a day, such as hearing families before the board votes.

    Parameters
    ----------
    what : str
    before : str
        The day before which it is done, year first.
    done : str
        The day on which it was done; blank as long as it is not.
    where : str
        Where that is recorded; needed once it is done.

    Raises
    ------
    InvalidValue
        If what or before is blank, a day cannot be read, or nobody says where it is recorded.
    """

    what: str
    before: str
    done: str = ""
    where: str = ""

    def __post_init__(self) -> None:
        if not self.what.strip():
            raise InvalidValue("What must be done is blank.")
        _day(self.before, "Before")
        if self.done.strip():
            _day(self.done, "Done on")
            if not self.where.strip():
                raise InvalidValue("Recorded in is blank. Say where others can read that it was done.")

    @property
    def is_late(self) -> bool:
        """Whether it was done, and not before the day; days are compared, however they are written."""
        return bool(self.done.strip()) and _day(self.done, "Done on") >= _day(self.before, "Before")


@dataclass(frozen=True, slots=True)
class Drop:
    """Who decided that a plan need not keep a commitment. Nothing may stay blank.

    Parameters
    ----------
    who, role : str
        The person or body that decided, and in what role.
    day : str
        Day of the decision, year first.
    reason : str
    dissent : str
        Verbatim, or "none stated".
    review : str
        Day on which it is looked at again, year first.
    considered : str
        The cheapest way to keep it that was looked at, or "none found".
    of : str
        `identity` of the commitment that was decided about; blank where nobody noted it.

    Raises
    ------
    InvalidValue
        If something is blank, or a day cannot be read.
    """

    who: str
    role: str
    day: str
    reason: str
    dissent: str
    review: str
    considered: str
    of: str = ""

    def __post_init__(self) -> None:
        for name, label in _DROP_LABELS.items():
            if not getattr(self, name).strip():
                raise InvalidValue(f"{label} is blank. {_why_dropped(name)}")
        decided, again = _day(self.day, "Decided on"), _day(self.review, "Looked at again on")
        if again <= decided:
            raise InvalidValue("The day on which it is looked at again comes after the decision.")

    def refuse_unsaid(self) -> None:
        """Raise where an answer is too short to be one: where decisions come from a file, or were kept before, a word may stand.

        Raises
        ------
        InvalidValue
        """
        for name, label in _DROP_LABELS.items():
            if name not in ("who", "role") and is_no_sentence(
                getattr(self, name), [_NONE[name]] if name in _NONE else ()
            ):
                raise InvalidValue(
                    f"{label} is '{getattr(self, name).strip()}', which is too short to be an answer. {_why_dropped(name)}"
                )


@dataclass(frozen=True)
class Commitment:
    """One clause of an adopted text.

    Parameters
    ----------
    code : str
        The district's own: "C1".
    clause : str
        As adopted, at most 60 words.
    body, adopted, resolution : str
        Who adopted it, on what day (year first), and under which number; the number may be blank.
    owner : str
        Who answers for it; may be blank.
    test : Rule or None
        What a plan must do to keep it. Without a test of any kind it counts as not testable.
    drop : Drop or None
    kind : Kind
        A law is never dropped; a target is asked for from a school year on.
    priority : int
        From 1, which is kept first.
    due : str
        First school year in which a target must be met, "2028-29"; blank for others.
    adds : bool
        Whether binding the plan added the test to its rules; otherwise an equal rule there is the district's own and
        stays, whatever becomes of the commitment.
    step : StepDone or None
    gap : GapGoal or None
        What else tells whether it is kept; there is one test at most.

    Raises
    ------
    InvalidValue
        If code, clause, body or day is missing or cannot be read, a target has no school year, a law is dropped, or there are
        two tests.
    """

    code: str
    clause: str
    body: str
    adopted: str
    resolution: str = ""
    owner: str = ""
    test: Rule | None = None
    drop: Drop | None = None
    kind: Kind = Kind.PROMISE
    priority: int = 1
    due: str = ""
    adds: bool = False
    step: StepDone | None = None
    gap: GapGoal | None = None

    def __post_init__(self) -> None:
        for name, label in (("code", "Code"), ("clause", "Clause"), ("body", "Adopted by")):
            if not getattr(self, name).strip():
                raise InvalidValue(f"{label} is blank. A commitment has a code, its words, and a body that adopted it.")
        if len(self.clause.split()) > MOST_WORDS:
            raise InvalidValue(
                f"Commitment {self.code} has {len(self.clause.split())} words. Take one clause of at most {MOST_WORDS}, "
                "and make another commitment of the rest."
            )
        _day(self.adopted, "Adopted on")
        if self.priority < 1:
            raise InvalidValue(f"Priority of {self.code} is {self.priority}. The first one is 1.")
        if sum(each is not None for each in (self.test, self.step, self.gap)) > 1:
            raise InvalidValue(f"Commitment {self.code} has two tests. Keep one, or make two commitments of it.")
        if (self.kind is Kind.TARGET) != bool(self.due.strip()):
            raise InvalidValue(
                f"Commitment {self.code} is a {self.kind.value} and its school year is '{self.due}'. A target has a first "
                "school year in which it must be met, like 2028-29; nothing else has one."
            )
        if self.due.strip() and not is_year_like(self.due.strip(), self.due):
            raise InvalidValue(f"Due of {self.code} is '{self.due}'. Write a school year, like 2028-29.")
        if self.kind is Kind.LAW and self.drop is not None:
            raise InvalidValue(f"Commitment {self.code} is law. A board cannot drop it.")

    @property
    def has_test(self) -> bool:
        """Whether anything tells if it is kept."""
        return self.test is not None or self.step is not None or self.gap is not None

    @property
    def identity(self) -> str:
        """What was promised, in twelve digits: they change with the clause, its test or its year, and with nothing else."""
        step = None if self.step is None else (self.step.what, self.step.before)
        test = None if self.test is None else (self.test.code, canonical(to_plain(self.test)))
        return digest((self.clause, test, step, self.gap, self.kind, self.due))[:12]

    @property
    def changed_since_drop(self) -> bool:
        """Whether it was changed after it was decided to drop it."""
        return self.drop is not None and self.drop.of not in ("", self.identity)


#: Texts of a commitment, which are stored as they are; the rest has a form of its own.
_TEXTS = ("code", "clause", "body", "adopted", "resolution", "owner")
_RECORDS: dict[str, type] = {"drop": Drop, "step": StepDone, "gap": GapGoal}


def commitment_plain(commitment: Commitment) -> dict[str, Any]:
    """Return a commitment as plain data, fit for JSON; what is as usual is left out."""
    words: dict[str, Any] = {name: getattr(commitment, name) for name in _TEXTS}
    test = commitment.test
    if test is not None:
        plain: dict[str, Any] = to_plain(test)
        words["test"] = {"code": test.code, "settings": {name: plain[name] for name in typed_settings_of(test)}}
    for item in fields(commitment):
        value = getattr(commitment, item.name)
        if item.name not in (*_TEXTS, "test") and value != item.default:
            words[item.name] = to_plain(value)
    return words


def commitment_from_plain(data: Mapping[str, Any]) -> Commitment:
    """Return the commitment that plain data stand for.

    Raises
    ------
    KeyError, TypeError, ValueError, InvalidValue, StoredFormat, UnknownCode
        If something is missing or cannot be read.
    """
    unknown = set(data) - {item.name for item in fields(Commitment)}
    if unknown:
        raise TypeError(f"{', '.join(sorted(unknown))}, which a commitment does not have,")
    test, priority, adds = data.get("test"), data.get("priority", 1), data.get("adds", False)
    if type(priority) is not int or type(adds) is not bool:
        raise TypeError("a priority in whole numbers, or whether a rule was added,")
    texts: dict[str, Any] = {name: str(data[name]) for name in _TEXTS if name in data}
    records: dict[str, Any] = {
        name: from_plain(kind, data[name]) for name, kind in _RECORDS.items() if data.get(name) is not None
    }
    return Commitment(
        **texts,
        test=None if test is None else from_plain(rule_class(test["code"]), test["settings"]),
        kind=Kind(data.get("kind", Kind.PROMISE)),
        priority=priority,
        due=str(data.get("due", "")),
        adds=adds,
        **records,
    )


def _why_dropped(name: str) -> str:
    hint = f" Write '{_NONE[name]}' if there was none." if name in _NONE else ""
    return f"A commitment is dropped by somebody, for a reason that is told in a sentence.{hint}"


def _day(text: str, label: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidValue(f"{label} is '{text}'. Write the day year first, like 2026-11-27.") from None
