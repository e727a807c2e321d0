"""The reproduce command: makes the plan of a run record again and says whether it is the same, byte for byte.

Exit codes: 0 the same; 1 another plan, or none; 2 the record or the input is unusable.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from equity_alloc.cli_terminal import list_findings, say, stop, tell, write
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.number import count_words
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.public_identity import public_identity
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports.run_record import RunRecord, changed_inputs, read_record, versions_here
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.sources.open_file import read_path

DIFFERENT, UNUSABLE = 1, 2


def reproduce(
    record: Annotated[Path, typer.Argument(help="A run record (.json) that was exported with a plan.")],
    file: Annotated[Path, typer.Option("--input", help="The district of the record, or the plan's workbook.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Where to write the plan's workbook (.xlsx).")
    ] = None,
) -> None:
    """Make the plan of a run record again, and compare it byte for byte."""
    try:
        told = read_record(record.read_bytes())
    except OSError as error:
        stop(UNUSABLE, f"{record} cannot be read: {error.strerror}.")
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    reading = read_path(file)
    if reading.district is None:
        list_findings(reading.errors)
        stop(UNUSABLE, f"{count_words(len(reading.errors), 'error')}: {file} cannot be planned with.")
    if reading.district.digest != told.district_digest:
        _stop_at_another_input(told, reading.district, file)
    here = versions_here()
    for name in sorted({*here, *told.versions}):
        if here.get(name) != told.versions.get(name):
            before, now = told.versions.get(name, "none"), here.get(name, "none")
            tell(f"version  {name}: {before} then, {now} here")
    try:
        made = make_plan(reading.district, told.scenario)
        if not isinstance(made, Plan):
            stop(DIFFERENT, f"There is no plan here: {made.words}")
        data = plan_workbook(made, told.unfinished, told.decided)
    except EquityAllocError as error:
        stop(UNUSABLE, str(error))
    if output is not None:
        write(output, data)
    if made.certificate.allocation_digest != told.allocation_digest:
        stop(DIFFERENT, "Another plan: posts or dollars differ from those of the record.")
    if hashlib.sha256(data).hexdigest() != told.workbook_sha256:
        stop(
            DIFFERENT,
            "The same posts and dollars to the cent, but the workbook's bytes differ. See the versions above.",
        )
    say(f"The same plan, byte for byte: workbook {told.workbook_sha256}.")
    say(f"Its public documents carry the identity {public_identity(made)}.")


def _stop_at_another_input(told: RunRecord, district: District, file: Path) -> NoReturn:
    """Say which sheets differ, and stop."""
    for change in changed_inputs(told, district):
        tell(f"input  {change}")
    whose = f" It is of {told.district}." if told.district else ""
    stop(
        UNUSABLE,
        f"{file} is not the input of this record: its identity (digest) is {district.digest[:16]}, and the record names "
        f"{told.district_digest[:16]}.{whose} Give the file the plan was made from, or the plan's own workbook.",
    )
