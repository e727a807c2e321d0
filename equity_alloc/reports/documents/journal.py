"""A journal against last year: one entry for each account that changes, and for each fund whether they net to zero."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.domain.money import print_dollars
from equity_alloc.reports.account_lines import AccountLine, account_lines
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import MARK
from equity_alloc.sources.cell_words import dollars

_HEADINGS = ("Kind", "Account", "Fund", "School", "Position or line", "Last year", "Plan", "Change", "Says", "Status")


def _write(dossier: Dossier) -> bytes:
    return csv_bytes(_HEADINGS, _rows(dossier))


def _rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    district, pattern = dossier.plan.view.district, dossier.pattern
    status = MARK if dossier.draft else "adoptable"
    before, now = (
        {(line.fund, line.school, line.item, line.is_position): line for line in account_lines(district, each, pattern)}
        for each in (district.today, dossier.plan.allocation)
    )
    sums: dict[str, list[int]] = {fund.code: [0, 0] for fund in district.funds}
    for key in sorted({*before, *now}):
        was, is_now = _cents(before.get(key)), _cents(now.get(key))
        sums[key[0]][0] += was
        sums[key[0]][1] += is_now
        line = now.get(key) or before.get(key)
        if was == is_now or line is None:
            continue
        amounts = (dollars(was), dollars(is_now), dollars(is_now - was))
        yield ("entry", line.account, line.fund, line.school, line.item, *amounts, "", status)
    for fund in district.funds:
        was, is_now = sums[fund.code]
        says = _says(fund.title, is_now - was)
        yield ("fund", "", fund.code, "", "", dollars(was), dollars(is_now), dollars(is_now - was), says, status)


def _cents(line: AccountLine | None) -> int:
    return line.cents if line is not None else 0


def _says(title: str, change: int) -> str:
    if not change:
        return f"{title}: the entries net to zero."
    how = "more" if change > 0 else "less"
    return (
        f"{title}: the entries do not net to zero. Schools get {print_dollars(abs(change), with_cents=True)} {how} than last "
        "year at this year's prices; the change of the fund's appropriation, its central lines or its balance stands against it."
    )


DOCUMENT = Document(
    "journal",
    "Journal against last year",
    "What changes in each account, and for each fund whether the changes net to zero or what does not.",
    Readers.INTERNAL,
    90,
    ".csv",
    "text/csv",
    _write,
)
