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
from equity_alloc.reports.family import documents_named, make


def table(dossier, code):
    [document] = documents_named([code])
    return list(csv.DictReader(io.StringIO(document.write(dossier).decode("utf-8-sig"))))


def cents(text):
    return round(float(text) * 100)


@pytest.mark.parametrize("name", pattern_names())
def test_every_cent_of_the_sample_has_a_valid_account_in_each_shipped_pattern(sample_plan, name):
    pattern = shipped_pattern(name)
    rows = table(Dossier(sample_plan, accounts=pattern), "budget-lines")
    for row in (row for row in rows if row["Kind"] != "total of the fund"):
        parts = row["Account"].split("-")
        assert len(pattern.segments) == len(parts)
        for segment, part in zip(pattern.segments, parts, strict=True):
            assert len(part) == segment.digits or (segment.is_most and 0 < len(part) < segment.digits)
    for fund in sample_plan.certificate.funds:
        at_schools = [row for row in rows if row["Fund"] == fund.code and row["Kind"] == "school"]
        assert fund.schools == sum(cents(row["Dollars"]) for row in at_schools)
    assert all("unverified default" in row["Note"] for row in rows if row["Account"])


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


def without_money(plan, fund, cents_less):
    """The plan with that much less paid by a fund: what it leaves is appropriated and not allocated."""
    funds = tuple(
        dataclasses.replace(each, schools=each.schools - cents_less) if each.code == fund else each
        for each in plan.certificate.funds
    )
    (place, cents_before), *others = [entry for entry in plan.allocation.dollars if entry[0][2] == fund]
    assert cents_before > cents_less
    rest = tuple(entry for entry in plan.allocation.dollars if entry[0][2] != fund)
    allocation = dataclasses.replace(plan.allocation, dollars=(*rest, (place, cents_before - cents_less), *others))
    return dataclasses.replace(
        plan, allocation=allocation, certificate=dataclasses.replace(plan.certificate, funds=funds)
    )


@pytest.mark.parametrize("name", pattern_names())
def test_the_lines_of_a_fund_come_to_its_appropriation_with_what_is_central_and_what_is_left(sample_plan, name):
    plan = without_money(sample_plan, "GEN", 1_234_56)
    rows = table(Dossier(plan, accounts=shipped_pattern(name)), "budget-lines")
    for fund in plan.certificate.funds:
        mine = [row for row in rows if row["Fund"] == fund.code]
        [total] = [row for row in mine if row["Kind"] == "total of the fund"]
        lines = [row for row in mine if row["Kind"] != "total of the fund"]
        assert fund.appropriation == cents(total["Sum of the fund"]) == sum(cents(row["Dollars"]) for row in lines)
        assert fund.central == sum(cents(row["Dollars"]) for row in lines if row["Kind"] == "central")
    [left] = [row for row in rows if row["Kind"] == "not allocated"]
    assert ("1234.56", "GEN", "Appropriated and not allocated") == (left["Dollars"], left["Fund"], left["Title"])


def test_central_lines_bear_the_districts_own_codes_where_it_names_them(sample_plan):
    """NCES function 2700 is student transportation; codes by words are marked as unchecked until somebody checks them."""
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8")
    own = text + '\n[line.Transportation]\nfunction = "2700"\nobject = "600"\nprogram = "100"\nschool = "950"\n'
    for given, account, unchecked in ((text, "1-2700-500-100-0", True), (own, "1-2700-600-100-950", False)):
        rows = table(Dossier(sample_plan, accounts=read_pattern(given, "own.toml")), "budget-lines")
        [row] = [row for row in rows if row["Position or line"] == "Transportation"]
        assert account == row["Account"]
        assert unchecked == ("unverified default: fund, function, object, program, school" in row["Note"])


def test_a_central_code_that_is_a_schools_is_refused(sample_plan):
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8").replace('school = "0"', 'school = "0101"', 1)
    [made] = make(Dossier(sample_plan, accounts=read_pattern(text, "own.toml")), documents_named(["budget-lines"]))
    assert "The school code '0101' of central line Transportation is that of a school." in made.error


def test_a_pattern_without_central_codes_says_which_are_missing(sample_plan):
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8")
    before, _, rest = text.partition("# What is budgeted centrally")
    old = before + "[valid]" + rest.partition("[valid]")[2]
    made = make(
        Dossier(sample_plan, accounts=read_pattern(old, "old.toml")), documents_named(["budget-lines", "journal"])
    )
    lines, journal = (each.error for each in made)
    assert "No function code for central line Transportation, fund GEN." in lines
    assert "No function code for the balance, fund GEN." in journal


@pytest.mark.parametrize("name", pattern_names())
def test_debits_equal_credits_in_every_fund_of_the_journal(sample_plan, name):
    rows = table(Dossier(sample_plan, accounts=shipped_pattern(name)), "journal")
    for fund in sample_plan.certificate.funds:
        mine = [row for row in rows if row["Fund"] == fund.code]
        *entries, total = mine
        debits, credits_ = (sum(cents(row[side]) for row in entries) for side in ("Debit", "Credit"))
        assert debits == credits_ == cents(total["Debits of the fund"]) == cents(total["Credits of the fund"])
        assert fund.schools == cents(total["Plan"])
        change = sum(cents(row["Change"]) for row in entries if row["Kind"] == "entry")
        assert change == cents(total["Change"])
        balances = [row for row in entries if row["Kind"] == "balance"]
        assert [change] * (change != 0) == [cents(row["Credit"]) - cents(row["Debit"]) for row in balances]
        assert all(row["Account"] for row in entries)


def test_the_balancing_account_says_where_the_money_comes_from_as_far_as_the_data_tell(dossier):
    """The sample's general fund is appropriated $192,424,000 of which it takes in $190,524,000 in the plan year."""
    [row] = [row for row in table(dossier, "journal") if row["Kind"] == "balance" and row["Fund"] == "GEN"]
    assert "takes in $190,524,000.00 in the plan year, $1,900,000.00 is drawn from its balance" in row["Says"]
    assert "unverified default" in row["Says"]


def test_whoever_adds_a_column_up_gets_what_is_appropriated_and_what_is_posted_once(dossier):
    lines, journal = table(dossier, "budget-lines"), table(dossier, "journal")
    funds = dossier.plan.certificate.funds
    assert sum(fund.appropriation for fund in funds) == sum(cents(row["Dollars"] or 0) for row in lines)
    debits, credits_ = (sum(cents(row[side] or 0) for row in journal) for side in ("Debit", "Credit"))
    posted = sum(cents(row["Debits of the fund"] or 0) for row in journal)
    assert debits == credits_ == posted > 0


def test_budget_lines_hold_the_posts_of_the_certificate_and_the_segments_of_each_account(dossier):
    rows = table(dossier, "budget-lines")
    for code, _, fte in dossier.plan.certificate.positions:
        assert fte == sum(cents(row["FTE"]) for row in rows if row["Position or line"] == code and row["FTE"])
    names = [segment.name for segment in dossier.pattern.segments]
    for row in rows:
        assert row["Account"] == "-".join(row[f"Account: {name}"] for name in names).strip("-")


def test_each_line_of_the_plan_is_one_budget_line_with_the_same_codes_and_cents(dossier):
    """So a figure of the workbook is followed to its account by school, position or line, and fund."""
    plan = dossier.plan.allocation
    told = [
        ((row["School"], row["Position or line"], row["Fund"]), cents(row["Dollars"]))
        for row in table(dossier, "budget-lines")
        if row["Kind"] == "school"
    ]
    assert sorted([*plan.pay, *plan.dollars]) == sorted(told)


def test_a_balance_that_the_district_has_checked_is_no_unverified_default(sample_plan):
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8")
    own = text.replace("verified = false", "verified = true").replace("[balance]", "[balance]\nverified = true")
    plan = without_money(sample_plan, "GEN", 1_234_56)
    for given, unchecked in ((text, True), (own, False)):
        told = Dossier(plan, accounts=read_pattern(given, "own.toml"))
        [left] = [row for row in table(told, "budget-lines") if row["Kind"] == "not allocated"]
        balances = [row for row in table(told, "journal") if row["Kind"] == "balance"]
        assert balances
        assert {unchecked} == {
            "unverified default" in words for words in (left["Note"], *(r["Says"] for r in balances))
        }


def test_a_plan_that_is_last_year_has_no_entry(sample_plan):
    same = dataclasses.replace(sample_plan, allocation=sample_plan.view.district.today)
    rows = table(Dossier(same), "journal")
    assert {"total of the fund"} == {row["Kind"] for row in rows}
    assert all(row["Says"].endswith("nothing changes.") for row in rows)


@pytest.mark.parametrize("code", ["budget-lines", "position-control", "journal"])
def test_the_first_row_of_a_draft_says_why_and_every_other_that_it_is_one(sample_plan, code):
    first, *others = (row["Status"] for row in table(Dossier(sample_plan, unfinished=("No hearing yet.",)), code))
    assert "DRAFT. This plan is not ready to be adopted. No hearing yet." == first
    assert {"DRAFT"} == set(others)
    assert {"adoptable"} == {row["Status"] for row in table(Dossier(sample_plan), code)}


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
