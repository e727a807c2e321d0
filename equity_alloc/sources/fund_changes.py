"""What a scenario changes about funds: rows such as "Fund GEN: Appropriation"."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.fund_change import FundChange
from equity_alloc.domain.money import read_dollars
from equity_alloc.sources.build_funds import read_codes, read_sharing
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.declare import slug
from equity_alloc.sources.district_tables import FUNDS

#: Fields of a fund that a scenario may change, by the slug of their column.
CHANGEABLE = {
    slug(column.title): column.field for column in FUNDS.columns if column.field not in ("code", "title")
}  # fmt: skip
#: A scenario may name a fund and change nothing about it.
UNCHANGED = "unchanged"


def read_fund_changes(rows: Mapping[str, Cells], district: District) -> tuple[FundChange, ...]:
    """Return the changes to funds, in the order in which the funds first appear.

    Parameters
    ----------
    rows : mapping of str to Cells
        By the setting's name: "Fund ", the fund's code, ": " and the title of a column of the sheet Funds.
    district : District

    Returns
    -------
    tuple of FundChange
    """
    changes: dict[str, FundChange] = {}
    for name, cells in rows.items():
        code, _, title = name.removeprefix("Fund ").rpartition(": ")
        field = CHANGEABLE.get(slug(title))
        if code in district.fund_of and title == UNCHANGED:
            changes.setdefault(code, FundChange(code))
            continue
        if code not in district.fund_of and cells.findings.explains(code):
            continue
        if code not in district.fund_of or field is None:
            _refuse(cells, f"{name} names no fund here, or nothing that a scenario can change.")
            continue
        change = changes.get(code, FundChange(code))
        value = _read(cells, field, district)
        changes[code] = dataclasses.replace(change, **{field: value})
    for change in changes.values():
        try:
            change.apply(district.fund_of[change.fund])
        except InvalidValue as error:
            _refuse(next(cells for name, cells in rows.items() if name.startswith(f"Fund {change.fund}: ")), str(error))
    return tuple(changes.values())


def _read(cells: Cells, field: str, district: District) -> Any:
    text = cells.exact("value").strip()
    if field == "amount":
        try:
            return read_dollars(text)
        except InvalidValue as error:
            _refuse(cells, str(error))
            return None
    if field == "counts":
        if text.lower() not in ("yes", "no", "true", "false"):
            _refuse(cells, f"Counts toward the level is {text}. Enter yes or no.")
        return text.lower() in ("yes", "true")
    if field == "shared_by":
        return read_sharing(cells, "value", text, district.groups)
    if field == "lines":
        return read_codes(cells, "value", text, None)
    known = district.school_of if field == "schools" else district.position_of
    codes = read_codes(cells, "value", text, None)
    unknown = [code for code in codes if code != "*" and code not in known]
    if unknown:
        _refuse(cells, f"{', '.join(unknown)} is not among the {field} of this district.")
    return codes


def _refuse(cells: Cells, what: str) -> None:
    cells.findings.error(
        "fund-change",
        cells.where("value"),
        cells.exact("value").strip(),
        what=what,
        why="A change that is not understood would leave the fund as it is without anyone noticing.",
        remedy="Write Fund, its code, a colon and a heading of the sheet Funds, for example Fund GEN: Appropriation.",
    )
