"""The moves of a fall re-allocation as a table for payroll and principals."""

from __future__ import annotations

import csv
import io

from equity_alloc.domain.csv_text import harmless
from equity_alloc.domain.fte import print_fte
from equity_alloc.planning.fall import Fall

HEADINGS = ("Position", "Title", "From code", "From", "To code", "To", "FTE", "Dollars")


def moves_csv(fall: Fall) -> bytes:
    """Return one row for each move, as CSV (UTF-8); a blank From is a new post."""
    district = fall.plan.district
    names = {school.code: school.name for school in district.schools} | {"": ""}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADINGS)
    for move in fall.moves.moves:
        writer.writerow(
            (
                harmless(move.position),
                harmless(district.position_of[move.position].title),
                harmless(move.giver),
                harmless(names[move.giver]),
                harmless(move.taker),
                harmless(names[move.taker]),
                print_fte(move.fte),
                f"{move.cents / 100:.2f}",
            )
        )
    return text.getvalue().encode()
