"""The sheets and columns we ask for: one declaration for reading, writing, the template and the help."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.domain.district import GroupUse


class Kind(StrEnum):
    """What a cell of a column holds."""

    CODE = "code"
    TEXT = "text"
    PUPILS = "pupils"
    DOLLARS = "dollars"
    FTE = "FTE"
    YES_NO = "yes or no"
    CODES = "all, none, or codes separated by semicolons"
    WEIGHT = "extra share"
    SHARING = "blank, last year, or the title of a student group"
    ANY = "text or number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Parameters
    ----------
    title, field : str
        Heading in the file; name in code.
    kind : Kind
    help : str
        One sentence for the person who fills it.
    required : bool
        Whether the column must exist and every row must fill it.
    unit : str
    example : str
        A value as people type it, shown in the note on the heading only.
    aliases : tuple of str
        Other headings under which the column is accepted.
    """

    title: str
    field: str
    kind: Kind
    help: str
    required: bool = True
    unit: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """Stem of the codes of findings about this column."""
        return self.field.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, or one file of a folder.

    Parameters
    ----------
    name : str
    help : str
    columns : tuple of Column
    keys : tuple of str
        Fields that say whom a row concerns; total rows are found in them.
    required : bool
    aliases : tuple of str
    groups : bool
        Whether columns headed "Pupils: ..." and "Audit only: ..." may follow.
    """

    name: str
    help: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    required: bool = False
    aliases: tuple[str, ...] = ()
    groups: bool = False

    @property
    def file_name(self) -> str:
        """Name of the file with this table in a folder."""
        return f"{slug(self.name, '_')}.csv"

    def column(self, field: str) -> Column:
        """Return a column by its field."""
        return next(column for column in self.columns if column.field == field)


#: How a column of pupil counts is headed, by what the counts may be used for.
PREFIXES: dict[GroupUse, str] = {GroupUse.NEED: "Pupils: ", GroupUse.AUDIT: "Audit only: "}
LAST_YEAR = "last year"
PLAN_DECIDES = "the plan decides"
EVERYTHING = "all"
NOTHING = "none"


def slug(title: str, joint: str = "-") -> str:
    """Return a title in lower case with its words joined.

    Examples
    --------
    >>> slug("Students with disabilities")
    'students-with-disabilities'
    """
    return joint.join(re.findall(r"\w+", title.lower()))


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
    "One row for each school. Add one column for each student group.",
    (
        Column(
            "Code", "code", Kind.CODE, "The school's code as text, leading zeros included.", example="0412",
            aliases=("School code", "School id", "School number"),
        ),
        Column("Name", "name", Kind.TEXT, "The school's name.", example="Lincoln", aliases=("School", "School name")),
        Column(
            "Kind", "kind", Kind.TEXT, "Elementary, middle, high: your own words.", required=False,
            example="elementary", aliases=("School type", "Level", "Type"),
        ),
        Column(
            "Enrollment", "enrollment", Kind.PUPILS, "Projected for the plan year.", unit="pupils", example="412",
            aliases=("Enrolment", "Projected enrollment", "Pupils", "Students"),
        ),
        Column(
            "Enrollment last year", "enrollment_last_year", Kind.PUPILS, "Counted last year; blank if unknown.",
            required=False, unit="pupils", example="405", aliases=("Last year enrollment", "Enrolment last year"),
        ),
        Column(
            "Target", "target", Kind.DOLLARS, "Dollars judged enough for the school; blank if the district has none.",
            required=False, unit="dollars", example="4,120,000", aliases=("Adequacy target",),
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
            "Cost per FTE", "cost", Kind.DOLLARS, "District-average salary and benefits of one full-time post.",
            unit="dollars per FTE", example="98,500", aliases=("Cost", "Average cost", "Cost per full-time post"),
        ),
        Column(
            "Step", "step", Kind.FTE, "Posts come in multiples of this; blank means whole posts.", required=False,
            unit="FTE", example="0.5", aliases=("FTE step",),
        ),
        Column(
            "Smallest post", "smallest", Kind.FTE, "A school has none, or at least this much; blank means no limit.",
            required=False, unit="FTE", example="0.5", aliases=("Smallest", "Least post"),
        ),
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
            "Appropriation", "amount", Kind.DOLLARS, "Voted for the plan year, central part included.", unit="dollars",
            example="41,200,000", aliases=("Amount", "Original approp"),
        ),
        Column(
            "Counts toward the level", "counts", Kind.YES_NO,
            "Yes for state and local money; no for federal money that comes on top.", required=False, example="yes",
            aliases=("Counts", "Counted"),
        ),
        Column(
            "Shared out by", "shared_by", Kind.SHARING,
            "Blank when the plan decides; last year; or the title of a student group.", required=False,
            example="last year", aliases=("Shared by", "Sharing"),
        ),
        Column(
            "Schools", "schools", Kind.CODES, "Schools it may pay for; blank means all.", required=False, example="all"
        ),
        Column(
            "Pays positions", "positions", Kind.CODES, "Positions it may pay; blank means all.", required=False,
            example="TCH; PARA", aliases=("Positions",),
        ),
        Column(
            "Pays lines", "lines", Kind.CODES, "Non-staff lines it may pay; blank means all.", required=False,
            example="Supplies", aliases=("Lines",),
        ),
    ),
    ("code", "title"),
    required=True,
)
_SCHOOL = Column(
    "School", "school", Kind.CODE, "Code of a school on the sheet Schools.", example="0412",
    aliases=("School code", "School id"),
)
_FUND = Column("Fund", "fund", Kind.CODE, "Code of a fund on the sheet Funds.", example="GEN", aliases=("Fund code",))
_POSITION = Column(
    "Position", "position", Kind.CODE, "Code of a position on the sheet Positions.", example="TCH",
    aliases=("Position code", "Job class"),
)
_LINE = Column("Line", "line", Kind.CODE, "Kind of spending in your own words.", example="Supplies")
_FTE = Column("FTE", "fte", Kind.FTE, "Full-time equivalents, two decimals at most.", unit="FTE", example="12.5")
_DOLLARS = Column(
    "Dollars", "amount", Kind.DOLLARS, "Dollars and cents.", unit="dollars", example="18,250.00", aliases=("Amount",)
)
STAFFING = Sheet(
    "Staffing", "Last year's posts by school, position and fund.", (_SCHOOL, _POSITION, _FUND, _FTE),
    ("school", "position", "fund"),
)
SPENDING = Sheet(
    "Spending", "Last year's non-staff dollars by school, line and fund.", (_SCHOOL, _LINE, _FUND, _DOLLARS),
    ("school", "line", "fund"),
)
CENTRAL = Sheet(
    "Central", "This year's dollars that are budgeted centrally, by line and fund.", (_LINE, _FUND, _DOLLARS),
    ("line", "fund"), aliases=("Budgeted centrally",),
)
DECISIONS = Sheet(
    "Decisions",
    "What people decided about the data, kept with them.",
    (
        Column("What", "what", Kind.TEXT, "The decision.", example="Blank English learner counts mean zero."),
        Column("Who", "who", Kind.TEXT, "Who decided.", required=False, example="Data office"),
        Column("When", "when", Kind.TEXT, "The date.", required=False, example="2026-03-02"),
    ),
    ("what",),
)
NEED_WEIGHTS = Sheet(
    "Need weights",
    "The extra share of the base that a pupil of a group brings: 0.25 means 25 % more.",
    (
        Column("Group", "group", Kind.TEXT, "Title of a student group on the sheet Schools.", example="English learners"),
        Column("Weight", "weight", Kind.WEIGHT, "Extra share, zero or more.", unit="share", example="0.25"),
        Column("Source", "source", Kind.TEXT, "Who set it, where it is written.", required=False, example="Policy 3110"),
    ),
    ("group",),
)
SCENARIO = Sheet(
    "Scenario",
    "The choices behind the plan, one setting per row.",
    (
        Column("Setting", "setting", Kind.TEXT, "Name of the setting.", example="Objective"),
        Column("Value", "value", Kind.ANY, "Its value.", required=False, example="raise-lowest-first"),
    ),
    ("setting",),
)
RULES = Sheet(
    "Rules",
    "The rules that must hold, one row for each setting; rows with the same number are one rule.",
    (
        Column("No", "number", Kind.CODE, "Number of the rule in this list.", example="1", aliases=("Number", "#")),
        Column("Rule", "rule", Kind.CODE, "Code or title of the rule.", example="hold-harmless"),
        Column("Setting", "setting", Kind.TEXT, "Name of the setting.", required=False, example="Share of last year"),
        Column("Value", "value", Kind.ANY, "Its value; leave the row out for the default.", required=False, example="0.95"),
    ),
    ("number", "rule"),
)

#: Every sheet, in the order in which it is written and read.
SHEETS: tuple[Sheet, ...] = (
    DISTRICT, SCHOOLS, POSITIONS, FUNDS, STAFFING, SPENDING, CENTRAL, DECISIONS, NEED_WEIGHTS, SCENARIO, RULES,
)  # fmt: skip

PLAN_POSTS = Sheet(
    "Plan posts", "The plan's posts by school and position.",
    (_SCHOOL, Column("Name", "name", Kind.TEXT, "The school's name.", required=False), _POSITION, _FTE),
    ("school", "position"),
)
PLAN_PAY = Sheet(
    "Plan pay", "What each fund pays toward the plan's posts.", (_SCHOOL, _POSITION, _FUND, _DOLLARS),
    ("school", "position", "fund"),
)
PLAN_DOLLARS = Sheet(
    "Plan dollars", "The plan's non-staff dollars by school, line and fund.", (_SCHOOL, _LINE, _FUND, _DOLLARS),
    ("school", "line", "fund"),
)

#: The sheets that hold a plan, in a workbook that was exported.
PLAN_SHEETS: tuple[Sheet, ...] = (PLAN_POSTS, PLAN_PAY, PLAN_DOLLARS)
#: Sheets of exported workbooks and templates that are for reading by people.
READ_ME, SUMMARY, CERTIFICATE, SEALS = "Read me", "Summary", "Certificate", "Seals"
