"""What rules allow for each position and line, by hand, and true of every plan."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.formulas.use import FormulaUse
from equity_alloc.planning.line_reason import End, formula_part, line_reasons, line_sentence, paid_words
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.planning.unit_prices import unit_prices
from equity_alloc.planning.unit_words import beside_line
from equity_alloc.rules.base import Force
from equity_alloc.rules.displaced_posts import DisplacedPosts, Scope
from equity_alloc.rules.position_band import PositionBand
from equity_alloc.rules.protected_items import ProtectedItems
from equity_alloc.scenario import Scenario
from tests.districts import plain_scenario, random_district
from tests.draws import formula_texts, odd_district, odd_scenario
from tests.planning.test_frontier import two_schools


def made(*rules: object) -> Plan:
    found = plan(two_schools(65_000_000), Scenario(rules=rules, tolerance=0))  # type: ignore[arg-type]
    assert isinstance(found, Plan)
    return found


def test_a_position_stands_at_the_most_that_its_rule_allows() -> None:
    # Two teachers of last year may change by a quarter, or by one where that is more: 3 at most, and 3.25 would be level.
    proposal = made(PositionBand(share=Decimal("0.25"), fte=Decimal(1)))
    [teachers] = line_reasons(proposal, "A")
    number = next(n for n, rule in enumerate(proposal.scenario.rules, 1) if isinstance(rule, PositionBand))
    assert (End(100, number), End(300, number)) == (teachers.least, teachers.most)
    assert 300 == teachers.change.plan
    assert number == teachers.held_by
    assert teachers.forced_by is None
    said = line_sentence(proposal, teachers)
    assert "2.00 FTE last year, 3.00 FTE in the proposal" in said and f"most that is allowed by rule {number}" in said


@pytest.mark.parametrize(
    ("basis", "force", "said"),
    [
        ("", Force.CHOICE, "choice; a usual rule, no source given)"),
        ("", Force.CONTRACT, "contract; no source given)"),
        ("Agreement, article 12", Force.CONTRACT, "contract; Agreement, article 12)"),
    ],
)
def test_a_line_names_the_source_that_the_district_gave_and_no_other(basis: str, force: Force, said: str) -> None:
    proposal = made(PositionBand(basis=basis, force=force))
    [number] = [n for n, rule in enumerate(proposal.scenario.rules, 1) if isinstance(rule, PositionBand)]
    sentence = " ".join(line_sentence(proposal, each) for code in "AB" for each in line_reasons(proposal, code))
    assert said in sentence
    assert "collective agreements" not in sentence
    [report] = [each for each in proposal.certificate.rules if each.number == number]
    assert f"; {report.written})" == said[said.index(";") :]


def test_a_protected_position_stands_at_its_least() -> None:
    proposal = made(ProtectedItems(("teacher",)))
    [teachers] = line_reasons(proposal, "B")
    assert teachers.least is not None and 400 == teachers.least.amount
    assert "at the least that is allowed" in line_sentence(proposal, teachers)


def test_without_a_rule_the_schools_money_decides() -> None:
    proposal = made()
    [teachers] = line_reasons(proposal, "A")
    assert (None, None, ()) == (teachers.least, teachers.most, teachers.together)
    assert "it changes because the school's money does" in line_sentence(proposal, teachers)


@pytest.mark.parametrize(("most", "is_named"), [("0.5", True), ("1", False)])
def test_a_rule_over_all_cuts_of_a_school_is_named_only_where_it_leaves_no_room(most: str, is_named: bool) -> None:
    # $650,000 make 3 and 3.5 of 2 and 4 teachers: B gives up half a post, in steps of a half.
    proposal = made(DisplacedPosts(fte=Decimal(most), scope=Scope.SCHOOL))
    [teachers] = line_reasons(proposal, "B")
    assert 350 == teachers.change.plan
    number = next(n for n, rule in enumerate(proposal.scenario.rules, 1) if isinstance(rule, DisplacedPosts))
    assert ((number,) if is_named else ()) == teachers.together == teachers.named_rules
    assert is_named == ("at the end of what is allowed by" in line_sentence(proposal, teachers))


def test_beside_a_position_stands_what_one_step_of_its_rule_does_to_its_school() -> None:
    # A may have 3 of the 3.25 teachers that would be level. By hand: one step of the band, $1,000 a teacher in 100 pupils.
    proposal = made(PositionBand(share=Decimal("0.25"), fte=Decimal(1)))
    [teachers] = line_reasons(proposal, "A")
    prices = list(unit_prices(proposal.district, proposal.scenario))
    [price] = [each for each in prices if each.name == "fte"]
    [number] = teachers.named_rules
    rise = min(price.step, Decimal("0.25")) * 1000
    assert price.up is not None and pytest.approx(float(rise) * 100) == dict(price.up.gain)["A"]
    said = beside_line(proposal.scenario, prices, number, "A")
    assert f"level here rises by ${rise:,.2f} per weighted pupil" in said


def test_the_formula_of_a_scenario_is_worked_out_beside_the_lines() -> None:
    assert () == formula_part(made(), "A")
    district = two_schools(65_000_000)
    [text] = [each for each in formula_texts(district) if "4321.09" in each]
    proposal = plan(district, Scenario(formula=FormulaUse(text)))
    assert isinstance(proposal, Plan)
    # 100 pupils at $4,321.09 each.
    said = "\n".join(formula_part(proposal, "A"))
    assert "$432,109.00" in said and "Sources" in said


@pytest.mark.parametrize("seed", range(12))
def test_every_proposal_lies_between_its_ends_and_its_payers_pay_all_of_it(seed: int) -> None:
    district = odd_district(seed) if seed % 2 else random_district(seed, 4)
    scenario = odd_scenario(seed, district) if seed % 2 else plain_scenario()
    try:
        proposal = plan(district, scenario)
    except EquityAllocError:
        return  # Refused with its reason, which other contracts test.
    if not isinstance(proposal, Plan):
        return
    for school in district.schools:
        paid = 0
        for reason in line_reasons(proposal, school.code):
            assert reason.least is None or reason.least.amount <= reason.change.plan
            assert reason.most is None or reason.change.plan <= reason.most.amount
            assert line_sentence(proposal, reason).endswith(".")
            paid += sum(cents for _, cents in reason.payers)
        assert paid == proposal.allocation.school_dollars(school.code)


def test_a_payer_of_next_to_nothing_is_told_last_and_never_as_no_dollar() -> None:
    plan_ = made()
    [fund] = plan_.view.district.funds[:1]
    others = [("x", 8_00), ("y", 40)]
    titled = dataclasses.replace(
        plan_,
        district=dataclasses.replace(
            plan_.district,
            funds=(
                *plan_.district.funds,
                *(dataclasses.replace(fund, code=code, title=f"Fund {code}") for code, _ in others),
            ),
        ),
    )
    told = paid_words(titled, (("y", 40), (fund.code, 500_000_00), ("x", 8_00)))
    assert f"{fund.title} $500,000 (and with the last of its money Fund x $8, Fund y less than a dollar)" == told
    assert "last of its money" not in paid_words(titled, ((fund.code, 1_000_00), ("x", 8_00)))
