"""Make the files of the invented sample district beside this script, or in the folder that is named.

    python data/sample_district/make.py [folder]

Standard library only and seeded: the same script writes the same bytes. The README says how it was calibrated.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from math import floor
from pathlib import Path
from random import Random
from typing import NamedTuple

from actions import CAUSE_HEADINGS, CAUSES, INTERVENTION_HEADINGS, INTERVENTIONS, LINE, MONEY, MONEY_HEADINGS, SET_ASIDE
from ahead import AHEAD
from ahead import HEADINGS as AHEAD_HEADINGS
from choices import COMMITMENT_TESTS, NEED_SOURCE, NEED_WEIGHTS, RULES, SCENARIO
from experience import actual_costs
from federal import COMPARED, FACTS, PURPOSES, SCHOOL_HEADINGS, SOURCES, school_cells
from outcomes import INDICATOR_HEADINGS, OUTCOME_HEADINGS, indicator_rows, outcome_rows
from posts import (
    COST,
    FLEXIBLE,
    LINES,
    POSITIONS,
    SERVICES,
    SUPPLIES,
    Bill,
    base_lines,
    base_posts,
    round_posts,
)
from promises import COMMITMENT_HEADINGS, COMMITMENTS
from schools import AUDIT_GROUPS, GRADES, GROUPS, Pupils, grade_counts, make_schools
from terms import HEADINGS as TERM_HEADINGS
from terms import TERMS, VACANT

SEED = 2026
ALL = "all"
TITLE_I_LINE = 0.50
COMPENSATORY_LINE = 0.40
BILINGUAL_LEAST = 20
GRANT_SCHOOLS = ("0105", "0106", "0110", "0114", "0303", "0305", "0402", "0404")

#: This year's money for schools over last year's school spending at this year's prices, for the counted funds.
GROWTH = {"GEN": 1.015, "LEVY": 1.010, "COMP": 1.030, "BIL": 1.025}
#: What schools get of the federal funds, per pupil of the group that shares them out.
FEDERAL_RATE = {"T1A": 960, "T3": 150, "IDEA": 1_450}

CENTRAL = (
    ("Transportation", "GEN", 15_350_000),
    ("Facilities, utilities and insurance", "GEN", 24_200_000),
    ("District administration", "GEN", 9_900_000),
    ("Technology and data", "GEN", 6_300_000),
    ("Special education placements and therapists", "GEN", 11_800_000),
    ("Curriculum, training and substitutes", "GEN", 6_350_000),
    ("Contingency", "GEN", 3_100_000),
    ("Athletics and the arts", "LEVY", 3_650_000),
    ("Summer school", "COMP", 420_000),
    ("Translation and family welcome", "BIL", 145_000),
    ("Family engagement", "T1A", 60_000),
    ("Services for homeless pupils", "T1A", 75_000),
    ("Services in private schools", "T1A", 110_000),
    ("Administration of Title I", "T1A", 340_000),
    ("Training", "T3", 18_000),
    ("Therapists and evaluations", "IDEA", 1_240_000),
    ("Evaluation of the grant", "GRANT", 60_000),
)


def central_lines() -> tuple[tuple[str, str, int], ...]:
    """Return the central lines, with what is set aside for interventions taken out of the line that held it."""
    taken = {(fund, line): dollars for fund, dollars, line in SET_ASIDE}
    rest = tuple((line, fund, dollars - taken.get((fund, line), 0)) for line, fund, dollars in CENTRAL)
    return rest + tuple((LINE, fund, dollars) for fund, dollars, _ in SET_ASIDE)


class Fund(NamedTuple):
    """A fund's row, its appropriation left out."""

    code: str
    title: str
    counts: bool
    shared_by: str = ""
    schools: str = ALL
    positions: str = ALL
    lines: str = ALL


def join(words: Iterable[str]) -> str:
    """Return a list as it is written in one cell."""
    return "; ".join(words)


def make_funds(schools: Sequence[Pupils]) -> tuple[Fund, ...]:
    """Return the eight funds with the schools, positions and lines that each may pay for."""
    _, learners, disabled, _ = GROUPS
    title_i = join(s.code for s in schools if is_served(s))
    compensatory = join(s.code for s in schools if s.poor_share >= COMPENSATORY_LINE)
    bilingual = join(s.code for s in schools if s.learners >= BILINGUAL_LEAST)
    extra = join(("TCH", "PARA", "COACH", "SW", "COUN"))
    return (
        Fund("GEN", "General fund (state and local)", True),
        Fund("LEVY", "Local enrichment levy", True, "", ALL, "COUN; LIB; NURSE; SW; SAFE", join((SUPPLIES, FLEXIBLE))),
        Fund("COMP", "State compensatory education", True, "", compensatory, extra, SUPPLIES),
        Fund("BIL", "State bilingual education", True, "", bilingual, "ELT; PARA; COACH", SUPPLIES),
        Fund("T1A", "Title I-A", False, "Title I ranking", title_i, extra, join((SUPPLIES, SERVICES))),
        Fund("T3", "Title III", False, learners, ALL, "ELT; PARA", SUPPLIES),
        Fund("IDEA", "IDEA-B", False, disabled, ALL, "SPED; PARA; PSY", SERVICES),
        Fund("GRANT", "Whole Child grant (ends June 2027)", False, "last year", join(GRANT_SCHOOLS), extra, SERVICES),
    )


def is_served(school: Pupils) -> bool:
    """Whether Title I-A serves the school: below high school, at or above the line."""
    return school.kind != "high" and school.poor_share >= TITLE_I_LINE


def federal_money(school: Pupils, random: Random) -> dict[str, int]:
    """Return what federal funds and the grant paid at a school last year: a little less than this year's shares."""
    part = 0.965 + 0.03 * random.random()
    grant = 165_000 + 45_000 * random.random()
    return {
        "T1A": floor(part * FEDERAL_RATE["T1A"] * school.poor) if is_served(school) else 0,
        "T3": floor(part * FEDERAL_RATE["T3"] * school.learners),
        "IDEA": floor(part * FEDERAL_RATE["IDEA"] * school.disabled),
        "GRANT": floor(grant) if school.code in GRANT_SCHOOLS else 0,
    }


def make_bill(school: Pupils, random: Random) -> Bill:
    """Return last year's posts and lines of a school, each with the fund that paid."""
    wanted, lines = base_posts(school, random), base_lines(school)
    money = federal_money(school, random)
    for code, fund, share in (
        ("TCH", "T1A", 0.45),
        ("PARA", "T1A", 0.30),
        ("COACH", "T1A", 0.20),
        ("SW", "GRANT", 0.5),
        ("COACH", "GRANT", 0.3),
        ("PARA", "IDEA", 0.2),
    ):
        wanted[code] = wanted.get(code, 0.0) + share * money[fund] / COST[code]
    lines[SUPPLIES] += floor(0.05 * money["T1A"] / 10) * 10
    lines[SERVICES] += floor(0.20 * money["GRANT"] / 10) * 10
    bill = Bill(round_posts(school, wanted), lines)
    history = 1 + school.history
    bill.pay("T1A", money["T1A"], {"COACH": 0.25, "TCH": 0.45, "PARA": 1}, {SUPPLIES: 0.5, SERVICES: 0.3})
    bill.pay("T3", money["T3"], {"ELT": 1}, {SUPPLIES: 0.3})
    bill.pay("IDEA", money["IDEA"], {"SPED": 0.7, "PARA": 1}, {SERVICES: 0.3})
    bill.pay("GRANT", money["GRANT"], {"SW": 0.6, "COACH": 0.5, "COUN": 0.3}, {SERVICES: 0.4})
    if school.poor_share >= COMPENSATORY_LINE:
        bill.pay("COMP", 1_050 * school.poor * history, {"SW": 0.1, "TCH": 0.6, "PARA": 1}, {SUPPLIES: 0.1})
    if school.learners >= BILINGUAL_LEAST:
        bill.pay("BIL", 1_650 * school.learners * history, {"ELT": 0.8, "PARA": 1}, {SUPPLIES: 0.1})
    bill.pay(
        "LEVY",
        760 * school.last_year * (1 + 2 * school.history),
        {"LIB": 0.25, "NURSE": 0.15, "COUN": 0.4},
        {FLEXIBLE: 1, SUPPLIES: 0.6},
    )
    bill.settle("GEN")
    return bill


def spent_by(fund: str, bills: Iterable[Bill]) -> int:
    """Return what a fund paid at schools last year at this year's prices, in cents."""
    cents = 0
    for bill in bills:
        cents += sum(fte * COST[code] for code, payer, fte in bill.staffing if payer == fund)
        cents += sum(100 * dollars for _, payer, dollars in bill.spending if payer == fund)
    return cents


def appropriation(fund: Fund, schools: Sequence[Pupils], bills: Sequence[Bill]) -> str:
    """Return this year's appropriation, central part included: whole thousands for counted funds."""
    central = sum(dollars for _, code, dollars in CENTRAL if code == fund.code)
    spent = spent_by(fund.code, bills)
    if fund.code in GROWTH:
        return str(central + 1_000 * round(GROWTH[fund.code] * spent / 100_000))
    if fund.code == "GRANT":
        # The same dollars as last year, so that each share is what the school had.
        return f"{central + spent // 100}.{spent % 100:02d}" if spent % 100 else str(central + spent // 100)
    group = 0 if fund.code == "T1A" else GROUPS.index(fund.shared_by)
    served = [s for s in schools if fund.schools == ALL or s.code in fund.schools.split("; ")]
    return str(central + FEDERAL_RATE[fund.code] * sum(s.needs[group] for s in served))


def number(hundredths: int) -> str:
    """Return hundredths of a post as people write them: 250 is 2.5."""
    return f"{hundredths / 100:g}"


def make_tables() -> dict[str, list[Sequence[str]]]:
    """Return every file's rows, header first, by file name."""
    random = Random(SEED)
    schools = make_schools(random)
    bills = [make_bill(school, random) for school in schools]
    funds = make_funds(schools)
    # Draws of their own, so that what came first stays as it was.
    later = Random(SEED + 1)
    costs = actual_costs(schools, bills, later)
    order = {code: i for i, code in enumerate((*COST, *LINES))}
    payer = {fund.code: i for i, fund in enumerate(funds)}

    def tidy(rows: Iterable[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
        return sorted(rows, key=lambda row: (order[row[0]], payer[row[1]]))

    tables: dict[str, list[Sequence[str]]] = {
        "district": [
            ("Setting", "Value"),
            ("Name", "Larkspur Valley School District"),
            ("Year", "2026-27"),
            ("Invented", "yes"),
        ],
        "schools": [_school_header(), *(_school_row(school, later) for school in schools)],
        "positions": [("Code", "Title", "Cost per FTE", "Step", "Smallest post", "Counts in comparability")],
        "funds": [
            (
                "Code",
                "Title",
                "Appropriation",
                "Counts toward the level",
                "Shared out by",
                "Schools",
                "Pays positions",
                "Pays lines",
                "Source of money",
            )
        ],
        "staffing": [("School", "Position", "Fund", "FTE", "Actual cost per FTE")],
        "spending": [("School", "Line", "Fund", "Dollars")],
        "central": [
            ("Line", "Fund", "Dollars", "Reserved for"),
            *((line, fund, str(dollars), PURPOSES.get(line, "")) for line, fund, dollars in central_lines()),
        ],
        "fund_terms": [TERM_HEADINGS],
        "vacant_posts": [("School", "Position", "FTE"), *((s, p, number(fte)) for s, p, fte in VACANT)],
        "federal": [("Setting", "Value"), *FACTS],
        "need_weights": [("Group", "Weight", "Source"), *((g, weight, NEED_SOURCE) for g, weight in NEED_WEIGHTS)],
        "rules": [("No", "Rule", "Setting", "Value")],
        "scenario": [("Setting", "Value"), *SCENARIO],
        "years_ahead": [AHEAD_HEADINGS, *AHEAD],
        "commitments": [COMMITMENT_HEADINGS, *COMMITMENTS],
        "commitment_tests": [("Commitment", "Rule", "Setting", "Value"), *COMMITMENT_TESTS],
        "causes": [CAUSE_HEADINGS, *CAUSES],
        "interventions": [INTERVENTION_HEADINGS, *INTERVENTIONS],
        "action_money": [MONEY_HEADINGS, *MONEY],
        "indicators": [INDICATOR_HEADINGS, *indicator_rows()],
        "outcomes": [OUTCOME_HEADINGS, *outcome_rows(schools, Random(SEED + 2))],
    }
    for p in POSITIONS:
        compared = "yes" if p.code in COMPARED else "no"
        tables["positions"].append((p.code, p.title, str(p.cost), number(p.step), number(p.smallest), compared))
    for f in funds:
        counts = "yes" if f.counts else "no"
        tables["funds"].append((f.code, f.title, appropriation(f, schools, bills), counts, *f[3:], SOURCES[f.code]))
    voted = {row[0]: int(row[2]) for row in tables["funds"][1:]}
    for fund, one_time, ends, drawn, balance, award, rate in TERMS:
        revenue = str(voted[fund] - drawn)
        tables["fund_terms"].append((fund, one_time, ends, revenue, str(balance), str(award), rate))
    for school, bill in zip(schools, bills, strict=True):
        tables["staffing"] += [
            (school.code, code, fund, number(fte), str(costs[school.code, code]))
            for code, fund, fte in tidy(bill.staffing)
        ]
        tables["spending"] += [(school.code, line, fund, str(spent)) for line, fund, spent in tidy(bill.spending)]
    for i, rule in enumerate(RULES, start=1):
        tables["rules"] += [(str(i), rule["rule"], name, value) for name, value in rule.items() if name != "rule"]
    return tables


def _school_header() -> tuple[str, ...]:
    counts = (
        *(f"Pupils: {group}" for group in GROUPS),
        *(f"Audit only: {group}" for group in AUDIT_GROUPS),
        *(f"Grade {grade}" for grade in GRADES),
    )
    return "Code", "Name", "Kind", "Enrollment", "Enrollment last year", "Target", *SCHOOL_HEADINGS, *counts


def _school_row(school: Pupils, random: Random) -> tuple[str, ...]:
    counts = (*school.needs, *school.audit, *grade_counts(school, random))
    who = (school.code, school.name, school.kind, str(school.enrollment), str(school.last_year), "")
    return *who, *school_cells(school, is_served=is_served(school)), *map(str, counts)


def write(folder: Path) -> None:
    """Write one CSV file for each table."""
    for name, rows in make_tables().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
