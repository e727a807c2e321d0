"""What a column of any table may hold: the fields that maps and aliases name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from equity_alloc.domain.district import GroupUse, StudentGroup
from equity_alloc.sources.declare import slug
from equity_alloc.sources.school_headings import GRADES


class Holds(StrEnum):
    """How the cells of a field are read."""

    CODE = "code"
    TEXT = "text"
    PUPILS = "pupils"
    SHARE = "share of pupils"
    DOLLARS = "dollars"
    FTE = "posts"
    NUMBER = "number"
    YES_NO = "yes or no"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a column may hold.

    Parameters
    ----------
    title : str
        As people read it.
    holds : Holds
    group : StudentGroup or None
        Where the field counts the pupils of a group, or is their share.
    """

    title: str
    holds: Holds
    group: StudentGroup | None = None


_NEED = {
    "low_income": StudentGroup("economically-disadvantaged", "Economically disadvantaged"),
    "ell": StudentGroup("english-learners", "English learners"),
    "sped": StudentGroup("students-with-disabilities", "Students with disabilities"),
    "homeless": StudentGroup("homeless", "Homeless"),
    "migrant": StudentGroup("migrant", "Migrant"),
    "gifted": StudentGroup("highly-capable", "Highly capable"),
    "free_lunch": StudentGroup("free-lunch", "Free lunch"),
    "reduced_lunch": StudentGroup("reduced-price-lunch", "Reduced-price lunch"),
    "direct_cert": StudentGroup("directly-certified", "Directly certified"),
    "low_income_need": StudentGroup("need-index", "Need index"),
}
_AUDIT = {
    "white": "White",
    "black": "Black",
    "hispanic": "Hispanic",
    "asian": "Asian",
    "native": "American Indian or Alaska Native",
    "pacific": "Native Hawaiian or Pacific Islander",
    "two_or_more": "Two or more races",
    "female": "Female",
    "male": "Male",
}
#: How a map names a group of the district's own: need:Title, or audit:Title.
GROUP_PREFIXES = ("need:", "audit:")

FIELDS: dict[str, Field] = {
    "school": Field("School code", Holds.CODE),
    "other_code": Field("School code, another one", Holds.CODE),
    "school_name": Field("School name", Holds.TEXT),
    "district": Field("District code", Holds.CODE),
    "district_name": Field("District name", Holds.TEXT),
    "state": Field("State", Holds.TEXT),
    "year": Field("Year", Holds.TEXT),
    "kind": Field("Kind of school", Holds.TEXT),
    "grade_low": Field("Lowest grade", Holds.TEXT),
    "grade_high": Field("Highest grade", Holds.TEXT),
    "status": Field("Open or closed", Holds.TEXT),
    "title_one": Field("Title I status", Holds.TEXT),
    "enrollment": Field("Enrollment", Holds.PUPILS),
    **{name: Field(f"Pupils: {group.title}", Holds.PUPILS, group) for name, group in _NEED.items()},
    **{
        f"{name}_share": Field(f"Share of pupils: {group.title}", Holds.SHARE, group)
        for name, group in _NEED.items()
        if name != "low_income_need"
    },
    **{
        name: Field(f"Audit only: {title}", Holds.PUPILS, StudentGroup(slug(title), title, GroupUse.AUDIT))
        for name, title in _AUDIT.items()
    },
    **{f"grade_{grade.lower()}": Field(f"Grade {grade}", Holds.PUPILS) for grade in GRADES},
    "grade_ungraded": Field("Pupils without a grade", Holds.PUPILS),
    "pupil": Field("Pupil's key, counted and never kept", Holds.CODE),
    "pupils": Field("Pupils in the row's category", Holds.PUPILS),
    "teacher_fte": Field("Teachers, posts", Holds.FTE),
    "experience": Field("Teachers' experience, years", Holds.NUMBER),
    "teachers": Field("Teachers, persons", Holds.NUMBER),
    "bachelor_share": Field("Teachers with a bachelor's degree", Holds.SHARE),
    "master_share": Field("Teachers with a master's degree", Holds.SHARE),
    "rank1_share": Field("Teachers beyond a master's degree", Holds.SHARE),
    "spending_per_pupil": Field("Dollars per pupil, all money", Holds.DOLLARS),
    "state_local_per_pupil": Field("Dollars per pupil, state and local", Holds.DOLLARS),
    "federal_per_pupil": Field("Dollars per pupil, federal", Holds.DOLLARS),
    "spending": Field("Dollars, all money", Holds.DOLLARS),
    "state_local": Field("Dollars, state and local", Holds.DOLLARS),
    "federal": Field("Dollars, federal", Holds.DOLLARS),
    "fund": Field("Fund", Holds.TEXT),
    "line": Field("What is bought", Holds.TEXT),
    "function": Field("Function", Holds.TEXT),
    "object": Field("Object", Holds.TEXT),
    "program": Field("Program", Holds.TEXT),
    "project": Field("Project", Holds.TEXT),
    "position": Field("Position", Holds.TEXT),
    "posts": Field("Posts (FTE)", Holds.FTE),
    "dollars": Field("Dollars", Holds.DOLLARS),
    "lane": Field("Degree or rank in a salary schedule", Holds.TEXT),
    "step": Field("Years in a salary schedule", Holds.NUMBER),
    "salary": Field("Salary of a full-time post", Holds.DOLLARS),
    "children": Field("Children 5 to 17 in the district", Holds.NUMBER),
    "children_in_poverty": Field("Children 5 to 17 in poverty", Holds.NUMBER),
    "wage_index": Field("Comparable wage index", Holds.NUMBER),
    "revenue": Field("Revenue, dollars", Holds.DOLLARS),
    "expenditures": Field("Expenditures, dollars", Holds.DOLLARS),
}


def field_of(name: str) -> Field:
    """Return a field, one of the district's own groups among them.

    Examples
    --------
    >>> field_of("need:Foster care").group
    StudentGroup(code='foster-care', title='Foster care', use=<GroupUse.NEED: 'need driver'>)
    """
    if name in FIELDS:
        return FIELDS[name]
    prefix, _, title = name.partition(":")
    use = GroupUse.AUDIT if prefix == "audit" else GroupUse.NEED
    words = "Audit only" if use is GroupUse.AUDIT else "Pupils"
    return Field(f"{words}: {title}", Holds.PUPILS, StudentGroup(slug(title), title, use))


def grade_of(name: str) -> str | None:
    """Return the grade that a field counts, None for other fields.

    Examples
    --------
    >>> grade_of("grade_k"), grade_of("grade_11"), grade_of("grade_low")
    ('K', '11', None)
    """
    grade = name.removeprefix("grade_").upper()
    return grade if name.startswith("grade_") and grade in GRADES else None
