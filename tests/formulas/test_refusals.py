"""What a person types and cannot hold is refused with the line of the file and the fix."""

from __future__ import annotations

import pytest

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.facts import DistrictFacts, SchoolFacts
from equity_alloc.formulas.fit import errors_of, fit
from equity_alloc.formulas.read import read_formula
from tests.formulas.facts_for_tests import formula_of, random_facts

HEAD = 'format = 1\nname = "f"\n'
LUMP = '[[component]]\nkind = "lump-sum"\nname = "a"\namount = 5\n'

#: What stands in the file, the code of the finding, its line, and a word of the fix.
READ = [
    (HEAD + 'x = "unclosed', "not-toml", 3, "quotation"),
    (HEAD + 'name = "again"\n' + LUMP, "not-toml", 3, "twice"),
    (HEAD + "colums = {}\n" + LUMP, "key-unknown", 3, "columns"),
    (HEAD, "formula-unusable", 1, "[[component]]"),
    (HEAD + '[positions]\nteacher = ["TCH", "SPED"]\n' + LUMP, "formula-unusable", 4, "Name one"),
    (HEAD + LUMP + "amuont = 7\n", "key-unknown", 7, "amount"),
    (HEAD + LUMP.replace("lump-sum", "lumpsum"), "component-kind-unknown", 4, "lump-sum"),
    (HEAD + LUMP.replace("amount = 5\n", ""), "field-missing", 3, "amount = ..."),
    (HEAD + LUMP.replace("5", "-5"), "value-out-of-range", 6, "at least 0"),
    (HEAD + LUMP.replace("5", "nan"), "value-unknown", 6, ""),
    (HEAD + LUMP.replace("5", "true"), "value-unknown", 6, ""),
    (HEAD + LUMP + LUMP, "formula-unusable", 9, "name of its own"),
    (HEAD + LUMP + 'rounding = "half-up to 0.001"\n', "rounding-below-cents", 7, "0.01"),
    (HEAD + LUMP + 'rounding = "roughly"\n', "rounding-unknown", 7, "Choose"),
    (HEAD + LUMP + 'rounding = "largest-remainder to 0.01"\n', "rounding-without-pot", 7, "share of a pot"),
    (HEAD + LUMP + "band_from = 5\n", "component-unusable", 3, "Correct"),
    (
        HEAD + '[[component]]\nkind = "multiplier"\nname = "m"\nfactor = 2\nof = ["b"]\n' + LUMP,
        "component-unknown",
        7,
        "a",
    ),
    (
        HEAD
        + '[[component]]\nkind = "multiplier"\nname = "m"\nfactor = 2\nof = ["n"]\n'
        + '[[component]]\nkind = "multiplier"\nname = "n"\nfactor = 2\nof = ["m"]\n',
        "components-circle",
        3,
        "something else",
    ),
    (
        HEAD + LUMP + '[[component]]\nkind = "greater-of"\nname = "g"\nof = ["a", "b"]\n' + LUMP.replace('"a"', '"b"'),
        "component-counted-twice",
        10,
        "part = true",
    ),
    (
        HEAD + LUMP + '[[component]]\nkind = "staff-per-staff"\nname = "s"\nposition = "P"\nof = ["a"]\nfte = 1\n',
        "component-unit",
        11,
        "FTE",
    ),
    (
        HEAD + '[[component]]\nkind = "ratio-staffing"\nname = "r"\nposition = "P"\ncount = "enrollment"\npupils = 0\n',
        "value-out-of-range",
        8,
        "above 0",
    ),
    (
        HEAD + '[[component]]\nkind = "manual-adjustment"\nname = "m"\nschools = ["1"]\namount = 5\nreason = " "\n',
        "component-unusable",
        3,
        "Correct",
    ),
    (HEAD + '[value]\nx = { value = 5, unit = "dollars" }\n' + LUMP, "value-unusable", 4, "from"),
    (
        HEAD + '[source.s]\ntitle = "T"\nlocator = "L"\n[value]\n'
        'x = { value = 0.1, unit = "share", from = 2025-07-01, source = "s" }\n' + LUMP.replace("5", '"x"'),
        "unit-wrong",
        11,
        "unit",
    ),
    (HEAD + '[source.s]\ntitle = "T"\n' + LUMP, "source-incomplete", 3, "locator"),
    (HEAD + 'parameters = ["atlantis"]\n' + LUMP, "formula-unusable", 3, "data/parameters"),
    (
        HEAD + '[[component]]\nkind = "concentration"\nname = "c"\ngroup = "poor"\nstart = 0.6\nfull = 0.2\n'
        'count = "poor"\namount = 5\n',
        "component-unusable",
        3,
        "Correct",
    ),
    (HEAD + 'salary_basis = "averge"\n' + LUMP, "formula-unusable", 3, "average"),
]


@pytest.mark.parametrize(("text", "code", "line", "fix"), READ, ids=[f"{n}-{case[1]}" for n, case in enumerate(READ)])
def test_a_spoilt_formula_is_refused_at_its_line(text: str, code: str, line: int, fix: str) -> None:
    reading = read_formula(text, "district.toml")
    found = [finding for finding in reading.errors if finding.code == code]
    assert found, [str(finding) for finding in reading.findings]
    assert f"district.toml:{line}" == found[0].where, str(found[0])
    assert fix in found[0].remedy
    assert reading.formula is None


def test_all_problems_of_a_file_are_told_at_once() -> None:
    text = HEAD + LUMP.replace("5", "-5") + LUMP.replace('"a"', '"b"').replace("amount", "amonut")
    assert {"value-out-of-range", "key-unknown", "field-missing"} <= {f.code for f in read_formula(text).errors}


def per_pupil(count: str) -> str:
    return HEAD + f'[[component]]\nkind = "per-pupil"\nname = "p"\ncount = "{count}"\namount = 5\n'


#: A formula that reads well but does not fit the district, and what is said about it.
FIT = [
    (per_pupil("enrolment"), "count-unknown", 6, "enrollment"),
    (per_pupil("audit"), "count-audit-only", 6, "need driver"),
    (
        HEAD + '[[component]]\nkind = "concentration"\nname = "c"\ngroup = "poor"\nof = "pupils in October"\n'
        'shape = "cliff"\nstart = 0.4\ncount = "poor"\namount = 5\n',
        "divisor-absent",
        7,
        "[columns]",
    ),
    (
        HEAD + '[[component]]\nkind = "manual-adjustment"\nname = "m"\nschools = ["zz"]\namount = 5\nreason = "why"\n',
        "school-unknown",
        6,
        "Leading zeros",
    ),
    (
        HEAD + '[[component]]\nkind = "positions-per-school"\nname = "a"\nposition = "TCHR"\nfte = 1\n'
        '[[component]]\nkind = "dollars-per-position"\nname = "p"\nof = ["a"]\ncosted_as = "TCHR"\n',
        "position-unknown",
        12,
        "TCH",
    ),
    (
        HEAD + '[columns]\nall = ["grade K", "grade 1"]\n[[component]]\nkind = "per-pupil"\nname = "p"\n'
        'count = ["all", "grade K"]\namount = 5\n',
        "count-twice",
        8,
        "overlap",
    ),
    (
        HEAD + '[[component]]\nkind = "cap-on-counts"\nname = "poor"\ncount = "learners"\nmost = 5\n',
        "name-ambiguous",
        5,
        "another name",
    ),
]


@pytest.mark.parametrize(("text", "code", "line", "fix"), FIT, ids=[case[1] for case in FIT])
def test_a_formula_that_does_not_fit_the_district_is_refused_at_its_line(
    text: str, code: str, line: int, fix: str
) -> None:
    reading = read_formula(text, "district.toml")
    assert reading.formula is not None, [str(finding) for finding in reading.findings]
    found = errors_of(fit(reading.formula, random_facts(1)))
    assert [code] == [finding.code for finding in found]
    assert f"district.toml:{line}" == found[0].where
    assert fix in found[0].remedy
    with pytest.raises(InvalidValue, match=rf"{code}  district.toml:{line}"):
        evaluate(reading.formula, random_facts(1))


def test_a_kind_of_school_that_nobody_has_is_a_warning() -> None:
    formula = formula_of(HEAD + LUMP + 'only_kinds = ["Elementry"]\n')
    findings = fit(formula, random_facts(1))
    assert ["kind-unseen"] == [finding.code for finding in findings]
    assert not errors_of(findings)


def test_an_unknown_count_is_unknown_and_never_zero() -> None:
    known = SchoolFacts("1", "One", "elementary", (("enrollment", 100), ("poor", 10)))
    blank = SchoolFacts("2", "Two", "elementary", (("enrollment", 100), ("poor", None)))
    result = evaluate(formula_of(per_pupil("poor")), DistrictFacts("D", "2025-26", (known, blank)))
    assert 5000 == result.dollars("1")
    assert result.dollars("2") is None
    assert result.total_dollars is None
    assert ["result-unknown"] == [finding.code for finding in result.findings]
    assert "Two (code 2)" in result.findings[0].what


def test_one_unknown_count_makes_every_share_of_a_pot_unknown() -> None:
    known = SchoolFacts("1", "One", "elementary", (("poor", 10),))
    blank = SchoolFacts("2", "Two", "elementary", (("poor", None),))
    pot = HEAD + '[[component]]\nkind = "share-of-pot"\nname = "p"\npot = 100\ncount = "poor"\n'
    result = evaluate(formula_of(pot), DistrictFacts("D", "2025-26", (known, blank)))
    assert [None, None] == [result.dollars("1"), result.dollars("2")]


def test_a_share_of_nobody_with_pupils_in_it_cannot_be_worked_out() -> None:
    odd = SchoolFacts("1", "One", "elementary", (("enrollment", 0), ("poor", 10)))
    text = HEAD + (
        '[[component]]\nkind = "concentration"\nname = "c"\ngroup = "poor"\nshape = "cliff"\nstart = 0.4\n'
        'count = "poor"\namount = 5\n'
    )
    result = evaluate(formula_of(text), DistrictFacts("D", "2025-26", (odd,)))
    assert result.dollars("1") is None
    assert ["result-impossible"] == [finding.code for finding in result.findings]
