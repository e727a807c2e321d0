"""Finds the members of each family by looking into its folder: no registry to edit."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import Protocol, TypeVar

from equity_alloc import measures, objectives, rules
from equity_alloc.domain.errors import UnknownCode
from equity_alloc.measures import disproportion
from equity_alloc.measures.base import Measure
from equity_alloc.measures.disproportion.base import Disproportion
from equity_alloc.objectives.base import Objective
from equity_alloc.rules.base import Rule


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


T = TypeVar("T")
Member = TypeVar("Member", bound=_Coded)


@cache
def rule_classes() -> dict[str, type[Rule]]:
    """Return every rule class by code, sorted."""
    return _by_code([found for module in _modules(rules) for found in _classes(module, "constrain")])


@cache
def objective_classes() -> dict[str, type[Objective]]:
    """Return every objective class by code, sorted."""
    return _by_code([found for module in _modules(objectives) for found in _classes(module, "stages")])


@cache
def all_measures() -> dict[str, Measure]:
    """Return every measure by code, sorted."""
    found = [module.MEASURE for module in _modules(measures) if hasattr(module, "MEASURE")]
    return _by_code(found)


@cache
def all_disproportions() -> dict[str, Disproportion]:
    """Return every measure of disproportion by code, sorted."""
    found = [module.DISPROPORTION for module in _modules(disproportion) if hasattr(module, "DISPROPORTION")]
    return _by_code(found)


def rule_class(code: str) -> type[Rule]:
    """Return a rule's class.

    Raises
    ------
    UnknownCode
    """
    return _named(rule_classes(), code, "rule")


def objective_class(code: str) -> type[Objective]:
    """Return an objective's class.

    Raises
    ------
    UnknownCode
    """
    return _named(objective_classes(), code, "objective")


def _named(family: dict[str, T], code: str, kind: str) -> T:
    if code not in family:
        raise UnknownCode(f"There is no {kind} with code {code}. Known: {', '.join(family)}.")
    return family[code]


def _modules(package: ModuleType) -> list[ModuleType]:
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]


def _classes(module: ModuleType, method: str) -> list[type]:
    return [
        item
        for item in vars(module).values()
        if isinstance(item, type)
        and item.__module__ == module.__name__
        and hasattr(item, "code")
        and hasattr(item, method)
    ]


def _by_code(members: list[Member]) -> dict[str, Member]:
    found = {member.code: member for member in members}
    if len(found) != len(members):
        raise UnknownCode("Two members of one family share a code.")
    return dict(sorted(found.items()))
