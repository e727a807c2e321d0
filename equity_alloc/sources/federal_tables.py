"""The columns and the sheet that federal tests ask for: all may stay blank, and blank is unknown."""

from __future__ import annotations

from equity_alloc.domain.federal import FundSource, Purpose, TitleOne
from equity_alloc.sources.declare import Column, Kind, Sheet

#: On the sheet Schools, in the order of the school's fields.
SCHOOL_COLUMNS = (
    Column(
        "Span of grades",
        "span",
        Kind.TEXT,
        "Span in which federal tests compare the school; blank means its kind.",
        required=False,
        example="elementary",
    ),
    Column(
        "Title I",
        "title_one",
        Kind.OPTION,
        "What Title I-A is to the school this year; blank if unknown.",
        required=False,
        example="served",
        options=tuple(TitleOne),
    ),
    Column(
        "Title I low-income children",
        "low_income",
        Kind.PUPILS,
        "Of this school, by the Title I poverty measure; blank if unknown.",
        required=False,
        unit="children",
        example="212",
    ),
    Column(
        "Private-school low-income children",
        "private_low_income",
        Kind.PUPILS,
        "Living in the school's attendance area, by the same measure; zero if none.",
        required=False,
        unit="children",
        example="6",
    ),
    Column(
        "Supplement instead of Title I",
        "instead_of_title_one",
        Kind.DOLLARS,
        "State and local dollars that a skipped school gets in the place of Title I-A.",
        required=False,
        unit="dollars",
        example="180,000",
    ),
)
#: On the sheet Positions.
COMPARES = Column(
    "Counts in comparability",
    "compares",
    Kind.YES_NO,
    "Yes for instructional staff that the Title I comparability test counts; blank if not decided.",
    required=False,
    example="yes",
)
#: On the sheet Funds.
SOURCE = Column(
    "Source of money",
    "source",
    Kind.OPTION,
    "Federal, state, local, state and local, or private; blank if unknown.",
    required=False,
    example="federal",
    options=tuple(FundSource),
)
#: On the sheet Central.
PURPOSE = Column(
    "Reserved for",
    "purpose",
    Kind.OPTION,
    "What Title I-A reserves the line for; blank on lines of other funds.",
    required=False,
    example="family engagement",
    options=tuple(Purpose),
)
FEDERAL = Sheet(
    "Federal",
    "What federal tests ask of the district: Title I choices, and spending of earlier years. One setting per row.",
    (
        Column("Setting", "setting", Kind.TEXT, "One of the settings listed on Read me.", example="Title I fund"),
        Column("Value", "value", Kind.ANY, "What it is; blank is unknown.", required=False, example="T1A"),
    ),
    ("setting",),
)
