"""What federal tests ask of the invented district: Title I status and counts, sources of money, and earlier years."""

from __future__ import annotations

from schools import Pupils

#: Low-income children of a school's attendance area who go to private schools.
PRIVATE = {
    "0101": 2,
    "0103": 5,
    "0105": 9,
    "0106": 14,
    "0109": 11,
    "0111": 18,
    "0113": 12,
    "0201": 16,
    "0303": 8,
    "0402": 6,
}
#: Grade spans for federal tests, where they are not the kind.
SPANS = {"K-8": "elementary"}
SOURCES = {
    "GEN": "state and local",
    "LEVY": "local",
    "COMP": "state",
    "BIL": "state",
    "T1A": "federal",
    "T3": "federal",
    "IDEA": "federal",
    "GRANT": "private",
}
#: Instructional staff of the comparability test; special education and EL teachers may be left out by law.
COMPARED = ("TCH", "COACH", "COUN", "LIB")
#: What Title I-A reserves its central lines for.
PURPOSES = {
    "Family engagement": "family engagement",
    "Services for homeless pupils": "homeless children",
    "Services in private schools": "private schools",
    "Administration of Title I": "administration",
}
SCHOOL_HEADINGS = ("Span of grades", "Title I", "Title I low-income children", "Private-school low-income children")
FACTS = (
    ("Title I fund", "T1A"),
    ("Title I poverty measure", "Direct certification and household forms, October 2025"),
    ("Title I eligibility", "district average"),
    ("Title I ranking", "grade spans"),
    ("Title I grade spans", "elementary; middle"),
    ("ESEA spending, second preceding year", "209862400"),
    ("ESEA spending, preceding year", "206410900"),
    ("ESEA pupils, second preceding year", "13655"),
    ("ESEA pupils, preceding year", "13621"),
    ("ESEA effort missed in the five years before", "no"),
    ("IDEA local spending, comparison year", "14208300"),
    ("IDEA local spending, this year", "14060500"),
    ("IDEA state and local spending, comparison year", "30671900"),
    ("IDEA state and local spending, this year", "31034200"),
    ("IDEA children, comparison year", "1794"),
    ("IDEA children, this year", "1810"),
    ("IDEA exceptions", "0"),
    ("IDEA adjustment", "0"),
)


def school_cells(school: Pupils, *, is_served: bool) -> tuple[str, ...]:
    """Return a school's cells below SCHOOL_HEADINGS."""
    status = "served" if is_served else "not served"
    return SPANS.get(school.kind, ""), status, str(school.poor), str(PRIVATE.get(school.code, 0))
