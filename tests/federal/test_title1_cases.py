"""Title I-A within the district, to the dollar on worked examples."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from equity_alloc.rules.fund_sharing import FundSharing, fund_shares
from equity_alloc.rules.title1_shares import serve
from tests.federal.title1_cases import FUND, district_of, dollars

CASES = {path.stem: tomllib.loads(path.read_text()) for path in (Path(__file__).parents[1] / "cases/federal").glob("title1_*")}  # fmt: skip


@pytest.fixture(params=CASES)
def case(request):
    return CASES[request.param]


@pytest.fixture
def district(case):
    return district_of(case["schools"], **{k: v for k, v in case.items() if k in CHOICES})


CHOICES = ("allocation", "reservations", "eligibility", "private", "per_child")


def test_every_served_area_gets_what_the_example_prints(case, district):
    served = serve(district, district.fund_of[FUND])
    expected = {name: row[3:] for name, row in case["schools"].items() if len(row) > 3}
    assert set(expected) == {area.ranked.school.code for area in served.areas}
    for area in served.areas:
        found = [dollars(area.total), dollars(area.public), dollars(area.private)]
        printed = expected[area.ranked.school.code]
        assert printed == found[: len(printed)]


def test_totals_are_what_the_example_prints(case, district):
    served = serve(district, district.fund_of[FUND])
    total = case["printed_total"]
    assert total["schools"] == dollars(sum(area.total for area in served.areas))
    assert total["public"] == dollars(sum(served.shares.values()))
    assert total["private"] == dollars(served.private_share)
    assert 0 == served.left


def test_the_125_percent_amount_is_what_the_example_prints(case, district):
    served = serve(district, district.fund_of[FUND])
    assert ("least_per_child" in case) == served.needs_least
    if served.needs_least:
        assert Decimal(case["least_per_child"]) == round(Decimal(float(served.least_per_child)) / 100, 2)


def test_the_plans_shares_are_these(district):
    served = serve(district, district.fund_of[FUND])
    assert served.shares == fund_shares(district, district.fund_of[FUND])
    assert f"{len(served.areas)} schools" in FundSharing().explain(district)
