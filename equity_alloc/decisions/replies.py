"""Every objection that a plan gives rise to, with its answer."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from equity_alloc.decisions import objections
from equity_alloc.decisions.case import Case
from equity_alloc.decisions.objection import Answer, Objection
from equity_alloc.domain.errors import UnknownCode


@cache
def all_objections() -> tuple[Objection, ...]:
    """Return every objection, by number.

    Raises
    ------
    UnknownCode
        If two have one number.
    """
    names = sorted(info.name for info in pkgutil.iter_modules(objections.__path__))
    found: list[Objection] = [importlib.import_module(f"{objections.__name__}.{name}").OBJECTION for name in names]
    if len({each.number for each in found}) != len(found):
        raise UnknownCode("Two objections have one number.")
    return tuple(sorted(found, key=lambda each: each.number))


def replies(case: Case) -> tuple[tuple[Objection, Answer], ...]:
    """Return the objections that this plan gives rise to, each with its answer; worked out anew for every plan."""
    answered = ((each, each.answer(case)) for each in all_objections())
    return tuple((objection, answer) for objection, answer in answered if answer is not None)
