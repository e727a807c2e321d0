"""The properties of measures in plain words."""

from __future__ import annotations

from equity_alloc.measures.base import Axiom, Measure

_WORDS = {
    Axiom.ANONYMITY: "the order of the schools does not matter",
    Axiom.SCALE: "multiplying all dollars by one number changes nothing",
    Axiom.REPLICATION: "doubling all pupils changes nothing",
    Axiom.TRANSFER: "a dollar moved from a higher to a lower school always makes it better",
    Axiom.ZERO_AT_EQUALITY: "zero when all have the same",
    Axiom.ONE_AT_EQUALITY: "one when all have the same",
}

#: The measures that a board reads first, by code, each with how to read it; the page Equity has all of them.
READINGS = {
    "range": "Dollars between the highest and the lowest school.",
    "coefficient-of-variation": "Usual distance from the mean, as a share; 0 is equal.",
    "gini": "0 when all schools have the same, 1 when one has all.",
    "mcloone": "What the lower half has, over the middle; 1 is level.",
    "poor-to-non-poor-ratio": "Dollars for pupils in need over those for others; 1 is alike.",
}


def axioms_in_words(measure: Measure) -> str:
    """Return what a measure claims of itself, in a fixed order."""
    held = [_WORDS[axiom] for axiom in Axiom if axiom in measure.axioms]
    return "; ".join(held) or "none of the usual properties"
