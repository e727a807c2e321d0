"""The money of all files: what is planned with, what is compared or added, and what no school with pupils has."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from equity_alloc.domain.district import CentralSpending, Fund
from equity_alloc.domain.money import print_dollars
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.extract import Extract, MoneyRow
from equity_alloc.sources.mapped.join import Joined

#: Line of central spending for money whose school has no pupils in any of the files.
WITHOUT_PUPILS = "Schools without pupils in the files"


def money_of(
    extracts: Sequence[Extract], joined: Joined, added: Sequence[str]
) -> tuple[list[MoneyRow], list[list[MoneyRow]]]:
    """Return the money that is planned with, and that of further files, which is compared unless a person adds it.

    Parameters
    ----------
    extracts : sequence of Extract
    joined : Joined
    added : sequence of str
        Files whose dollars a person adds to the first.

    Notes
    -----
    The file with posts comes first where there is one: it says most.
    """
    files: list[tuple[str, list[MoneyRow]]] = []
    for extract, codes in zip(extracts, joined.codes, strict=True):
        rows = [dataclasses.replace(row, school=codes.get(row.school, row.school)) for row in extract.money]
        if rows:
            files.append((extract.tally.file, rows))
    files.sort(key=lambda pair: (pair[0] in added, -sum(row.fte for row in pair[1])))
    if not files:
        return [], []
    planned = list(files[0][1])
    for name, rows in files[1:]:
        planned += rows if name in added else []
    return planned, [rows for name, rows in files[1:] if name not in added]


def central_of(money: Sequence[MoneyRow], known: set[str], findings: FindingList) -> tuple[CentralSpending, ...]:
    """Keep the dollars of schools without pupils as central spending, so that every total still ties."""
    sums: dict[str, int] = {}
    names: dict[str, None] = {}
    for row in money:
        if row.school not in known:
            sums[row.fund] = sums.get(row.fund, 0) + row.cents
            names[row.school] = None
    if names and known:
        findings.warn(
            "school-without-enrollment", next(row.where for row in money if row.school not in known).partition("!")[0], "",
            what=f"{len(names)} schools have dollars and no pupils in any file: {', '.join(list(names)[:6])}"
            f"{', ...' if len(names) > 6 else ''}. Their dollars are kept as budgeted centrally.",
            why="Without pupils a school has no level, and its dollars must not be lost or spread over other schools.",
            remedy="Add a file with their enrollment, or confirm on the match list which schools they are.",
        )  # fmt: skip
    for fund, cents in sums.items():
        if cents < 0 and known:
            findings.error(
                "central-negative", next(row.where for row in money if row.school not in known and row.fund == fund).partition("!")[0], "",
                what=f"What has no school with pupils adds up to less than zero in fund {fund}: {print_dollars(cents)}.",
                why="Revenue rows look like this; left out in silence they would make the fund larger than it is.",
                remedy="Leave revenue rows out by the map, or export expenditures only.",
            )  # fmt: skip
    return tuple(CentralSpending(WITHOUT_PUPILS, fund, cents) for fund, cents in sums.items() if cents > 0)


def with_central(
    funds: Sequence[Fund], central: Sequence[CentralSpending], money: Sequence[MoneyRow]
) -> tuple[Fund, ...]:
    """Return the funds with what is budgeted centrally; a fund that no school has keeps its title and what it counts for."""
    more = {block.fund: block.amount for block in central}
    found = [dataclasses.replace(fund, amount=fund.amount + more.pop(fund.code, 0)) for fund in funds]
    named = {row.fund: (row.fund_title, row.counts) for row in money}
    only = [
        Fund(code, named[code][0], cents, named[code][1], "" if named[code][1] else "last-year")
        for code, cents in more.items()
    ]
    return (*found, *only)
