"""Codes that name something on another sheet: unknown ones, and ones that lost a leading zero."""

from __future__ import annotations

from collections.abc import Collection

from equity_alloc.sources.base import FindingList

#: Where the members of a kind are listed.
HOMES = {
    "school": "Schools", "schools": "Schools", "position": "Positions", "positions": "Positions", "fund": "Funds",
}  # fmt: skip


def check_code(code: str, known: Collection[str], where: str, field: str, sheet: str, findings: FindingList) -> bool:
    """Return whether a code is known; a finding names both sides where it is not.

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
    home, kind = HOMES[field], field.rstrip("s")
    twin = next((member for member in sorted(known) if _bare(member) == _bare(code)), None)
    if any(f.value == code and f.code in (f"{kind}-unknown", f"{kind}-code-differs") for f in findings.found):
        return False
    if twin is not None:
        findings.error(
            f"{kind}-code-differs",
            where,
            code,
            what=f"{kind.capitalize()} codes differ between {home} and {sheet}: {home} has {twin}, and {sheet} has {code} "
            "here.",
            why="A spreadsheet drops leading zeros when it takes a code for a number, and the rows no longer meet.",
            remedy="Format the column as text and make the codes identical, leading zeros included.",
        )
    else:
        listed = ", ".join(sorted(known)[:8]) + (", ..." if len(known) > 8 else "")
        findings.error(
            f"{kind}-unknown",
            where,
            code,
            what=f"{sheet} names {kind} {code}, which is not on {home}.",
            why=f"What stands in this row would belong to no {kind}.",
            remedy=f"Add {code} to {home}, or correct the code. {home} has: {listed or 'none'}.",
        )
    return False


def _bare(code: str) -> str:
    return code.strip().lstrip("0").lower()
