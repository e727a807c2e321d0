"""The auditor of several years: projects and certifies every year again from the plans alone, without a solver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import Certificate
from equity_alloc.scenario import Scenario
from equity_alloc.years.next_year import next_year


@dataclass(frozen=True)
class AuditedYear:
    """One year, projected again from the plan of the year before, and certified again.

    Parameters
    ----------
    year : str
    certificate : Certificate
        Its digests say which district, choices and plan it is about.
    """

    year: str
    certificate: Certificate


def audit_years(district: District, scenario: Scenario, allocations: Sequence[Allocation]) -> Iterator[AuditedYear]:
    """Yield each year's certificate, from the first district, its choices and the years' plans.

    Raises
    ------
    EquityAllocError
        If a plan names what the district does not have.
    """
    for place, allocation in enumerate(allocations):
        yield AuditedYear(district.year, certify(district, scenario, allocation))
        if place + 1 < len(allocations):
            ahead = next_year(district, scenario, allocation)
            district, scenario = ahead.district, ahead.scenario
