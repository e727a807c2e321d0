"""Finds the kinds of components by looking into their folder: no registry to edit."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import cast

from equity_alloc.domain.errors import UnknownCode
from equity_alloc.formulas import components
from equity_alloc.formulas.base import Component


@cache
def component_classes() -> dict[str, type[Component]]:
    """Return every kind of component by its code, sorted.

    Raises
    ------
    UnknownCode
        If two share a code.

    Examples
    --------
    >>> component_classes()["per-pupil"].heading
    'Dollars per pupil'
    """
    found: dict[str, type[Component]] = {}
    for info in pkgutil.iter_modules(components.__path__):
        module = importlib.import_module(f"{components.__name__}.{info.name}")
        for item in vars(module).values():
            if isinstance(item, type) and item.__module__ == module.__name__ and hasattr(item, "kind"):
                kind = cast(type[Component], item)
                if kind.kind in found:
                    raise UnknownCode(f"Two kinds of components share the code {kind.kind}.")
                found[kind.kind] = kind
    return dict(sorted(found.items()))
