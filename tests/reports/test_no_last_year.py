"""Papers of a district that starts from nothing say so, and none of them claims more than is proven."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from equity_alloc.cli_words import summary_words
from equity_alloc.decisions.book import Book
from equity_alloc.decisions.case import Case
from equity_alloc.decisions.prefill import first_voices, prefilled
from equity_alloc.domain.shipped import DATA
from equity_alloc.planning.baseline import NO_LAST_YEAR
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import documents_named
from equity_alloc.reports.rejected import rejected_in_short, rejected_section
from equity_alloc.reports.story import first_pages
from equity_alloc.rules.fund_appropriation import FundAppropriation
from equity_alloc.rules.fund_eligibility import FundEligibility
from equity_alloc.rules.fund_sharing import FundSharing
from equity_alloc.rules.gain_cap import GainCap
from equity_alloc.rules.line_band import LineBand
from equity_alloc.rules.position_steps import PositionSteps
from equity_alloc.scenario import LevelBasis
from equity_alloc.sources.open_file import read_path
from tests.reports.read_public import text_of

LAWS = (FundAppropriation, FundEligibility, FundSharing, PositionSteps)


def tiny(rules, **parts):
    reading = read_path(Path(DATA / "tiny_district"))
    scenario = dataclasses.replace(
        reading.scenario, rules=tuple(rule for rule in reading.scenario.rules if isinstance(rule, rules))
    )
    made = make_plan(dataclasses.replace(reading.district, **parts), scenario)
    assert isinstance(made, Plan)
    return Dossier(made)


@pytest.mark.parametrize("code", ["board-packet", "why-sheets", "public-tables"])
def test_a_paper_of_a_district_without_last_year_says_that_its_zeros_are_no_figures(code):
    [document] = documents_named([code])
    words = " ".join(text_of(document.ending, document.write(tiny(LAWS, staffing=(), spending=()))).split())
    assert NO_LAST_YEAR in words


def test_where_last_year_keeps_every_rule_and_stands_higher_no_paper_says_otherwise():
    """Without posts, last year's lines of the tiny district give West 80,000 / 280 = 286 dollars per weighted pupil; the plan, which
    uses Title I-A as far as it goes, leaves West 20,000 / 280 = 71. Last year breaks none of these rules, so that the proof, which is
    about plans that use that money, must not be told of all plans.
    """
    dossier = tiny((*LAWS, GainCap, LineBand), staffing=(), positions=(), vacancies=())
    assert ("$286", "$71") == tuple(
        dossier.level(each) for each in (dossier.totals.lowest_today, dossier.totals.lowest_plan)
    )
    assert not any(rule.breaches for rule in dossier.last_year.rules)
    told = " ".join(first_pages(dossier)[0].sentences)
    bound = "can bring the lowest school higher, unless it left money with a sharing rule of its own unused."
    assert bound in told
    assert "keeping last year, which leaves the lowest school higher than this plan does." in rejected_in_short(dossier)
    [row] = [row for row in rejected_section(dossier).table.rows if row[0] == "Keep last year"]
    assert "It keeps every rule, and leaves the lowest school higher than this plan does." == row[-1]


def test_what_is_not_known_of_last_year_is_no_zero_and_nothing_that_nobody_gives_up():
    made = tiny(LAWS, staffing=(), spending=()).plan
    told = summary_words(made)
    assert NO_LAST_YEAR in told and "last year," not in told and "give up" not in told
    case = Case(made, Book(made.district.name))
    assert NO_LAST_YEAR == prefilled(case)["burden"]
    assert ["what it gives up is not known: the data hold nothing of last year"] == [
        each.change for each in first_voices(case)
    ]


def test_where_the_data_hold_no_posts_nobody_is_said_to_give_up_none():
    made = tiny(LAWS, staffing=(), positions=(), vacancies=()).plan
    [everybody] = first_voices(Case(made, Book(made.district.name)))
    assert "no core money is given up" == everybody.change


def test_one_school_gives_up_and_not_one_schools():
    """By share of target, the only school of the tiny district that is above it is North."""
    reading = read_path(Path(DATA / "tiny_district"))
    made = make_plan(reading.district, dataclasses.replace(reading.scenario, basis=LevelBasis.TARGET))
    assert isinstance(made, Plan)
    assert prefilled(Case(made, Book(made.district.name)))["burden"].startswith(
        "1 school gives up $45,000 and 3 schools gain $165,000"
    )
    assert "3 schools gain, 1 gives up $45,000;" in summary_words(made)
