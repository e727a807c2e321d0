"""Positions, funds, posts and lines from rows of money: average costs that never exceed what was paid, funds that tie."""

from __future__ import annotations

import dataclasses
import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from equity_alloc.domain.district import Fund, Position, Spending, Staffing
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import MOST_CENTS
from equity_alloc.domain.number import count_words
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.declare import slug
from equity_alloc.sources.mapped.answers import FundsAs
from equity_alloc.sources.mapped.extract import MoneyRow
from equity_alloc.sources.mapped.library import ALIASES, MAPS

#: More funds than these make a plan that few can read; a person says which are kept, and the others are joined.
MOST_FUNDS = 12
#: More funds than these cannot be planned with one by one.
MOST_PLANNED = 40
STATE_LOCAL, FEDERAL = "state-and-local", "federal"


@dataclass(frozen=True)
class Money:
    """What is planned with.

    Parameters
    ----------
    positions, funds, staffing, spending : tuples
        As in `District`.
    """

    positions: tuple[Position, ...]
    funds: tuple[Fund, ...]
    staffing: tuple[Staffing, ...]
    spending: tuple[Spending, ...]


def build_money(rows: Sequence[MoneyRow], findings: FindingList) -> Money:
    """Return posts and lines by school and fund, with every cent in one of them or left in its fund.

    A position's cost is its average over the district, rounded down to what makes a step cost whole cents; so last
    year's posts at averages never cost more than was paid, and each fund holds exactly what its rows add up to.

    Parameters
    ----------
    rows : sequence of MoneyRow
    findings : FindingList
    """
    posts: dict[tuple[str, str, str], list[int]] = {}
    lines: dict[tuple[str, str, str], int] = {}
    for row in rows:
        if row.position and row.fte:
            held = posts.setdefault((row.school, row.position, row.fund), [0, 0])
            held[0] += row.fte
            held[1] += row.cents
        else:
            key = (row.school, row.line or row.position, row.fund)
            lines[key] = lines.get(key, 0) + row.cents
    # Corrections are netted within a post; what is no post in the end is a line, and below zero it is refused.
    for (school, position, fund), (fte, cents) in list(posts.items()):
        if fte <= 0:
            key = (school, position, fund)
            lines[key] = lines.get(key, 0) + cents
            del posts[key]
            if fte < 0:
                _refuse_posts(rows, key, fte, findings)
    _refuse_negative(rows, posts, lines, findings)
    codes = _codes([position for _, position, _ in posts])
    positions = _positions(posts, codes)
    staffing = tuple(
        Staffing(school, codes[position], fund, fte, min(MOST_CENTS, cents * 100 // fte))
        for (school, position, fund), (fte, cents) in sorted(posts.items())
    )
    spending = tuple(
        Spending(s, line.replace(";", ","), fund, cents) for (s, line, fund), cents in sorted(lines.items()) if cents
    )
    return Money(positions, _funds(rows), staffing, spending)


def _positions(posts: dict[tuple[str, str, str], list[int]], codes: dict[str, str]) -> tuple[Position, ...]:
    found = []
    for title in sorted(codes):
        held = [pair for (_, position, _), pair in posts.items() if position == title]
        step = math.gcd(*(fte for fte, _ in held), 100)
        cost = sum(cents for _, cents in held) * 100 // sum(fte for fte, _ in held)
        whole = 100 // math.gcd(step, 100)  # a cost that is a multiple of this makes a step cost whole cents
        found.append(Position(codes[title], title, max(0, cost - cost % whole), step, 0))
    return tuple(found)


def _codes(titles: Sequence[str]) -> dict[str, str]:
    """Return a short code for each position, from its title."""
    codes: dict[str, str] = {}
    for title in sorted(set(titles)):
        code = slug(title)[:40] or "position"
        number = 1
        while code in codes.values() or code in ("all", "none"):
            number += 1
            code = f"{slug(title)[:40]}-{number}"
        codes[title] = code
    return codes


def _funds(rows: Sequence[MoneyRow]) -> tuple[Fund, ...]:
    sums: dict[str, int] = {}
    titles: dict[str, tuple[str, bool]] = {}
    for row in rows:
        sums[row.fund] = sums.get(row.fund, 0) + row.cents
        titles.setdefault(row.fund, (row.fund_title, row.counts))
    return tuple(
        Fund(code, titles[code][0], max(0, cents), titles[code][1], "" if titles[code][1] else "last-year")
        for code, cents in sorted(sums.items())
    )


def told_funds(rows: Sequence[MoneyRow], funds_as: str, findings: FindingList) -> list[MoneyRow]:
    """Take funds with a federal name as federal, and group them where there are too many, both told; no cent is lost.

    Parameters
    ----------
    rows : sequence of MoneyRow
    funds_as : str
        What a person chose, of `FundsAs`; it holds only where there are more than `MOST_FUNDS`.
    findings : FindingList
    """
    names = {row.fund: row.fund_title for row in rows}
    federal = {code for code, title in names.items() if is_federal(title)}
    if federal:
        findings.note(
            "funds-federal", rows[0].where.partition("!")[0], "",
            what=f"{count_words(len(federal), 'fund')} taken as federal by name, so on top and not counted toward "
            f"the level: {', '.join(sorted(names[code] for code in federal)[:6])}{', ...' if len(federal) > 6 else ''}.",
            why="Equalizing with federal money would take general money away where it arrives.",
            remedy="Look at the funds on the page Rules, and correct which of them count.",
        )  # fmt: skip
    kept = _kept_funds(rows, funds_as) if len(names) > MOST_FUNDS else set(names)
    if len(kept) < len(names):
        findings.note(
            "funds-joined", rows[0].where.partition("!")[0], "",
            what=f"The files have {count_words(len(names), 'fund')}: {len(kept) or 'none'} of them kept by name, the others joined into "
            f"{'other ' if kept else ''}state and local money, and {'other ' if kept else ''}federal money.",
            why="A plan over so many funds could be read by few. The totals are the same to the cent.",
            remedy="Leave it, or choose on the page Files in how many funds are kept.",
        )  # fmt: skip
    codes = _fund_codes({code: names[code] for code in names if code in kept})
    other = "Other " if kept else ""
    found = []
    for row in rows:
        counts = row.counts and row.fund not in federal
        if row.fund in kept:
            code, title = codes[row.fund], row.fund_title
        else:
            code = f"{slug(other)}-{STATE_LOCAL if counts else FEDERAL}".lstrip("-")
            title = f"{other}{'state and local' if counts else 'federal'}".capitalize()
        found.append(dataclasses.replace(row, fund=code, fund_title=title, counts=counts))
    return found


def _kept_funds(rows: Sequence[MoneyRow], funds_as: str) -> set[str]:
    """Return the funds that keep their names in the plan."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.fund] = sums.get(row.fund, 0) + row.cents
    if funds_as == FundsAs.ALL and len(sums) <= MOST_PLANNED:
        return set(sums)
    largest = sorted(sums, key=lambda fund: (-sums[fund], fund))
    most = {FundsAs.LARGEST.value: MOST_FUNDS - 2, FundsAs.ALL.value: MOST_PLANNED - 2}.get(str(funds_as), 0)
    return set(largest[:most])


def _fund_codes(names: dict[str, str]) -> dict[str, str]:
    """Return codes that fit: as found where they can be codes, else from the title."""
    codes: dict[str, str] = {}
    for code, title in names.items():
        fit = (
            code
            if code and ";" not in code and code.lower() not in ("all", "none", "*") and len(code) <= 40
            else slug(title) or "fund"
        )
        while fit in codes.values():
            fit += "-2"
        codes[code] = fit
    return codes


@cache
def _federal_words() -> tuple[str, ...]:
    plain = tomllib.loads((MAPS / ALIASES).read_text(encoding="utf-8"))
    return tuple(word.lower() for word in plain["federal"]["words"])


def is_federal(title: str) -> bool:
    """Whether a fund's name speaks of federal money.

    Examples
    --------
    >>> is_federal("TL Fair Student Funding"), is_federal("Title I SWP"), is_federal("IDEA RS IEP Para")
    (False, True, True)
    """
    words = f" {slug(title, ' ')} "
    return any(f" {word} " in words for word in _federal_words())


def _refuse_posts(rows: Sequence[MoneyRow], key: tuple[str, str, str], fte: int, findings: FindingList) -> None:
    school, position, fund = key
    where = next(row.where for row in rows if (row.school, row.position, row.fund) == key)
    findings.error(
        "posts-negative", where, print_fte(fte),
        what=f"{position} of school {school} adds up to {print_fte(fte)} FTE in fund {fund}.",
        why="A school cannot have fewer than no posts; a correction without the row that it corrects looks like this.",
        remedy="Add the missing row, or book the correction where it belongs.",
    )  # fmt: skip


def _refuse_negative(
    rows: Sequence[MoneyRow], posts: dict[tuple[str, str, str], list[int]], lines: dict[tuple[str, str, str], int],
    findings: FindingList,
) -> None:  # fmt: skip
    negative = [key for key, cents in lines.items() if cents < 0] + [k for k, (_, cents) in posts.items() if cents < 0]
    for school, line, fund in negative[:10]:
        where = next(
            row.where for row in rows if (row.school, row.fund) == (school, fund) and line in (row.line, row.position)
        )
        findings.error(
            "line-negative", where.partition("!")[0], "",
            what=f"{line} of school {school} adds up to less than zero in fund {fund}.",
            why="Revenue rows and corrections beyond their year look like this; a school cannot spend less than nothing.",
            remedy="Leave revenue rows out by the map, or book the correction where it belongs.",
        )  # fmt: skip
