"""The sheets that describe a district."""

from __future__ import annotations

from equity_alloc.sources.declare import Column, Kind, Sheet
from equity_alloc.sources.federal_tables import COMPARES, PURPOSE, SCHOOL_COLUMNS, SOURCE

DISTRICT = Sheet(
    "District",
    "Name of the district, the plan year, and whether the data are invented. One setting per row.",
    (
        Column("Setting", "setting", Kind.TEXT, "Name, Year or Invented.", example="Year"),
        Column("Value", "value", Kind.ANY, "What it is.", required=False, example="2026-27"),
    ),
    ("setting",),
)
SCHOOLS = Sheet(
    "Schools",
    "One row for each school. Add one column for each student group, for each grade and for each yes or no.",
    (
        Column(
            "Code",
            "code",
            Kind.CODE,
            "The school's code as text, leading zeros included.",
            example="0412",
            aliases=("School code", "School id", "School number"),
        ),
        Column("Name", "name", Kind.TEXT, "The school's name.", example="Lincoln", aliases=("School", "School name")),
        Column(
            "Kind",
            "kind",
            Kind.TEXT,
            "Elementary, middle, high: your own words.",
            required=False,
            example="elementary",
            aliases=("School type", "Level", "Type"),
        ),
        Column(
            "Enrollment",
            "enrollment",
            Kind.PUPILS,
            "Projected for the plan year.",
            unit="pupils",
            example="412",
            aliases=("Enrolment", "Projected enrollment", "Pupils", "Students"),
        ),
        Column(
            "Enrollment last year",
            "enrollment_last_year",
            Kind.PUPILS,
            "Counted last year; blank if unknown.",
            required=False,
            unit="pupils",
            example="405",
            aliases=("Last year enrollment", "Enrolment last year"),
        ),
        Column(
            "Target",
            "target",
            Kind.DOLLARS,
            "Dollars judged enough for the school; blank if the district has none.",
            required=False,
            unit="dollars",
            example="4,120,000",
            aliases=("Adequacy target",),
        ),
        *SCHOOL_COLUMNS,
        Column(
            "Wealth per pupil",
            "wealth",
            Kind.DOLLARS,
            "Local wealth behind each pupil: property value, income of the area or donations, always the same one. It is "
            "measured against and decides nothing; blank if unknown.",
            required=False,
            unit="dollars per pupil",
            example="245,000",
            aliases=("Property wealth per pupil", "Assessed value per pupil", "Property value per pupil"),
        ),
    ),
    ("code", "name"),
    required=True,
    groups=True,
)
POSITIONS = Sheet(
    "Positions",
    "One row for each job class, with its district-average cost in the plan year.",
    (
        Column("Code", "code", Kind.CODE, "Short code.", example="TCH", aliases=("Position", "Position code")),
        Column("Title", "title", Kind.TEXT, "Job title.", example="Classroom teacher", aliases=("Name", "Job title")),
        Column(
            "Cost per FTE",
            "cost",
            Kind.DOLLARS,
            "District-average salary and benefits of one full-time post.",
            unit="dollars per FTE",
            example="98,500",
            aliases=("Cost", "Average cost", "Cost per full-time post"),
        ),
        Column(
            "Step",
            "step",
            Kind.FTE,
            "Posts come in multiples of this; blank means whole posts.",
            required=False,
            unit="FTE",
            example="0.5",
            aliases=("FTE step",),
        ),
        Column(
            "Smallest post",
            "smallest",
            Kind.FTE,
            "A school has none, or at least this much; blank means no limit.",
            required=False,
            unit="FTE",
            example="0.5",
            aliases=("Smallest", "Least post"),
        ),
        COMPARES,
    ),
    ("code", "title"),
)
FUNDS = Sheet(
    "Funds",
    "One row for each fund: what is appropriated, and what it may pay.",
    (
        Column("Code", "code", Kind.CODE, "Short code.", example="GEN", aliases=("Fund", "Fund code")),
        Column("Title", "title", Kind.TEXT, "The fund's name.", example="General fund", aliases=("Name", "Fund title")),
        Column(
            "Appropriation",
            "amount",
            Kind.DOLLARS,
            "Voted for the plan year, central part included.",
            unit="dollars",
            example="41,200,000",
            aliases=("Amount", "Original approp"),
        ),
        Column(
            "Counts toward the level",
            "counts",
            Kind.YES_NO,
            "Yes for state and local money; no for federal money that comes on top.",
            required=False,
            example="yes",
            aliases=("Counts", "Counted"),
        ),
        Column(
            "Shared out by",
            "shared_by",
            Kind.SHARING,
            "Blank when the plan decides; last year; Title I ranking; or the title of a student group.",
            required=False,
            example="last year",
            aliases=("Shared by", "Sharing"),
        ),
        Column(
            "Schools", "schools", Kind.CODES, "Schools it may pay for; blank means all.", required=False, example="all"
        ),
        Column(
            "Pays positions",
            "positions",
            Kind.CODES,
            "Positions it may pay; blank means all.",
            required=False,
            example="TCH; PARA",
            aliases=("Positions",),
        ),
        Column(
            "Pays lines",
            "lines",
            Kind.CODES,
            "Non-staff lines it may pay; blank means all.",
            required=False,
            example="Supplies",
            aliases=("Lines",),
        ),
        SOURCE,
    ),
    ("code", "title"),
    required=True,
)
SCHOOL = Column(
    "School",
    "school",
    Kind.CODE,
    "Code of a school on the sheet Schools.",
    example="0412",
    aliases=("School code", "School id"),
)
FUND = Column("Fund", "fund", Kind.CODE, "Code of a fund on the sheet Funds.", example="GEN", aliases=("Fund code",))
POSITION = Column(
    "Position",
    "position",
    Kind.CODE,
    "Code of a position on the sheet Positions.",
    example="TCH",
    aliases=("Position code", "Job class"),
)
LINE = Column("Line", "line", Kind.CODE, "Kind of spending in your own words.", example="Supplies")
FTE = Column("FTE", "fte", Kind.FTE, "Full-time equivalents, two decimals at most.", unit="FTE", example="12.5")
DOLLARS = Column(
    "Dollars", "amount", Kind.DOLLARS, "Dollars and cents.", unit="dollars", example="18,250.00", aliases=("Amount",)
)
ACTUAL = Column(
    "Actual cost per FTE",
    "actual",
    Kind.DOLLARS,
    "What a full-time post among these costs in fact, salary and benefits in the plan year; blank if unknown.",
    required=False,
    unit="dollars per FTE",
    example="104,250",
    aliases=("Actual cost",),
)
STAFFING = Sheet(
    "Staffing",
    "Last year's posts by school, position and fund.",
    (SCHOOL, POSITION, FUND, FTE, ACTUAL),
    ("school", "position", "fund"),
)
SPENDING = Sheet(
    "Spending",
    "Last year's non-staff dollars by school, line and fund.",
    (SCHOOL, LINE, FUND, DOLLARS),
    ("school", "line", "fund"),
)
CENTRAL = Sheet(
    "Central",
    "This year's dollars that are budgeted centrally, by line and fund.",
    (LINE, FUND, DOLLARS, PURPOSE),
    ("line", "fund"),
    aliases=("Budgeted centrally",),
)
