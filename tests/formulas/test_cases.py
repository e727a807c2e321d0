"""Formulas give what was published, or what a hand calculation gives: cases a finance officer can read."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from equity_alloc.domain.money import Cents
from equity_alloc.formulas.cliff import REACH, cliff_map
from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.gains_losses import Compared, GainsAndLosses, Payer
from equity_alloc.formulas.phase_in import settle
from equity_alloc.formulas.read import read_formula
from equity_alloc.formulas.result import FormulaResult
from equity_alloc.formulas.step import re_adds
from equity_alloc.formulas.templates import read_template
from tests.formulas.facts_for_tests import cents, facts_of_case

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "formulas"


def listed(kind: str) -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        assert data["source"]
        found += [pytest.param(case, id=f"{path.stem}: {case['title']}") for case in data.get(kind, [])]
    return found


def formula_of_case(case: dict[str, Any]) -> Formula:
    reading = read_template(case["template"]) if "template" in case else read_formula(case["formula"])
    assert reading.formula is not None, [str(finding) for finding in reading.errors]
    return reading.formula


def result_of(case: dict[str, Any]) -> FormulaResult:
    formula = formula_of_case(case)
    return evaluate(formula, facts_of_case(case, formula))


def found_value(result: FormulaResult, expect: dict[str, Any]) -> Fraction | None:
    school = expect["school"]
    if "step" in expect:
        trace = result.line_of[school, expect["components"][0]].trace
        assert trace is not None
        return next(step.value for _, step in trace.walk() if step.name == expect["step"])
    if "components" in expect:
        amounts = [result.amount(school, name) for name in expect["components"]]
        return None if None in amounts else sum((a for a in amounts if a is not None), Fraction(0))
    if "fte" in expect:
        return result.fte(school, expect.get("position", ""))
    dollars: Cents | None = result.dollars(school)
    return None if dollars is None else Fraction(dollars, 100)


@pytest.mark.parametrize("case", listed("case"))
def test_a_case_gives_what_was_published(case: dict[str, Any]) -> None:
    result = result_of(case)
    for expect in case["expect"]:
        wanted = Fraction(str(expect.get("dollars", expect.get("fte", expect.get("value")))))
        value = found_value(result, expect)
        assert value is not None
        assert abs(wanted - value) <= Fraction(str(expect.get("within", 0))), (expect, float(value))
    assert set(case.get("findings", ())) <= {finding.code for finding in result.findings}


@pytest.mark.parametrize("case", listed("case"))
def test_the_trace_of_every_case_adds_up_again(case: dict[str, Any]) -> None:
    for line in result_of(case).lines:
        assert line.trace is not None
        assert re_adds(line.trace)


@pytest.mark.parametrize("case", [param for param in listed("case") if "cliff" in param.values[0]])
def test_the_cliff_map_knows_the_next_threshold_and_its_worth(case: dict[str, Any]) -> None:
    result = result_of(case)
    for expect in case["cliff"]:
        found = {
            (cliff.component, cliff.count, cliff.pupils): cliff
            for cliff in cliff_map(result, schools=[expect["school"]], reach=expect.get("reach", REACH))
        }
        cliff = found[expect["component"], expect["count"], expect["pupils"]]
        for key, value in (
            ("component_fte", cliff.component_worth),
            ("component_dollars", cliff.component_worth),
            ("school_fte", cliff.fte),
            ("school_dollars", cliff.dollars),
        ):
            if key in expect:
                assert Fraction(str(expect[key])) == value, (expect, float(value))


@pytest.mark.parametrize("case", listed("settlement"))
def test_a_settlement_gives_what_a_hand_calculation_gives(case: dict[str, Any]) -> None:
    policy = GainsAndLosses(
        most_loss=None if "most_loss" not in case else Decimal(case["most_loss"]),
        most_gain=None if "most_gain" not in case else Decimal(case["most_gain"]),
        phase=Decimal(case.get("phase", 1)),
        compared=Compared[case.get("compared", "SCHOOL")],
        payer=Payer[case["payer"]],
    )
    pupils = {code: (before, now) for code, (before, now) in case.get("pupils", {}).items()}
    settled = settle(
        {code: cents(amount) for code, amount in case["last_year"].items()},
        {code: cents(amount) for code, amount in case["formula"].items()},
        policy,
        pupils=pupils or None,
    )
    assert {code: cents(amount) for code, amount in case["final"].items()} == {
        school.school: school.final for school in settled.schools
    }
    assert cents(case["imbalance"]) == settled.imbalance
    assert cents(case.get("from_elsewhere", 0)) == settled.from_elsewhere
