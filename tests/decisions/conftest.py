"""Small districts whose losses can be worked out by hand, and the sample's plan."""

from __future__ import annotations

import dataclasses

import pytest

from equity_alloc.decisions.assessment import Assessment, Voice
from equity_alloc.decisions.book import Book, What
from equity_alloc.decisions.case import Case, Told
from equity_alloc.decisions.chain import added
from equity_alloc.decisions.compose import Typed, compose
from equity_alloc.decisions.look import look
from equity_alloc.decisions.options import last_year, lens_scenarios, option_of
from equity_alloc.domain.record import to_plain
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.sources.sample import sample_reading

AT = "2026-11-20T15:00:00+00:00"
VERSIONS = (("equity_alloc", "0.2.0"),)
SAID = Typed(
    title="Which schools get the new money",
    question="How do we raise the lowest schools without closing a program?",
    decided_by="Board of Education",
    body="Board",
    vote="5 to 2",
    decided_on="2026-11-24",
    reasons="The lowest schools cannot wait.",
    dissent="Two members: the high school loses a counselor and was not asked.",
    changed="The gain cap was raised after families were heard.",
    mitigation="One year of transition at two schools",
    mitigation_dollars="250,000",
    review_on="2027-05-01",
    measures="Posts filled by October; chronic absence",
)


@pytest.fixture(scope="session")
def sample_plan() -> Plan:
    reading = sample_reading()
    found = make_plan(reading.district, reading.scenario)
    assert isinstance(found, Plan)
    return found


@pytest.fixture(scope="session")
def sample_look(sample_plan):
    return look(sample_plan.view)


def assessment_of(plan: Plan) -> Assessment:
    return assessed(plan.digest, plan.scenario.name, changed="The cap moved.")


def assessed(plan: str, scenario: str = "Proposal", **said: str) -> Assessment:
    """Return a complete assessment of the plan with this identity."""
    names = ("result", "data", "asked", "burden", "carrying_out", "report", "changed")
    words = {**dict.fromkeys(names, "Said in full."), **said}
    return Assessment(plan, scenario, **words, by="Ann Lee", role="CFO", voices=(Voice("Staff", asked="2026-11-02"),))


def old_record(book: Book, what: What, record: object, at: str = AT) -> Book:
    """Return the book with a record as it was let pass before everything had to be said."""
    return dataclasses.replace(book, chain=added(book.chain, what.value, to_plain(record), at, district=book.district))


@pytest.fixture(scope="session")
def three_options(sample_plan, sample_look):
    """Last year, the plan, and the compromise, made as a plan in whole posts."""
    name, scenario = next(iter(lens_scenarios(sample_plan.scenario, sample_look).items()))
    other = make_plan(sample_plan.district, scenario)
    assert isinstance(other, Plan)
    told = {"look": sample_look, "with_levels": False}
    return (
        last_year(sample_plan, **told),
        option_of(sample_plan, "The proposal", is_chosen=True, **told),
        option_of(other, name, is_chosen=False, **told),
    )


@pytest.fixture(scope="session")
def decided(sample_plan, sample_look, three_options):
    """A book with an assessment and a decision of the sample's plan."""
    book = Book(sample_plan.district.name).with_record(assessment_of(sample_plan), AT)
    case = Case(sample_plan, book, options=3, told=Told(levels=False, groups=frozenset()))
    decision = compose(case, SAID, three_options, sample_look, VERSIONS)
    return book.with_record(decision, "2026-11-25T09:00:00+00:00")
