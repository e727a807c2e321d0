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


def axioms_in_words(measure: Measure) -> str:
    """Return what a measure claims of itself, in a fixed order."""
    held = [_WORDS[axiom] for axiom in Axiom if axiom in measure.axioms]
    return "; ".join(held) or "none of the usual properties"
