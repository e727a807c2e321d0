"""A chain of records to which can only be added: each holds the fingerprint of the one before it.

The fingerprint is SHA-256 over the one before and the record's canonical text, so that a change to any earlier record shows in
every later one. A seal for each field names what was changed. A seal is no signature: it says that the text is as it was
written here, not who wrote it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from equity_alloc.domain.errors import InvalidValue, StoredFormat
from equity_alloc.domain.record import canonical, refuse_halves

FORMAT = 1
_SEAL = 16
SALT_BYTES = 16
_WHAT = "Decision records of a school district. Each holds the fingerprint (SHA-256) of the one before it."
_KEYS = frozenset({"number", "kind", "at", "content", "seals", "previous", "salt", "hash"})


@dataclass(frozen=True)
class Link:
    """One record of a chain.

    Parameters
    ----------
    number : int
        From 1.
    kind : str
    at : str
        When it was added, by the clock of the machine, as 2026-11-27T15:04:05+00:00.
    content : mapping
        Plain data.
    previous, hash : str
        Fingerprints, in hexadecimal.
    salt : str
        Drawn for this record, so that nobody can try out what it holds against a fingerprint that is printed.
    seals : mapping of str to str
        First digits of the fingerprint of each field of the content.
    """

    number: int
    kind: str
    at: str
    content: Mapping[str, Any]
    previous: str
    hash: str
    salt: str
    seals: Mapping[str, str] = field(default_factory=dict)


def origin(district: str) -> str:
    """Return what stands before the first record of a district: the fingerprint of its name.

    Examples
    --------
    >>> origin("Larkspur")[:16]
    'a68420153a37c8ec'
    """
    return hashlib.sha256(district.encode()).hexdigest()


def fingerprint(link: Link) -> str:
    """Return the fingerprint of a record: SHA-256 over the one before it and its own canonical text.

    Examples
    --------
    >>> link = Link(1, "decision", "2026-11-27T15:00:00+00:00", {"title": "Plan A"}, "0" * 64, "", "5a17")
    >>> fingerprint(link)[:16]
    '62f3e6761052cd1a'
    """
    parts = {"number": link.number, "kind": link.kind, "at": link.at, "content": dict(link.content), "salt": link.salt}
    return hashlib.sha256((link.previous + canonical(parts)).encode()).hexdigest()


def seals_of(content: Mapping[str, Any], salt: str) -> dict[str, str]:
    """Return a seal for each field of a content."""
    return {
        name: hashlib.sha256((salt + canonical(value)).encode()).hexdigest()[:_SEAL] for name, value in content.items()
    }


def added(
    chain: tuple[Link, ...], kind: str, content: Mapping[str, Any], at: str, *, district: str, salt: str | None = None
) -> tuple[Link, ...]:
    """Return a district's chain with one record more; nothing before it is touched. A salt is drawn unless one is given.

    Raises
    ------
    InvalidValue
        If the clock stands before the last record.
    """
    if chain and at < chain[-1].at:
        raise InvalidValue(
            f"The clock of this machine says {at}, before the last record of {chain[-1].at}. Set the clock, then record it again."
        )
    previous = chain[-1].hash if chain else origin(district)
    drawn = secrets.token_hex(SALT_BYTES) if salt is None else salt
    made = Link(len(chain) + 1, kind, at, dict(content), previous, "", drawn)
    return (*chain, replace(made, hash=fingerprint(made), seals=seals_of(content, drawn)))


def chain_bytes(chain: tuple[Link, ...], district: str) -> bytes:
    """Return a chain as a file: JSON with one field a line, so that two versions can be compared by eye."""
    records = [link_plain(each) for each in chain]
    data = {"format": FORMAT, "what": _WHAT, "district": district, "records": records}
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def read_chain(text: bytes) -> tuple[str, tuple[Link, ...]]:
    """Return the district and the records of a file, whether or not they still fit each other.

    Raises
    ------
    StoredFormat
        If it is not such a file; the sentence says where it cannot be read.
    """
    try:
        data = json.loads(text.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise StoredFormat(
            f"This is not a file of decision records: byte {error.start + 1} is no text in UTF-8."
        ) from error
    except json.JSONDecodeError as error:
        raise StoredFormat(
            f"This is not a file of decision records: line {error.lineno}, column {error.colno} cannot be read ({error.msg})."
        ) from error
    except RecursionError as error:
        raise StoredFormat("This is not a file of decision records: it is nested too deep.") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("records"), list):
        raise StoredFormat(
            f"This is not a file of decision records of format {FORMAT}. Choose the file with decision-chain in its name."
        )
    refuse_halves(data, "This file of decision records")
    return str(data.get("district", "")), tuple(_link(place, each) for place, each in enumerate(data["records"], 1))


def link_from_plain(record: Mapping[str, Any]) -> Link:
    """Return a record from its plain form.

    Raises
    ------
    StoredFormat
        If it does not have the fields of a record.
    """
    return _link(int(record.get("number", 0)), dict(record))


def link_plain(link: Link) -> dict[str, Any]:
    """Return a record as plain data."""
    return {
        "number": link.number,
        "kind": link.kind,
        "at": link.at,
        "content": dict(link.content),
        "seals": dict(link.seals),
        "previous": link.previous,
        "salt": link.salt,
        "hash": link.hash,
    }


def _link(place: int, record: Any) -> Link:
    if not isinstance(record, dict) or set(record) != _KEYS:
        found = ", ".join(sorted(set(record) ^ _KEYS)) if isinstance(record, dict) else "no fields"
        raise StoredFormat(f"Record {place} does not have the fields of a record: {found}.")
    content, seals = record["content"], record["seals"]
    if not isinstance(content, dict) or not isinstance(seals, dict) or type(record["number"]) is not int:
        raise StoredFormat(f"Record {place} cannot be read: its number, content or seals are of the wrong kind.")
    words = [str(record[name]) for name in ("kind", "at", "previous", "hash", "salt")]
    return Link(record["number"], words[0], words[1], content, words[2], words[3], words[4], seals)


def breaks(chain: tuple[Link, ...], district: str) -> tuple[str, ...]:
    """Return what does not fit in a district's chain, one sentence each; empty where every record is as it was written."""
    found = []
    previous, at = origin(district), ""
    for place, each in enumerate(chain, start=1):
        name = f"Record {place} ({each.kind}, {each.at})"
        if each.number != place:
            found.append(f"{name} calls itself number {each.number}: a record was taken out, put in or moved.")
        if each.previous != previous:
            found.append(
                f"{name} does not follow the record before it: it names {each.previous[:12] or 'nothing'} where {previous[:12]} stands."
            )
        if each.hash != fingerprint(each):
            found.append(f"{name} was changed after it was written: {_changed(each)}.")
        elif dict(each.seals) != seals_of(each.content, each.salt):
            found.append(f"{name}: its seals were changed: {_changed(each)}.")
        if each.at < at:
            found.append(f"{name} is dated before the record in front of it, of {at}.")
        previous, at = each.hash, each.at
    return tuple(found)


def verify(text: bytes) -> tuple[str, ...]:
    """Return what is wrong with a file of records, one sentence each; empty where no byte was changed.

    Raises
    ------
    StoredFormat
        If it cannot be read at all.
    """
    district, chain = read_chain(text)
    found = list(breaks(chain, district))
    written = chain_bytes(chain, district)
    if not found and written != text:
        place = next((n for n, pair in enumerate(zip(text, written, strict=False)) if pair[0] != pair[1]), None)
        place = min(len(text), len(written)) if place is None else place
        line = text[:place].count(b"\n") + 1
        found.append(
            f"The records fit each other, but the file is not as it was written: byte {place + 1}, in line {line}, differs."
        )
    return tuple(found)


def _changed(link: Link) -> str:
    seals = seals_of(link.content, link.salt)
    names = [name for name in (*seals, *(set(link.seals) - set(seals))) if seals.get(name) != link.seals.get(name)]
    if names:
        return f"the field{'s' * (len(names) > 1)} {', '.join(names)} {'do' if len(names) > 1 else 'does'} not fit the seal"
    return "its number, kind, time, salt or fingerprint is not what it was"
