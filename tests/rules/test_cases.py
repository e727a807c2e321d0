"""Each rule on cases that a finance officer can read: settings as on the sheet Rules, a plan, and what must be found."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from equity_alloc.catalogue import rule_classes
from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import (
    CentralSpending,
    District,
    Fund,
    Position,
    School,
    Spending,
    Staffing,
    StudentGroup,
)
from equity_alloc.domain.federal import FundSource, TitleOne
from equity_alloc.domain.finding import print_amount
from equity_alloc.domain.fte import pay_of
from equity_alloc.domain.terms import FundTerms, Vacancy
from equity_alloc.formulas.use import FormulaUse, Use
from equity_alloc.planning.certify import report_rule
from equity_alloc.planning.plan import RuleReport
from equity_alloc.rules.formula_entitlement import with_entitlement
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.read_setting import Typed, build_member

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "rules"


def cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        assert data["source"]
        for case in data["case"]:
            yield pytest.param({**data.get("given", {}), **case}, id=f"{path.stem}: {case['title']}")


def cents(dollars: Any) -> int:
    return int(Decimal(dollars) * 100)


def rows(case: Mapping[str, Any], when: str) -> Iterator[tuple[str, str, str, Decimal]]:
    """Yield school, item, fund and amount of last year or of the plan."""
    for school in case["school"]:
        paid_from = school.get("paid_from", {})
        for item, amount in school.get(when, {}).items():
            yield school["code"], item, paid_from.get(item, case["fund"][0]["code"]), Decimal(amount)


def hundredths(fte: Any) -> int:
    return int(Decimal(fte) * 100)


def fund_of(told: Mapping[str, Any]) -> Fund:
    named = {"schools": "schools", "pays_positions": "positions", "pays_lines": "lines"}
    return Fund(
        told["code"],
        told["title"],
        cents(told.get("dollars", 1_000_000_000)),
        told.get("counts", True),
        told.get("shared_by", ""),
        source=FundSource(told["source"]) if "source" in told else None,
        **{field: tuple(told[name]) for name, field in named.items() if name in told},
    )


def district_of(case: Mapping[str, Any]) -> District:
    positions = {
        code: Position(
            code,
            p["title"],
            cents(p.get("cost", 100_000)),
            hundredths(p.get("step", 1)),
            hundredths(p.get("smallest", 0)),
            p.get("compares"),
        )
        for code, p in case.get("position", {}).items()
    }
    last_year = list(rows(case, "last_year"))
    terms = []
    for fund in case["fund"]:
        amounts = {name: cents(fund[name]) for name in ("revenue", "balance", "award_last_year") if name in fund}
        rate = fund.get("indirect_rate")
        terms.append(
            FundTerms(
                fund["code"],
                fund.get("one_time"),
                fund.get("ends", ""),
                **amounts,
                indirect_rate=None if rate is None else Decimal(rate),
            )
        )
    return District(
        name="Case",
        year=case.get("year", "2026-27"),
        schools=tuple(
            School(
                s["code"],
                f"School {s['code']}",
                s.get("kind", "elementary"),
                s.get("pupils", 0),
                s.get("pupils_last_year"),
                groups=tuple(s.get("groups", {}).items()),
                grades=tuple(s.get("grades", {}).items()),
                title_one=TitleOne(s["title_one"]) if "title_one" in s else None,
            )
            for s in case["school"]
        ),
        groups=tuple(StudentGroup(code, title) for code, title in case.get("group", {}).items()),
        positions=tuple(positions.values()),
        funds=tuple(fund_of(f) for f in case["fund"]),
        staffing=tuple(Staffing(s, i, f, int(a * 100)) for s, i, f, a in last_year if i in positions),
        spending=tuple(Spending(s, i, f, cents(a)) for s, i, f, a in last_year if i not in positions),
        central=tuple(CentralSpending(c["line"], c["fund"], cents(c["dollars"])) for c in case.get("central", ())),
        terms=tuple(terms),
        vacancies=tuple(
            Vacancy(s["code"], position, int(Decimal(fte) * 100))
            for s in case["school"]
            for position, fte in s.get("vacant", {}).items()
        ),
    )


def plan_of(case: Mapping[str, Any], district: District) -> Allocation:
    fte: dict[tuple[str, str], int] = {}
    pay: dict[tuple[str, str, str], int] = {}
    dollars: dict[tuple[str, str, str], int] = {}
    for school, item, fund, amount in rows(case, "plan"):
        position = district.position_of.get(item)
        if position is None:
            dollars[school, item, fund] = cents(amount)
        else:
            fte[school, item] = int(amount * 100)
            pay[school, item, fund] = pay_of(int(amount * 100), position.cost)
    return Allocation.of(fte, pay, dollars)


def report_of(case: Mapping[str, Any]) -> RuleReport:
    district, findings = district_of(case), FindingList()
    if "formula" in case:
        entitled = with_entitlement((), FormulaUse(case["formula"], Use(case.get("use", "floor"))))
        return report_rule(1, entitled[0], district, plan_of(case, district))
    typed = [Typed("Rules!D2", label, str(value)) for label, value in case.get("settings", {}).items()]
    rule = build_member(rule_classes()[case["rule"]], typed, "Rules!B2", district, findings)
    assert rule is not None, [str(finding) for finding in findings.found]
    return report_rule(1, rule, district, plan_of(case, district))


@pytest.mark.parametrize("case", cases())
def test_a_case_is_judged_as_a_person_would(case: dict[str, Any]) -> None:
    report = report_of(case)
    assert case["found"] == report.verdict.value, [breach.words for breach in report.breaches]
    assert case.get("short_by", []) == [print_amount(breach.short_by, breach.unit) for breach in report.breaches]
    if "room" in case:
        assert report.least_room is not None and report.unit is not None
        assert case["room"] == print_amount(report.least_room, report.unit)
    assert case.get("lacks", []) == [f"{gap.sheet}: {gap.column}" for gap in report.gaps]
    for words in case.get("says", ()):
        assert words in " ".join([report.explain, *(breach.words for breach in report.breaches)])


def test_there_is_a_case_for_every_rule() -> None:
    assert set(rule_classes()) == {case.values[0]["rule"] for case in cases()}
