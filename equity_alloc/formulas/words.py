"""What the names in a formula stand for in a district: counts, kinds of school, flags, positions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

Meanings: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Words:
    """A formula's own words, so that a template fits a district without touching its components.

    Parameters
    ----------
    columns : tuple of (str, tuple of str)
        A count of the formula, and the district's counts that are added for it: a band of grades, for one.
    kinds, flags : tuple of (str, tuple of str)
        A kind or flag of the formula, and the district's words for it.
    positions : tuple of (str, tuple of str)
        A position of the formula, and the one code that the district has for it; two may share a code.

    Examples
    --------
    >>> words = Words(columns=(("grades 6-8", ("grade 6", "grade 7", "grade 8")),))
    >>> words.columns_of("grades 6-8")
    ('grade 6', 'grade 7', 'grade 8')
    >>> words.columns_of("enrollment")
    ('enrollment',)
    """

    columns: Meanings = ()
    kinds: Meanings = ()
    flags: Meanings = ()
    positions: Meanings = ()

    @cached_property
    def _columns(self) -> dict[str, tuple[str, ...]]:
        return dict(self.columns)

    def columns_of(self, name: str) -> tuple[str, ...]:
        """Return the district's counts that a name stands for; a name without meaning stands for itself."""
        return self._columns.get(name, (name,))

    def position_of(self, name: str) -> str:
        """Return the district's code for a position; a name without meaning stands for itself."""
        return dict(self.positions).get(name, (name,))[0]

    def kinds_of(self, names: Collection[str]) -> frozenset[str]:
        """Return the district's kinds of school that names stand for."""
        return _meant(names, self.kinds)

    def flags_of(self, names: Collection[str]) -> frozenset[str]:
        """Return the district's flags that names stand for."""
        return _meant(names, self.flags)


def _meant(names: Collection[str], meanings: Meanings) -> frozenset[str]:
    if not names:
        return frozenset()  # asked of every component at every school
    known = dict(meanings)
    return frozenset(word for name in names for word in known.get(name, (name,)))
