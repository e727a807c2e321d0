"""Causes that the invented district has named, what it knows of interventions, and the money set aside for them."""

from __future__ import annotations

CAUSE_HEADINGS = (
    "Code", "Gap", "Student group", "Schools", "Cause", "Kind of cause", "Where it lies", "Status", "Evidence", "Owner",
    "Within reach", "Measure", "Stop if", "Decide on",
)  # fmt: skip
POOR = "Economically disadvantaged"

CAUSES = (
    (
        "K1", "In algebra by grade 8", POOR, "0201; 0302; 0303; 0304; 0305",
        "Pupils come to grade 8 with gaps in fractions, and no hour of the week is kept to close them.",
        "unfinished learning", "time and schedule", "fits the data",
        "Placement tests of spring 2026, read item by item with 14 teachers", "Director of mathematics", "yes",
        "Pupils of the group who pass the placement test for algebra, each spring", "", "2027-06-15",
    ),
    (
        "K2", "Chronically absent", POOR, "all",
        "Families hear of absence by a letter after ten days, and a visit to a clinic costs a whole day.",
        "attendance", "information and voice", "fits the data",
        "Calls to 220 families in fall 2026; absences by weekday", "Director of student services", "yes", "", "",
        "2027-05-20",
    ),
    (
        "K3", "Suspended at least one day", "Students with disabilities", "0301; 0302; 0303; 0304; 0305; 0401; 0402",
        "What begins as a referral to the office ends with being sent home, because no other answer is at hand.",
        "exclusionary discipline", "access rules", "fits the data", "600 referrals of 2025-26, read by two people each",
        "Director of special education", "yes", "", "", "2027-06-01",
    ),
    (
        "K4", "Takes an advanced course", POOR, "0401; 0402; 0403; 0404",
        "Teachers who are new to an advanced course are left alone with it, and keep it small.",
        "novice staff", "people placement", "fits the data", "Course lists against years of experience, 2023 to 2026",
        "Director of secondary schools", "yes", "", "Enrollment of the group in the coached courses is no higher by spring.",
        "2027-06-15",
    ),
    (
        "K5", "Suspended at least one day", "Black", "all",
        "Referrals are decided room by room, without a rule that all share.",
        "exclusionary discipline", "access rules", "fits the data", "600 referrals of 2025-26, read by two people each",
        "Director of student services", "yes", "", "", "",
    ),
    (
        "K6", "Core dollars", POOR, "all",
        "Last year's amounts are carried forward by hold-harmless, so money follows the past.",
        "a rule", "money rules", "computed", "The page Trade-offs: the gap with and without each rule", "Chief finance officer",
        "yes", "", "", "",
    ),
    (
        "K7", "Graduated in four years", "Students with disabilities", "0401; 0402; 0403; 0404",
        "Credits may be lost when pupils change their placement.",
        "access to adults", "access rules", "suspected", "", "", "yes", "", "", "",
    ),
)  # fmt: skip

INTERVENTION_HEADINGS = ("Code", "Cost, low", "Cost", "Cost, high", "Supply", "Months to start", "Source")
INTERVENTIONS = (
    ("tutor_hd", "1700", "1900", "2300", "200", "4", "Offers of two providers, September 2026, of this invented district"),
    ("coach", "", "", "", "40", "3", "Personnel office of this invented district: three coaches can be found"),
)

#: What is set aside, out of lines that held this money before: line, fund, dollars, and the line that it leaves.
LINE = "Targeted interventions"
SET_ASIDE = (
    ("GEN", 760_000, "Curriculum, training and substitutes"),
    ("COMP", 150_000, "Summer school"),
    ("GRANT", 35_000, "Evaluation of the grant"),
)
MONEY_HEADINGS = ("Fund", "Line", "Weakest tier", "Exit plan")
MONEY = (("GEN", LINE, "", ""), ("COMP", LINE, "3", ""), ("GRANT", LINE, "", ""))
