"""What the invented district assumes about the years after the plan year, with who says so."""

from __future__ import annotations

HEADINGS = ("Assumption", "Of", "Year", "Value", "Source", "Dated")

DEMOGRAPHER = "Enrollment study of this invented district, table 2"
FORECAST = "Five-year forecast of this invented district"
CONTRACT = "Agreement with the invented teachers' association, Article 18 (pay)"

#: Pupils of a grade for each pupil of the grade below a year before.
SURVIVAL = (
    ("1", "1.00"), ("2", "0.99"), ("3", "0.99"), ("4", "0.99"), ("5", "1.00"), ("6", "0.98"), ("7", "1.00"),
    ("8", "0.99"), ("9", "1.04"), ("10", "0.97"), ("11", "0.96"), ("12", "0.99"),
)  # fmt: skip

AHEAD = (
    *(("survival ratio", grade, "", ratio, DEMOGRAPHER, "2026-10-20") for grade, ratio in SURVIVAL),
    ("growth of entering pupils", "every one", "", "-0.015", DEMOGRAPHER, "2026-10-20"),
    ("revenue growth", "GEN", "", "0.026", FORECAST, "2026-11-05"),
    ("revenue growth", "LEVY", "", "0.015", FORECAST, "2026-11-05"),
    ("revenue growth", "COMP", "", "0.025", FORECAST, "2026-11-05"),
    ("revenue growth", "BIL", "", "0.025", FORECAST, "2026-11-05"),
    ("revenue growth", "every one", "", "0", "Federal money taken as level, invented district", "2026-11-05"),
    ("balance used", "GEN", "", "1900000", FORECAST, "2026-11-05"),
    ("balance used", "every one", "", "0", FORECAST, "2026-11-05"),
    ("cost growth", "every one", "2027-28", "0.034", CONTRACT, "2026-06-30"),
    ("cost growth", "every one", "", "0.03", FORECAST, "2026-11-05"),
    ("central growth", "every one", "", "0.025", FORECAST, "2026-11-05"),
)
