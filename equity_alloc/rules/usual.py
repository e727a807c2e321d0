"""The rules of a first plan, for a district that brings none, and what is said of where a rule is written."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from equity_alloc.domain.district import District
from equity_alloc.rules.base import Force, Rule
from equity_alloc.rules.fixed_posts import one_a_school
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.line_band import LineBand
from equity_alloc.rules.position_band import PositionBand
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.rules.staffing_most import StaffingMost

#: Stands where nobody has said where a rule is written.
NO_SOURCE = "no source given"


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
    # Every school had one, so that a second one, or none, is nobody's decision.
    for position in one_a_school(district):
        rules.append(StaffingLeast(position.code, pupils_per_fte=Decimal(0), least_fte=Decimal(1), force=Force.CHOICE))
        rules.append(StaffingMost(position.code, most_fte=Decimal(1), force=Force.CHOICE))
    return tuple(rules)


def unadopted(rules: Sequence[Rule], district: District) -> tuple[Rule, ...]:
    """Return those of some rules that are usual ones, and for which nobody says where they are written.

    Parameters
    ----------
    rules : sequence of Rule
    district : District
    """
    usual = usual_rules(district)
    return tuple(rule for rule in rules if rule in usual and not rule.always and not rule.basis.strip())


def rests_on_usual(rules: Sequence[Rule], district: District) -> bool:
    """Whether every rule that was chosen is a usual one of which nobody says where it is written; some rules hold always.

    Parameters
    ----------
    rules : sequence of Rule
    district : District
    """
    chosen = [rule for rule in rules if not rule.always]
    return bool(chosen) and len(chosen) == len(unadopted(chosen, district))


def where_written(rule: Rule, district: District) -> str:
    """Return where the district wrote a rule down; where nobody says so, that no source is given.

    What rules of a kind are usually written in is no source of this district, so it never stands in for one.
    """
    if rule.basis.strip():
        return rule.basis
    return f"a usual rule, {NO_SOURCE}" if rule in usual_rules(district) else NO_SOURCE
