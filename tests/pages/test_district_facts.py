"""The page District says what is known, and how far average salaries stand from actual ones."""

from __future__ import annotations

from equity_alloc.sources.base import Reading
from equity_alloc.sources.mapped.answers import Answers
from equity_alloc.sources.mapped.take_in import take_in
from tests.pages.conftest import failures, words
from tests.sources.mapped.tables import public


def test_jefferson_county_shows_its_gap_and_what_is_known(go_to, session, shared):
    names = ("ky_schools_2016_17.csv", "ky_jefferson_salary_schedule_2016_17.csv")
    reading = take_in([public(shared, name, district="275") for name in names], Answers()).reading
    session.load(Reading(reading.district, None, reading.findings), "")
    page = go_to("district")
    assert [] == failures(page)
    assert "charged at the district's average, $62,392" in words(page)
    assert "St Matthews Elementary ($827 more than charged)" in words(page)
    assert "Byck Elementary ($1,304 less)" in words(page)
    [known] = [frame.value for frame in page.dataframe if "Known for" in frame.value.columns]
    rows = {row["Fact"]: (row["Known for"], row["Schools"]) for _, row in known.iterrows()}
    assert ("some", 129) == rows["English learners"]  # blank at 5 of 134 schools in the public file
    assert ("all", 134) == rows["Actual cost of posts"]


def test_where_actual_costs_are_not_known_the_page_says_how_they_come_in(go_to):
    page = go_to("district")
    assert [] == failures(page)
    assert "Average and actual salaries" in words(page)
