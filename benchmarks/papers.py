"""All public documents, and the workbook, of a district with 150 schools: seconds of one processor."""

from __future__ import annotations

import time

from benchmarks.clock import Row, check, within
from benchmarks.instances import make_district, make_scenario
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.reports.accounts import AccountPattern
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import all_documents, make_one
from equity_alloc.reports.read_accounts import FOLDER, read_pattern

SCHOOLS = 150
#: "A full packet in seconds."
PACKET, EVERYTHING = 5.0, 30.0


def rows(repeats: int) -> list[Row]:
    """Return what the packet takes, all documents together, and whether each was made."""
    made = plan(make_district(7, SCHOOLS), make_scenario())
    if not isinstance(made, Plan):
        return [check(f"documents of {SCHOOLS} schools", is_met=False, target="a plan")]
    [packet] = [document for document in all_documents() if document.code == "board-packet"]
    best = min(_seconds(made, packet) for _ in range(max(1, min(3, repeats))))
    start, failed = time.process_time(), []
    dossier = Dossier(made, accounts=_accounts(made))
    for document in all_documents():
        done = make_one(dossier, document)
        if done.error:
            failed.append(document.code)
    return [
        within(f"board packet, {SCHOOLS} schools", best, PACKET, "s"),
        within(f"every document, {SCHOOLS} schools", time.process_time() - start, EVERYTHING, "s"),
        check("every document was made", not failed, ", ".join(failed) or "all"),
    ]


def _accounts(made: Plan) -> AccountPattern:
    """Return the shipped pattern with codes for this district's own lines and positions, whose titles say nothing."""
    codes = '\nfunction = "1000"\nobject = "100"\nprogram = "100"\n'
    district = made.view.district
    own = [f'[position."{each.code}"]{codes}' for each in district.positions]
    own += [f'[line."{line}"]{codes}' for line in district.lines]
    return read_pattern((FOLDER / "nces.toml").read_text(encoding="utf-8") + "\n".join(own), "own.toml")


def _seconds(made: Plan, packet) -> float:
    start = time.process_time()
    packet.write(Dossier(made))
    return time.process_time() - start
