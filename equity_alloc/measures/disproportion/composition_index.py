"""The composition index: the group's share of the cases over its share of the pupils."""

from __future__ import annotations

from equity_alloc.domain.source import Source
from equity_alloc.measures.disproportion.base import Counts, Disproportion, refuse_without_cases

SOURCE = Source(
    "Westat for the Office of Special Education Programs, Methods for Assessing Racial/Ethnic Disproportionality",
    "composition and risk methods",
    "",
    "2004",
)


def composition_index(counts: Counts) -> float:
    """Return the group's share of the cases over its share of the pupils.

    Returns
    -------
    float, ratio
        Zero or more; 1 when the group has its share of the cases.

    Raises
    ------
    EmptyDistribution
        If there is no case.

    Examples
    --------
    40 % of the cases, 20 % of the pupils.

    >>> composition_index(Counts(40, 200, 60, 800))
    2.0
    """
    refuse_without_cases(counts)
    of_cases, of_pupils = compositions(counts)
    return of_cases / of_pupils


def compositions(counts: Counts) -> tuple[float, float]:
    """Return the group's share of the cases and its share of the pupils."""
    return (
        counts.cases / (counts.cases + counts.other_cases),
        counts.pupils / (counts.pupils + counts.other_pupils),
    )


DISPROPORTION = Disproportion(
    code="composition-index",
    title="Composition index",
    unit="ratio",
    definition="The group's share of the cases divided by its share of the pupils.",
    formula="(cases / all cases) / (pupils / all pupils)",
    misleads="It cannot pass one over the group's share of the pupils, so a large group always looks mild.",
    neutral=1.0,
    source=SOURCE,
    of_counts=composition_index,
)
