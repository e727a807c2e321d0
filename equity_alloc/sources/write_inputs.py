"""A district and its choices as a workbook that opens again as the same."""

from __future__ import annotations

from equity_alloc.domain.district import District
from equity_alloc.scenario import Scenario
from equity_alloc.sources.declare import first_sentence
from equity_alloc.sources.sheet_layout import set_up_print
from equity_alloc.sources.write_sheet import new_workbook, put_table
from equity_alloc.sources.write_tables import write_tables


def inputs_workbook(district: District, scenario: Scenario) -> bytes:
    """Return district and choices as a workbook that opens again as the same district and scenario."""
    with new_workbook(scenario.name[:200]) as (book, formats, stream):
        tables = write_tables(district, scenario)
        for table in tables:
            put_table(book, table, formats)
        title = f"{district.name} {district.year}: {scenario.name}"
        set_up_print(
            book, title, "INTERNAL", {t.sheet.name: f"{t.sheet.name}: {first_sentence(t.sheet.help)}" for t in tables}
        )
    return stream.getvalue()
