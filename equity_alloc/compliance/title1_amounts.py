"""Title I-A dollars per child never rise down the ranks, and are high enough where a school with little poverty is served."""

from __future__ import annotations

from fractions import Fraction

from equity_alloc.compliance.base import Case, ComplianceTest, Outcome, Verdict, Worksheet, not_testable
from equity_alloc.compliance.title1_served import Row, served_gaps, served_rows
from equity_alloc.domain.errors import CannotServe
from equity_alloc.domain.finding import Unit
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.number import count_words
from equity_alloc.domain.source import Source
from equity_alloc.rules.federal_values import percent, threshold


def judge(case: Case) -> Verdict:
    """Compare dollars per child down the ranks, and with the district's allocation per child times the law's factor."""
    gaps = served_gaps(case)
    if gaps:
        return not_testable(gaps)
    try:
        fund, rows = served_rows(case)
    except CannotServe as error:
        return Verdict(Outcome.FAILED, str(error))
    served = [row for row in rows if row.is_served and row.children]
    children = sum(row.ranked.children for row in rows)
    least = threshold("title-1-least-factor") * Fraction(fund.amount, children) if children else Fraction(0)
    binds = any(row.ranked.share < threshold("title-1-eligible") for row in served)
    sheet = _worksheet(served, least if binds else None)
    by_rank = sorted(served, key=lambda row: -row.ranked.share)
    for place, row in enumerate(by_rank):
        # Shares are whole cents, so two equal amounts per child may differ by part of a cent.
        higher = [o for o in by_rank[:place] if o.ranked.share > row.ranked.share and _is_above(row, o)]
        if higher:
            words = (
                f"{row.ranked.school.label} gets {_dollars(row)} for each child, more than {higher[0].ranked.school.label} "
                f"({_dollars(higher[0])}), which has more poverty."
            )
            excess = (row.per_child or Fraction(0)) - (higher[0].per_child or Fraction(0))
            return Verdict(Outcome.FAILED, words, f"{print_dollars(int(excess), with_cents=True)} per child", sheet)
    short = [row for row in served if binds and row.area + 1 < least * row.children]
    if short:
        lacking = sum(int(least * row.children) - row.area for row in short)
        who = f"{count_words(len(short), 'school')} {'gets' if len(short) == 1 else 'get'}"
        words = (
            f"A school below {percent('title-1-eligible')} is served, so each child must bring "
            f"{print_dollars(int(least), with_cents=True)}; {who} less. Serve fewer schools."
        )
        return Verdict(Outcome.FAILED, words, print_dollars(lacking), sheet)
    room = min((int(row.per_child or 0) - int(least) for row in served), default=0) if binds else None
    words = "Dollars per child never rise down the ranks."
    if room is None:
        words += (
            f" No served school is below {percent('title-1-eligible')}, so the {percent('title-1-least-factor')} rule does "
            "not bind."
        )
        rates = sorted(int(row.per_child or 0) for row in served)
        ends = dict.fromkeys((*rates[:1], *rates[-1:]))
        by = " to ".join(print_dollars(rate, with_cents=True) for rate in ends)
        return Verdict(Outcome.PASSED, words, f"{by} per child" if by else "", sheet)
    words += f" Each child brings at least {print_dollars(int(least), with_cents=True)}."
    return Verdict(Outcome.PASSED, words, f"{print_dollars(room, with_cents=True)} per child to spare", sheet)


def _is_above(row: Row, other: Row) -> bool:
    return row.area * other.children > other.area * row.children + row.children + other.children


def _dollars(row: Row) -> str:
    return print_dollars(int(row.per_child or 0), with_cents=True)


def _worksheet(rows: list[Row], least: Fraction | None) -> Worksheet:
    # Where no served school is so little poor that a least is owed, a column for it would be blank.
    owed = () if least is None else (int(least),)
    return Worksheet(
        ("Code", "School", "Low-income share", "Children", "Title I-A of the area", "Per child", "Least per child")[
            : 6 + len(owed)
        ],
        (None, None, Unit.SHARE, Unit.PUPILS, Unit.CENTS, Unit.CENTS, Unit.CENTS)[: 6 + len(owed)],
        (
            *(
                (
                    row.ranked.school.code,
                    row.ranked.school.name,
                    row.ranked.share,
                    row.children,
                    row.area,
                    int(row.per_child or 0),
                    *owed,
                )
                for row in rows
            ),
            (
                "",
                "All schools served",
                None,
                sum(r.children for r in rows),
                sum(r.area for r in rows),
                None,
                *(None for _ in owed),
            ),
        ),
    )


TEST = ComplianceTest(
    40,
    "title-1-amounts",
    "Title I-A dollars per child follow the ranks",
    f"A school with less poverty never gets more for a child; if a school below {percent('title-1-eligible')} is served, "
    f"each served school gets at least {percent('title-1-least-factor')} of the district's allocation per low-income child.",
    Source(
        "Code of Federal Regulations, title 34",
        "section 200.78(b) and (c)",
        "https://www.ecfr.gov/current/title-34/section-200.78",
    ),
    judge,
)
