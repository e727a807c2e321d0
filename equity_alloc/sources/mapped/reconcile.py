"""Reconciles before anything is accepted: rows read and left out, totals against prints, and one file against another."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars, read_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.extract import Check, Extract, Measured, MoneyRow, Tally
from equity_alloc.sources.mapped.join import Joined

#: What a file adds up to as a whole; its other totals are those of its funds.
ENROLLMENT, ALL_MONEY, POSTS = WHOLES = ("Enrollment", "All money", "Posts")


@dataclass(frozen=True, slots=True)
class Total:
    """What the rows of a file add up to.

    Parameters
    ----------
    file, subject : str
    measured : Measured
    amount : int
    """

    file: str
    subject: str
    measured: Measured
    amount: int


@dataclass(frozen=True)
class Reconciled:
    """How files add up, by themselves and against each other.

    Parameters
    ----------
    tallies : tuple of Tally
    totals : tuple of Total
        Pupils, dollars and posts of each file, by fund where there are several.
    against : tuple of Check
        Dollars of each school in a further money file, beside those that are planned with.
    of_district : tuple of Check
        Pupils of the district as a table of districts prints them, beside the sum of its schools.
    """

    tallies: tuple[Tally, ...]
    totals: tuple[Total, ...]
    against: tuple[Check, ...]
    of_district: tuple[Check, ...] = ()

    @property
    def asking(self) -> tuple[tuple[str, str], ...]:
        """What a person has to decide: the file, and in a sentence what does not tie."""
        found = [(tally.file, _tally_words(tally)) for tally in self.tallies if tally.asks]
        if any(not check.ties for check in self.against):
            found.append(("the money files", _between_words(self.against)))
        return tuple(found)


def _tally_words(tally: Tally) -> str:
    parts = []
    if tally.differences:
        first = tally.differences[0]
        parts.append(
            f"{len(tally.differences)} of {len(tally.checks)} printed totals in {tally.file} differ from the rows, first "
            f"{first.subject}: printed {amount_words(first.measured, first.printed)}, rows "
            f"{amount_words(first.measured, first.found)}"
        )
    guesses = [left for left in tally.left_out if left.is_guess]
    if guesses:
        rows = sum(left.rows for left in guesses)
        parts.append(
            f"{rows} {'row' if rows == 1 else 'rows'} of {tally.file} {'looks like a total' if rows == 1 else 'look like totals'} "
            f"without saying so (first {guesses[0].first}), and {'is' if rows == 1 else 'are'} left out"
        )
    return "; ".join(parts) + "."


def _between_words(checks: Sequence[Check]) -> str:
    off = [check for check in checks if not check.ties]
    total = sum(check.printed - check.found for check in off)
    return (
        f"Files of money differ at {len(off)} of {count_words(len(checks), 'school')}, by {print_dollars(total)} in all; the "
        f"dollars of {off[0].where.partition('!')[0]} are compared, not added"
    ) + "."


def reconcile(
    extracts: Sequence[Extract], joined: Joined, planned: Sequence[MoneyRow], further: Sequence[Sequence[MoneyRow]]
) -> Reconciled:
    """Return how the files add up.

    Parameters
    ----------
    extracts : sequence of Extract
    joined : Joined
    planned : sequence of MoneyRow
        Money that is planned with, school codes joined already.
    further : sequence of sequences of MoneyRow
        Money that is compared and not added, likewise.
    """
    totals = [total for extract in extracts for total in _totals(extract)]
    names: dict[str, str] = {}
    for extract, codes in zip(extracts, joined.codes, strict=True):
        for facts in extract.schools:
            names.setdefault(codes.get(facts.code, facts.code), facts.name)
    sums: dict[str, int] = {}
    for row in planned:
        sums[row.school] = sums.get(row.school, 0) + row.cents
    against = [check for rows in further for check in _against(rows, sums, names)]
    return Reconciled(tuple(extract.tally for extract in extracts), tuple(totals), tuple(against))


def _totals(extract: Extract) -> list[Total]:
    file = extract.tally.file
    found: list[Total] = []
    pupils = [facts.counts["enrollment"].low for facts in extract.schools if "enrollment" in facts.counts]
    if pupils:
        found.append(Total(file, ENROLLMENT, Measured.PUPILS, sum(pupils)))
    funds: dict[str, int] = {}
    money = [row for row in extract.money if row.per_pupil is None]
    for row in money:
        funds[row.fund_title] = funds.get(row.fund_title, 0) + row.cents
    if money:
        found.append(Total(file, ALL_MONEY, Measured.CENTS, sum(funds.values())))
        if len(funds) > 1:
            found += [Total(file, title, Measured.CENTS, cents) for title, cents in sorted(funds.items())]
        posts = sum(row.fte for row in money)
        if posts:
            found.append(Total(file, POSTS, Measured.FTE, posts))
    return found


def _against(rows: Sequence[MoneyRow], planned: dict[str, int], names: dict[str, str]) -> list[Check]:
    sums: dict[str, int] = {}
    first: dict[str, str] = {}
    for row in rows:
        sums[row.school] = sums.get(row.school, 0) + row.cents
        first.setdefault(row.school, row.where)
    return [
        Check(names.get(code, code), Measured.CENTS, cents, planned.get(code, 0), first[code])
        for code, cents in sorted(sums.items())
        if code in planned  # a school that is not joined yet differs from nothing
    ]


def amount_words(measured: Measured, amount: int) -> str:
    """Return an amount as people write it.

    Examples
    --------
    >>> amount_words(Measured.FTE, 4100), amount_words(Measured.CENTS, 17744400), amount_words(Measured.PUPILS, 48115)
    ('41.00 FTE', '$177,444', '48,115 pupils')
    """
    if measured is Measured.CENTS:
        return print_dollars(amount, with_cents=amount % 100 != 0)
    return f"{print_fte(amount)} FTE" if measured is Measured.FTE else count_words(amount, "pupil")


def with_control(extract: Extract, typed: str, findings: FindingList) -> Tally:
    """Return a file's tally with the dollars that a ledger gives for it, compared with its rows.

    Parameters
    ----------
    extract : Extract
    typed : str
        As a person typed it; blank for none.
    findings : FindingList
        Receives an amount that cannot be read.
    """
    tally = extract.tally
    if not typed.strip() or not any(row.per_pupil is None for row in extract.money):
        return tally
    try:
        printed = read_dollars(typed)
    except InvalidValue as error:
        findings.error(
            "control-unreadable", tally.file, typed[:40], what=f"The total typed for {tally.file} cannot be read: {error}",
            why="It is compared with what the rows add up to.", remedy="Write it like 1250000 or $1,250,000.00.",
        )  # fmt: skip
        return tally
    found = sum(row.cents for row in extract.money)
    check = Check("Total by the ledger, as typed", Measured.CENTS, printed, found, tally.file)
    return dataclasses.replace(tally, checks=(*tally.checks, check))
