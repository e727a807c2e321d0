"""The sheets that hold what people decided: about the data, and behind the plan."""

from __future__ import annotations

from equity_alloc.sources.declare import Column, Kind, Sheet

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
        Column(
            "Group", "group", Kind.TEXT, "Title of a student group on the sheet Schools.", example="English learners"
        ),
        Column("Weight", "weight", Kind.WEIGHT, "Extra share, zero or more.", unit="share", example="0.25"),
        Column(
            "Source", "source", Kind.TEXT, "Who set it, where it is written.", required=False, example="Policy 3110"
        ),
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
FORMULA = Sheet(
    "Formula",
    "The district's formula as TOML text, one line of it in each row; or one row with the name of a template.",
    (Column("Text", "text", Kind.TEXT, "A line of the text.", example="weighted-student-funding"),),
    (),
)
RULES = Sheet(
    "Rules",
    "The rules that must hold, one row for each setting; rows with the same number are one rule.",
    (
        Column("No", "number", Kind.CODE, "Number of the rule in this list.", example="1", aliases=("Number", "#")),
        Column("Rule", "rule", Kind.CODE, "Code or title of the rule.", example="hold-harmless"),
        Column("Setting", "setting", Kind.TEXT, "Name of the setting.", required=False, example="Share of last year"),
        Column(
            "Value", "value", Kind.ANY, "Its value; leave the row out for the default.", required=False, example="0.95"
        ),
    ),
    ("number", "rule"),
)
