"""Finds the tests by looking into their folder, and runs them: no registry to edit."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache

from equity_alloc import compliance
from equity_alloc.compliance.base import Case, ComplianceTest, Outcome, Verdict
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError, UnknownCode
from equity_alloc.scenario import Scenario


@dataclass(frozen=True)
class Judged:
    """A test with its verdict."""

    test: ComplianceTest
    verdict: Verdict


@cache
def compliance_tests() -> tuple[ComplianceTest, ...]:
    """Return every test, in order.

    Raises
    ------
    UnknownCode
        If two tests share a code.
    """
    names = sorted(info.name for info in pkgutil.iter_modules(compliance.__path__))
    modules = [importlib.import_module(f"{compliance.__name__}.{name}") for name in names]
    found = [module.TEST for module in modules if hasattr(module, "TEST")]
    if len({test.code for test in found}) != len(found):
        raise UnknownCode("Two compliance tests share a code.")
    return tuple(sorted(found, key=lambda test: (test.place, test.code)))


def comply(district: District, scenario: Scenario, allocation: Allocation) -> tuple[Judged, ...]:
    """Return what every test says about an allocation.

    Parameters
    ----------
    district : District
        As read, before the scenario's changes.
    scenario : Scenario
    allocation : Allocation

    Returns
    -------
    tuple of Judged
        In order; a test that cannot be carried out says so and does not stop the others.
    """
    case = Case(scenario.apply(district), scenario, allocation)
    return tuple(Judged(test, _judged(test, case)) for test in compliance_tests())


def _judged(test: ComplianceTest, case: Case) -> Verdict:
    try:
        return test.judge(case)
    except EquityAllocError as error:
        return Verdict(Outcome.NOT_TESTABLE, str(error))
