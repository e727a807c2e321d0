"""The rules of a first plan, for a district that brings none: small, reversible steps."""

from __future__ import annotations

from equity_alloc.domain.district import District
from equity_alloc.rules.base import Rule
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.line_band import LineBand
from equity_alloc.rules.position_band import PositionBand


def usual_rules(district: District) -> tuple[Rule, ...]:
    """Return the rules that stand in where nobody has chosen any.

    Parameters
    ----------
    district : District

    Returns
    -------
    tuple of Rule
    """
    rules: list[Rule] = [HoldHarmless(), GainCap()]
    if district.lines:
        rules.append(LineBand())
    if district.positions:
        rules.append(PositionBand())
    return tuple(rules)
