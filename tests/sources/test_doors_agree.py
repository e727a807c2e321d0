"""What is written is read back as the same district and scenario, whatever the kind of file."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest

from equity_alloc.domain.ahead import EVERY, Assumption, What
from equity_alloc.domain.district import (
    CentralSpending,
    Decision,
    District,
    Fund,
    GroupUse,
    Position,
    School,
    SchoolFlag,
    Spending,
    Staffing,
    StudentGroup,
)
from equity_alloc.domain.earlier import YearChange
from equity_alloc.domain.federal import (
    Band,
    Eligibility,
    Federal,
    FundSource,
    PrivateShare,
    Purpose,
    Ranking,
    Serving,
    TitleOne,
)
from equity_alloc.domain.fund_change import FundChange
from equity_alloc.domain.need import NeedWeight
from equity_alloc.domain.record import digest
from equity_alloc.domain.terms import FundTerms, Vacancy
from equity_alloc.objectives.smallest_load import SmallestLargestLoad
from equity_alloc.rules.base import Force
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.scenario import LevelBasis, Scenario, default_scenario
from equity_alloc.sources.csv_folder import csv_grid, read_csv_folder, read_csv_zip
from equity_alloc.sources.grid import Grid
from equity_alloc.sources.sample import sample_district, sample_reading
from equity_alloc.sources.template import template_workbook
from equity_alloc.sources.workbook import read_workbook
from equity_alloc.sources.write_csv import csv_files
from tests.districts import random_district
from tests.small_workbook import add, csv_bytes, good_rows, put, workbook_bytes


def odd_district() -> District:
    """Return a district with what is hard to write: signs, commas, unknown counts, codes with zeros, odd cents."""
    return District(
        name="=SUM(A1) & Sons, the \"Odd\" District",
        year="2026",
        schools=(
            School("007", "@Lincoln, North", "K-8", 0, None, (("frpl", 0), ("female", None)), None, grades=(("K", 0), ("10", None)), flags=(("yr", True), ("one-sex", None))),
            School("0412", "-Doug\nlass", "+", 300, 0, (("frpl", None), ("female", 150)), 1, low_income=0, private_low_income=3, grades=(("K", 100), ("10", 200)), flags=(("yr", False), ("one-sex", True))),
            School(
                "1e5", "École Zoé", "", 12, 12, (("frpl", 12), ("female", 6)), 10**12 + 7, "=K; 8", TitleOne.ONE_MORE_YEAR,
                12, 0, 10**12 + 7, (("K", None), ("10", 12)), (("yr", None), ("one-sex", False)),
            ),
        ),
        groups=(StudentGroup("frpl", "Free lunch"), StudentGroup("female", "Female", GroupUse.AUDIT)),
        positions=(Position("01", "Teacher; regular", 9_000_050, 20, 40, True), Position("1", "Aide", 1, 100, 0, False)),
        funds=(
            Fund("GEN: 1", "General", 10**13, lines=()),
            Fund("T1", "Title I", 5, False, "frpl", ("007",), ("01", "1"), ("Supplies, paper",), FundSource.FEDERAL),
            Fund("T1B", "Title I, ranked", 5, False, "title-1", source=FundSource.STATE_AND_LOCAL),
            Fund("G", "Grant", 0, False, "last-year", (), (), ()),
        ),
        staffing=(Staffing("0412", "1", "T1", 333, 10**12 + 7), Staffing("007", "01", "GEN: 1", 1)),
        spending=(Spending("007", "Supplies, paper", "T1", 1), Spending("1e5", "=1+1", "G", 10**12 + 1)),
        central=(CentralSpending("Bus", "GEN: 1", 999), CentralSpending("Families", "T1", 1, Purpose.FAMILIES)),
        invented=True,
        decisions=(Decision("Blank means zero.", "", "2026-01-01"),),
        terms=(
            FundTerms("T1", True, "2027-09-30", 5, 0, 10**12, Decimal("0.0475")),
            FundTerms("GEN: 1", None, "never", None, None, None, Decimal(0)),
        ),
        vacancies=(Vacancy("0412", "1", 0), Vacancy("007", "01", 140)),
        earlier=(YearChange("2025-26", "0412", -5_200_050, "=Budget, 2025"), YearChange("2024", "007", 10**12)),
        flags=(SchoolFlag("yr", "Year-round"), SchoolFlag("one-sex", "Single-sex, half the day", GroupUse.AUDIT)),
        federal=Federal(
            "GEN: 1", "=free lunch, October", Eligibility.THIRTY_FIVE, Ranking.SPANS, ("K-8", "+"), ("+",), Serving.AS_MARKED,
            (Band(Decimal("0.65"), 95_050), Band(Decimal("0.125"), 90_000), Band(Decimal(0), 1)), PrivateShare.AREA,
            10**12 + 7, 0, 0, 12, False, None, 1, idea_children=3, idea_adjustment=0,
        ),
    )  # fmt: skip


def odd_scenario() -> Scenario:
    """Return a scenario with settings of every type."""
    return Scenario(
        name="  spaces kept ",
        need_weights=(NeedWeight("frpl", Decimal("0"), "12"),),
        rules=(
            StaffingLeast("01", Decimal("1E+1"), "frpl", "K-8", Decimal("0.5"), Force.LAW, "1.10"),
            HoldHarmless(share=Decimal("0.9725")),
            HoldHarmless(share=Decimal("0.5"), basis="=1+1\nsecond line"),
        ),
        objective=SmallestLargestLoad("1", "frpl", Decimal("0.333")),
        funds=(
            FundChange("GEN: 1", amount=12_345_678_901, counts=True, shared_by="", schools=("007", "1e5")),
            FundChange("T1", shared_by="last-year", positions=(), lines=("*",)),
            FundChange("G"),
        ),
        basis=LevelBasis.TARGET,
        tolerance=333,
        note="-first line\nsecond line ",
        ahead=(
            Assumption(What.COST, "01", Decimal("-0.0125"), "2027", "=memo; 1", "2026-02-28"),
            Assumption(What.BALANCE, "GEN: 1", Decimal("1234.5")),
            Assumption(What.RULE, "hold-harmless 2: Share of last year", Decimal("0.4"), "2028"),
            Assumption(What.ENROLLMENT, EVERY, Decimal(0)),
        ),
    )


def written_workbook(district: District, scenario: Scenario | None) -> bytes:
    """Return the tables as a workbook, through the writer of the plan workbook."""
    from equity_alloc.sources.write_sheet import new_workbook, put_table
    from equity_alloc.sources.write_tables import write_tables

    with new_workbook("Test") as (book, formats, stream):
        for table in write_tables(district, scenario):
            put_table(book, table, formats)
    return stream.getvalue()


CASES = {
    "odd": (odd_district(), odd_scenario()),
    "odd without a scenario": (odd_district(), None),
    "sample": (sample_reading().district, sample_reading().scenario),
    **{f"random {seed}": (random_district(seed), default_scenario(random_district(seed))) for seed in range(5)},
}


@pytest.mark.parametrize("name", CASES)
def test_a_workbook_reads_back_as_the_same_district_and_scenario(name):
    district, scenario = CASES[name]
    reading = read_workbook(written_workbook(district, scenario))
    assert () == reading.errors
    assert district == reading.district
    assert scenario == reading.scenario
    assert digest(district) == digest(reading.district)


@pytest.mark.parametrize("name", CASES)
def test_csv_files_read_back_as_the_same_district_and_scenario(name):
    district, scenario = CASES[name]
    files = csv_files(district, scenario)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for file_name, data in files.items():
            archive.writestr(f"folder/{file_name}", data)
    for reading in (read_csv_folder(files), read_csv_zip(stream.getvalue())):
        assert () == reading.errors
        assert district == reading.district
        assert scenario == reading.scenario


def test_csv_files_and_workbook_say_the_same():
    rows = good_rows()
    book, folder = read_workbook(workbook_bytes(rows)), read_csv_folder(csv_bytes(rows))
    assert book.district is not None
    assert book.district == folder.district
    assert book.scenario == folder.scenario


def test_numbers_are_read_as_people_type_them():
    rows = good_rows()
    put("Funds", "C2", "$ 10,000,000")(rows)
    put("Schools", "D4", "1,500")(rows)
    put("Need weights", "B2", "25 %")(rows)
    put("Rules", "D2", "95%")(rows)
    reading = read_workbook(workbook_bytes(rows))
    assert () == reading.findings
    assert reading.district is not None
    assert reading.scenario is not None
    assert 1_000_000_000 == reading.district.fund_of["GEN"].amount
    assert 1500 == reading.district.school_of["0501"].enrollment
    assert Decimal("0.25") == reading.scenario.need_weights[0].weight
    assert HoldHarmless(share=Decimal("0.95"), basis="Policy 3120") in reading.scenario.rules


def test_headings_match_in_any_case_and_by_alias_below_a_title():
    rows = good_rows()
    put("Schools", "D1", "ENROLMENT")(rows)
    put("Schools", "A1", "school id")(rows)
    rows["Schools"].insert(0, ["Schools of the Small district", None])
    rows["Schools"].append([None, "", "  "])
    assert () == read_workbook(workbook_bytes(rows)).findings


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp1252", b""), ("utf-16", b"")]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_files_are_read_in_the_encodings_that_spreadsheets_write(encoding, mark, delimiter):
    text = delimiter.join(("Code", "Name")) + "\r\n" + delimiter.join(("0412", "École")) + "\r\n\r\n"
    grid = csv_grid("schools.csv", mark + text.encode(encoding))
    assert isinstance(grid, Grid)
    assert (("Code", "Name"), ("0412", "École")) == grid.rows[:2]


def test_formulas_are_read_by_their_saved_values():
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    for name, lines in good_rows().items():
        sheet = book.add_worksheet(name)
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    book.get_worksheet_by_name("Funds").write_formula("C2", "=4000000+6000000", None, 10_000_000)
    book.close()
    district = read_workbook(stream.getvalue()).district
    assert district is not None
    assert 1_000_000_000 == district.fund_of["GEN"].amount


def test_an_error_of_a_formula_is_not_taken_for_a_blank():
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    for name, lines in good_rows().items():
        sheet = book.add_worksheet(name)
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    book.get_worksheet_by_name("Schools").write_formula("H2", "=1/0", None, "#DIV/0!")
    book.close()
    reading = read_workbook(stream.getvalue())
    assert [("group-text", "Schools!H2", "#DIV/0!")] == [(f.code, f.where, f.value) for f in reading.findings]


def test_need_weights_alone_bring_the_usual_rules():
    rows = good_rows()
    del rows["Rules"], rows["Scenario"]
    reading = read_workbook(workbook_bytes(rows))
    assert ["rules-default"] == [finding.code for finding in reading.findings]
    assert reading.district is not None
    assert reading.scenario is not None
    assert default_scenario(reading.district).rules == reading.scenario.rules


def test_a_file_without_choices_brings_no_scenario():
    rows = good_rows()
    del rows["Rules"], rows["Scenario"], rows["Need weights"]
    reading = read_workbook(workbook_bytes(rows))
    assert ["rules-default", "weights-default"] == [finding.code for finding in reading.findings]
    assert "No school falls below a share of last year" in reading.findings[0].what
    assert "English learners" in reading.findings[1].what
    assert reading.scenario is None


def test_a_fund_change_is_read():
    rows = good_rows()
    add("Scenario", "Fund GEN: Appropriation", 9_000_000)(rows)
    add("Scenario", "Fund T3: Shared out by", "last year")(rows)
    reading = read_workbook(workbook_bytes(rows))
    assert reading.scenario is not None
    assert (FundChange("GEN", 900_000_000), FundChange("T3", shared_by="last-year")) == reading.scenario.funds


def test_the_empty_template_says_only_that_there_are_no_schools_yet():
    reading = read_workbook(template_workbook())
    assert ["schools-empty"] == [finding.code for finding in reading.findings]
    assert template_workbook() == template_workbook()


def test_the_sample_district_has_no_finding():
    assert () == sample_reading().findings
    assert sample_district().invented


def test_the_order_of_rows_does_not_move_schools():
    rows = good_rows()
    rows["Schools"][1:] = rows["Schools"][:0:-1]
    one, other = read_workbook(workbook_bytes(good_rows())).district, read_workbook(workbook_bytes(rows)).district
    assert one is not None
    assert other is not None
    assert one.schools == other.schools
