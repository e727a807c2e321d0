"""Files that visitors take with them."""

from __future__ import annotations

import re

from equity_alloc.domain.district import District
from equity_alloc.scenario import Scenario
from equity_alloc.sources.write_inputs import inputs_workbook

__all__ = ["INPUTS_NAME", "XLSX", "file_name", "inputs_workbook"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INPUTS_NAME = "equity-alloc-inputs.xlsx"


def file_name(district: District, scenario: Scenario, ending: str) -> str:
    """Return a file name from the names of district and scenario.

    Examples
    --------
    >>> file_name(District("Four Corners", "2026-27", ()), Scenario("Plan A/B"), ".xlsx")
    'four-corners-2026-27-plan-a-b.xlsx'
    """
    words = re.findall(r"[a-z0-9]+", f"{district.name} {district.year} {scenario.name}".lower())
    return f"{'-'.join(words)[:80]}{ending}"
