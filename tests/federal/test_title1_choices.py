"""Choices and refusals of Title I-A: grade spans, schools put first, skipped and marked schools, pots too small."""

from __future__ import annotations

import dataclasses
import random
from fractions import Fraction

import pytest

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import CannotServe, InvalidValue, UnknownNeed
from equity_alloc.domain.federal import Band, Eligibility, Federal, PrivateShare, Ranking, Serving, TitleOne
from equity_alloc.rules.title1_ranking import rank
from equity_alloc.rules.title1_shares import Served, serve
from tests.federal.title1_cases import FUND, district_of

#: 2,500 pupils, 1,050 low-income children (42 %); shares 80, 60, 40, 25 and 8.3 %.
SCHOOLS = {
    "A": (500, 400, 0),
    "B": (500, 300, 0),
    "C": (500, 200, 0),
    "D": (400, 100, 0),
    "E": (600, 50, 0),
}


def made(allocation: int = 700_000, **choices: object) -> District:
    plain = {"eligibility": "35 percent", "private": "whole allocation", "per_child": ()}
    return district_of(SCHOOLS, allocation=allocation, reservations={}, **{**plain, **choices})


def with_schools(district: District, **changes: dict[str, object]) -> District:
    schools = tuple(dataclasses.replace(s, **changes.get(s.code, {})) for s in district.schools)
    return dataclasses.replace(district, schools=schools)


def served_of(district: District) -> Served:
    return serve(district, district.fund_of[FUND])


def names(served: Served) -> str:
    return "".join(area.ranked.school.code for area in served.areas)


def test_the_35_percent_rule_reaches_a_school_below_the_average():
    assert "ABC" == names(served_of(made()))
    assert "AB" == names(served_of(made(eligibility="district average")))


def test_stated_dollars_reach_down_the_ranks_as_far_as_the_money_goes():
    # 400 x $800 = 320,000; with B 560,000; with C 720,000, which is more than 700,000.
    served = served_of(made(per_child=[[0, 800]]))
    assert "AB" == names(served)
    assert 140_000_00 == served.left


def test_a_marked_school_that_the_money_does_not_reach_is_refused_with_the_numbers():
    marked = {code: {"title_one": TitleOne.SERVED} for code in "ABC"}
    district = with_schools(made(per_child=[[0, 800]], serving=Serving.AS_MARKED), **marked)
    with pytest.raises(
        CannotServe, match=r"3 schools .* \$720,000, and \$700,000 .* [Ss]erve fewer schools.* first 2 of"
    ):
        served_of(district)


def test_a_school_below_35_percent_brings_the_125_percent_rule_and_a_small_pot_is_refused():
    # 1.25 x 700,000 / 1,050 = $833.33 for each of 1,000 children of A to D: $833,333.
    marked = {code: {"title_one": TitleOne.SERVED} for code in "ABCD"}
    district = with_schools(made(serving=Serving.AS_MARKED), **marked)
    with pytest.raises(CannotServe, match=r"\$833\.33 .* \$833,333 in all.* Serve fewer schools.* first 3 of"):
        served_of(district)


def test_without_marks_the_cut_off_stays_above_what_the_125_percent_rule_forbids():
    assert "ABC" == names(served_of(with_schools(made(), D={"title_one": TitleOne.ONE_MORE_YEAR})))


def test_grade_spans_are_served_alone_but_above_75_percent_comes_first_everywhere():
    spans = {code: {"kind": "high" if code in "AB" else "elementary"} for code in SCHOOLS}
    chosen = {"ranking": Ranking.SPANS, "spans": ("elementary",)}
    assert "AC" == names(served_of(with_schools(made(**chosen), **spans)))
    # Above 50 % the high school B comes first too, where the district put high schools there.
    assert "ABC" == names(served_of(with_schools(made(**chosen, first_at_half=("high",)), **spans)))


def test_a_span_can_be_measured_against_its_own_average():
    spans = {code: {"kind": "high" if code in "DE" else "elementary"} for code in SCHOOLS}
    # High schools: 150 / 1,000 = 15 %, so D (25 %) is eligible; elementary: 900 / 1,500 = 60 %, so C is not.
    order = rank(with_schools(made(eligibility="grade span average"), **spans))
    assert "ABD" == "".join(r.school.code for r in order if r.is_eligible)


def test_a_skipped_school_leaves_its_place_to_the_next():
    served = served_of(with_schools(made(), B={"title_one": TitleOne.SKIPPED}))
    assert "AC" == names(served)


def test_a_district_below_1000_pupils_may_serve_any_school():
    small = {code: {"enrollment": 180} for code in SCHOOLS}
    low = {code: {"low_income": children} for code, children in zip("ABCDE", (120, 100, 90, 80, 70), strict=True)}
    district = with_schools(made(), **{code: {**small[code], **low[code]} for code in SCHOOLS})
    assert "ABCDE" == names(served_of(district))


def test_an_unknown_count_names_the_column_and_the_sheet():
    with pytest.raises(UnknownNeed, match="Private-school low-income children on the sheet Schools"):
        served_of(with_schools(made(), C={"private_low_income": None}))


def test_a_pot_of_nothing_is_refused():
    with pytest.raises(CannotServe, match="reservations"):
        served_of(made(allocation=0))


def test_dollars_per_child_may_not_rise_down_the_ranks():
    with pytest.raises(InvalidValue, match="may not get more"):
        Federal(bands=(Band(0, 90_000), Band(Fraction(1, 2), 80_000)))


@pytest.mark.parametrize("seed", range(60))
def test_whatever_the_district_the_law_is_kept(seed):
    draw = random.Random(seed)
    schools = {}
    for n in range(draw.randint(2, 12)):
        pupils = draw.randint(100, 900)
        schools[f"{n:02d}"] = (pupils, draw.randint(0, pupils), draw.choice((0, draw.randint(0, 40))))
    bands = sorted((draw.randint(200, 1500) for _ in range(draw.randint(0, 3))), reverse=True)
    per_child = [[f"{0.3 * (len(bands) - 1 - k):.1f}", dollars] for k, dollars in enumerate(bands)]
    district = district_of(
        schools,
        allocation=draw.randint(50_000, 4_000_000),
        reservations={"administration": draw.randint(0, 40_000)},
        eligibility=draw.choice(tuple(Eligibility)),
        private=draw.choice(tuple(PrivateShare)),
        per_child=per_child,
    )
    kinds = {code: {"kind": draw.choice(("elementary", "middle"))} for code in schools}
    district = with_schools(district, **kinds)
    fund = district.fund_of[FUND]
    try:
        served = serve(district, fund)
    except CannotServe:
        return
    taken = [r for r in served.order if r.school.code in served.shares]
    reachable = [r for r in served.order if r.may_be_reached]
    assert taken == reachable[: len(taken)]
    rates = [area.per_child for area in served.areas]
    assert rates == sorted(rates, reverse=True)
    if any(r.share < Fraction(35, 100) for r in taken):
        assert min(rates) >= served.least_per_child
    assert sum(served.shares.values()) + served.private_share + served.left == district.school_pot(fund)
    one_more = reachable[: len(taken) + 1]
    if len(one_more) > len(taken) and not per_child and all(r.share >= Fraction(35, 100) for r in one_more):
        pytest.fail("an even share reaches every eligible school, so none may be left out")
