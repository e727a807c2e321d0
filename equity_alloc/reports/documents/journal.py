"""A journal against last year: an entry for each account that changes, and for each fund the account that balances it."""

from __future__ import annotations

from collections.abc import Iterator

from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.domain.money import print_dollars
from equity_alloc.planning.baseline import BASELINE
from equity_alloc.planning.plan import FundBalance
from equity_alloc.reports.account_lines import AccountLine, account_lines, balance_account
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import statuses
from equity_alloc.sources.cell_words import dollars

_HEADINGS = (
    "Kind", "Account", "Fund", "School", "Position or line", "Last year", "Plan", "Change", "Debit", "Credit",
    "Debits of the fund", "Credits of the fund", "Says", "Status",
)  # fmt: skip

#: The sums stand in columns of their own, so that a column of entries adds up to what is posted, and to no more.
_NOTHING = ("", "")


def _write(dossier: Dossier) -> bytes:
    return csv_bytes(_HEADINGS, _rows(dossier))


def _rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield, fund by fund: its entries, the account that balances them, and both sums.

    Spending that goes up is a debit, spending that goes down a credit; the fund's balance takes the other side.
    """
    status = statuses(dossier.draft)
    district, pattern = dossier.plan.view.district, dossier.pattern
    before, now = (
        {(line.fund, line.school, line.item, line.is_position): line for line in account_lines(district, each, pattern)}
        for each in (district.today, dossier.plan.allocation)
    )
    for fund in dossier.plan.certificate.funds:
        keys = [key for key in sorted({*before, *now}) if key[0] == fund.code]
        was, is_now = (sum(_cents(side.get(key)) for key in keys) for side in (before, now))
        debits = credits_ = 0
        for key in keys:
            old, new = _cents(before.get(key)), _cents(now.get(key))
            line = now.get(key) or before.get(key)
            if old == new or line is None:
                continue
            debits, credits_ = debits + max(0, new - old), credits_ + max(0, old - new)
            yield (
                "entry",
                line.account,
                line.fund,
                line.school,
                line.item,
                *_amounts(old, new),
                *_NOTHING,
                "",
                next(status),
            )
        if was != is_now:
            account = balance_account(district, fund.code, pattern)
            debits, credits_ = debits + max(0, was - is_now), credits_ + max(0, is_now - was)
            other = ("", "", "", dollars(max(0, was - is_now)), dollars(max(0, is_now - was)))
            says = _source(dossier, fund, is_now - was)
            yield ("balance", account, fund.code, "", "", *other, *_NOTHING, says, next(status))
        change = (dollars(was), dollars(is_now), dollars(is_now - was))
        says = f"{fund.title}: debits and credits are equal."
        if not debits:
            says = f"{fund.title}: nothing changes."
        yield (
            "total of the fund",
            "",
            fund.code,
            "",
            "",
            *change,
            *_NOTHING,
            dollars(debits),
            dollars(credits_),
            says,
            next(status),
        )


def _amounts(old: int, new: int) -> tuple[str, ...]:
    return (*map(dollars, (old, new, new - old)), dollars(max(0, new - old)), dollars(max(0, old - new)))


def _cents(line: AccountLine | None) -> int:
    return line.cents if line is not None else 0


def _source(dossier: Dossier, fund: FundBalance, change: int) -> str:
    """Say what the balancing account stands for, with what the data tell of the fund's money."""
    amount = print_dollars(abs(change), with_cents=True)
    how = "more" if change > 0 else "less"
    says = f"{fund.title}: schools get {amount} {how} than {BASELINE} take."
    terms = next((each for each in dossier.plan.district.terms if each.fund == fund.code), None)
    if terms is not None and terms.revenue is not None:
        drawn = fund.appropriation - terms.revenue
        from_balance = f", {print_dollars(drawn, with_cents=True)} is drawn from its balance" if drawn > 0 else ""
        taken_in = print_dollars(terms.revenue, with_cents=True)
        says += f" The fund takes in {taken_in} in the plan year{from_balance}."
    unchecked = (
        "Last year's revenue and central lines are not in the data: put the account that the change comes from here."
    )
    default = "" if dossier.pattern.balance_is_verified else " The account is an unverified default."
    return f"{says} {unchecked}{default}"


DOCUMENT = Document(
    "journal",
    "Journal against last year",
    "What changes in each account, and for each fund the account that balances it: debits equal credits.",
    Readers.INTERNAL,
    90,
    ".csv",
    "text/csv",
    _write,
)
