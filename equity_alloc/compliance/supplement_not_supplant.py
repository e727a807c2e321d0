"""The state and local formula gives the same with and without Title I."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

from equity_alloc.compliance.base import (
    Case,
    Cell,
    ComplianceTest,
    Outcome,
    Verdict,
    Worksheet,
    not_testable,
    title_one_fund,
)
from equity_alloc.domain.finding import Gap, Unit
from equity_alloc.domain.fte import print_fte
from equity_alloc.domain.money import print_dollars
from equity_alloc.domain.source import Source
from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.facts import DistrictFacts
from equity_alloc.formulas.facts_of import TITLE_ONE, facts_of
from equity_alloc.formulas.formula import Formula
from equity_alloc.formulas.result import FormulaResult


def judge(case: Case) -> Verdict:
    """Work the formula out with every Title I flag off, and compare school by school."""
    use = case.scenario.formula
    if use is None:
        return not_testable(
            (),
            "This scenario uses no formula, so there is no method to test. Choose the district's formula on the page Formula.",
        )
    gaps = tuple(Gap("Schools", "Title I", s.label) for s in case.district.schools if s.title_one is None)
    if gaps:
        return not_testable(gaps)
    facts = facts_of(case.district)
    flags = _title_one_flags(case)
    before, after = evaluate(use.formula, facts), evaluate(use.formula, _without(facts, flags))
    if not (before.is_complete and after.is_complete):
        return not_testable((), "The formula is unknown at some school, so nothing can be compared. Enter its counts.")
    readers = _readers(use.formula, flags)
    sheet, lost, gained, gained_posts, moved = _compared(case, before, after)
    if not readers and not moved:
        words = "The formula reads no Title I flag, and with all of them off every school gets the same."
        return Verdict(Outcome.PASSED, words, "no difference at any school", sheet)
    differ = "school differs" if moved == 1 else "schools differ"
    by = f"{moved} {differ}: {print_dollars(gained)} and {print_fte(gained_posts)} FTE more with Title I"
    named = ", ".join(readers)
    if lost:
        schools = "school" if lost == 1 else "schools"
        words = f"With Title I off, {lost} {schools} would get more state and local money: Title I supplants. Read by: {named}."
        return Verdict(Outcome.FAILED, words, by, sheet)
    words = (
        f"The formula reads Title I in: {named}. It favors Title I schools only, so it takes nothing from them; a measure of "
        "poverty in its place would be neutral."
    )
    return Verdict(Outcome.LOOK, words, by, sheet)


def _title_one_flags(case: Case) -> frozenset[str]:
    fund = title_one_fund(case.district)
    return frozenset({TITLE_ONE, *({f"served by {fund.code}"} if fund else ())})


def _without(facts: DistrictFacts, flags: frozenset[str]) -> DistrictFacts:
    schools = tuple(
        dataclasses.replace(school, flags=tuple(flag for flag in school.flags if flag not in flags))
        for school in facts.schools
    )
    return dataclasses.replace(facts, schools=schools)


def _readers(formula: Formula, flags: frozenset[str]) -> list[str]:
    """Return the components that read a Title I flag, as a reader calls them."""
    return [
        c.frame.label
        for c in formula.components
        if flags & formula.words.flags_of((*c.frame.only_flags, *c.frame.not_flags))
    ]


def _compared(case: Case, before: FormulaResult, after: FormulaResult) -> tuple[Worksheet, int, int, int, int]:
    """Return the worksheet, the schools that lose by the flag, dollars and posts it brings, the schools that differ."""
    rows: list[tuple[Cell, ...]] = []
    lost = gained = gained_posts = moved = 0
    for school in case.district.schools:
        dollars = (before.dollars(school.code) or 0, after.dollars(school.code) or 0)
        posts = tuple(_hundredths(result.fte(school.code)) for result in (before, after))
        more, more_posts = dollars[0] - dollars[1], posts[0] - posts[1]
        lost += more < 0 or more_posts < 0
        gained, gained_posts = gained + more, gained_posts + more_posts
        moved += more != 0 or more_posts != 0
        rows.append((school.code, school.name, *dollars, more, *posts, more_posts))
    money, fte = Unit.CENTS, Unit.FTE
    sheet = Worksheet(
        (
            "Code", "School", "Formula dollars", "Title I off", "Difference", "Formula posts", "Posts, Title I off",
            "Difference in posts",
        ),
        (None, None, money, money, money, fte, fte, fte),
        tuple(rows),
    )  # fmt: skip
    return sheet, lost, gained, gained_posts, moved


def _hundredths(fte: Fraction | None) -> int:
    return int((fte or Fraction(0)) * 100 + Fraction(1, 2))


TEST = ComplianceTest(
    60,
    "supplement-not-supplant",
    "State and local money does not depend on Title I",
    "The method that allocates state and local funds gives each Title I school all that it would get if it were no Title I "
    "school.",
    Source(
        "Elementary and Secondary Education Act as amended by ESSA",
        "section 1118(b)(2), 20 U.S.C. 6321(b)(2)",
        "https://www.law.cornell.edu/uscode/text/20/6321",
    ),
    judge,
)
