"""Budget lines, position control and journal: every cent has an account, and what cannot be booked does not leave."""

from __future__ import annotations

import csv
import dataclasses
import io

import pytest

from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.domain.errors import InvalidValue, StoredFormat, UnknownCode
from equity_alloc.reports.account_lines import account_lines
from equity_alloc.reports.accounts import FOLDER, pattern_names, read_pattern, shipped_pattern
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import documents_named


def table(dossier, code):
    [document] = documents_named([code])
    return list(csv.DictReader(io.StringIO(document.write(dossier).decode("utf-8-sig"))))


def cents(text):
    return round(float(text) * 100)


@pytest.mark.parametrize("name", pattern_names())
def test_every_cent_of_the_sample_has_a_valid_account_in_each_shipped_pattern(sample_plan, name):
    pattern = shipped_pattern(name)
    rows = table(Dossier(sample_plan, accounts=pattern), "budget-lines")
    for row in rows:
        parts = row["Account"].split("-")
        assert len(pattern.segments) == len(parts)
        for segment, part in zip(pattern.segments, parts, strict=True):
            assert len(part) == segment.digits or (segment.is_most and 0 < len(part) < segment.digits)
    for fund in sample_plan.certificate.funds:
        assert fund.schools == sum(cents(row["Dollars"]) for row in rows if row["Fund"] == fund.code)
    assert all("unverified default" in row["Note"] for row in rows)


def test_accounts_of_the_national_code_are_those_of_the_handbook(dossier):
    """NCES: 2410 principal, 2120 guidance, 2130 health, 2220 library, 1000 instruction; program 200 special education."""
    codes = {row["Position or line"]: row["Account"].split("-") for row in table(dossier, "budget-lines")}
    assert "2410" == codes["PRIN"][1]
    assert "2120" == codes["COUN"][1]
    assert "2130" == codes["NURSE"][1]
    assert "2220" == codes["LIB"][1]
    assert ["1000", "200"] == [codes["SPED"][1], codes["SPED"][3]]
    assert "1000" == codes["TCH"][1]


def test_a_position_without_a_code_stops_the_lines_and_names_it(sample_plan):
    district = sample_plan.district
    positions = tuple(
        dataclasses.replace(each, title="Astronomer") if each.code == "NURSE" else each for each in district.positions
    )
    odd = dataclasses.replace(district, positions=positions)
    with pytest.raises(InvalidValue, match="No function code for position Astronomer"):
        account_lines(odd, sample_plan.allocation, shipped_pattern())


def test_a_districts_own_codes_come_before_words(sample_plan):
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8")
    own = text + '\n[position.TCH]\nfunction = "1000"\nobject = "800"\nprogram = "300"\n'
    rows = table(Dossier(sample_plan, accounts=read_pattern(own, "own.toml")), "budget-lines")
    assert {"800"} == {row["Account"].split("-")[2] for row in rows if row["Position or line"] == "TCH"}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("digits = 4", "digits = 0", "1 to 12 digits"),
        ('function = "2410"', "function = 2410", "without quotation marks"),
        ('function = "2410"', 'funktion = "2410"', "Did you mean function"),
        ("[valid]", "[valid", "own.toml:"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_where_and_why(old, new, says):
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8").replace(old, new, 1)
    with pytest.raises(StoredFormat, match=says):
        read_pattern(text, "own.toml")


def test_a_code_outside_the_list_of_valid_ones_is_refused(sample_plan):
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8").replace('function = "2120"', 'function = "2129"', 1)
    with pytest.raises(InvalidValue, match=r"'2129' of position Counselor.*not in the pattern's list"):
        account_lines(sample_plan.district, sample_plan.allocation, read_pattern(text, "own.toml"))


def test_schools_that_a_cut_code_would_mix_up_are_refused(sample_plan):
    district = sample_plan.district
    twin = dataclasses.replace(district.schools[0], code="9101", name="Twin")
    both = dataclasses.replace(district, schools=(*district.schools, twin))
    with pytest.raises(InvalidValue, match="Two schools share one code"):
        account_lines(both, sample_plan.allocation, shipped_pattern("texas"))


def test_an_unknown_pattern_is_refused():
    with pytest.raises(UnknownCode, match="Shipped: california-sacs, nces, texas"):
        shipped_pattern("mars")


def test_position_control_ties_to_the_posts_of_the_certificate(dossier):
    rows = table(dossier, "position-control")
    for code, _, fte in dossier.plan.certificate.positions:
        assert fte == sum(cents(row["FTE in the plan"]) for row in rows if row["Position"] == code)
    for row in rows:
        assert cents(row["Change"]) == cents(row["FTE in the plan"]) - cents(row["FTE last year"])
        if row["Vacant given up"] != "not known":
            given = max(0, -cents(row["Change"]))
            assert given == cents(row["Vacant given up"]) + cents(row["Filled given up"])


def test_the_journal_says_of_each_fund_whether_it_nets_to_zero(dossier):
    rows = table(dossier, "journal")
    entries = [row for row in rows if row["Kind"] == "entry"]
    for fund in (row for row in rows if row["Kind"] == "fund"):
        change = sum(cents(row["Change"]) for row in entries if row["Fund"] == fund["Fund"])
        assert change == cents(fund["Change"])
        assert ("net to zero." in fund["Says"] and "do not" not in fund["Says"]) == (change == 0)


def test_a_plan_that_is_last_year_nets_to_zero_everywhere(sample_plan):
    same = dataclasses.replace(sample_plan, allocation=sample_plan.view.district.today)
    rows = table(Dossier(same), "journal")
    assert {"fund"} == {row["Kind"] for row in rows}
    assert all(row["Says"].endswith("the entries net to zero.") for row in rows)


def test_text_that_begins_like_a_formula_is_marked_as_text():
    data = csv_bytes(("A",), [("=HYPERLINK(1)",), ("+1",), ("@x",), ("-2.50",), ("-x",), ("\tq",)])
    lines = [row[0] for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
    assert ["A", "'=HYPERLINK(1)", "'+1", "'@x", "-2.50", "'-x", "'\tq"] == lines


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("fund = 1", "has fund that is not written as a table"),
        ("valid = 3", "has valid that is not written as a table"),
        ('[valid]\nobject = "100"', "valid codes that are not a list of texts"),
        ("[valid]\nobject = [100]", "valid codes that are not a list of texts"),
        ("joint = 3", "has a joint that is not a text"),
    ],
)
def test_a_pattern_with_a_value_of_the_wrong_kind_is_refused_in_words(text, says):
    whole = (FOLDER / "california-sacs.toml").read_text(encoding="utf-8")
    without = "\n".join(line for line in whole.splitlines() if not line.startswith("joint"))
    given = f"{without}\n{text}" if text.startswith("[") else f"{text}\n{without}"
    with pytest.raises(StoredFormat, match=says):
        read_pattern(given, "own.toml")


@pytest.mark.parametrize(("name", "unrestricted"), [("texas", "199"), ("california-sacs", "0000")])
@pytest.mark.parametrize("title", ["Title II-A", "Title IV-A", "Federal relief money"])
def test_federal_money_never_falls_through_to_unrestricted_money(name, unrestricted, title):
    codes = shipped_pattern(name).codes_of("fund", "X", title)
    assert codes
    assert unrestricted not in codes.values()
