"""Districts for the cases of Title I-A: what a worked example prints, as a district and as expected dollars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from equity_alloc.domain.district import CentralSpending, District, Fund, School
from equity_alloc.domain.federal import Band, Eligibility, Federal, FundSource, PrivateShare, Purpose

FUND = "T1A"


def district_of(
    schools: Mapping[str, Sequence[int]],
    *,
    allocation: int,
    reservations: Mapping[str, int],
    eligibility: str,
    private: str,
    per_child: Sequence[Sequence[Any]] = (),
    **choices: Any,
) -> District:
    """Return a district of named schools with enrollment, public and private low-income children."""
    bands = tuple(Band(Decimal(str(above)), int(Decimal(str(dollars)) * 100)) for above, dollars in per_child)
    federal = Federal(
        title_one_fund=FUND,
        poverty_measure="free and reduced-price lunch",
        eligibility=Eligibility(eligibility),
        private_share=PrivateShare(private),
        bands=bands,
        **choices,
    )
    return District(
        "Worked example",
        "2026-27",
        tuple(
            School(name, name, "span", row[0], low_income=row[1], private_low_income=row[2])
            for name, row in schools.items()
        ),
        funds=(Fund(FUND, "Title I-A", allocation * 100, False, "title-1", source=FundSource.FEDERAL),),
        central=tuple(
            CentralSpending(name, FUND, dollars * 100, Purpose(name)) for name, dollars in reservations.items()
        ),
        federal=federal,
    )


def dollars(cents: int) -> int:
    """Return whole dollars, half up, as worked examples print them."""
    return (cents + 50) // 100
