"""A commitment: adopted words with an owner and a test, and who dropped it, why and with what dissent, if anyone did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from equity_alloc.catalogue import rule_class
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.record import from_plain, to_plain
from equity_alloc.rules.base import Rule
from equity_alloc.rules.setting import typed_settings_of

#: A clause of more words is two commitments.
MOST_WORDS = 60
#: What stands in the place of dissent where there was none; blank is never taken for it.
NO_DISSENT = "none stated"


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

    def __post_init__(self) -> None:
        names = {"who": "Decided by", "role": "Role", "reason": "Reason", "dissent": "Dissent"}
        for name, label in names.items():
            if not getattr(self, name).strip():
                hint = f" Write '{NO_DISSENT}' if there was none." if name == "dissent" else ""
                raise InvalidValue(f"{label} is blank. A commitment is dropped by somebody, for a reason.{hint}")
        decided, again = _day(self.day, "Decided on"), _day(self.review, "Looked at again on")
        if again <= decided:
            raise InvalidValue("The day on which it is looked at again comes after the decision.")


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
        What a plan must do to keep it; None where no rule can tell, and then it counts as not testable.
    drop : Drop or None

    Raises
    ------
    InvalidValue
        If code, clause, body or day is missing or cannot be read.
    """

    code: str
    clause: str
    body: str
    adopted: str
    resolution: str = ""
    owner: str = ""
    test: Rule | None = None
    drop: Drop | None = None

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


def commitment_plain(commitment: Commitment) -> dict[str, Any]:
    """Return a commitment as plain data, fit for JSON."""
    words = {
        item.name: getattr(commitment, item.name) for item in fields(commitment) if item.name not in ("test", "drop")
    }
    test = commitment.test
    if test is not None:
        plain: dict[str, Any] = to_plain(test)
        words["test"] = {"code": test.code, "settings": {name: plain[name] for name in typed_settings_of(test)}}
    if commitment.drop is not None:
        words["drop"] = to_plain(commitment.drop)
    return words


def commitment_from_plain(data: Mapping[str, Any]) -> Commitment:
    """Return the commitment that plain data stand for.

    Raises
    ------
    KeyError, TypeError, InvalidValue, StoredFormat, UnknownCode
        If something is missing or cannot be read.
    """
    test, drop = data.get("test"), data.get("drop")
    words = {item.name for item in fields(Commitment)} - {"test", "drop"}
    unknown = set(data) - words - {"test", "drop"}
    if unknown:
        raise TypeError(f"{', '.join(sorted(unknown))}, which a commitment does not have,")
    return Commitment(
        **{name: str(data[name]) for name in words if name in data},
        test=None if test is None else from_plain(rule_class(test["code"]), test["settings"]),
        drop=None if drop is None else from_plain(Drop, drop),
    )


def _day(text: str, label: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidValue(f"{label} is '{text}'. Write the day year first, like 2026-11-27.") from None
