"""What a unit costs in today's dollars: studies price their work in the dollars of their year."""

from __future__ import annotations

from fractions import Fraction

from equity_alloc.actions.settings import value
from equity_alloc.domain.intervention import Intervention
from equity_alloc.domain.money import Cents
from equity_alloc.evidence.catalog import catalog
from equity_alloc.parameters.library import parameters

_STEM = "price-level-"


def unit_costs(intervention: Intervention) -> tuple[Cents, Cents, Cents] | None:
    """Return low, middle and high cost of a unit in the dollars of the newest price level; None where none is known.

    Whole dollars, rounded up. A cost whose year is unknown or mixed, or whose year has no price level, stays as it is.
    """
    cost = intervention.cost
    if cost is None:
        return None
    low, middle, high = (_restated(cents, cost.year) for cents in (cost.low, cost.middle, cost.high))
    return low, middle, high


def price_words(intervention: Intervention) -> str:
    """Return in which dollars the cost is told."""
    cost = intervention.cost
    if cost is None:
        return "no cost is known"
    shipped = next((each for each in catalog() if each.code == intervention.code), None)
    if intervention.is_local and (shipped is None or shipped.cost != cost):
        return "the district's own cost"
    newest = _years()[-1]
    if cost.year is None:
        return "in dollars of mixed or unknown years, as printed"
    if cost.year not in _years():
        return f"in dollars of {cost.year}, as printed"
    return f"raised from {cost.year} to {newest} by consumer prices (unverified default)"


def _restated(cents: Cents, year: int | None) -> Cents:
    if year is None or year not in _years():
        return cents
    factor = Fraction(value(f"{_STEM}{_years()[-1]}").value) / Fraction(value(f"{_STEM}{year}").value)
    dollars = cents * factor / 100
    return -(-dollars.numerator // dollars.denominator) * 100


def _years() -> tuple[int, ...]:
    names = parameters("interventions")
    return tuple(sorted(int(name.removeprefix(_STEM)) for name in names if name.startswith(_STEM)))
