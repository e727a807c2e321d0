"""Need weights from the sheet Need weights."""

from __future__ import annotations

from decimal import Decimal

from equity_alloc.domain.district import District, GroupUse
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.need import NeedWeight
from equity_alloc.domain.number import print_share
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.cells import Cells
from equity_alloc.sources.group_names import find_group
from equity_alloc.sources.read_setting import read_decimal
from equity_alloc.sources.read_tables import Table


def read_need_weights(table: Table, district: District, findings: FindingList) -> tuple[NeedWeight, ...]:
    """Return the need weights, in the order of the rows."""
    weights: dict[str, NeedWeight] = {}
    for row in table.rows:
        cells = Cells(table, row, findings)
        words, typed = cells.text("group"), cells.text("weight")
        group = find_group(district.groups, words) if words else None
        if words and (group is None or group.use is GroupUse.AUDIT or group.code in weights):
            _refuse_group(cells, words, district, audit=group is not None and group.use is GroupUse.AUDIT, twice=group)
            continue
        if group is None or typed is None:
            continue
        try:
            share = read_decimal(typed, "Weight")
        except InvalidValue as error:
            _refuse_weight(cells, group.title, typed, str(error))
            continue
        try:
            weight = NeedWeight(group.code, share, cells.exact("source"))
        except InvalidValue:
            _refuse_weight(cells, group.title, typed, f"That is {(share * 100).normalize():f} % more.")
            continue
        weights[group.code] = weight
        if weight.weight > 1:
            _ask_extra_share(cells, group.title, typed, weight.weight)
    return tuple(weights.values())


def _refuse_weight(cells: Cells, title: str, typed: str, why_not: str) -> None:
    cells.findings.error(
        "weight-unfit",
        cells.where("weight"),
        typed,
        what=f"The weight for {title} is {typed}. {why_not}",
        why="The weight decides how much a pupil of the group brings to a school.",
        remedy="Enter the extra share, from 0 to 10: 0.25 means 25 % more.",
    )


def _ask_extra_share(cells: Cells, title: str, typed: str, weight: Decimal) -> None:
    cells.findings.warn(
        "weight-over-one",
        cells.where("weight"),
        typed,
        what=f"The weight for {title} is {typed}, so each pupil brings {print_share(weight)} more than the base.",
        why="A weight is the extra share: a formula that says 125 % of the base has a weight of 0.25.",
        remedy=f"Leave it if the extra share is meant; otherwise enter {weight - 1}.",
    )


def _refuse_group(cells: Cells, words: str, district: District, *, audit: bool, twice: object) -> None:
    drivers = ", ".join(group.title for group in district.groups if group.use is GroupUse.NEED) or "none"
    if audit:
        code, what = "weight-protected", f"{words} is for audit only and cannot carry a need weight."
    elif twice is not None:
        code, what = "weight-twice", f"{words} has two need weights."
    else:
        code, what = "weight-group-unknown", f"There is no student group {words} on Schools."
    cells.findings.error(
        code,
        cells.where("group"),
        words,
        what=what,
        why="A weight must belong to one group of pupils whose count is known and may drive an allocation.",
        remedy=f"Use each need driver once at most: {drivers}.",
    )
