"""Position control: every post at every school, last year and in the plan, what is added, given up or vacant."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.domain.errors import NothingToTell
from equity_alloc.reports.account_lines import Part, account_lines, fte_by_payer
from equity_alloc.reports.document import Document, Dossier, Readers
from equity_alloc.reports.draft import statuses
from equity_alloc.sources.cell_words import dollars, posts

_HEADINGS = (
    "Kind", "School", "School name", "Position", "Title", "FTE last year", "Vacant last year", "FTE in the plan", "Change",
    "Vacant given up", "Filled given up", "What happens", "Cost per FTE", "Dollars in the plan", "Paid by", "Fund", "Account of the salary",
    "FTE paid", "Dollars paid", "Status",
)  # fmt: skip
#: What a row of the other kind leaves blank.
_NO_POST, _NO_PAYER = ("",) * 10, ("",) * 4


def _write(dossier: Dossier) -> bytes:
    if not dossier.knows_posts:
        raise NothingToTell("The data hold no posts: no position control.")
    return csv_bytes(_HEADINGS, _rows(dossier))


def _rows(dossier: Dossier) -> Iterator[tuple[str, ...]]:
    """Yield each post once, and below it a row for each fund that pays it, with its account and its part.

    Posts and payers fill columns of their own, so that either column adds up to the plan and to no more.
    """
    plan = dossier.plan
    status = statuses(dossier.draft)
    accounts, part_of = _accounts(dossier), fte_by_payer(plan.allocation)
    payers: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for (school, position, fund), cents in plan.allocation.pay:
        payers.setdefault((school, position), []).append((fund, cents))
    for key in sorted({*plan.view.district.today.fte_of, *plan.allocation.fte_of}):
        paid = payers.get(key, [])
        yield ("post", *_named(dossier, key), *_post(dossier, key, paid), *_NO_PAYER, next(status))
        for fund, cents in paid:
            part = posts(part_of.get((*key, fund), 0))
            account = accounts.get((*key, fund), "")
            yield ("paid by", *_named(dossier, key), *_NO_POST, fund, account, part, dollars(cents),
                   next(status))  # fmt: skip


def _named(dossier: Dossier, key: tuple[str, str]) -> tuple[str, str, str, str]:
    district, (school, position) = dossier.plan.view.district, key
    return school, district.school_of[school].name, position, district.position_of[position].title


def _post(dossier: Dossier, key: tuple[str, str], paid: list[tuple[str, int]]) -> tuple[str, ...]:
    """Return what a post was and will be, and what becomes of whoever holds it."""
    plan = dossier.plan
    district, position = plan.view.district, key[1]
    before, now = district.today.fte_of.get(key, 0), plan.allocation.fte_of.get(key, 0)
    vacant = min(before, district.vacant_of.get(key, 0)) if position in district.vacant_positions else None
    given_up = max(0, before - now)
    empty = None if vacant is None else min(given_up, vacant)
    return (
        posts(before),
        "not known" if vacant is None else posts(vacant),
        posts(now),
        posts(now - before),
        "not known" if empty is None else posts(empty),
        "not known" if empty is None else posts(given_up - empty),
        "keep" if now == before else "add" if now > before else "give up",
        dollars(district.position_of[position].cost),
        dollars(sum(cents for _, cents in paid)),
        "; ".join(f"{fund} {dollars(cents)}" for fund, cents in paid),
    )


def _accounts(dossier: Dossier) -> dict[tuple[str, str, str], str]:
    """Return the account of the salary of each payer.

    Posts alone are looked up, so that a line without a code stops no position control.

    Raises
    ------
    InvalidValue
        As `account_lines`: a post whose account is not known does not leave with a blank one.
    """
    posts_alone = dataclasses.replace(dossier.plan.allocation, dollars=())
    lines = account_lines(dossier.plan.view.district, posts_alone, dossier.pattern)
    held = (line for line in lines if line.is_position and line.part is not Part.BENEFITS)
    return {(line.school, line.item, line.fund): line.account for line in held}


DOCUMENT = Document(
    "position-control",
    "Position control",
    "Every post at every school: kept, added or given up, vacant or filled, and which fund pays how much of it from which account.",
    Readers.INTERNAL,
    85,
    ".csv",
    "text/csv",
    _write,
    has_accounts=True,
)
