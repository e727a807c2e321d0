"""What lies on the page Fall counts: the adopted plan where it came from a file, the counts, and the terms."""

from __future__ import annotations

import json
from dataclasses import dataclass

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.recount import Recount
from equity_alloc.planning.fall_terms import FallTerms
from equity_alloc.scenario import Scenario, scenario_from_plain


@dataclass(frozen=True)
class AdoptedPlan:
    """A plan that was read from its workbook.

    Parameters
    ----------
    name : str
        Of the file.
    district : District
    choices : str
        Its scenario as JSON.
    allocation : Allocation
    """

    name: str
    district: District
    choices: str
    allocation: Allocation

    @property
    def scenario(self) -> Scenario:
        """The scenario that the plan was made with."""
        return scenario_from_plain(json.loads(self.choices))


@dataclass(frozen=True)
class FallDesk:
    """What a visitor works on when pupils are counted in the fall.

    Parameters
    ----------
    adopted : AdoptedPlan or None
        None for the proposal on screen.
    counts : tuple of Recount
    terms : FallTerms or None
        None until a person chooses: then the reserve that is named as one, all of it.
    """

    adopted: AdoptedPlan | None = None
    counts: tuple[Recount, ...] = ()
    terms: FallTerms | None = None
