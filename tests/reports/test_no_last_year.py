"""Papers of a district that starts from nothing say so, and none of them claims more than is proven."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

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
