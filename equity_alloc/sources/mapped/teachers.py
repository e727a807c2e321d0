"""Teachers of each school by a salary schedule: degrees and experience say what a post costs in fact."""

from __future__ import annotations

import dataclasses
import math
import tomllib
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import cache

from equity_alloc.domain.district import Position, Spending, Staffing
from equity_alloc.domain.number import count_words
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.mapped.extract import Extract
from equity_alloc.sources.mapped.library import ALIASES, MAPS
from equity_alloc.sources.mapped.merge import Merged
from equity_alloc.sources.mapped.posts import Money

POSITION, TITLE = "teacher", "Teacher (salary by the schedule, without benefits)"
#: Which share of a school's teachers has which degree.
_DEGREES = ("bachelor_share", "master_share", "rank1_share")

Schedule = Mapping[tuple[str, int], Decimal]


@cache
def _lanes() -> dict[str, frozenset[str]]:
    plain = tomllib.loads((MAPS / ALIASES).read_text(encoding="utf-8"))
    return {degree: frozenset(word.lower() for word in words) for degree, words in plain["salary"].items()}


def schedule_of(extracts: Sequence[Extract]) -> Schedule:
    """Return the salary of each degree and year of experience, from every schedule among the files."""
    found: dict[tuple[str, int], Decimal] = {}
    for extract in extracts:
        for lane, years, salary in extract.schedule:
            degree = next((name for name, words in _lanes().items() if lane.strip().lower() in words), None)
            if degree is not None and salary > 0:
                found.setdefault((degree, years), salary)
    return found


def salary(member: Merged, schedule: Schedule) -> Decimal | None:
    """Return the mean salary of a school's teachers in dollars, None where degrees or experience are not known.

    Parameters
    ----------
    member : Merged
    schedule : mapping of (str, int) to Decimal
        By degree and year of experience.

    Returns
    -------
    Decimal or None

    Notes
    -----
    Sum over degrees of share times scheduled salary at the mean experience in whole years (half to even), over the sum
    of the shares. Beyond the last year of the schedule its last salary holds.
    """
    years, shares = member.numbers.get("experience"), [(name, member.numbers.get(name)) for name in _DEGREES]
    held = [(name, share) for name, share in shares if share]
    if years is None or not held:
        return None
    whole = int(years.to_integral_value(rounding=ROUND_HALF_EVEN))
    total, weight = Decimal(0), Decimal(0)
    for degree, share in held:
        steps = [step for name, step in schedule if name == degree]
        if not steps:
            return None
        paid = schedule.get((degree, min(max(whole, min(steps)), max(steps))))
        if paid is None:
            return None
        total, weight = total + share * paid, weight + share
    return total / weight


def add_teachers(money: Money, merged: Sequence[Merged], schedule: Schedule, findings: FindingList) -> Money:
    """Return the money with teachers as posts of their own, taken out of what their school spent; totals stay.

    Parameters
    ----------
    money : Money
    merged : sequence of Merged
    schedule : mapping
    findings : FindingList
    """
    if not schedule or money.staffing:
        return money
    posts = {
        m.code: int((m.numbers["teacher_fte"] * 100).to_integral_value(rounding=ROUND_HALF_UP))
        for m in merged
        if m.numbers.get("teacher_fte")
    }
    paid = {m.code: found for m in merged if m.code in posts and (found := salary(m, schedule)) is not None}
    largest: dict[str, Spending] = {}
    for row in money.spending:
        if row.school not in largest or row.amount > largest[row.school].amount:
            largest[row.school] = row
    held = [code for code in paid if code in largest and posts[code] > 0]
    if not held:
        return money
    fte = sum(posts[code] for code in held)
    mean = int(sum(paid[code] * posts[code] for code in held) * 100 / fte)
    step = math.gcd(*(posts[code] for code in held), 100)
    cost = mean - mean % (100 // math.gcd(step, 100))
    short = [code for code in held if posts[code] * cost // 100 > largest[code].amount]
    if short:
        findings.warn(
            "teachers-over-spending", largest[short[0]].school, "",
            what=f"At {count_words(len(short), 'school')} teachers at the average salary cost more than the school is said to spend.",
            why="Their posts cannot be taken out of the school's dollars without going below zero, so they are left out.",
            remedy="Use a schedule and dollars of the same year.",
        )  # fmt: skip
    staffing, spending = [], {(row.school, row.line, row.fund): row for row in money.spending}
    for code in sorted(set(held) - set(short)):
        line = largest[code]
        staffing.append(Staffing(code, POSITION, line.fund, posts[code], int(paid[code] * 100)))
        left = dataclasses.replace(line, amount=line.amount - posts[code] * cost // 100)
        spending[line.school, line.line, line.fund] = left
    findings.note(
        "teachers-by-schedule", "salary schedule", "",
        what=f"Teachers of {count_words(len(staffing), 'school')} are posts of their own, {fte / 100:,.2f} FTE at a mean of "
        f"${mean / 100:,.0f}; the actual salary of each school follows from degrees and experience.",
        why="Average salaries hide who works where; the page District shows by how much.",
        remedy="Compare the mean with the district's own; benefits are not in a schedule.",
    )  # fmt: skip
    position = Position(POSITION, TITLE, cost, step, 0)
    kept = tuple(row for row in spending.values() if row.amount)
    return Money((*money.positions, position), money.funds, (*money.staffing, *staffing), kept)
