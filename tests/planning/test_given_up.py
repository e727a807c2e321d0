"""What a tolerance gives up on purpose is told apart from what is unproven, and both add up to the whole distance."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from equity_alloc.domain.district import District
from equity_alloc.planning.given_up import TITLE, given_up, given_up_words
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.reports.certificate_rows import certificate_rows
from equity_alloc.rules.line_band import LineBand
from equity_alloc.scenario import Scenario
from equity_alloc.sources.sample import sample_reading
from equity_alloc.ui.proof_words import nearness
from tests.districts import plain_scenario, random_district
from tests.planning.test_step_sets import posts_alone


def scenario(*, alone: bool, tolerance: int) -> Scenario:
    base = plain_scenario()
    rules = tuple(rule for rule in base.rules if not (alone and isinstance(rule, LineBand)))
    return replace(base, rules=rules, tolerance=tolerance)


def planned(district: District, chosen: Scenario) -> Plan:
    made = plan(district, chosen)
    assert isinstance(made, Plan)
    return made


@pytest.mark.parametrize("alone", [False, True], ids=["lines", "posts-alone"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_certified_plan_without_tolerance_reaches_what_is_said_to_be_given_up(seed, alone):
    """The parts add up to the distance, and the level that moves were saved from is one that a plan can have."""
    district = random_district(seed, 12)
    district = posts_alone(district) if alone else district
    made = planned(district, scenario(alone=alone, tolerance=1000))
    parts, proof = given_up(made), made.certificate.proof
    assert parts is not None
    assert proof is not None
    assert parts.chosen + parts.unproven == proof.gap
    assert min(parts.chosen, parts.unproven) >= 0
    without = planned(district, scenario(alone=alone, tolerance=0))
    assert without.certificate.is_kept
    reached = Fraction(proof.level) + parts.chosen
    assert float(Fraction(without.certificate.proof.level)) == pytest.approx(float(reached), abs=0.011)


def test_without_a_tolerance_nothing_is_said_to_be_given_up():
    made = planned(posts_alone(random_district(1, 12)), scenario(alone=True, tolerance=0))
    assert given_up(made) is None
    assert "" == given_up_words(made)
    assert TITLE not in [log.title for log in made.stages]


def test_page_and_certificate_say_what_was_given_up_and_what_is_unproven():
    made = planned(posts_alone(random_district(1, 12)), scenario(alone=True, tolerance=1000))
    parts = given_up(made)
    assert parts is not None
    assert parts.chosen > 0
    told = nearness(made)
    assert "was given up on purpose, so that fewer posts move, and at most" in told
    whole, chosen, unproven = (Decimal(each) for each in re.findall(r"\$([0-9.]+[0-9])", told))
    assert whole == chosen + unproven, "what is printed adds up as well"
    assert float(chosen) == pytest.approx(float(parts.chosen), abs=0.011)
    rows = {row[0]: row[1:] for row in certificate_rows(made) if row}
    assert rows["Given up on purpose, so that fewer posts move"][0] == f"{float(parts.chosen):.6f}"
    assert rows["Unproven: no plan can be ruled out within"][0] == f"{float(parts.unproven):.6f}"


def test_a_crumb_of_arithmetic_is_no_cent_that_is_unproven() -> None:
    """The sample reaches its bound in whole posts; only the float that says so differs from the exact fraction."""
    reading = sample_reading()
    made = planned(reading.district, reading.scenario)
    parts = given_up(made)
    assert parts is not None and parts.unproven < Fraction(1, 10**6) < parts.chosen
    assert " (all of it was given up on purpose, so that fewer posts move)" == given_up_words(made)
