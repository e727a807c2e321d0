"""Control totals: what the files for the accounting system come to, for whoever takes them in and whoever audits that."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from equity_alloc.domain.errors import NothingToTell
from equity_alloc.domain.money import Cents
from equity_alloc.planning.baseline import knows_last_year
from equity_alloc.reports.account_lines import AccountLine, Where, budget_lines, fte_by_payer
from equity_alloc.reports.account_workbook import account_workbook
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.documents import budget_lines as lines_file
from equity_alloc.reports.documents import journal as journal_file
from equity_alloc.reports.documents import position_control as posts_file
from equity_alloc.reports.draft import MARK, statuses
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
    lines = budget_lines(dossier.plan, dossier.pattern)
    totals = (*_lines(dossier, lines), *_journal(dossier), *_posts(dossier, lines))
    files = tuple(_files(dossier))
    rows = (*totals, *(_fingerprint(name, data) for name, data in files))
    mark = f"{MARK}  INTERNAL" if dossier.draft else "INTERNAL"
    told = ((*row, next(status)) for row in rows)
    return account_workbook(dossier.title, mark, _HEADINGS, told, [(name.capitalize(), data) for name, data in files])


def _row(
    file: str, what: str, fund: tuple[str, str], rows: int, total: Cents, due: Cents, says: str
) -> tuple[str, ...]:
    return file, what, *fund, str(rows), dollars(total), dollars(due), dollars(total - due), says


def _lines(dossier: Dossier, lines: tuple[AccountLine, ...]) -> Iterator[tuple[str, ...]]:
    """Yield what the budget lines of each fund come to, beside the certificate's figures, and all together."""
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
    says = (
        "all credits; a debit is spending that goes up: where your system adds to an appropriation by a credit, turn the two sides "
        "round"
    )
    yield _sides(("all", "All funds"), list(entries), says)


def _sides(fund: tuple[str, str], entries: list[Entry], says: str) -> tuple[str, ...]:
    debits, credits_ = (sum(getattr(entry, side) for entry in entries) for side in ("debit", "credit"))
    return _row(_JOURNAL, "debits", fund, len(entries), debits, credits_, says)


def _posts(dossier: Dossier, lines: tuple[AccountLine, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the FTE of each position as its payers carry it, beside the certificate's; and what each fund pays of posts."""
    parts = fte_by_payer(dossier.plan.allocation)
    for code, title, due in dossier.plan.certificate.positions:
        mine = [fte for (_, position, _), fte in parts.items() if position == code]
        yield (_POSTS, f"FTE of {title} ({code})", "", "", str(len(mine)), posts(sum(mine)), posts(due), posts(sum(mine) - due),
               "the certificate")  # fmt: skip
    for fund in dossier.plan.certificate.funds:
        paid = [cents for (_, _, code), cents in dossier.plan.allocation.pay if code == fund.code]
        due = sum(line.cents for line in lines if line.fund == fund.code and line.is_position)
        if paid or due:
            named = (fund.code, fund.title)
            yield _row(_POSTS, "dollars paid", named, len(paid), sum(paid), due, "the budget lines of its posts")


def _fingerprint(name: str, data: bytes) -> tuple[str, ...]:
    """Return the row of a file's fingerprint, so that nobody takes in another than the one that was checked."""
    return (name, "SHA-256 of the file", "", "", "", "", "", "", hashlib.sha256(data).hexdigest())


def _files(dossier: Dossier) -> Iterator[tuple[str, bytes]]:
    """Yield each file that can be made, as it leaves."""
    for name, document in (
        (_LINES, lines_file.DOCUMENT),
        (_JOURNAL, journal_file.DOCUMENT),
        (_POSTS, posts_file.DOCUMENT),
    ):
        try:
            data = document.write(dossier)
        except NothingToTell:
            continue
        yield name, data


DOCUMENT = Document(
    "control-totals",
    "Control totals of the accounting files",
    "What budget lines, journal and position control come to, beside the certificate; and their rows with codes as text, to read "
    "in a spreadsheet. For whoever takes the files in.",
    Readers.INTERNAL,
    95,
    ".xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    _write,
    has_accounts=True,
)
