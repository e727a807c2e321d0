"""Worse dirt of the kinds that public files have: labels taken away, cells moved, two years side by side.

The public files are the oracle: taken apart, they must give what they give whole, or ask.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from decimal import Decimal

import pytest

from equity_alloc.sources.csv_folder import csv_grid
from equity_alloc.sources.mapped.answers import Answers, FundsAs
from equity_alloc.sources.mapped.arrive import arrive, read_all
from equity_alloc.sources.mapped.guess import guess_map, make_map
from equity_alloc.sources.mapped.join import By, names_agree
from equity_alloc.sources.mapped.library import built_in_aliases, recognize
from equity_alloc.sources.mapped.read_table import read_mapped
from equity_alloc.sources.mapped.row_totals import ARITHMETIC, SUBTOTAL
from equity_alloc.sources.mapped.take_in import take_in
from tests.small_workbook import workbook_bytes
from tests.sources.mapped.tables import MONEY, SCHOOLS, codes, public, read
from tests.sources.mapped.test_dirt import HEAD, pupils
from tests.sources.mapped.test_take_in import MONEY_ROWS, SCHOOL_ROWS, SIGNED, found, taken


def rows_of(shared, name):
    with (shared / "data" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def text_of(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def known(name, text, **wanted):
    """Read a text through the map that recognizes it."""
    grid = csv_grid(name, text if isinstance(text, bytes) else text.encode())
    return read_mapped(grid, recognize(grid), wanted)


GALAXY = "raw/nyc_csd17_galaxy_budget_fy2018_2022.csv"
WORDS = {"Sub-Total": "Subtotal", "School Site": "School Total"}
NO_SUBTOTAL = {"Sub-Total": ""}
NO_WORDS = {"Sub-Total": "", "School Site": "Main"}


@pytest.mark.parametrize(
    "words", [WORDS, NO_SUBTOTAL, NO_WORDS], ids=["other words", "no sub-total", "no words at all"]
)
@pytest.mark.parametrize("year", ["2019", "2022"])
def test_totals_of_a_new_york_export_are_found_by_arithmetic_where_their_labels_are_gone(shared, words, year):
    heads, *rows = rows_of(shared, GALAXY)
    changed = [[words.get(cell, cell) for cell in row] for row in rows]
    whole = public(shared, GALAXY, year=year)
    extract = known("galaxy.csv", text_of([heads, *changed]), year=year)
    assert sum(row.cents for row in whole.money) == sum(row.cents for row in extract.money)
    assert sum(row.fte for row in whole.money) == sum(row.fte for row in extract.money)
    assert () == extract.tally.differences
    guessed = {left.why for left in extract.tally.left_out if left.is_guess}
    assert guessed == {WORDS["Sub-Total"]: set(), "": {SUBTOTAL}}[words["Sub-Total"]] | (
        {ARITHMETIC} if words is NO_WORDS else set()
    )
    assert extract.tally.asks == bool(guessed)


SEATTLE = "seattle_school_budgets_2023_24.csv"


def test_a_total_that_does_not_tie_is_not_taken_for_the_largest_school(shared):
    heads, *rows = rows_of(shared, SEATTLE)
    total = [
        "Seattle Public Schools",
        "",
        "48112",
        "49112861",
        "585466859",
        "634579720",
    ]  # three pupils and dollars short
    extract = known("s.csv", text_of([heads, *rows, total]))
    assert (104, 48_115) == (len(extract.schools), sum(s.counts["enrollment"].low for s in extract.schools))
    [left] = [left for left in extract.tally.left_out if left.is_guess]
    assert (("s.csv!A106", "Seattle Public Schools"),) == left.named
    assert {"Enrollment", "Dollars, all money"} <= {c.subject.rpartition(": ")[2] for c in extract.tally.differences}


def test_a_person_says_that_a_row_which_looks_like_a_total_is_a_school():
    text = HEAD + "1,Ash,40,10,5\n2,Birch,60,12,7\n3,Oak,100,22,12\n"
    assert {"1": 40, "2": 60} == pupils(read(text))
    grid = csv_grid("table.csv", text.encode())
    kept = read_mapped(grid, SCHOOLS, {}, kept_rows=("table.csv!A4",))
    assert {"1": 40, "2": 60, "3": 100} == pupils(kept)
    assert not kept.tally.asks
    [extract] = read_all(
        arrive("table.csv", text.encode()), {"table.csv": SCHOOLS}, {}, Answers(kept_rows=("table.csv!A4",))
    )
    decided = take_in([extract], dataclasses.replace(SIGNED, typical=True, kept_rows=("table.csv!A4",)))
    assert any("1 row that looks like a total is data" in d.what for d in decided.reading.district.decisions)


@pytest.mark.parametrize("label", ["District Average", "Mean", "Median (all schools)", "Maximum"])
def test_an_average_among_the_schools_is_no_school(label):
    extract = read(HEAD + f"1,Ash,40,10,5\n2,Birch,60,12,7\n,{label},50,11,6\n")
    assert {"1": 40, "2": 60} == pupils(extract)
    assert ["an average or another summary, which adds up to nothing"] == [left.why for left in extract.tally.left_out]


@pytest.mark.parametrize(
    "label",
    ["TOTAL - ALL SCHOOLS", "Totals:", "Springfield Public Schools Total", "Citywide", "District", "Total Springfield"],
)
def test_a_total_is_known_by_many_labels(label):
    extract = read(HEAD + f"1,Ash,40,10,5\n2,Birch,60,12,7\n,{label},101,22,12\n")
    assert {"1": 40, "2": 60} == pupils(extract)
    assert ["Enrollment"] == [check.subject.rpartition(": ")[2] for check in extract.tally.differences]


def test_a_banner_with_other_separators_does_not_cut_the_table_apart(shared):
    rows = rows_of(shared, SEATTLE)
    text = "Seattle; adopted; budget; 2023-24\nSource; SPS; all; funds\n" + text_of(rows)
    assert 48_115 == sum(
        s.counts["enrollment"].low for s in known("s.csv", text.replace("Adams", "Ad\u00e1ms").encode("cp1252")).schools
    )


def test_of_two_years_side_by_side_none_is_read_in_silence():
    twice = read("Code,Pupils,Pupils\n1,300,310\n2,200,210\n")
    assert ["heading-twice"] == codes(twice)
    merged = csv_grid(
        "t.csv", b",,2022-23,,2023-24,\nCode,Name,Students,FRL,Students,FRL\n1,Ash,300,30,310,31\n2,Elm,200,20,210,21\n"
    )
    guess = guess_map(merged, built_in_aliases())
    assert (
        "Code",
        "Name",
        "2022-23 Students",
        "2022-23 FRL",
        "2023-24 Students",
        "2023-24 FRL",
    ) == guess.shape.headings
    assert "enrollment" not in guess.columns
    chosen = make_map("t", "T", guess.rows, {"school": "Code", "enrollment": "2023-24 Students"})
    assert {"1": 310, "2": 210} == pupils(read_mapped(merged, chosen))


@pytest.mark.parametrize("row", ["5,300,90,8\n", "5,300,90,8,\n"], ids=["short", "filled up"])
def test_a_row_that_lost_a_cell_is_named(row):
    extract = read(
        HEAD + "".join(f"{n},Oak {'abcdefghij'[n]},{30 + n},7,{n}\n" for n in range(9)).replace("5,Oak f,35,7,5\n", row)
    )
    [first, *_] = [finding for finding in extract.findings if finding.code == "cells-slipped"]
    assert "7" in first.where


def test_dollars_printed_in_thousands_stop_the_file():
    for banner in ("Budget (in thousands)", "All amounts in $000s", "Dollars in thousands", "($000 omitted)"):
        assert "amounts-in-thousands" in codes(read(f"{banner},,,,\n" + HEAD + "1,Ash,40,10,5\n")), banner
    assert [] == codes(read("Report 1000 of 2000,,,,\n" + HEAD + "1,Ash,40,10,5\n"))


def test_a_hidden_sheet_is_not_read_and_is_told():
    import openpyxl

    data = workbook_bytes(
        {"Old": [["Site code", "Students"], ["01", 49]], "Data": [["Site code", "Students"], ["01", 40]]}
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["Old"].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    own = make_map("o", "O", SCHOOLS.rows, {"school": "Site code", "enrollment": "Students"})
    tables = arrive("b.xlsx", stream.getvalue(), [own])
    assert {"Old": (True, None), "Data": (False, own)} == {t.grid.name: (t.grid.is_hidden, t.map) for t in tables}


def test_two_numbers_in_one_cell_are_not_read_as_one():
    assert "cell-unreadable" in codes(read(HEAD + "1,Ash,12 40,10,5\n"))
    assert {"1": 1_240} == pupils(read(HEAD + "1,Ash,1 240,10,5\n"))


def test_codes_printed_like_amounts_are_the_codes_again():
    assert ["165005", "165010"] == [
        s.code for s in read(HEAD + '"165,005",Ash,40,10,5\n"165,010",Elm,40,10,5\n').schools
    ]


def test_a_second_code_that_a_spreadsheet_spoilt_is_passed_over_while_the_first_is_whole(shared):
    heads, *rows = rows_of(shared, "raw/ky_spending_per_student_2020.csv")
    place = heads.index("NCES ID")
    spoilt = [[f"{int(c):.5E}" if i == place and c else c for i, c in enumerate(row)] for row in rows]
    extract = known("k.csv", text_of([heads, *spoilt]), district="165")
    assert [] == list(extract.errors)
    assert len(public(shared, "raw/ky_spending_per_student_2020.csv", district="165").schools) == len(extract.schools)


# --- Shares without a percent sign -----------------------------------------------------------------------------------

UNSAID = "Code,Pupils,EL share\n1,400,0.25\n2,100,0.5\n"


def test_shares_that_may_be_a_hundred_times_smaller_wait_for_an_answer_that_is_recorded():
    assert "share-scale-unsaid" in codes(read(UNSAID))
    grid = csv_grid("table.csv", UNSAID.encode())
    for words, shares in (("share", ["0.25", "0.5"]), ("percent", ["0.0025", "0.005"])):
        said = {"table.csv:ell_share": words}
        extract = read_mapped(grid, SCHOOLS, {}, scales=said)
        assert [Decimal(share) for share in shares] == [school.numbers["ell_share"] for school in extract.schools]
        result = take_in([extract], dataclasses.replace(SIGNED, typical=True, scales=said))
        assert any("0.25 without a sign is" in decision.what for decision in result.reading.district.decisions)
        assert "decision-unsigned" in found(take_in([extract], Answers(typical=True, scales=said)))


def test_whole_pupils_settle_how_shares_are_meant(shared):
    """Chicago prints counts: as shares with four places only one reading gives whole pupils."""
    heads, *rows = rows_of(shared, "chicago_schools_2018_19.csv")
    all_, poor = heads.index("Student_Count_Total"), heads.index("Student_Count_Low_Income")
    table = [["School code", "Enrollment", "Low income share"]]
    table += [[row[0], row[all_], f"{int(row[poor]) / int(row[all_]):.4f}"] for row in rows if int(row[all_])]
    grid = csv_grid("c.csv", text_of(table).encode())
    guess = guess_map(grid, built_in_aliases())
    extract = read_mapped(grid, make_map("c", "C", guess.rows, guess.columns))
    assert ["share-scale-by-counts"] == codes(extract)
    counts = {school.code: school.counts["low_income"] for school in extract.schools}
    assert all(counts[row[0]].low <= int(row[poor]) <= counts[row[0]].high for row in rows if int(row[all_]))


# --- Codes and names -------------------------------------------------------------------------------------------------

OTHER = "Code,Name,Poor\n0012,Birch Elementary,90\n0013,Birch Elem.,210\n0501,Cedar High School,140\n"


def test_one_code_under_two_names_is_joined_only_as_a_person_says():
    schools = SCHOOL_ROWS.replace(",Poor", "").replace(",100\n", "\n").replace(",200\n", "\n").replace(",150\n", "\n")
    files = [read(schools), read(OTHER), read(MONEY_ROWS, MONEY)]
    result = take_in(files, SIGNED)
    [asked] = result.joined.asked
    assert ("0012", "Birch Elementary", "Ash Elementary", By.OTHER_NAME) == (
        asked.code,
        asked.name,
        asked.to_name,
        asked.by,
    )
    assert "match-unconfirmed" in found(result)
    for answer, poor in (("0012", 90), ("", None)):
        said = dataclasses.replace(SIGNED, matches={asked.key: answer})
        district = take_in(files, said).reading.district
        assert poor == district.school_of["0012"].group("economically-disadvantaged")
        assert 210 == district.school_of["0013"].group("economically-disadvantaged")
        assert bool(answer) == any("one code and two names" in decision.what for decision in district.decisions)


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("P.S. 030 Hernandez/Hughes", "PS 30", True), ("St. Matthews Elementary", "SAINT MATTHEWS ELEM", True),
        ("Wedgwood", "Wedgewood Elementary", True), ("McKinley", "Mc Kinley School", True), ("BF Day", "B.F. Day", True),
        ("Lincoln Elementary", "Lincoln High", False), ("School No. 5", "School No. 6", False), ("North High", "South High", False),
    ],
)  # fmt: skip
def test_names_agree_in_other_spellings_and_not_in_other_schools(first, second, agree):
    assert agree == names_agree(first, second) == names_agree(second, first)


def test_public_files_of_one_district_agree_on_nearly_all_names(shared):
    """Three of about 500 pairs differ: two schools were renamed, one was given a new name."""
    names = (
        "ky_schools_2016_17",
        "raw/ky_spending_per_student_2020",
        "raw/ky_educator_experience_2023",
        "raw/ky_report_card_profile_2017",
    )
    result = take_in([public(shared, f"{name}.csv", district="275") for name in names], SIGNED)
    assert {"275050", "275463", "275951"} == {match.code for match in result.joined.asked}
    assert {By.OTHER_NAME} == {match.by for match in result.joined.asked}


# --- Money -----------------------------------------------------------------------------------------------------------


def test_totals_of_small_schools_are_known_where_all_schools_end_with_one():
    """Three rows each: 100 and 50, and 150; one school has one post and its total."""
    rows = "".join(
        f"{n},GEN,Teacher,2,,{100 + n}\n{n},GEN,Aide,1,,{50 + n}\n{n},GEN,Main,3,,{150 + 2 * n}\n" for n in range(1, 6)
    )
    extract = read("School,Fund,Position,FTE,Line,Amount\n" + rows + "9,GEN,Teacher,2,,80\n9,GEN,Main,2,,80\n", MONEY)
    assert 100 * (sum(150 + 2 * n for n in range(1, 6)) + 80) == sum(row.cents for row in extract.money)
    assert [6] == [left.rows for left in extract.tally.left_out if left.is_guess]


def test_a_grand_total_without_a_school_is_no_missing_code():
    rows = "".join(f"{n},GEN,Teacher,2,,{100 + n}\n" for n in range(1, 6))
    extract = read("School,Fund,Position,FTE,Line,Amount\n" + rows + ",,,10,,515\n", MONEY)
    assert 51_500 == sum(row.cents for row in extract.money)
    assert ([], True) == (list(extract.errors), extract.tally.asks)
    assert all(check.ties for check in extract.tally.checks)


@pytest.mark.parametrize(("funds", "kept"), [(FundsAs.TWO, 2), (FundsAs.LARGEST, 12), (FundsAs.ALL, 30)])
def test_many_funds_are_grouped_as_a_person_chooses_and_no_cent_is_lost(funds, kept):
    many = "School,Fund,Position,FTE,Line,Amount\n" + "".join(
        f"{code},{'Title I' if n == 3 else f'Fund {n}'},,,Supplies,{1000 * n + 1}.01\n"
        for n in range(30) for code in ("0012", "0013", "0501")
    )  # fmt: skip
    district = taken(SCHOOL_ROWS, many, answers=dataclasses.replace(SIGNED, funds=funds)).reading.district
    assert kept == len(district.funds)
    assert 3 * sum(100_000 * n + 101 for n in range(30)) == sum(fund.amount for fund in district.funds)
    assert 3 * 300_101 == sum(fund.amount for fund in district.funds if not fund.counts)


def test_no_more_funds_are_kept_than_can_be_planned_with():
    many = "School,Fund,Position,FTE,Line,Amount\n" + "".join(
        f"{code},Fund {n},,,Supplies,{n + 1}\n" for n in range(90) for code in ("0012", "0013", "0501")
    )
    district = taken(SCHOOL_ROWS, many, answers=dataclasses.replace(SIGNED, funds=FundsAs.ALL)).reading.district
    assert 39 == len(district.funds)  # 38 by name, and other state and local money
    assert 300 * sum(range(1, 91)) == sum(fund.amount for fund in district.funds)


# --- Districts and schedules -----------------------------------------------------------------------------------------


def test_a_table_of_districts_offers_its_districts_and_compares_the_chosen_one_with_its_schools(shared):
    whole = public(shared, "wa_districts_2024_25.csv")
    assert 315 == len(whole.choices["district"])
    assert "only-districts" in found(take_in([whole], SIGNED))
    seattle = public(shared, "wa_districts_2024_25.csv", district="17001")
    result = take_in([seattle, public(shared, SEATTLE)], SIGNED)
    [check] = [check for check in result.reconciled.of_district if check.subject.endswith("Enrollment")]
    assert (51_200, 48_115) == (check.printed, check.found)  # the state's row, and the budget's 104 schools
    assert "district-differs" in found(result)
    assert 104 == len(result.reading.district.schools)


def test_of_a_schedule_for_all_districts_one_is_read():
    """From the state's schedule of 2017-18: Adair pays a bachelor 36,000 to begin with, Allen 37,355."""
    text = (
        "Fiscal Year,District,Rank,Years,,I,II,III\n2017 - 2018,001 Adair County,III,0,,36000,0,0\n"
        "2017 - 2018,005 Allen County,III,0,,37355,0,0\n"
    )
    assert "district-not-chosen" in codes(known("s.csv", text))
    for district, salary in (("001", 36_000), ("5", 37_355), ("Allen County", 37_355)):
        assert [("III", 0, Decimal(salary))] == list(known("s.csv", text, district=district).schedule)


def test_the_census_file_is_read_as_it_is_downloaded_and_gets_its_zeros_back(shared):
    heads = [
        "State Postal Code",
        "State FIPS Code",
        "District ID",
        "Name",
        "Estimated Total Population",
        "Estimated Population 5-17",
    ]
    heads.append(
        "Estimated number of relevant children 5 to 17 years old in poverty who are related to the householder"
    )
    banner = [["Table with 2023 estimates"], ["Source: U.S. Census Bureau, Small Area Income and Poverty Estimates"]]
    sheet = [
        *banner,
        heads,
        ["AL", 1, 5, "Albertville City School District", 23_117, 4_825, 1_042],
        ["AL", "01", "00190", "Alabaster", 34_832, "6,631", 702],
    ]
    [table] = arrive("ussd23.xlsx", workbook_bytes({"ussd23": sheet}))
    [extract] = read_all([table], {}, {})
    derived = {facts.code: facts.numbers for facts in public(shared, "us_saipe_district_poverty_2023.csv").districts}
    assert {code: derived[code] for code in ("0100005", "0100190")} == {f.code: f.numbers for f in extract.districts}


# --- The same files of other years -----------------------------------------------------------------------------------


def test_dollars_per_pupil_of_a_file_without_pupils_meet_those_of_another(shared):
    """Kentucky 2018-19: 11,220 dollars per student at Adair County Elementary (from the file), 500 students (invented)."""
    students = (
        "SCH_YEAR,DIST_NUMBER,DIST_NAME,SCH_NAME,STATE_SCH_ID,NCESID,WHITE_TOTAL,MALE_TOTAL,FEMALE_TOTAL,MEMBERSHIP_TOTAL\n"
        "20182019,1,Adair County,Adair County Elementary School,1001016,,400,260,240,500\n"
        "20182019,1,Adair County,---District Total---,,,400,260,240,500\n"
    )
    spending = public(shared, "raw/ky_spending_per_student_2019.csv", district="1")
    result = take_in(
        [known("students.csv", students, district="1"), spending], dataclasses.replace(SIGNED, accepts=True)
    )
    [school] = result.reading.district.schools
    assert ("001016", 500) == (school.code, school.enrollment)
    assert 500 * 1_122_000 == sum(row.amount for row in result.reading.district.spending)
    assert {"dollars-by-pupils", "dollars-without-pupils"} <= set(found(result))


YEAR_2022 = (
    "\ufeffSCHOOL YEAR,COUNTY NUMBER,COUNTY NAME,DISTRICT NUMBER,DISTRICT NAME,SCHOOL NUMBER,SCHOOL NAME,SCHOOL CODE,SCHOOL TYPE,"
    "MEMBERSHIP,Total Spending per Student - All Fund Sources\n20212022,1,ADAIR,1,Adair County,10,Adair County High School,1010,A1,"
    "776,13553\n20212022,1,ADAIR,1,Adair County,12,Adair Learning Academy,1012,A6,31,\n20212022,1,ADAIR,1,Adair County,14,"
    "Adair County Middle School,1014,A1,637,10081\n"
)
YEAR_2021 = (
    "SCHOOL YEAR,COUNTY NUMBER,COUNTY NAME,DISTRICT NUMBER,DISTRICT NAME,SCHOOL NUMBER,SCHOOL NAME,SCHOOL CODE,STATE SCHOOL ID,NCES ID,"
    "CO-OP,CO-OP CODE,SCHOOL TYPE,MEMBERSHIP,Personnel Spending per Student - Federal Funds,Non-Personnel Spending per Student - Federal"
    " Funds,Total Spending per Student - Federal Funds,Personnel Spending per Student - State/Local Funds,Non-Personnel Spending per "
    "Student - State/Local Funds,Total Spending per Student - State/Local Funds,Total Spending per Student - All Fund Sources\n"
    '20202021,001,ADAIR,001,Adair County,"",---District Total---,001,"","",GRREC,902,"",818,983,632,1615,8374,1409,9783,13054\n'
    "20202021,001,ADAIR,001,Adair County,010,Adair County High School,001010,001001010,210003000001,GRREC,902,A1,790,662.00,551.00,"
    "1213.00,8252.00,1584.00,9836.00,11189.00\n20202021,001,ADAIR,001,Adair County,012,Adair Learning Academy,001012,001001012,"
    "210003001913,GRREC,902,A6,28,,,,,,,\n"
)


@pytest.mark.parametrize(
    ("text", "dollars"),
    [(YEAR_2022, {"001010": 776 * 13_553, "001014": 637 * 10_081}), (YEAR_2021, {"001010": 790 * 11_189})],
)
def test_a_kentucky_file_of_another_year_has_another_schema_and_the_same_codes(text, dollars):
    """Rows of the state's files of 2020-21 and 2021-22: eleven columns in one, decimals and blank special schools in the other."""
    extract = known("k.csv", text)
    sums = {row.school: row.cents for row in extract.money}
    assert {code: 100 * amount for code, amount in dollars.items()} == sums
    assert "dollars-unknown" in codes(extract)
    assert "001012" in [school.code for school in extract.schools]


def test_counts_larger_than_their_school_are_unknown_only_by_a_signed_decision(shared):
    """The report card of 2016-17 prints 42 pupils with free lunch of 34 at Lexington Day Treatment, counted on another day."""
    files = [public(shared, "raw/ky_report_card_profile_2017.csv", district="fayette COUNTY")]
    signed = dataclasses.replace(SIGNED, name="", leave_out_without_money=True)
    assert "group-over-enrollment" in found(take_in(files, signed))
    decided = dataclasses.replace(signed, over_is_unknown=True)
    assert "group-over-enrollment" in found(take_in(files, dataclasses.replace(decided, who="")))
    district = take_in(files, decided).reading.district
    assert "Fayette County" == district.name
    school = district.school_of["165651"]
    assert (34, None) == (school.enrollment, school.group("free-lunch"))
    assert any("larger than the enrollment" in decision.what for decision in district.decisions)
