"""Frozen values as plain JSON and back, and their digest: the identity of a district, scenario or plan."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import types
import typing
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from equity_alloc.domain.errors import StoredFormat

T = TypeVar("T")

#: Marks a field that came after values of its class had been stored and signed.
_LATER = "later"

#: Half of a character of two: text that no file in UTF-8 can hold.
_HALF = re.compile("[\ud800-\udfff]")
#: More digits than any weight, ratio or share has.
MOST_DIGITS = 24


def later(default: Any) -> Any:
    """Return a field that stands in the plain form only where it differs from its default.

    So what was stored or certified before the field existed keeps its text and its identity.
    """
    return dataclasses.field(default=default, metadata={_LATER: True})


def to_plain(value: object) -> Any:
    """Return a frozen value as dicts, lists, strings and integers; decimals become strings, floats are refused.

    Raises
    ------
    TypeError
        If a value has no exact plain form.
    """
    # What there is most of comes first; an enum member is a string too, so its type must match exactly.
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            item.name: to_plain(getattr(value, item.name))
            for item in dataclasses.fields(value)
            if _LATER not in item.metadata or getattr(value, item.name) != item.default
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value.normalize()) if value else "0"
    raise TypeError(f"{type(value).__name__} has no exact plain form.")


def from_plain(kind: type[T], data: object) -> T:
    """Return the frozen value that a plain form stands for.

    Raises
    ------
    StoredFormat
        If the data do not fit the type; the sentence names the field.
    """
    refuse_halves(data, kind.__name__)
    try:
        return typing.cast(T, _restore(kind, data, kind.__name__))
    except (TypeError, ValueError, KeyError, ArithmeticError) as error:
        raise StoredFormat(f"This file does not hold a {kind.__name__} that can be read: {error}") from error


def refuse_halves(data: object, place: str) -> None:
    r"""Refuse text that holds half a character: JSON lets one half of a pair stand alone, and no file can keep it.

    Parameters
    ----------
    data : object
        As JSON was read.
    place : str
        Where the data stand, for the sentence.

    Raises
    ------
    StoredFormat
        With the place of the first such text.

    Examples
    --------
    >>> refuse_halves({"rules": ["Caf\u00e9", "Caf\ud83d"]}, "scenario")
    Traceback (most recent call last):
    equity_alloc.domain.errors.StoredFormat: scenario.rules[1] holds half a character (U+D83D, character 4). Type that text again.
    """
    # A list of what is still to be looked at, and no call within a call: a file may be nested more deeply than calls can be.
    waiting = [(data, place)]
    while waiting:
        each, where = waiting.pop()
        if isinstance(each, str):
            half = _HALF.search(each)
            if half is not None:
                told = f"U+{ord(half[0]):04X}, character {half.start() + 1}"
                raise StoredFormat(f"{where} holds half a character ({told}). Type that text again.")
        elif isinstance(each, list):
            waiting += [(item, f"{where}[{at}]") for at, item in enumerate(each)][::-1]
        elif isinstance(each, dict):
            named = [((str(name), f"A name in {where}"), (item, f"{where}.{name}")) for name, item in each.items()]
            waiting += [pair for pairs in named for pair in pairs][::-1]


def _restore(kind: Any, data: Any, path: str) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        if data is None:
            return None
        inner = next(option for option in typing.get_args(kind) if option is not type(None))
        return _restore(inner, data, path)
    if origin is tuple:
        return _restore_tuple(typing.get_args(kind), data, path)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if not isinstance(data, dict):
            raise TypeError(f"{path} is not a record")
        hints = typing.get_type_hints(kind)
        unknown = set(data) - set(hints)
        if unknown:
            raise TypeError(f"{path} has unknown fields: {', '.join(sorted(unknown))}")
        return kind(**{name: _restore(hints[name], item, f"{path}.{name}") for name, item in data.items()})
    if kind is Decimal:
        return _restore_decimal(str(data), path)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if kind is bool or kind is int or kind is str:
        if type(data) is not kind:
            raise TypeError(f"{path} is not {kind.__name__}")
        return data
    raise TypeError(f"{path} has a type that cannot be stored")


def _restore_decimal(text: str, path: str) -> Decimal:
    """Refuse digits that no setting needs and that exact arithmetic would choke on."""
    value = Decimal(text)
    if not value.is_finite() or len(value.as_tuple().digits) > MOST_DIGITS or abs(value.adjusted()) > MOST_DIGITS:
        raise ValueError(f"{path} is {text[:40]}, which is not a number of at most {MOST_DIGITS} digits")
    return value


def _restore_tuple(arguments: tuple[Any, ...], data: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise TypeError(f"{path} is not a list")
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(_restore(arguments[0], item, f"{path}[{i}]") for i, item in enumerate(data))
    if len(arguments) != len(data):
        raise TypeError(f"{path} has {len(data)} entries where {len(arguments)} belong")
    return tuple(
        _restore(kind, item, f"{path}[{i}]") for i, (kind, item) in enumerate(zip(arguments, data, strict=True))
    )


def canonical(plain: object) -> str:
    """Return plain data as JSON text with sorted keys and no spaces: one value, one text."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: object) -> str:
    """Return the SHA-256 of a value's canonical text, in hexadecimal.

    Examples
    --------
    >>> digest(("a", 1)) == digest(("a", 1))
    True
    """
    return hashlib.sha256(canonical(to_plain(value)).encode()).hexdigest()
