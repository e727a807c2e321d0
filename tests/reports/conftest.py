"""Plans that documents are made of."""

from __future__ import annotations

import pytest

from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports.document import Dossier
from equity_alloc.sources.sample import sample_reading


@pytest.fixture(scope="session")
def sample_plan() -> Plan:
    """The plan of the sample district."""
    reading = sample_reading()
    found = make_plan(reading.district, reading.scenario)
    assert isinstance(found, Plan)
    return found


@pytest.fixture(scope="session")
def dossier(sample_plan) -> Dossier:
    """The sample plan as documents are made from it; every writer shares it."""
    return Dossier(sample_plan)
