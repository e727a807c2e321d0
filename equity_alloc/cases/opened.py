"""A case as it is run: its district and scenario read by the ordinary door, and planned once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from equity_alloc.cases.case import Case
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue, StoredFormat
from equity_alloc.planning.plan import Plan, Result
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.scenario import Scenario
from equity_alloc.sources.base import Reading
from equity_alloc.sources.csv_folder import read_csv_folder


@dataclass(frozen=True)
class Opened:
    """One scenario of a case.

    Parameters
    ----------
    case : Case
    variant : str
        Folder of the scenario; empty for the first.
    """

    case: Case
    variant: str = ""

    @cached_property
    def reading(self) -> Reading:
        """What the door makes of the files."""
        return read_csv_folder(self.case.files(self.variant))

    @property
    def district(self) -> District:
        """The district.

        Raises
        ------
        StoredFormat
            If the door refuses the files.
        """
        if self.reading.district is None:
            raise StoredFormat(f"The case {self.case.name} cannot be opened: {self.reading.errors[0]}")
        return self.reading.district

    @property
    def scenario(self) -> Scenario:
        """The locked scenario: it is read anew whenever the case is opened.

        Raises
        ------
        StoredFormat
            If the files bring none.
        """
        if self.reading.scenario is None:
            raise StoredFormat(
                f"The case {self.case.name} brings no scenario: {'; '.join(map(str, self.reading.errors))}"
            )
        return self.reading.scenario

    @cached_property
    def result(self) -> Result:
        """The plan, or the news that none exists."""
        return make_plan(self.district, self.scenario)

    @property
    def plan(self) -> Plan:
        """The plan.

        Raises
        ------
        InvalidValue
            If none exists.
        """
        if not isinstance(self.result, Plan):
            raise InvalidValue(f"The case {self.case.name} has no plan here: {self.result.words}")
        return self.result


def further_scenarios(case: Case) -> tuple[Scenario, ...]:
    """Return the scenarios of a case beside its first one; all are about one district.

    Raises
    ------
    StoredFormat
        If a scenario cannot be read, or is about another district.
    """
    first = Opened(case).district
    others = tuple(Opened(case, variant) for variant in case.variants)
    for other in others:
        if other.district != first:
            raise StoredFormat(f"{case.name}/{other.variant} is about another district than the case itself.")
    return tuple(other.scenario for other in others)
