"""Budget lines, position control and journal: every cent has an account, and what cannot be booked does not leave."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import re

import openpyxl
import pytest

from equity_alloc.domain.csv_text import csv_bytes
from equity_alloc.domain.district import District, Fund, School, Spending
from equity_alloc.domain.errors import InvalidValue, StoredFormat, UnknownCode
from equity_alloc.reports.account_cells import cells_of
from equity_alloc.reports.account_form import BEGINS, account_form
from equity_alloc.reports.account_lines import account_lines, budget_lines
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import documents_named, make
from equity_alloc.reports.read_accounts import FOLDER, pattern_names, read_pattern, shipped_pattern
from equity_alloc.sources.write_inputs import inputs_workbook


def table(dossier, code):
    [document] = documents_named([code])
    data = document.write(dossier)
    return sheet(data, "Control totals") if document.ending == ".xlsx" else rows_of(data)


def rows_of(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def sheet(data, name):
    """The rows of a sheet as they are shown: what is blank as nothing, amounts with cents, counts as they are."""
    headings, *rows = openpyxl.load_workbook(io.BytesIO(data), read_only=True)[name].iter_rows(values_only=True)
    return [
        {
            heading: str(cell) if isinstance(cell, str) or heading == "Rows" else f"{cell:.2f}"
            for heading, cell in (
                (heading, "" if cell is None else cell) for heading, cell in zip(headings, row, strict=True)
            )
        }
        for row in rows
    ]


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
        at_schools = [row for row in rows if row["Fund"] == fund.code and row["Kind"] == "school"]
        assert fund.schools == sum(cents(row["Dollars"]) for row in at_schools)
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
    # Nurses are the ninth of the sample's positions, below one row of headings.
    with pytest.raises(
        InvalidValue,
        match=r"No function, object or program code for position Astronomer \(Positions!A10\), funds .*\. Write it under .* Cells are those of the plan's workbook\.",
    ):
        account_lines(odd, sample_plan.allocation, shipped_pattern())


def test_the_cells_that_messages_name_hold_what_they_name_in_the_workbook(sample_plan):
    book = openpyxl.load_workbook(
        io.BytesIO(inputs_workbook(sample_plan.district, sample_plan.scenario)), read_only=True
    )
    cells = cells_of(sample_plan.district)
    assert {"fund", "position", "school", "line", "central line"} == {kind for kind, _ in cells}
    for (_, code), cell in cells.items():
        sheet, place = cell.split("!")
        assert code == str(book[sheet][place].value)


def test_a_districts_own_codes_come_before_words(sample_plan):
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8")
    own = text + '\n[position.TCH]\nfunction = "1000"\nobject = "800"\nprogram = "300"\n'
    rows = table(Dossier(sample_plan, accounts=read_pattern(own, "own.toml")), "budget-lines")
    assert {"800"} == {row["Account"].split("-")[2] for row in rows if row["Position or line"] == "TCH"}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("digits = 4", "digits = 0", "1 to 12 digits"),
        ('function = "2410"', "function = 2410", r"own\.toml:\d+ .*function = 2410 without quotation marks"),
        ('function = "2410"', 'funktion = "2410"', "Did you mean function"),
        ("[valid]", "[valid", "own.toml:"),
        ('rate = "benefit-rate"', "", "benefits without where, rate"),
        ('where = { object = ["1??"] }', 'where = { objekt = ["1??"] }', "Did you mean object"),
        ('words = ["levy"]', 'money = ["gold"]', "money that is not a list of some of: federal"),
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
    says = r'Schools 0101 \(Schools!A2\) and 9101 \(Schools!A26\) share the code \'101\' in an account\..*\[school\."9101"\]'
    with pytest.raises(InvalidValue, match=says):
        account_lines(both, sample_plan.allocation, shipped_pattern("texas"))


def test_an_unknown_pattern_is_refused():
    with pytest.raises(UnknownCode, match="Shipped: california-sacs, nces, texas"):
        shipped_pattern("mars")


def test_position_control_ties_to_the_posts_of_the_certificate(dossier):
    both = table(dossier, "position-control")
    rows = [row for row in both if row["Kind"] == "post"]
    payers = [row for row in both if row["Kind"] == "paid by"]
    assert len(rows) == len({(row["School"], row["Position"]) for row in rows})
    for code, _, fte in dossier.plan.certificate.positions:
        assert fte == sum(cents(row["FTE in the plan"]) for row in rows if row["Position"] == code)
        assert fte == sum(cents(row["FTE paid"]) for row in payers if row["Position"] == code)
    step = {position.code: position.step for position in dossier.plan.district.positions}
    assert all(cents(row["FTE in the plan"]) % step[row["Position"]] == 0 for row in rows)
    pay = dossier.plan.allocation.pay
    paid_by = {row["Fund"]: row for row in table(dossier, "control-totals") if row["What"] == "dollars paid"}
    for fund in dossier.plan.certificate.funds:
        paid = sum(amount for (_, _, code), amount in pay if code == fund.code)
        assert paid == sum(cents(row["Dollars paid"]) for row in payers if row["Fund"] == fund.code)
        told = paid_by[fund.code]
        assert (f"{paid / 100:.2f}", "0.00") == (told["Total"], told["Difference"])
    assert all(row["Account of the salary"] for row in payers)
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
    told = Dossier(plan, accounts=shipped_pattern(name))
    rows = table(told, "budget-lines")
    totals = {row["Fund"]: row for row in table(told, "control-totals") if row["What"] == "dollars"}
    for fund in plan.certificate.funds:
        lines = [row for row in rows if row["Fund"] == fund.code]
        total = totals[fund.code]
        assert fund.appropriation == cents(total["Total"]) == sum(cents(row["Dollars"]) for row in lines)
        assert (str(len(lines)), "0.00") == (total["Rows"], total["Difference"])
        assert fund.central == sum(cents(row["Dollars"]) for row in lines if row["Kind"] == "central")
    [left] = [row for row in rows if row["Kind"] == "not allocated"]
    assert ("1234.56", "GEN", "Appropriated and not allocated") == (left["Dollars"], left["Fund"], left["Title"])


def test_central_lines_bear_the_districts_own_codes_where_it_names_them(sample_plan):
    """NCES function 2700 is student transportation; codes by words are marked as unchecked until somebody checks them."""
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8")
    own = text + '\n[line.Transportation]\nfunction = "2700"\nobject = "600"\nprogram = "100"\nschool = "950"\n'
    for given, account, unchecked in ((text, "1-2700-500-100-000-0", True), (own, "1-2700-600-100-000-950", False)):
        rows = table(Dossier(sample_plan, accounts=read_pattern(given, "own.toml")), "budget-lines")
        [row] = [row for row in rows if row["Position or line"] == "Transportation"]
        assert account == row["Account"]
        assert unchecked == ("unverified default: fund, function, object, program, project, school" in row["Note"])


def test_a_central_code_that_is_a_schools_is_refused(sample_plan):
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8").replace('school = "0"', 'school = "0101"', 1)
    [made] = make(Dossier(sample_plan, accounts=read_pattern(text, "own.toml")), documents_named(["budget-lines"]))
    assert "The school code '0101' of central line Transportation (Central!A2) is that of a school." in made.error


def test_a_pattern_without_central_codes_says_which_are_missing(sample_plan):
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8")
    before, _, rest = text.partition("# What is budgeted centrally")
    old = before + "[valid]" + rest.partition("[valid]")[2]
    made = make(
        Dossier(sample_plan, accounts=read_pattern(old, "old.toml")), documents_named(["budget-lines", "journal"])
    )
    lines, journal = (each.error for each in made)
    assert (
        "No function, object, program or school code for central line Transportation (Central!A2), fund GEN." in lines
    )
    assert "No function, object, program or school code for the balance, fund GEN." in journal


@pytest.mark.parametrize("name", pattern_names())
def test_debits_equal_credits_in_every_fund_of_the_journal(sample_plan, name):
    told = Dossier(sample_plan, accounts=shipped_pattern(name))
    rows = table(told, "journal")
    totals = {row["Fund"]: row for row in table(told, "control-totals") if row["File"] == "journal" and row["Fund"]}
    today = sample_plan.view.district.today
    for fund in sample_plan.certificate.funds:
        mine = [row for row in rows if row["Fund"] == fund.code]
        debits, credits_ = (sum(cents(row[side]) for row in mine) for side in ("Debit", "Credit"))
        total = totals[fund.code]
        assert debits == credits_ == cents(total["Total"]) == cents(total["Should be"])
        change = sum(cents(row["Change"]) for row in mine if row["Kind"] == "entry")
        assert change == fund.schools - today.fund_dollars(fund.code)
        balances = [row for row in mine if row["Kind"] == "balance"]
        assert [change] * (change != 0) == [cents(row["Credit"]) - cents(row["Debit"]) for row in balances]
        assert all(row["Account"] for row in mine)
    posted = sum(cents(row["Debit"]) for row in rows)
    assert posted == cents(totals["all"]["Total"]) > 0


def test_the_balancing_account_says_where_the_money_comes_from_as_far_as_the_data_tell(dossier):
    """The sample's general fund is appropriated $192,424,000 of which it takes in $190,524,000 in the plan year."""
    [row] = [row for row in table(dossier, "journal") if row["Kind"] == "balance" and row["Fund"] == "GEN"]
    assert "opens with a balance of $11,400,000.00" in row["Says"]
    assert "takes in $190,524,000.00 in the plan year, $1,900,000.00 is drawn from its balance" in row["Says"]
    assert "unverified default" in row["Says"]


def test_whoever_adds_a_column_up_gets_what_is_appropriated_and_what_is_posted_once(dossier):
    """So each file can be taken in as it is: every row of it is a line or an entry with an account."""
    lines, journal = table(dossier, "budget-lines"), table(dossier, "journal")
    funds = dossier.plan.certificate.funds
    assert sum(fund.appropriation for fund in funds) == sum(cents(row["Dollars"]) for row in lines)
    debits, credits_ = (sum(cents(row[side]) for row in journal) for side in ("Debit", "Credit"))
    assert debits == credits_ > 0
    assert all(row["Account"] for row in (*lines, *journal))


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
    same = Dossier(dataclasses.replace(sample_plan, allocation=sample_plan.view.district.today))
    assert [] == table(same, "journal")
    [made] = make(same, documents_named(["journal"]))
    assert made.data.startswith(b"\xef\xbb\xbfKind,Account,Debit,Credit")


def test_a_district_without_last_year_has_no_journal_and_is_told_so(sample_plan):
    new = dataclasses.replace(sample_plan.district, staffing=(), spending=(), vacancies=())
    [made] = make(Dossier(dataclasses.replace(sample_plan, district=new)), documents_named(["journal"]))
    assert not made.data
    assert "hold nothing of last year (sheets Staffing and Spending)" in made.needless


@pytest.mark.parametrize("code", ["budget-lines", "position-control", "journal", "control-totals"])
def test_the_first_row_of_a_draft_says_why_and_every_other_that_it_is_one(sample_plan, code):
    first, *others = (row["Status"] for row in table(Dossier(sample_plan, unfinished=("No hearing yet.",)), code))
    assert "DRAFT. This plan is not ready to be adopted. No hearing yet." == first
    assert {"DRAFT"} == set(others)
    assert {"no rule broken, assessment complete"} == {row["Status"] for row in table(Dossier(sample_plan), code)}


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
    whole = (FOLDER / "california-sacs.toml").read_text(encoding="utf-8").partition("# What a segment may hold")[0]
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


RATES = """
[source.payroll]
title = "Payroll register"
locator = "year to date"
[value]
benefit-rate = [
  { value = 0.30, unit = "share", from = 2025-07-01, source = "payroll" },
  { value = 0.40, unit = "share", from = 2026-07-01, source = "payroll" },
  { value = 0.50, unit = "share", from = 2027-07-01, source = "payroll" },
]
"benefit-rate PARA" = { value = 0.25, unit = "share", from = 2026-07-01, source = "payroll" }
"""


@pytest.mark.parametrize(
    ("name", "salary", "benefits", "object_"),
    [("nces", "100", "200", 2), ("texas", "6119", "6149", 2), ("california-sacs", "1300", "3901", 5)],
)
def test_a_benefit_rate_splits_a_principal_into_salary_and_benefits_to_the_cent(
    sample_plan, name, salary, benefits, object_
):
    """By hand: $184,200 at 40 % is $131,571.43 of salary and $52,628.57 of benefits; the rate is that of 2026-27."""
    pattern = read_pattern((FOLDER / f"{name}.toml").read_text(encoding="utf-8") + RATES, "own.toml")
    rows = table(Dossier(sample_plan, accounts=pattern), "budget-lines")
    told = [row for row in rows if (row["School"], row["Position or line"]) == ("0101", "PRIN")]
    assert [("salary", "131571.43", "1.00", salary), ("benefits", "52628.57", "", benefits)] == [
        (row["Part of the cost"], row["Dollars"], row["FTE"], row["Account"].split("-")[object_]) for row in told
    ]
    assert sample_plan.certificate.funds[0].appropriation == sum(
        cents(row["Dollars"]) for row in rows if row["Fund"] == "GEN"
    )
    # By hand: $51,400 at 25 % is $41,120 of salary for a paraeducator, who has a rate of its own.
    [pay, *_] = [
        row for row in rows if (row["School"], row["Position or line"], row["Fund"]) == ("0101", "PARA", "GEN")
    ]
    assert pay["Part of the cost"] == "salary"
    assert cents(pay["Dollars"]) == round(sample_plan.allocation.pay_of["0101", "PARA", "GEN"] / 1.25)
    journal = table(Dossier(sample_plan, accounts=pattern), "journal")
    assert {"salary", "benefits", ""} == {row["Part of the cost"] for row in journal}
    assert sum(cents(row["Debit"]) for row in journal) == sum(cents(row["Credit"]) for row in journal)


def test_without_a_rate_each_line_of_a_post_says_that_salary_and_benefits_are_together(dossier):
    rows = [row for row in table(dossier, "budget-lines") if row["FTE"]]
    assert {"salary and benefits"} == {row["Part of the cost"] for row in rows}
    assert all(
        "salary and benefits are not told apart: the account codes give no benefit rate" in r["Note"] for r in rows
    )


def test_a_rate_that_is_no_share_of_the_salary_is_refused():
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8") + RATES.replace("0.40", "40")
    with pytest.raises(StoredFormat, match=r"own\.toml:\d+.*benefit-rate that is not a share from 0 to 1"):
        read_pattern(text, "own.toml")


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        # CDE's table of 2026-27: function 1120 takes goals 5710, 5730, 5760 and 7110; 7200 takes 0000, 7110 and 7150.
        (
            "california-sacs",
            '["special education"]\ngoal = "5760"',
            '["special education"]\ngoal = "1110"',
            r"position Special education teacher \(Positions!A5\), funds GEN, IDEA, does not go with function '1120' \(CHK-GOALxFUNCTION-A: 5710, "
            + r"5730, 5760, 7110\)\. It is given in own\.toml:\d+\.",
        ),
        (
            "california-sacs",
            '["administration", "board", "superintendent"]\ngoal = "0000"',
            '["administration", "board", "superintendent"]\ngoal = "1110"',
            r"of central line District administration \(Central!A4\), fund GEN, does not go with function '7200' \(CHK-GOALxFUNCTION-B",
        ),
        # Certificated administrators (1300) are not paid in instruction (1000).
        ("california-sacs", 'function = "2700"\nobject = "1300"', 'function = "1000"\nobject = "1300"', "CHK-FUNCTIONxOBJECT"),
        # Goal 5770 was closed: it is in no table of 2026-27.
        ("california-sacs", '"5760"\nfunction', '"5770"\nfunction', "goal code '5770' of .* not in the pattern's list"),
        ("texas", 'object = "6399"', 'object = "5399"', r"object code '5399' of line Supplies and materials \(Spending!B2\), funds GEN, LEVY, T3.*a function is of spending"),
    ],
)  # fmt: skip
def test_codes_that_do_not_go_together_are_refused_with_the_rule_and_the_line(sample_plan, name, old, new, says):
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert old in text
    pattern = read_pattern(text.replace(old, new, 1), "own.toml")
    [made] = make(Dossier(sample_plan, accounts=pattern), documents_named(["budget-lines"]))
    assert not made.data
    assert re.search(says, made.error), made.error


def test_projects_of_the_national_pattern_lie_in_the_ranges_of_the_handbook(sample_plan):
    """NCES 2009-325, chapter 6: local projects 010 to 190, state 200 to 390, federal 400 to 990, and 000 for none of them."""
    ranges = {
        "federal": (400, 990),
        "state": (200, 390),
        "local": (10, 190),
        "private": (10, 190),
        "state and local": (0, 0),
    }
    for fund in sample_plan.district.funds:
        low, high = ranges[fund.source.value]
        assert low <= int(shipped_pattern().fund_entry(fund).codes["project"]) <= high, fund.code


def test_money_for_special_compensatory_and_bilingual_education_is_traced_by_program_intent_in_texas(sample_plan):
    """19 TAC 105.11: 23 students with disabilities, 24 compensatory, 25 bilingual, whoever is paid from it."""
    rows = table(Dossier(sample_plan, accounts=shipped_pattern("texas")), "budget-lines")
    intents = {(row["Fund"], row["Account: program"]) for row in rows}
    assert {("IDEA", "23"), ("COMP", "24"), ("BIL", "25"), ("T3", "25"), ("T1A", "30")} == {
        each for each in intents if each[0] not in ("GEN", "LEVY", "GRANT")
    }
    assert {"499"} == {row["Account: fund"] for row in rows if row["Fund"] == "GRANT"}


@pytest.mark.parametrize("name", ["nces", "california-sacs"])
def test_what_idea_pays_is_booked_as_special_education(sample_plan, name):
    rows = table(Dossier(sample_plan, accounts=shipped_pattern(name)), "budget-lines")
    column, code = ("Account: program", "200") if name == "nces" else ("Account: goal", "5760")
    assert {code} == {row[column] for row in rows if row["Fund"] == "IDEA"}


def test_no_two_funds_of_the_sample_share_an_account_in_the_national_pattern(dossier):
    """One digit of fund would put five restricted funds in one account; the project tells them apart."""
    [row] = [row for row in table(dossier, "control-totals") if row["What"] == "accounts that several funds share"]
    assert ("0", "each fund has its own") == (row["Rows"], row["Says"])


def test_funds_that_share_accounts_are_named(sample_plan):
    [row] = [
        row
        for row in table(Dossier(sample_plan, accounts=shipped_pattern("texas")), "control-totals")
        if row["What"] == "accounts that several funds share"
    ]
    assert int(row["Rows"]) > 0
    assert row["Says"].startswith("BIL, GEN, LEVY share accounts: give each fund a code of its own")


def test_restricted_money_has_no_free_balance(sample_plan):
    """CDE: 9740 restricted balance, 9650 unearned revenue, as objects that a federal resource may hold; 9790 it may not."""
    pattern = shipped_pattern("california-sacs")
    objects = {fund.code: pattern.balance_of(fund)[0]["object"] for fund in sample_plan.district.funds}
    assert {
        "GEN": "9790",
        "LEVY": "9740",
        "COMP": "9740",
        "BIL": "9740",
        "T1A": "9650",
        "T3": "9650",
        "IDEA": "9650",
        "GRANT": "9740",
    } == objects


def test_the_fingerprints_in_the_control_totals_are_those_of_the_files(dossier):
    told = {row["File"]: row["Says"] for row in table(dossier, "control-totals") if row["What"].startswith("SHA")}
    for made in make(dossier, documents_named(["budget-lines", "journal", "position-control"])):
        assert hashlib.sha256(made.data).hexdigest() == told[made.document.code.replace("-", " ")]


def test_the_control_totals_hold_the_rows_of_the_files_with_every_zero_of_a_code(dossier):
    """A spreadsheet that opens a CSV by itself makes 0101 to 101; on a sheet the code is a text, and an amount is a number."""
    [totals] = make(dossier, documents_named(["control-totals"]))
    for made in make(dossier, documents_named(["budget-lines", "journal", "position-control"])):
        shown = sheet(totals.data, made.document.code.replace("-", " ").capitalize())
        assert rows_of(made.data) == shown
    cells = openpyxl.load_workbook(io.BytesIO(totals.data))["Budget lines"]
    at = {cell.value: cell.column - 1 for cell in cells[1]}
    row = next(row for row in cells.iter_rows(min_row=2) if row[at["School"]].value == "0101")
    assert ("s", "@") == (row[at["School"]].data_type, row[at["School"]].number_format)
    assert "n" == row[at["Dollars"]].data_type


@pytest.mark.parametrize("name", pattern_names())
def test_the_form_of_codes_to_fill_in_is_a_valid_file_with_a_heading_for_each_code(sample_plan, name):
    district = sample_plan.district
    text = account_form(district, name)
    assert read_pattern(text, "form.toml")
    for fund in district.funds:
        assert f'[fund."{fund.code}"]' in text
    assert '[line."Supplies and materials"]' in text and '[line."Transportation"]' in text
    assert table(Dossier(sample_plan, accounts=read_pattern(text, "form.toml")), "budget-lines")


def test_from_the_message_alone_to_a_valid_file(sample_plan):
    """A line that no pattern knows: the message names the file to take, the file has its heading, and three rows mend it."""
    district = sample_plan.district
    odd = tuple(
        dataclasses.replace(each, line="Zoo visits") if each.line == "Contracted services" else each
        for each in district.spending
    )
    funds = tuple(
        dataclasses.replace(
            each, lines=tuple("Zoo visits" if line == "Contracted services" else line for line in each.lines)
        )
        for each in district.funds
    )
    allocation = dataclasses.replace(
        sample_plan.allocation,
        dollars=tuple(
            sorted(
                ((s, "Zoo visits" if line == "Contracted services" else line, f), c)
                for (s, line, f), c in sample_plan.allocation.dollars
            )
        ),
    )
    zoo = dataclasses.replace(district, spending=odd, funds=funds)
    with pytest.raises(
        InvalidValue,
        match=r"No function, object or program code for line Zoo visits \(Spending!B\d+\).*--accounts-form ours\.toml",
    ):
        account_lines(zoo, allocation, shipped_pattern())
    form = account_form(zoo, "nces")
    head, found, rest = form.partition('[line."Zoo visits"]')
    assert found and not head.endswith("# ")
    for key, code in (("function", "1000"), ("object", "300"), ("program", "100")):
        assert f'\n{key} = ""' in rest
        rest = rest.replace(f'\n{key} = ""', f'\n{key} = "{code}"', 1)
    lines = account_lines(zoo, allocation, read_pattern(head + found + rest, "ours.toml"))
    assert sum(line.cents for line in lines) == allocation.total


def test_schools_whose_codes_do_not_fit_are_told_once_and_have_rows_in_the_form(sample_plan):
    """California's school has four digits here; another state's has six."""
    district = sample_plan.district
    text = (FOLDER / "california-sacs.toml").read_text(encoding="utf-8")
    longer = text.replace('name = "school"\ndigits = 4', 'name = "school"\ndigits = 6')
    with pytest.raises(
        InvalidValue, match=r"The school codes '0101', .* and 16 more are not 6 digits \(the first in Schools!A2\)"
    ) as told:
        account_lines(district, sample_plan.allocation, read_pattern(longer, "own.toml"))
    assert str(told.value).count("not 6 digits") == 1
    schools = tuple(dataclasses.replace(each, code=f"16{each.code}") for each in district.schools)
    form = account_form(District("Elsewhere", "2026-27", schools), "california-sacs")
    assert '[school."160101"]  # Schools: Alder Creek Elementary; its own code is not 4 digits\nschool = ""' in form


OWN = (FOLDER / "nces.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "slip", "meant"),
    [
        ("fund", "LEVI", '[fund."LEVY"] (Local enrichment levy)?'),
        ("position", "Coach", '[position."COACH"] (Instructional coach)?'),
        ("line", "Suplies and materials", '[line."Supplies and materials"]?'),
        ("school", "101", '[school."0101"] (Alder Creek Elementary)?'),
        ("school", "Alder Creek Elementry", '[school."0101"] (Alder Creek Elementary)'),
        ("position", "Astronaut", "Use one of: "),
    ],
)
def test_a_heading_that_the_district_does_not_have_is_told_with_line_and_what_may_be_meant(
    sample_plan, kind, slip, meant
):
    own = f'{OWN}[{kind}."{slip}"]\n'
    with pytest.raises(InvalidValue) as told:
        account_lines(sample_plan.district, sample_plan.allocation, read_pattern(own, "own.toml"))
    place = f"own.toml:{len(own.splitlines())}"
    assert f'[{kind}."{slip}"] ({place}) names nothing on' in str(told.value)
    assert meant in str(told.value)
    assert "Mend own.toml there" in str(told.value) and "--accounts-form" not in str(told.value)


def test_a_strange_heading_stops_what_is_in_account_codes_and_nothing_else(sample_plan):
    told = Dossier(sample_plan, accounts=read_pattern(f'{OWN}[fund."LEVI"]\nfund = "2"\n', "own.toml"))
    chosen = documents_named(["budget-lines", "journal", "control-totals", "position-control"])
    made = {each.document.code: each for each in make(told, chosen)}
    assert [] == [code for code in made if made[code].data or "LEVI" not in made[code].error]
    assert all(each.has_accounts for each in chosen)
    [record] = make(told, documents_named(["run-record"]))
    assert record.data and not record.document.has_accounts


def test_position_control_leaves_with_every_account_or_not_at_all(sample_plan):
    """A post without a code stops it and is named; a line without one is none of its business."""
    nurse = OWN.replace('words = ["nurse"]', 'words = ["night nurse"]')
    supplies = OWN.replace('words = ["supplies", "materials", "discretionary", "books"]', 'words = ["chalk"]')
    for text, code, item in (
        (nurse, "position-control", "position Nurse"),
        (supplies, "budget-lines", "line Supplies"),
    ):
        told = Dossier(sample_plan, accounts=read_pattern(text, "own.toml"))
        [made] = make(told, documents_named([code]))
        assert not made.data
        assert f"No function, object or program code for {item}" in made.error
    rows = table(told, "position-control")
    assert all(row["Account of the salary"] for row in rows if row["Kind"] == "paid by")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'rate = "benefit-rate"',
            'rate = "benefit-rate"\npositions = ["PRA"]',
            r"\[\[benefits\]\] \(own\.toml:\d+\) is for the position 'PRA', which is not on the sheet .* Did you mean PARA\?",
        ),
        (
            '"benefit-rate PARA"',
            '"benefit-rate PRA"',
            r"The rate 'benefit-rate PRA' \(own\.toml:\d+\) is asked for by no \[\[benefits\]\]\. Did you mean benefit-rate PARA",
        ),
        (
            "benefit-rate = [",
            "benfit-rate = [",
            r"The rate 'benfit-rate' \(own\.toml:\d+\) is asked for by no .* Did you mean benefit-rate",
        ),
        # A rate of a position that the benefits are not for would never be asked for either.
        ('rate = "benefit-rate"', 'rate = "benefit-rate"\npositions = ["TCH"]', r"The rate 'benefit-rate PARA' \("),
    ],
)
def test_a_slip_in_who_has_benefits_or_at_which_rate_is_refused_with_its_line(sample_plan, old, new, says):
    text = OWN.partition("# Benefits stand in an object")[0] + OWN[OWN.index("[[benefits]]") :] + RATES
    assert 1 == text.count(old)
    with pytest.raises(InvalidValue, match=says) as told:
        account_lines(sample_plan.district, sample_plan.allocation, read_pattern(text.replace(old, new), "own.toml"))
    line = int(re.search(r"own\.toml:(\d+)", str(told.value))[1])
    where = text.replace(old, new).splitlines()[line - 1]
    assert where.startswith(("[[benefits]]", "benfit-rate", '"benefit-rate P'))


def test_what_a_district_writes_out_is_its_own_and_what_it_leaves_stays_an_unverified_default(sample_plan):
    """Of the national pattern, the codes of object and project are nobody's yet; fund, function and program are the handbook's."""
    fund = '[fund."GEN"]\nfund = "1"\nproject = "000"\n'
    post = '[position."TCH"]\nfunction = "1000"\nobject = "100"\nprogram = "100"\n'
    for own, said in (
        ("", "unverified default: object, project"),
        (fund, "unverified default: object"),
        (post, "unverified default: project"),
        (fund + post, ""),
    ):
        rows = table(Dossier(sample_plan, accounts=read_pattern(OWN + own, "own.toml")), "budget-lines")
        notes = {row["Note"] for row in rows if (row["Position or line"], row["Fund"]) == ("TCH", "GEN")}
        assert {said} == {re.sub(r"(; )?(salary and|less than).*", "", note) for note in notes}
        others = {row["Note"].split(";")[0] for row in rows if row["Kind"] == "school" and row["Fund"] == "T1A"}
        assert "unverified default: object, project" in others


def test_a_schools_own_heading_states_its_code_and_a_central_line_what_it_writes_out(sample_plan):
    """Texas: nobody has checked any segment, so that all five are defaults until the district writes them out."""
    text = (FOLDER / "texas.toml").read_text(encoding="utf-8")
    own = f'{text}\n[school."0101"]\nschool = "101"\n[line."Transportation"]\nfunction = "34"\n'
    rows = table(Dossier(sample_plan, accounts=read_pattern(own, "own.toml")), "budget-lines")
    said = {each: {row["Note"].split(";")[0] for row in rows if row["School"] == each} for each in ("0101", "0102")}
    assert {"unverified default: fund, function, object, program"} == said["0101"]
    assert {"unverified default: fund, function, object, school, program"} == said["0102"]
    [bus] = [row for row in rows if row["Position or line"] == "Transportation"]
    assert "unverified default: fund, object, school, program" == bus["Note"].split(";")[0]


@pytest.mark.parametrize("name", pattern_names())
def test_once_every_row_of_the_form_is_the_districts_no_line_at_a_school_is_a_default(sample_plan, name):
    form = account_form(sample_plan.district, name)
    shipped, begins, rows = form.partition(BEGINS)
    rows = re.sub(r"^# (?=\[|\w+ = )", "", rows, flags=re.MULTILINE)
    pattern = read_pattern(shipped + begins + rows, "ours.toml")
    assert {("school", school.code) for school in sample_plan.district.schools} <= set(pattern.own)
    lines = account_lines(sample_plan.district, sample_plan.allocation, pattern)
    assert [] == [line for line in lines if line.unverified]
    assert sum(line.cents for line in lines) == sample_plan.allocation.total


@pytest.mark.parametrize("name", pattern_names())
def test_the_form_says_beside_each_segment_what_verified_means(sample_plan, name):
    form = account_form(sample_plan.district, name)
    segments = [part.split("\n\n")[0] for part in form.split("[[segment]]")[1:]]
    assert len(segments) == len(shipped_pattern(name).segments)
    for segment, text in zip(shipped_pattern(name).segments, segments, strict=True):
        says = "were checked" if segment.is_verified else f'say "unverified default: {segment.name}"'
        assert re.search(rf"^verified = \w+  # .*{says}", text, re.MULTILINE)


def test_a_wrong_code_of_a_fund_is_told_once_with_its_heading(sample_plan):
    own = f'{OWN}[fund."GEN"]\nfund = "12"\nproject = "000"\n'
    for make_lines in (
        lambda pattern: account_lines(sample_plan.district, sample_plan.allocation, pattern),
        lambda pattern: budget_lines(sample_plan, pattern),
    ):
        with pytest.raises(InvalidValue) as told:
            make_lines(read_pattern(own, "own.toml"))
        place = f"own.toml:{len(own.splitlines()) - 2}"
        assert (
            "cannot be used as they are. The fund code '12' of fund GEN (Funds!A2) is not 1 digit. "
            f'Mend it under [fund."GEN"], {place}. Cells are those of the plan\'s workbook. Mend own.toml there, then hand it over again.'
        ) in str(told.value)


def test_a_segment_that_a_funds_heading_leaves_out_is_told_of_the_fund(sample_plan):
    with pytest.raises(InvalidValue) as told:
        account_lines(
            sample_plan.district, sample_plan.allocation, read_pattern(f'{OWN}[fund."GEN"]\nfund = "1"\n', "o.toml")
        )
    assert 1 == str(told.value).count("No project code for")
    assert 'No project code for fund GEN (Funds!A2). Write it under [fund."GEN"], o.toml:' in str(told.value)


def test_a_slip_in_a_segment_is_told_once_and_not_again_for_every_code():
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8").replace("digits = 4", "digts = 4", 1)
    with pytest.raises(StoredFormat) as told:
        read_pattern(text, "own.toml")
    first, second = str(told.value).splitlines()
    assert re.search(r"own\.toml:\d+ .*'digts' is not a field of a segment\. Did you mean digits", first)
    assert "1 to 12 digits" in second


def test_a_central_line_that_no_word_fits_or_that_is_all_salaries_says_so(sample_plan):
    text = (
        (FOLDER / "nces.toml")
        .read_text(encoding="utf-8")
        .replace('words = ["athletic", "arts", "activit"]', 'words = ["chess"]')
    )
    rows = table(Dossier(sample_plan, accounts=read_pattern(text, "own.toml")), "budget-lines")
    notes = {row["Title"]: row["Note"] for row in rows if row["Kind"] == "central"}
    assert "taken because no word of the pattern fits" in notes["Athletics and the arts"]
    assert "the whole line stands in one object of salaries" in notes["District administration"]
    assert not [
        title for title in ("Transportation", "Training") if "salaries" in notes[title] or "no word" in notes[title]
    ]


@pytest.mark.parametrize(
    ("code", "fits"), [("310K", True), ("310k", False), ("31-K", False), ("\u0663\u0661\u0660K", False)]
)
def test_an_own_pattern_may_have_letters_where_it_says_so(sample_plan, code, fits):
    """Kentucky's Munis writes projects such as 310K: three digits and a letter."""
    text = (FOLDER / "nces.toml").read_text(encoding="utf-8")
    text = text.replace('name = "project"\ndigits = 3', 'name = "project"\ndigits = 4\nletters = true')
    text = re.sub(r'project = "\d+"', f'project = "{code}"', text)
    pattern = read_pattern(text, "own.toml")
    if fits:
        lines = account_lines(sample_plan.district, sample_plan.allocation, pattern)
        assert {"310K"} == {line.parts[4] for line in lines}
    else:
        with pytest.raises(InvalidValue, match="is not 4 digits or capital letters"):
            account_lines(sample_plan.district, sample_plan.allocation, pattern)


@pytest.mark.parametrize("title", ["Title I", "Title I-A", "Title I, Part A", "ESEA Title I Part A"])
def test_title_1_is_known_by_each_of_its_usual_names_and_by_no_other(title):
    assert "211" == shipped_pattern("texas").codes_of("fund", "X", title)["fund"]
    assert "3010" == shipped_pattern("california-sacs").codes_of("fund", "X", title)["resource"]
    for other, fund in (("Title II, Part A", "255"), ("Title III", "263"), ("Title IV-A", "289")):
        assert fund == shipped_pattern("texas").codes_of("fund", "X", other)["fund"]


def test_a_combination_that_only_warns_is_told_beside_the_line(sample_plan):
    text = (
        (FOLDER / "texas.toml").read_text(encoding="utf-8").replace('fund = "224"\nprogram = "23"', 'fund = "224"', 1)
    )
    rows = table(Dossier(sample_plan, accounts=read_pattern(text, "own.toml")), "budget-lines")
    asked = {(row["Fund"], row["Title"], row["Account: program"]) for row in rows if "look at program" in row["Note"]}
    assert {("IDEA", "Paraeducator", "11"), ("IDEA", "Contracted services", "11")} == asked
    [note, *_] = [row["Note"] for row in rows if "look at program" in row["Note"]]
    assert "look at program 11: IDEA-B pays special education" in note


def test_a_form_with_quotes_brackets_and_signs_in_names_is_read_back_as_it_is():
    odd = 'Arts "A" [grade 1] = #2'
    school = District("Odd", "2026-27", (School("0101", "One\u200b\x07", "elementary", 10),), funds=(Fund("G=1", "Gen\x07eral", 100_00),), spending=(Spending("0101", odd, "G=1", 100_00),))  # fmt: skip
    form = account_form(school, "nces")
    pattern = read_pattern(form, "form.toml")
    assert ("line", odd) in pattern.own
    assert {"function": "", "object": "", "program": ""} == dict(pattern.own["line", odd].codes)


@pytest.mark.parametrize(
    ("name", "segment", "supplies", "salaries"),
    [
        ("nces", "object", "600", "100"),
        ("texas", "object", "6399", "6119"),
        ("california-sacs", "object", "4300", "1100"),
    ],
)
def test_supplies_for_a_person_are_supplies_and_what_is_pay_says_that_it_holds_benefits(
    sample_plan, name, segment, supplies, salaries
):
    """NCES 600 supplies; FASRG 6399 general supplies; SACS 4300 materials and supplies: not the salary of whoever uses them."""
    old = sample_plan.district
    lines = sorted({each.line for each in old.spending})
    titles = dict(zip(lines, ["Teacher supplies", "Substitute teachers", *lines[2:]], strict=True))
    assert 2 <= len(lines)
    spending = tuple(dataclasses.replace(each, line=titles[each.line]) for each in old.spending)
    district = dataclasses.replace(old, spending=spending)
    rows = {
        row.item: row for row in account_lines(district, district.today, shipped_pattern(name)) if not row.is_position
    }
    place = [each.name for each in shipped_pattern(name).segments].index(segment)
    assert (supplies, "") == (rows["Teacher supplies"].parts[place], rows["Teacher supplies"].remark)
    assert salaries == rows["Substitute teachers"].parts[place]
    assert "benefits and other costs in it are not told apart" in rows["Substitute teachers"].remark


@pytest.mark.parametrize(("name", "function"), [("nces", "2700"), ("texas", "34"), ("california-sacs", "3600")])
def test_a_business_office_is_no_bus(name, function):
    """NCES 2700, C146 function 34 and SACS 3600 are student transportation."""
    pattern = shipped_pattern(name)
    assert function != pattern.central_of("Business office").codes["function"]
    for line in ("School bus", "Bus, daily", "Buses", "Transportation"):
        assert function == pattern.central_of(line).codes["function"]


@pytest.mark.parametrize(
    "title", ["Title I\u2013A", "Title I\u2011A", "Title I: Part A", "TITLE I-A", "Title I, Part A"]
)
def test_title_one_is_known_in_each_way_it_is_written(title):
    """C145: fund 211 is ESEA Title I, Part A; SACS resource 3010."""
    assert "211" == shipped_pattern("texas").codes_of("fund", "T", title)["fund"]
    assert "3010" == shipped_pattern("california-sacs").codes_of("fund", "T", title)["resource"]


def test_the_journal_says_of_each_account_what_the_budget_lines_say(dossier):
    """The same default is no less unchecked where a change is booked to it."""
    notes = {row["Account"]: row["Note"] for row in table(dossier, "budget-lines") if row["Kind"] == "school"}
    entries = [row for row in table(dossier, "journal") if row["Kind"] == "entry" and row["Account"] in notes]
    assert entries
    assert [] == [row["Account"] for row in entries if not row["Says"].startswith("unverified default: ")]
