"""Every live case opens, plans fast and clean, and its key, written by hand, is what is worked out."""

from __future__ import annotations

import dataclasses

import pytest

from equity_alloc.cases.case import Case, case_in, case_of, cases
from equity_alloc.cases.key import ANSWERS, Found, computed_key
from equity_alloc.cases.opened import Opened, further_scenarios
from equity_alloc.domain.errors import StoredFormat
from equity_alloc.domain.finding import Severity
from equity_alloc.planning.plan import Plan
from tests.ui.test_library import NEVER

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_key_of_a_case_is_worked_out_to_what_stands_there_by_hand(case: Case):
    found = list(computed_key(case))
    assert [(each.line.asks, each.line.answer) for each in found] == [(e.line.asks, e.computed) for e in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_opens_without_an_error_and_every_plan_is_certified(case: Case):
    for variant in ("", *case.variants):
        opened = Opened(case, variant)
        assert opened.district.invented
        assert not [f for f in opened.reading.findings if f.severity is Severity.ERROR]
        if isinstance(opened.result, Plan):
            assert opened.result.certificate.is_kept
        else:
            assert opened.result.words


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_scenarios_of_a_case_are_of_one_district_and_bear_unlike_names(case: Case):
    names = [Opened(case).scenario.name, *(scenario.name for scenario in further_scenarios(case))]
    assert len(set(names)) == len(names) == 1 + len(case.variants)


def test_there_are_twelve_cases_in_the_order_of_their_numbers():
    assert [f"{number:02d}" for number in range(1, 13)] == [case.name[:2] for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_district_on_screen_knows_its_case(case: Case):
    assert case_in(Opened(case).district.name) is case
    assert case_in("Larkspur Valley School District") is None


def test_a_wrong_figure_in_a_key_is_found():
    case = case_of("03-held-harmless-forever")
    line = dataclasses.replace(case.key[0], answer="$6,858 (Fir)")
    [found] = computed_key(dataclasses.replace(case, key=(line,)))
    assert found == Found(line, "$6,857 (Fir)")
    assert not found.agrees


def test_a_key_that_asks_for_an_unknown_figure_says_which_are_known():
    case = CASES[0]
    line = dataclasses.replace(case.key[0], figure="mood of the room")
    with pytest.raises(StoredFormat, match=r"mood of the room\. Known are: lowest level"):
        list(computed_key(dataclasses.replace(case, key=(line,))))


def test_every_kind_of_figure_is_asked_for_by_a_case():
    assert set(ANSWERS) == {line.figure for case in CASES for line in case.key}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = 1\n", "minutes"),
        ("title = ", "cannot be read"),
    ],
)
def test_a_case_with_a_hole_is_refused_with_its_name(tmp_path, text, said):
    home = tmp_path / "13-a-hole"
    home.mkdir()
    (home / "case.toml").write_text(text, encoding="utf-8")
    with pytest.raises(StoredFormat, match=f"13-a-hole/case.toml.*{said}"):
        cases.__wrapped__(tmp_path)


def test_a_case_that_does_not_exist_is_named_with_those_that_do():
    with pytest.raises(StoredFormat, match=r"no case 99\. Choose one of: 01-the-counselor-vote"):
        case_of("99")


def test_no_case_says_anything_of_protected_protocols_of_others():
    words = " ".join(f"{c.story} {c.notes} {' '.join(c.questions)}" for c in CASES).lower()
    assert [] == [term for term in NEVER if term in words]
