"""Where the course turns: the year in which money ends, a balance runs out, or rules cannot be kept, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.domain.ahead import What
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.rules.capped import gap
from equity_alloc.years.assumed import Assumed
from equity_alloc.years.course import Course, YearOf


class TurnKind(StrEnum):
    """What happens in a year."""

    NO_PLAN = "no plan"
    MONEY_ENDS = "money ends"
    GAP = "less money than last year's posts take"
    BALANCE = "balance"
    NOT_TESTABLE = "not testable"


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that a board should know of a year."""

    year: str
    kind: TurnKind
    words: str


def turns(course: Course) -> tuple[Turn, ...]:
    """Return what turns, year by year."""
    found: list[Turn] = []
    for place, year in enumerate(course.years):
        if place:
            found += _money_that_ends(course.years[place - 1], year)
            found += _short_of_keeping(year)
            found += _balance_short(course.years[place - 1], year)
        found += _below_zero(year)
        found += _no_plan(year)
        found += _untestable(year)
    last = next((year for year in reversed(course.years) if year.plan is not None), None)
    found += _draws(last) if last is not None else ()
    order = {year.year: place for place, year in enumerate(course.years)}
    return tuple(sorted(found, key=lambda turn: order[turn.year]))


def unknown_terms(district: District) -> tuple[Gap, ...]:
    """Return what is not known of the funds: such money is taken to come again, to have no end, and its balance is not told."""
    found = []
    for fund in district.funds:
        terms = district.terms_of(fund.code)
        for value, column in (
            (terms.one_time, "One-time money"),
            (terms.ends or None, "Ends"),
            (terms.revenue, "Revenue"),
            (terms.balance, "Balance carried in"),
        ):
            if value is None:
                found.append(gap(fund, column))
    return tuple(found)


def _money_that_ends(before: YearOf, year: YearOf) -> Iterator[Turn]:
    plan = before.plan
    for now in before.funds:
        if not now.fund.amount or year.district.fund_of[now.fund.code].amount or plan is None:
            continue
        code, title = now.fund.code, now.fund.title
        posts = sum(row.fte for row in year.district.staffing if row.fund == code)
        schools = {s for (s, f), cents in plan.allocation.by_school_fund.items() if f == code and cents}
        until = f" on {now.ends.isoformat()}" if now.ends else ""
        again = "" if now.ends else " and does not come again"
        words = (
            f"{title} ends{until}{again}. In {before.year} it pays {print_dollars(now.schools)}{_posts(posts)} at "
            f"{count_words(len(schools), 'school')}{_central(now.central)}; in {year.year} another fund pays for them, or they are given up."
        )
        yield Turn(year.year, TurnKind.MONEY_ENDS, words)
        if now.left is not None and now.gone_back:
            words = f"{title}: {print_dollars(now.gone_back)} are not spent by the last day and go back."
            yield Turn(before.year, TurnKind.MONEY_ENDS, words)


def _posts(fte: int) -> str:
    return f" and {print_fte(fte)} FTE" if fte else ""


def _central(cents: int) -> str:
    return f", and {print_dollars(cents)} centrally" if cents else ""


def _short_of_keeping(year: YearOf) -> Iterator[Turn]:
    short = year.keeping - year.counted_pot
    if short > 0:
        words = (
            f"Keeping every post and line of the year before takes {print_dollars(year.keeping)} in {year.year}, money that "
            f"has ended included, and core funds leave schools {print_dollars(year.counted_pot)}: {print_dollars(short)} "
            "too little."
        )
        yield Turn(year.year, TurnKind.GAP, words)


def _balance_short(before: YearOf, year: YearOf) -> Iterator[Turn]:
    assumed = Assumed(year.scenario.ahead, year.year)
    for now in before.funds:
        terms = year.district.terms_of(now.fund.code)
        if now.left is None or terms.one_time or not year.district.fund_of[now.fund.code].amount:
            continue
        wanted = assumed.value(What.BALANCE, now.fund.title, now.fund.code)
        if wanted and wanted * 100 > max(0, now.left):
            words = (
                f"{now.fund.title}: {print_dollars(int(wanted * 100))} of its balance are to be used in {year.year}, and "
                f"{print_dollars(max(0, now.left))} is left. The plan uses what there is."
            )
            yield Turn(year.year, TurnKind.BALANCE, words)


def _below_zero(year: YearOf) -> Iterator[Turn]:
    for now in year.funds:
        if now.left is not None and now.left < 0:
            words = (
                f"{now.fund.title} ends {year.year} {print_dollars(-now.left)} below zero: more may be spent than it takes in "
                "and carries in. The next year has that much less."
            )
            yield Turn(year.year, TurnKind.BALANCE, words)


def _no_plan(year: YearOf) -> Iterator[Turn]:
    if year.plan is None:
        result = year.result
        ways = " ".join(f"{repair.words}" for repair in getattr(result, "repairs", ()))
        words = f"{getattr(result, 'words', '')} {'Ways out: ' + ways if ways else ''}".strip()
        yield Turn(year.year, TurnKind.NO_PLAN, words)


def _untestable(year: YearOf) -> Iterator[Turn]:
    if year.plan is None:
        return
    for rule in year.plan.certificate.not_testable:
        first = rule.gaps[0]
        more = f" and {len(rule.gaps) - 1} more entries" if len(rule.gaps) > 1 else ""
        words = (
            f"{rule.title}: not testable in {year.year}. {first.column} on the sheet {first.sheet}{more} is not known."
        )
        yield Turn(year.year, TurnKind.NOT_TESTABLE, words)


def _draws(year: YearOf) -> Iterator[Turn]:
    """Say how long a balance lasts at the last year's pace."""
    for now in year.funds:
        terms = year.district.terms_of(now.fund.code)
        if now.drawn is None or now.left is None or now.drawn <= 0 or terms.one_time or now.ends is not None:
            continue
        lasts = max(0, now.left) // now.drawn
        words = (
            f"{now.fund.title} spends {print_dollars(now.drawn)} more than it takes in, and ends {year.year} with "
            f"{print_dollars(now.left)}. At that pace the balance "
            + (f"lasts {lasts} more year{'s' * (lasts != 1)}." if lasts else "does not last another year.")
        )
        yield Turn(year.year, TurnKind.BALANCE, words)
