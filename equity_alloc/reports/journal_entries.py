"""The entries of a journal against last year, fund by fund, with the account that balances each fund."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.planning.baseline import baseline
from equity_alloc.planning.plan import FundBalance, Plan
from equity_alloc.reports.account_lines import AccountLine, account_lines, balance_line
from equity_alloc.reports.accounts import AccountPattern


@dataclass(frozen=True, slots=True)
class Entry:
    """What is posted to one account.

    Parameters
    ----------
    line : AccountLine
        Of the plan, or of last year where the plan has none there.
    before, now : Cents
        Last year at the plan year's costs, and in the plan; of a balance, the two sides of its fund the other way round.
    is_balance : bool
    says : str
        What a balancing account stands for.
    """

    line: AccountLine
    before: Cents
    now: Cents
    is_balance: bool = False
    says: str = ""

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        return "balance" if self.is_balance else "entry"

    @property
    def debit(self) -> Cents:
        """Spending that goes up, or the account that balances a fund whose spending goes down."""
        return max(0, self.now - self.before)

    @property
    def credit(self) -> Cents:
        """Spending that goes down, or the account that balances a fund whose spending goes up."""
        return max(0, self.before - self.now)


def journal_entries(plan: Plan, pattern: AccountPattern) -> tuple[Entry, ...]:
    """Return what is posted, fund by fund; debits equal credits in each, the fund's balance taking the other side.

    Raises
    ------
    InvalidValue
        As `account_lines` and `balance_line`.
    """
    district = plan.view.district
    before, now = (
        {line.place: line for line in account_lines(district, each, pattern)}
        for each in (district.today, plan.allocation)
    )
    entries: list[Entry] = []
    for fund in plan.certificate.funds:
        changed = list(_changed(before, now, fund.code))
        entries += changed
        change = sum(each.now - each.before for each in changed)
        if change:
            line = balance_line(district, fund.code, pattern)
            says = _source(plan, fund, change, is_checked=line.is_verified)
            entries.append(Entry(line, max(0, change), max(0, -change), is_balance=True, says=says))
    return tuple(entries)


def _changed(before: _Lines, now: _Lines, fund: str) -> Iterator[Entry]:
    for place in sorted(place for place in {*before, *now} if place[0] == fund):
        old, new = before.get(place), now.get(place)
        line = new or old
        entry = line and Entry(line, old.cents if old else 0, new.cents if new else 0)
        if entry and entry.before != entry.now:
            yield entry


def _source(plan: Plan, fund: FundBalance, change: Cents, *, is_checked: bool) -> str:
    """Say what the balancing account stands for, with what the data tell of the fund's money."""
    how = "more" if change > 0 else "less"
    says = f"{fund.title}: schools get {_told(abs(change))} {how} than {baseline(plan)} take."
    terms = next((each for each in plan.district.terms if each.fund == fund.code), None)
    if terms is not None and terms.balance is not None:
        says += f" The plan year opens with a balance of {_told(terms.balance)} in it."
    if terms is not None and terms.revenue is not None:
        drawn = fund.appropriation - terms.revenue
        from_balance = f", {_told(drawn)} is drawn from its balance" if drawn > 0 else ""
        says += f" The fund takes in {_told(terms.revenue)} in the plan year{from_balance}."
    says += (
        " Last year's revenue and central lines are not in the data: put the account that the change comes from here."
    )
    return says if is_checked else f"{says} The account is an unverified default."


def _told(cents: Cents) -> str:
    return print_dollars(cents, with_cents=True)


_Lines = dict[tuple[str, str, str, bool, str], AccountLine]
