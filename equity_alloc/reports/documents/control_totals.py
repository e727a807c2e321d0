"""Control totals: what the files for the accounting system come to, for whoever takes them in and whoever audits that."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.domain.errors import NothingToTell
from equity_alloc.domain.money import Cents
from equity_alloc.planning.baseline import knows_last_year
from equity_alloc.reports.account_lines import AccountLine, Where, budget_lines, fte_by_payer
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.documents import budget_lines as lines_file
from equity_alloc.reports.documents import journal as journal_file
from equity_alloc.reports.documents import position_control as posts_file
from equity_alloc.reports.draft import statuses
from equity_alloc.reports.journal_entries import Entry, journal_entries
from equity_alloc.sources.cell_words import dollars, posts

_HEADINGS = (
    "File", "What", "Fund", "Fund title", "Rows", "Total", "Should be", "Difference", "Says", "Status",
)  # fmt: skip
_LINES, _JOURNAL, _POSTS = "budget lines", "journal", "position control"
_WHERE = {
    Where.SCHOOL: "dollars at schools",
    Where.CENTRAL: "dollars budgeted centrally",
    Where.LEFT: "dollars not allocated",
}


def _write(dossier: Dossier) -> bytes:
    status = statuses(dossier.draft)
    rows = (*_lines(dossier), *_journal(dossier), *_posts(dossier), *_files(dossier))
    return csv_bytes(_HEADINGS, ((*row, next(status)) for row in rows))


def _row(
    file: str, what: str, fund: tuple[str, str], rows: int, total: Cents, due: Cents, says: str
) -> tuple[str, ...]:
    return file, what, *fund, str(rows), dollars(total), dollars(due), dollars(total - due), says


def _lines(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield what the budget lines of each fund come to, beside the certificate's figures, and all together."""
    lines = budget_lines(dossier.plan, dossier.pattern)
    funds = dossier.plan.certificate.funds
    for fund in funds:
        mine = [line for line in lines if line.fund == fund.code]
        named = (fund.code, fund.title)
        yield _row(_LINES, "dollars", named, len(mine), _sum(mine), fund.appropriation, "the fund's appropriation")
        for where, due in ((Where.SCHOOL, fund.schools), (Where.CENTRAL, fund.central), (Where.LEFT, fund.unallocated)):
            own = [line for line in mine if line.where is where]
            if own or due:
                yield _row(_LINES, _WHERE[where], named, len(own), _sum(own), due, "the certificate")
    due = sum(fund.appropriation for fund in funds)
    yield _row(_LINES, "dollars", ("all", "All funds"), len(lines), _sum(lines), due, "all appropriations")
    yield from _accounts(lines)


def _accounts(lines: tuple[AccountLine, ...]) -> Iterator[tuple[str, ...]]:
    """Yield how many accounts the lines go to, and which funds cannot be told apart by their accounts."""
    funds_of: dict[str, set[str]] = {}
    for line in lines:
        funds_of.setdefault(line.account, set()).add(line.fund)
    says = "where your system takes one amount for an account, add up the lines of each"
    yield (_LINES, "accounts", "all", "All funds", str(len(funds_of)), "", "", "", says)
    shared = [funds for funds in funds_of.values() if len(funds) > 1]
    named = ", ".join(sorted({fund for funds in shared for fund in funds}))
    says = (
        f"{named} share accounts: give each fund a code of its own under [fund.CODE]"
        if shared
        else "each fund has its own"
    )
    yield (_LINES, "accounts that several funds share", "all", "All funds", str(len(shared)), "", "", "", says)


def _sum(lines: list[AccountLine] | tuple[AccountLine, ...]) -> Cents:
    return sum(line.cents for line in lines)


def _journal(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield the debits of each fund beside its credits, and all together."""
    plan = dossier.plan
    if not knows_last_year(plan):
        yield (_JOURNAL, "not made", "", "", "", "", "", "", "the data hold nothing of last year")
        return
    entries = journal_entries(plan, dossier.pattern)
    for fund in plan.certificate.funds:
        mine = [entry for entry in entries if entry.line.fund == fund.code]
        says = "the fund's credits" if mine else "nothing changes in this fund"
        yield _sides((fund.code, fund.title), mine, says)
    yield _sides(("all", "All funds"), list(entries), "all credits")


def _sides(fund: tuple[str, str], entries: list[Entry], says: str) -> tuple[str, ...]:
    debits, credits_ = (sum(getattr(entry, side) for entry in entries) for side in ("debit", "credit"))
    return _row(_JOURNAL, "debits", fund, len(entries), debits, credits_, says)


def _posts(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield the FTE of each position as its payers carry it, beside the certificate's."""
    parts = fte_by_payer(dossier.plan.allocation)
    for code, title, due in dossier.plan.certificate.positions:
        mine = [fte for (_, position, _), fte in parts.items() if position == code]
        yield (_POSTS, f"FTE of {title} ({code})", "", "", str(len(mine)), posts(sum(mine)), posts(due), posts(sum(mine) - due),
               "the certificate")  # fmt: skip


def _files(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield the fingerprint of each file, so that nobody takes in another than the one that was checked."""
    for name, document in (
        (_LINES, lines_file.DOCUMENT),
        (_JOURNAL, journal_file.DOCUMENT),
        (_POSTS, posts_file.DOCUMENT),
    ):
        try:
            print_ = hashlib.sha256(document.write(dossier)).hexdigest()
        except NothingToTell:
            continue
        yield (name, "SHA-256 of the file", "", "", "", "", "", "", print_)


DOCUMENT = Document(
    "control-totals",
    "Control totals of the accounting files",
    "What budget lines, journal and position control come to, fund by fund, beside the certificate. For whoever takes them in.",
    Readers.INTERNAL,
    95,
    ".csv",
    "text/csv",
    _write,
    has_accounts=True,
)
