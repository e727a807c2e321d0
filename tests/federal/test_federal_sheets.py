"""Federal columns and the sheet Federal: one bad workbook for each defect, and what stays unknown where it is blank."""

from __future__ import annotations

from decimal import Decimal

import pytest

from equity_alloc.domain.federal import Band, Eligibility, Federal, FundSource, Purpose, TitleOne, facts_asked
from equity_alloc.sources.workbook import read_workbook
from tests.small_workbook import Change, Rows, good_rows, put, workbook_bytes


def federal(*lines: tuple[str, object]) -> Change:
    def change(rows: Rows) -> None:
        rows["Federal"] = [["Setting", "Value"], *([setting, value] for setting, value in lines)]

    return change


def column(sheet: str, letter: str, heading: str, row: int, value: object) -> Change:
    def change(rows: Rows) -> None:
        put(sheet, f"{letter}1", heading)(rows)
        put(sheet, f"{letter}{row}", value)(rows)

    return change


def reading(*changes: Change):
    rows = good_rows()
    for change in changes:
        change(rows)
    return read_workbook(workbook_bytes(rows))


DEFECTS: tuple[tuple[str, Change, str, str], ...] = (
    ("a status that is no status", column("Schools", "I", "Title I", 2, "maybe"), "title-one-unknown", "Schools!I2"),
    ("more poor children than children", column("Schools", "I", "Title I low-income children", 2, 401), "low-income-over-enrollment", "Schools!I2"),
    ("half a child", column("Schools", "I", "Private-school low-income children", 3, 2.5), "private-low-income-fraction", "Schools!I3"),
    ("a supplement in words", column("Schools", "I", "Supplement instead of Title I", 2, "some"), "instead-of-title-one-text", "Schools!I2"),
    ("staff that may compare", column("Positions", "F", "Counts in comparability", 2, "maybe"), "compares-unclear", "Positions!F2"),
    ("money from nowhere", column("Funds", "I", "Source of money", 2, "lottery"), "source-unknown", "Funds!I2"),
    ("a purpose that Title I does not know", column("Central", "D", "Reserved for", 2, "buses"), "purpose-unknown", "Central!D2"),
    ("a setting that is none", federal(("Title II fund", "GEN")), "federal-setting", "Federal!A2"),
    ("a setting twice", federal(("Title I fund", "T3"), ("Title I fund", "GEN")), "federal-setting", "Federal!A3"),
    ("a fund that does not exist", federal(("Title I fund", "T1A")), "federal-value", "Federal!B2"),
    ("an eligibility of its own", federal(("Title I eligibility", "40 percent")), "federal-value", "Federal!B2"),
    ("a grade span that no school has", federal(("Title I grade spans", "elementary; middle")), "federal-value", "Federal!B2"),
    ("bands in words", federal(("Title I dollars per child", "a lot")), "federal-value", "Federal!B2"),
    ("bands that rise down the ranks", federal(("Title I dollars per child", "50 %: 700; 0 %: 900")), "federal-value", "Federal"),
    ("a negative spending", federal(("ESEA spending, preceding year", "-5")), "federal-value", "Federal!B2"),
    ("pupils in words", federal(("ESEA pupils, preceding year", "many")), "federal-value", "Federal!B2"),
    ("neither yes nor no", federal(("ESEA effort missed in the five years before", "once")), "federal-value", "Federal!B2"),
)  # fmt: skip


COUNTS = (("I", "Title I low-income children"), ("J", "Private-school low-income children"))


@pytest.mark.parametrize(("name", "change", "code", "where"), DEFECTS, ids=[defect[0] for defect in DEFECTS])
def test_a_defect_is_named_with_its_cell(name, change, code, where):
    found = reading(change)
    assert found.district is None
    [error] = [(finding.code, finding.where) for finding in found.errors]
    assert (code, where) == error


def test_a_blank_count_is_an_error_only_where_a_fund_is_shared_out_by_rank():
    counts = column("Schools", "I", "Title I low-income children", 2, 200)
    others = column("Schools", "J", "Private-school low-income children", 2, 0)
    assert () == reading(counts, others).errors
    found = reading(counts, others, put("Funds", "E3", "Title I ranking"))
    named = [(finding.code, finding.where) for finding in found.errors]
    assert [("title-one-count-needed", f"Schools!{cell}") for cell in ("I3", "J3", "I4", "J4")] == named


def test_blank_is_unknown_everywhere():
    found = reading(
        column("Schools", "I", "Title I", 2, None),
        column("Schools", "J", "Title I low-income children", 2, None),
        column("Positions", "F", "Counts in comparability", 2, None),
        column("Funds", "I", "Source of money", 2, None),
        federal(("Title I fund", None), ("IDEA exceptions", None)),
    )
    assert () == found.errors
    district = found.district
    assert {None} == {school.title_one for school in district.schools} | {s.low_income for s in district.schools}
    assert {None} == {position.compares for position in district.positions} | {f.source for f in district.funds}
    assert Federal() == district.federal


def test_words_are_read_in_any_case_and_amounts_as_people_write_them():
    found = reading(
        column("Schools", "I", "Title I", 2, "Served one more year"),
        column("Funds", "I", "Source of money", 3, "FEDERAL"),
        column("Central", "D", "Reserved for", 2, "Family Engagement"),
        federal(
            ("title i fund", "T3"),
            ("Title I eligibility", "35 Percent"),
            ("Title I dollars per child", "65 %: $1,950; 50 %: 900.50; 850"),
            ("IDEA children, this year", "1,794"),
            ("IDEA adjustment", 0),
        ),
    )
    assert () == found.errors
    district = found.district
    assert TitleOne.ONE_MORE_YEAR is district.school_of["0412"].title_one
    assert FundSource.FEDERAL is district.fund_of["T3"].source
    assert Purpose.FAMILIES is district.central[0].purpose
    expected = (Band(Decimal("0.65"), 195_000), Band(Decimal("0.5"), 90_050), Band(Decimal(0), 85_000))
    facts = district.federal
    assert ("T3", Eligibility.THIRTY_FIVE, expected) == (facts.title_one_fund, facts.eligibility, facts.bands)
    assert (1_794, 0, None) == (facts.idea_children, facts.idea_adjustment, facts.idea_exceptions)


def test_a_fund_is_shared_out_by_title_1_ranking_under_either_name():
    for words in ("Title I ranking", "title-1", "TITLE I RANKING"):
        counts = (column("Schools", letter, title, row, 0) for row in (2, 3, 4) for letter, title in COUNTS)
        found = reading(put("Funds", "E3", words), *counts)
        assert "title-1" == found.district.fund_of["T3"].shared_by


def test_every_setting_of_the_sheet_is_told_in_the_template():
    for info in facts_asked().values():
        assert info.title
        assert info.help.endswith(".")
        assert len(info.title) <= 60
