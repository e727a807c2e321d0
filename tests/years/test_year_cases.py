"""A year later, on cases that a finance officer can read: pupils, and each fund's money."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from equity_alloc.domain.ahead import Assumption, What
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District, Fund, School
from equity_alloc.domain.terms import FundTerms
from equity_alloc.rules.carryover_cap import CarryoverCap
from equity_alloc.rules.carryover_forward import CarryoverForward
from equity_alloc.scenario import Scenario
from equity_alloc.years.balance import fund_years
from equity_alloc.years.next_year import next_year

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "years"


def cases(name: str) -> Iterator[Any]:
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    assert data["source"]
    yield from (pytest.param(case, id=case["title"]) for case in data["case"])


def assumed(case: Mapping[str, Any]) -> tuple[Assumption, ...]:
    return tuple(Assumption(What(a["what"]), a["of"], Decimal(a["value"]), a.get("year", "")) for a in case["assumed"])


def cents(dollars: Any) -> int:
    return int(Decimal(dollars) * 100)


@pytest.mark.parametrize("case", cases("pupils"))
def test_pupils_follow_as_a_demographer_would_reckon(case: dict[str, Any]) -> None:
    schools = tuple(
        School(
            s["code"], s["code"], s["kind"], s.get("pupils", sum(s.get("grades", {}).values())),
            grades=tuple(s.get("grades", {}).items()),
        )
        for s in case["school"]
    )  # fmt: skip
    ahead = next_year(District("Case", "2026-27", schools), Scenario(ahead=assumed(case)), Allocation())
    assert case.get("lacks", []) == [gap.column for gap in ahead.gaps]
    for told, after in zip(case["school"], ahead.district.schools, strict=True):
        if "after" in told:
            assert told["after"] == dict(after.grades)
        assert told.get("after_pupils", sum(told.get("after", {}).values())) == after.enrollment
        assert after.enrollment_last_year == next(s.enrollment for s in schools if s.code == told["code"])


@pytest.mark.parametrize("case", cases("money"))
def test_money_follows_as_a_finance_officer_would_reckon(case: dict[str, Any]) -> None:
    told = case["fund"]
    known = {name: cents(told[name]) for name in ("revenue", "balance", "award_last_year") if name in told}
    terms = FundTerms("GEN", told.get("one_time", False), told.get("ends", "never"), **known)
    district = District(
        "Case", "2026-27", (School("A", "A", "high", 0),), funds=(Fund("GEN", "General", cents(told["dollars"])),),
        terms=(terms,),
    )  # fmt: skip
    kinds = {"carryover_cap": CarryoverCap, "carryover_forward": CarryoverForward}
    rules = tuple(kind("GEN", case[name], Decimal(0)) for name, kind in kinds.items() if name in case)
    still = Assumption(What.ENROLLMENT, "every one", Decimal(0))
    scenario = Scenario(rules=rules, ahead=(*assumed(case), still))
    plan = Allocation.of({}, {}, {("A", "Books", "GEN"): cents(told["spent"])})
    (year,) = fund_years(district, scenario, plan)
    assert (None if "left" not in case else cents(case["left"])) == year.left
    back = case.get("gone_back", 0)
    assert (None if back == "unknown" else cents(back)) == year.gone_back
    ahead = next_year(district, scenario, plan)
    assert case.get("lacks", []) == [gap.column for gap in ahead.gaps]
    if "next" in case:
        after = ahead.district.terms_of("GEN")
        assert cents(case["next"]["dollars"]) == ahead.district.fund_of["GEN"].amount
        for name in ("revenue", "balance", "award_last_year"):
            want = case["next"].get(name)
            if name != "award_last_year" or want is not None:
                assert (None if want is None else cents(want)) == getattr(after, name), name
