"""A district and its choices as a workbook that opens again as the same."""

from __future__ import annotations

from equity_alloc.domain.district import District
from equity_alloc.scenario import Scenario
from equity_alloc.sources.write_sheet import new_workbook, put_table
from equity_alloc.sources.write_tables import write_tables


def inputs_workbook(district: District, scenario: Scenario) -> bytes:
    """Return district and choices as a workbook that opens again as the same district and scenario."""
    with new_workbook(scenario.name[:200]) as (book, formats, stream):
        for table in write_tables(district, scenario):
            put_table(book, table, formats)
    return stream.getvalue()
