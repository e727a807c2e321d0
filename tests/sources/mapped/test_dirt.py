"""The dirt that real exports have: each kind in a small table with numbers that can be checked by eye."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.sources.mapped.extract import Measured
from equity_alloc.sources.mapped.table_map import RowKind, RowSum, TableMap
from equity_alloc.sources.mapped.values import Between, Codes, Suppressed, read_number
from tests.sources.mapped.tables import MONEY, SCHOOLS, codes, read

HEAD = "Code,Name,Pupils,Poor,Dollars\n"


def pupils(extract):
    return {school.code: school.counts["enrollment"].low for school in extract.schools}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$ 177,444", Decimal(177_444)),
        ("11,936.00$", Decimal("11936.00")),
        ("1,500", Decimal(1_500)),
        ("(250.50)", Decimal("-250.50")),
        ("-$40", Decimal(-40)),
        ("40-", Decimal(-40)),
        ("70.3%", Decimal("0.703")),
        ("14:1", Decimal(14)),
        ("'0042", Decimal(42)),
        ("662.00", Decimal("662.00")),
        ("\u00a0 12 ", Decimal(12)),
        ("Above 95%", Between(Decimal("0.95"), Decimal(1), is_share=True)),
        ("<5%", Between(Decimal(0), Decimal("0.05"), is_share=True)),
        ("<10", Between(Decimal(0), Decimal(9))),
        ("\u22645", Between(Decimal(0), Decimal(5))),
        ("n<16", Between(Decimal(0), Decimal(15))),
        ("10 or fewer", Between(Decimal(0), Decimal(10))),
        ("1-9", Between(Decimal(1), Decimal(9))),
        ("*", Between(Decimal(0), None)),
    ],
)
def test_numbers_are_read_as_exports_print_them(text, expected):
    assert expected == read_number(text, Codes())


@pytest.mark.parametrize("text", ["", " ", "N/A", "na", ".", "--", "NRD", "null"])
def test_words_for_nothing_known_are_unknown_and_not_zero(text):
    assert read_number(text, Codes()) is None


@pytest.mark.parametrize(
    "text", ["abc", "1,50", "12 of 40", "$", "(5", "1.2.3", "=1+1", "٣", "9" * 50, "1/2", "#DIV/0!"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(InvalidValue):
        read_number(text, Codes())


def test_codes_for_missing_belong_to_a_format():
    national = Codes(frozenset({"-1", "-2", "-9"}), (Suppressed("-3", 0, 9),))
    assert read_number("-1", national) is None
    assert Between(Decimal(0), Decimal(9)) == read_number("-3", national)
    assert Decimal(-1) == read_number("-1", Codes())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_in_every_encoding(encoding):
    extract = read((HEAD + "0012,Escuela Peña,40,10,5\n").encode(encoding))
    assert "Escuela Peña" == extract.schools[0].name


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_any_usual_separator_is_read(mark):
    extract = read((HEAD + "0012,Ash,40,10,5\n").replace(",", mark))
    assert {"0012": 40} == pupils(extract)


def test_banner_rows_above_and_notes_below_are_no_data():
    text = (
        "Springfield Public Schools,,,,\nEnrollment as of October 1,,,,\n,,,,\n"
        + HEAD
        + "0012,Ash,40,10,5\n0013,Birch,60,12,5\n\n\n* Source: student information system,,,,\n"
    )
    extract = read(text)
    assert {"0012": 40, "0013": 60} == pupils(extract)
    assert [("a note and no data", 1)] == [(left.why, left.rows) for left in extract.tally.left_out]


def test_a_heading_that_each_page_repeats_is_no_data():
    extract = read(HEAD + "0012,Ash,40,10,5\n" + HEAD + "0013,Birch,60,12,5\n")
    assert {"0012": 40, "0013": 60} == pupils(extract)
    assert ["the heading, repeated"] == [left.why for left in extract.tally.left_out]


def test_a_total_by_label_is_compared_and_not_counted():
    extract = read(HEAD + "0012,Ash,40,10,5\n0013,Birch,60,12,7\n,District Total,100,23,12\n")
    assert {"0012": 40, "0013": 60} == pupils(extract)
    ties = {check.subject.split(": ", 1)[1]: check.ties for check in extract.tally.checks}
    assert {"Enrollment": True, "Pupils: Economically disadvantaged": False, "Dollars, all money": True} == ties
    assert extract.tally.asks


def test_a_total_without_a_label_is_found_by_arithmetic_and_asked_about():
    extract = read(HEAD + "0012,Ash,40,10,5\n0013,Birch,60,12,7\n9999,Springfield,100,22,12\n")
    assert {"0012": 40, "0013": 60} == pupils(extract)
    [left] = extract.tally.left_out
    assert (1, True, "table.csv!A4") == (left.rows, left.is_guess, left.first)
    assert extract.tally.asks


def test_subtotals_by_level_and_a_grand_total_all_tie():
    text = HEAD + (
        "1,Ash,40,10,5\n2,Birch,60,12,7\n,Elementary Schools Total,100,22,12\n"
        "3,Cedar,30,3,2\n4,Dogwood,20,2,2\n,Middle School Total,50,5,4\n,Grand Total,150,27,16\n"
    )
    extract = read(text)
    assert 9 == len(extract.tally.checks)
    assert () == extract.tally.differences
    assert 4 == len(extract.schools)


def test_one_number_that_happens_to_add_up_is_no_total():
    extract = read("Code,Name,Pupils\n1,Ash,40\n2,Birch,60\n3,Cedar,100\n")
    assert 3 == len(extract.schools)


def test_a_school_whose_name_begins_like_a_total_stays():
    extract = read(HEAD + "1,Totalwood Elementary,40,10,5\n2,Birch,60,12,7\n")
    assert 2 == len(extract.schools)


@pytest.mark.parametrize("order", [1, -1])
def test_a_long_code_that_became_scientific_is_refused(order):
    rows = ["1.20039E+11,Ash,40,10,5\n", "120039000002,Birch,60,12,7\n"][::order]
    extract = read(HEAD + "".join(rows))
    assert "code-scientific" in codes(extract)
    assert ["120039000002"] == [school.code for school in extract.schools]


def test_zeros_of_a_code_of_known_width_are_put_back_and_told():
    known = TableMap("w", "W", RowKind.SCHOOL, SCHOOLS.columns, widths=(("school", 4),))
    extract = read(HEAD + "12,Ash,40,10,5\n0013,Birch,60,12,7\n", known)
    assert ["0012", "0013"] == [school.code for school in extract.schools]
    assert ["zeros-put-back"] == codes(extract)


def test_zeros_of_a_code_of_unknown_width_are_left_alone():
    extract = read(HEAD + "0012,Ash,40,10,5\n0013,Birch,60,12,7\n")
    assert ["0012", "0013"] == [school.code for school in extract.schools]


@pytest.mark.parametrize("cells", ["0.25", "25", "25%", "25.0%"])
def test_a_share_is_read_in_every_scale(cells):
    other = "0.5" if cells == "0.25" else "50" if cells == "25" else "50%"
    extract = read(f"Code,Pupils,EL share\n1,400,{cells}\n2,100,{other}\n")
    assert [Decimal("0.25"), Decimal("0.5")] == [school.numbers["ell_share"] for school in extract.schools]


def test_a_share_gives_pupils_within_the_bounds_of_its_print():
    """20.3 % of 1,000 pupils printed to a tenth of a percent: 202.5 to 203.5, so 203 alone; of 10,000 a range."""
    extract = read("Code,Pupils,EL share\n1,1000,20.3%\n2,10000,20.3%\n")
    first, second = (school.counts["ell"] for school in extract.schools)
    assert (203, 203) == (first.low, first.high)
    assert (2_025, 2_035) == (second.low, second.high)


def test_a_suppressed_count_stays_within_its_bounds():
    extract = read(HEAD + "1,Ash,40,<10,5\n2,Birch,60,*,7\n")
    ash, birch = (school.counts["low_income"] for school in extract.schools)
    assert (0, 9, None) == (ash.low, ash.high, ash.exact)
    assert (0, None, None) == (birch.low, birch.high, birch.exact)


def test_a_repeated_row_is_left_out_and_a_different_one_is_an_error():
    same = read(HEAD + "1,Ash,40,10,5\n1,Ash,40,10,5\n2,Birch,61,12,7\n")
    assert [("the same row once more", 1)] == [(left.why, left.rows) for left in same.tally.left_out]
    different = read(HEAD + "1,Ash,40,10,5\n1,Ash,41,10,5\n2,Birch,61,12,7\n")
    assert "school-twice" in codes(different)


@pytest.mark.parametrize("word", ["Closed", "2", "inactive", "6"])
def test_a_closed_school_is_left_out_with_its_reason(word):
    extract = read(f"Code,Name,Pupils,Status\n1,Ash,40,Open\n2,Birch,0,{word}\n")
    assert {"1": 40} == pupils(extract)
    assert ["a school that is closed, inactive or not open yet"] == [left.why for left in extract.tally.left_out]


def test_the_latest_year_is_read_unless_another_is_asked_for():
    text = "Code,Name,Year,Pupils\n1,Ash,2021-22,40\n1,Ash,2022-23,44\n"
    assert {"1": 44} == pupils(read(text))
    assert {"1": 40} == pupils(read(text, year="2021-22"))


def test_of_several_districts_one_has_to_be_chosen():
    text = "District,Code,Name,Pupils\n010,1,Ash,40\n020,1,Oak,90\n"
    assert ["district-not-chosen"] == codes(read(text))
    assert {"1": 90} == pupils(read(text, district="20"))


SUMS = TableMap(
    "s", "S", RowKind.SCHOOL, (("school", ("Code",)), ("spending", ("Total",))),
    row_sums=(RowSum("Total", ("Grants", "General")),),
)  # fmt: skip


def test_a_row_whose_cells_slipped_no_longer_adds_up():
    text = "Code,Grants,General,Total\n1,10,90,100\n2,20,,80\n"
    [finding] = read(text, SUMS).findings
    assert ("row-sum-differs", "table.csv!D3") == (finding.code, finding.where)


def test_a_column_that_is_a_sum_in_most_rows_is_watched_without_being_told():
    rows = "".join(f"{n},{10 * n},{7 * n},{17 * n}\n" for n in range(1, 9))
    whole = TableMap("g", "G", RowKind.SCHOOL, (("school", ("Code",)), ("spending", ("All",))))
    assert [] == codes(read("Code,A,B,All\n" + rows, whole))
    assert ["row-sum-differs"] == codes(read("Code,A,B,All\n" + rows + "9,90,,153\n", whole))


def test_a_stray_comma_is_named():
    extract = read(HEAD + "1,Ash, Upper,40,10,5\n2,Birch,60,12,7\n")
    assert "cells-beyond-heading" in codes(extract)


def test_money_with_and_without_posts_is_kept_apart():
    text = "School,Fund,Position,FTE,Line,Amount\n1,GEN,Teacher,2.5,,$ 250000\n1,GEN,,,Supplies,1200.50\n"
    teacher, supplies = read(text, MONEY).money
    assert ("Teacher", 250, 25_000_000) == (teacher.position, teacher.fte, teacher.cents)
    assert ("", "Supplies", 0, 120_050) == (supplies.position, supplies.line, supplies.fte, supplies.cents)


def test_a_schools_printed_total_without_a_label_is_found_in_money_too():
    rows = "".join(f"1,GEN,T{n},1,,{1000 + n}\n" for n in range(5))
    text = "School,Fund,Position,FTE,Line,Amount\n" + rows + "1,GEN,Main,5,,5010\n"
    extract = read(text, MONEY)
    assert 501_000 == sum(row.cents for row in extract.money)
    assert extract.tally.asks


def test_posts_that_share_one_average_do_not_make_a_total():
    """Two teachers at one average are twice one teacher; only a row that equals its whole school is a total."""
    rows = "1,GEN,A,1,,100\n1,GEN,B,1,,100\n1,GEN,C,2,,200\n1,GEN,D,4,,400\n1,GEN,E,3,,300\n1,GEN,F,1,,100\n"
    extract = read("School,Fund,Position,FTE,Line,Amount\n" + rows, MONEY)
    assert 120_000 == sum(row.cents for row in extract.money)
    assert not extract.tally.asks


def test_printed_totals_of_money_are_compared_in_dollars_and_posts():
    text = "School,Fund,Position,FTE,Line,Amount\n1,GEN,A,1,,100\n1,GEN,B,2,,200\n1,Total,,3,,301\n"
    dollars, posts = read(text, MONEY).tally.checks
    assert (Measured.CENTS, 30_100, 30_000) == (dollars.measured, dollars.printed, dollars.found)
    assert posts.ties


JUNK = (
    "", " ", "x", "=1+1", "-1", "0", "1.5", "1e300", "NaN", "-inf", "999%", "12,34", "$", "()", "*", "<", "<10", "Above 95%",
    "Total", "District Total", "9" * 500, "a" + " " * 3_000 + "b", "\x0b", "1.2E+11", "'", '"', "٣", "\ufeff", "#REF!", "Closed",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_junk_never_raises_and_every_row_is_accounted_for(seed):
    draw = random.Random(seed)
    table_map = draw.choice([SCHOOLS, MONEY])
    heads = [names[0] for _, names in table_map.columns]
    draw.shuffle(heads)
    rows = [[draw.choice([*JUNK, str(draw.randint(0, 500))]) for _ in heads] for _ in range(draw.randint(0, 25))]
    lines = [",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in [heads, *rows]]
    extract = read("\n".join(lines), table_map, **draw.choice([{}, {"district": "x"}, {"year": "1.5"}]))
    tally = extract.tally
    if extract.schools or extract.money:
        assert tally.rows == tally.used + sum(left.rows for left in tally.left_out)
    assert all(finding.what and finding.why and finding.remedy for finding in extract.findings)


@pytest.mark.parametrize("seed", range(20))
def test_order_of_rows_and_columns_decides_nothing(seed):
    draw = random.Random(seed)
    heads = ["Code", "Name", "Pupils", "Poor", "Dollars"]
    rows = [
        [f"{n:04d}", f"School {n}", str(draw.randint(50, 900)), "7", str(draw.randint(1, 9_999))] for n in range(12)
    ]
    straight = read("\n".join(",".join(row) for row in [heads, *rows]))
    order = draw.sample(range(5), 5)
    mixed = draw.sample(rows, 12)
    turned = read("\n".join(",".join(row[place] for place in order) for row in [heads, *mixed]))
    assert pupils(straight) == pupils(turned)
