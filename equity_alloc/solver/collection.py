"""Garbage collection waits while a model is written."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def garbage_waits() -> Iterator[None]:
    """Write thousands of objects that all live without looking for dead ones among them: a third of the time.

    Another thread that ends such a block earlier turns collection on again for all: slower, never wrong.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
