"""The money of all files: what is planned with, what is compared or added, and what no school with pupils has."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP

from equity_alloc.domain.district import CentralSpending, Fund
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.extract import Extract, MoneyRow
from equity_alloc.sources.mapped.join import Joined

#: Line of central spending for money whose school has no pupils in any of the files.
WITHOUT_PUPILS = "Schools without pupils in the files"


def money_of(
    extracts: Sequence[Extract], joined: Joined, added: Sequence[str], pupils: Mapping[str, int], findings: FindingList
) -> tuple[list[MoneyRow], list[list[MoneyRow]]]:
    """Return the money that is planned with, and that of further files, which is compared unless a person adds it.

    Parameters
    ----------
    extracts : sequence of Extract
    joined : Joined
    added : sequence of str
        Files whose dollars a person adds to the first.
    pupils : mapping of str to int
        Enrollment of each school, for files that have dollars per pupil and no pupils.
    findings : FindingList

    Notes
    -----
    The file with posts comes first where there is one: it says most.
    """
    files: list[tuple[str, list[MoneyRow]]] = []
    for extract, codes in zip(extracts, joined.codes, strict=True):
        rows = [dataclasses.replace(row, school=codes.get(row.school, row.school)) for row in extract.money]
        rows = _times_pupils(extract, rows, pupils, findings)
        if rows:
            files.append((extract.tally.file, rows))
    files.sort(key=lambda pair: (pair[0] in added, -sum(row.fte for row in pair[1])))
    if not files:
        return [], []
    planned = list(files[0][1])
    for name, rows in files[1:]:
        planned += rows if name in added else []
    return planned, [rows for name, rows in files[1:] if name not in added]


def _times_pupils(
    extract: Extract, rows: list[MoneyRow], pupils: Mapping[str, int], findings: FindingList
) -> list[MoneyRow]:
    """Multiply dollars per pupil by the pupils that another file counts; a school without them is told and left out."""
    found: list[MoneyRow] = []
    unknown: list[MoneyRow] = []
    for row in rows:
        if row.per_pupil is None:
            found.append(row)
        elif row.school in pupils:
            cents = int((row.per_pupil * pupils[row.school] * 100).to_integral_value(rounding=ROUND_HALF_UP))
            found.append(dataclasses.replace(row, cents=cents, per_pupil=None))
        else:
            unknown.append(row)
    if unknown:
        schools = {row.school for row in unknown}
        findings.warn(
            "dollars-without-pupils", unknown[0].where, str(unknown[0].per_pupil),
            what=f"{extract.tally.file} has dollars per pupil and no pupils, and no other file counts those of {len(schools)} "
            "of its schools.",
            why="Dollars per pupil become dollars only with pupils of the same year.",
            remedy="Add a file with the enrollment of the same schools and year.",
        )  # fmt: skip
    if len(unknown) < len(rows) and any(row.per_pupil is not None for row in rows):
        findings.note(
            "dollars-by-pupils", extract.tally.file, "",
            what=f"Dollars per pupil of {extract.tally.file} are multiplied by the enrollment of another file.",
            why="Each is right only with the pupils it was divided by.", remedy="Use files of one year and one count date.",
        )  # fmt: skip
    return found


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
            what=f"{count_words(len(names), 'school')} with dollars and no pupils in any file: {', '.join(list(names)[:6])}"
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
