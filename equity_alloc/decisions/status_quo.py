"""What staying costs: rules that hold schools near last year, and what each takes off the lowest school."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.planning.cause_words import amount_words, printed_shares
from equity_alloc.planning.causes import Causes, rule_causes
from equity_alloc.planning.plan import Plan
from equity_alloc.rules.base import Force

#: Rules that compare a school with what it had: whatever else they are for, they protect last year.
PROTECTS_LAST_YEAR = frozenset(
    {
        "attrition-first",
        "displaced-posts",
        "gain-cap",
        "hold-harmless",
        "line-band",
        "locked-line",
        "moved-posts",
        "position-band",
        "protected-items",
        "protected-schools",
    }
)


@dataclass(frozen=True, slots=True)
class Protection:
    """A rule that protects last year, with its price.

    Parameters
    ----------
    number : int
    title, says : str
        Its title, and what it asks for here.
    force : Force
    share, without : str
        Its part of what all rules take off the lowest school, and what leaving it out would give back, as printed.
    """

    number: int
    title: str
    says: str
    force: Force
    share: str
    without: str


@dataclass(frozen=True)
class StatusQuo:
    """The rules that protect last year.

    Parameters
    ----------
    unit : str
    protections : tuple of Protection
        In the order of the rules.
    """

    unit: str
    protections: tuple[Protection, ...]


def status_quo(plan: Plan) -> StatusQuo | None:
    """Return what each rule that protects last year takes off the lowest school; None where that has no answer."""
    try:
        found = rule_causes(plan.district, plan.scenario)
    except EquityAllocError:
        return None
    return None if found is None else StatusQuo(found.unit, _protections(plan, found))


def _protections(plan: Plan, found: Causes) -> tuple[Protection, ...]:
    shares = dict(zip((cause.number for cause in found.causes), printed_shares(found), strict=True))
    told = []
    for cause in found.causes:
        rule = plan.scenario.rules[cause.number - 1]
        if rule.code not in PROTECTS_LAST_YEAR:
            continue
        report = plan.certificate.rules[cause.number - 1]
        told.append(
            Protection(
                cause.number,
                rule.title,
                report.explain,
                rule.force,
                amount_words(found, shares[cause.number]),
                amount_words(found, -cause.last_out),
            )
        )
    return tuple(told)
