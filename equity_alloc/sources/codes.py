"""Codes that name something on another sheet: unknown ones, and ones that lost a leading zero."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection

from equity_alloc.sources.base import FindingList, Unmatched
from equity_alloc.sources.cells import Cells

#: Where the members of a kind are listed.
HOMES = {
    "school": "Schools", "schools": "Schools", "position": "Positions", "positions": "Positions", "fund": "Funds",
}  # fmt: skip


def check_code(code: str, known: Collection[str], where: str, field: str, sheet: str, findings: FindingList) -> bool:
    """Return whether a code is known; one finding names both sides where it is not, and counts the rows.

    Parameters
    ----------
    code : str
    known : collection of str
    where : str
        sheet!cell
    field : str
        school, position or fund.
    sheet : str
        Name of the sheet that names it.
    findings : FindingList

    Returns
    -------
    bool
    """
    if code in known:
        return True
    kind = field.rstrip("s")
    told = findings.unmatched.get((kind, code))
    if told is not None:
        _count(code, told, sheet, findings)
        return False
    twin = next((member for member in sorted(known) if _bare(member) == _bare(code)), None)
    if twin is None and findings.may_be_left_out(kind, code, sheet):
        return False
    place = len(findings.found)
    if twin is None:
        _tell_unknown(code, known, where, field, sheet, findings)
    else:
        _tell_difference(code, twin, where, field, sheet, findings)
    findings.unmatched[kind, code] = Unmatched(place, findings.found[place], Counter([sheet]))
    return False


def known_code(cells: Cells, field: str, known: Collection[str]) -> str | None:
    """Return a cell's code; None, with a finding, where it is none or names nothing."""
    code = cells.code(field)
    if code is None or not check_code(code, known, cells.where(field), field, cells.table.shown, cells.findings):
        return None
    return code


def refuse_repeated(cells: Cells, field: str, is_known: bool) -> bool:
    """Return whether a row repeats an earlier one; a finding says so."""
    if is_known:
        cells.findings.error(
            "row-twice",
            cells.where(field),
            cells.exact(field).strip(),
            what=f"{cells.subject} stands twice on {cells.table.shown}.",
            why="It is not clear which of the two rows is meant.",
            remedy="Delete one of them.",
        )
    return is_known


def _tell_difference(code: str, twin: str, where: str, field: str, sheet: str, findings: FindingList) -> None:
    """Name the cell whose code is the shorter one: zeros are lost, never won."""
    home, kind = HOMES[field], field.rstrip("s")
    at_home = findings.homes.get((kind, twin)) if len(twin) < len(code) else None
    findings.error(
        f"{kind}-code-differs",
        at_home or where,
        twin if at_home else code,
        what=f"{kind.capitalize()} codes differ between {home} and {sheet}: {home} has {twin}, and {sheet} has {code} "
        f"{f'in {where}' if at_home else 'here'}.",
        why="A spreadsheet drops leading zeros when it takes a code for a number, and the rows no longer meet.",
        remedy="Format the column as text and make the codes identical, leading zeros included.",
    )


def _tell_unknown(code: str, known: Collection[str], where: str, field: str, sheet: str, findings: FindingList) -> None:
    home, kind = HOMES[field], field.rstrip("s")
    listed = ", ".join(sorted(known)[:8]) + (", ..." if len(known) > 8 else "")
    findings.error(
        f"{kind}-unknown",
        where,
        code,
        what=f"{sheet} names {kind} {code}, which is not on {home}.",
        why=f"What stands in this row would belong to no {kind}.",
        remedy=f"Add {code} to {home}, or correct the code. {home} has: {listed or 'none'}.",
    )


def _count(code: str, unmatched: Unmatched, sheet: str, findings: FindingList) -> None:
    """Add to the finding how many rows name the code, and on which sheets."""
    unmatched.rows[sheet] += 1
    listed = ", ".join(f"{rows} on {name}" for name, rows in unmatched.rows.items())
    what = f"{unmatched.first.what} {code} stands in {unmatched.rows.total()} rows: {listed}."
    findings.found[unmatched.place] = dataclasses.replace(unmatched.first, what=what)


def _bare(code: str) -> str:
    return code.strip().lstrip("0").lower()
