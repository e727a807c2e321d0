"""The sheets with what some rules need: terms of funds, and vacant posts."""

from __future__ import annotations

from equity_alloc.sources.declare import Column, Kind, Sheet
from equity_alloc.sources.district_tables import FTE, FUND, POSITION, SCHOOL

FUND_TERMS = Sheet(
    "Fund terms",
    "One row for each fund of which a rule needs more: how long the money lasts, what it brings, what is left.",
    (
        FUND,
        Column(
            "One-time money",
            "one_time",
            Kind.YES_NO,
            "Yes for money that does not come again; blank if unknown.",
            required=False,
            example="no",
            aliases=("One time", "One-time"),
        ),
        Column(
            "Ends",
            "ends",
            Kind.DAY,
            "Last day on which the money can be spent, year first, or never; blank if unknown.",
            required=False,
            example="2027-06-30",
            aliases=("End date", "Last day"),
        ),
        Column(
            "Revenue",
            "revenue",
            Kind.DOLLARS,
            "What the fund takes in during the plan year; blank if unknown.",
            required=False,
            unit="dollars",
            example="40,900,000",
        ),
        Column(
            "Balance carried in",
            "balance",
            Kind.DOLLARS,
            "What is left in the fund from earlier years when the plan year begins; blank if unknown.",
            required=False,
            unit="dollars",
            example="5,900,000",
            aliases=("Beginning balance", "Carryover", "Carried over"),
        ),
        Column(
            "Award last year",
            "award_last_year",
            Kind.DOLLARS,
            "What was awarded for last year, of which part of the balance may be left; blank if unknown.",
            required=False,
            unit="dollars",
            example="1,200,000",
        ),
        Column(
            "Indirect cost rate",
            "indirect_rate",
            Kind.SHARE,
            "Indirect cost as a share of direct cost, 0 where none may be charged; blank if unknown.",
            required=False,
            unit="share",
            example="0.045",
            aliases=("Indirect rate",),
        ),
    ),
    ("fund",),
)
VACANT_POSTS = Sheet(
    "Vacant posts",
    "Last year's posts that nobody holds. Once one post of a position is listed, its posts that are not listed count as "
    "filled; a position of which none is listed is unknown. Enter 0 at any school to say that none is vacant.",
    (SCHOOL, POSITION, FTE),
    ("school", "position"),
    aliases=("Vacancies",),
)
