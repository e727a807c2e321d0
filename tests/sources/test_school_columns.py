"""Grades, flags and actual costs: read with findings, and what a formula sees of them."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest

from equity_alloc.catalogue import all_measures
from equity_alloc.domain.district import District, GroupUse, Position, School, SchoolFlag, Staffing
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.federal import TitleOne
from equity_alloc.domain.record import from_plain, to_plain
from equity_alloc.formulas.evaluate import evaluate
from equity_alloc.formulas.facts_of import facts_of
from equity_alloc.formulas.salary import salary_differences
from equity_alloc.formulas.use import Salary, formula_in
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.planning.summary import measure_value
from equity_alloc.scenario import Scenario
from equity_alloc.sources.base import Reading
from equity_alloc.sources.workbook import read_workbook
from equity_alloc.sources.write_tables import write_tables
from tests.districts import plain_scenario, random_district
from tests.small_workbook import Cell, Rows, good_rows, workbook_bytes

HEAD = 'format = 1\nname = "drawn"\n'
LUMP = '[[component]]\nkind = "lump-sum"\nname = "summer"\namount = 1000\n'


def with_columns(*columns: tuple[Cell, ...], sheet: str = "Schools") -> Rows:
    """Return the good workbook with columns added: heading, then a cell for each row."""
    rows = good_rows()
    for column in columns:
        width = max(len(line) for line in rows[sheet])
        for line, cell in zip(rows[sheet], column, strict=False):
            line.extend([None] * (width - len(line)))
            line.append(cell)
    return rows


def read(*columns: tuple[Cell, ...], sheet: str = "Schools") -> Reading:
    return read_workbook(workbook_bytes(with_columns(*columns, sheet=sheet)))


def found(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_wealth_is_read_measured_against_and_blank_says_which_column() -> None:
    whole = read(("Property wealth per pupil", 250_000, "410,000", 0))
    assert [] == found(whole)
    district = whole.district
    assert district is not None
    assert [25_000_000, 41_000_000, 0] == [school.wealth for school in district.schools]
    [written] = [table for table in write_tables(district) if table.sheet.name == "Schools"]
    place = written.headings.index("Wealth per pupil")
    assert ["250000", "410000", "0"] == [row[place].replace(".00", "") for row in written.rows]
    blank = read(("Wealth per pupil", 250_000, None, None)).district
    assert blank is not None
    view = Scenario().view(blank)
    with pytest.raises(InvalidValue, match="column Wealth per pupil of the sheet Schools is blank for 0413"):
        measure_value(view, all_measures()["wealth-slope"], blank.today)


def test_a_negative_wealth_is_a_finding_with_its_cell() -> None:
    reading = read(("Wealth per pupil", -5, 1, 1))
    [finding] = reading.findings
    assert "Schools!I2" == finding.where
    assert reading.district is None


def test_wealth_decides_nothing() -> None:
    district = random_district(3, 5)
    rich = tuple(dataclasses.replace(s, wealth=100_00 * (k + 1)) for k, s in enumerate(district.schools))
    made, again = (plan(each, plain_scenario()) for each in (district, dataclasses.replace(district, schools=rich)))
    assert isinstance(made, Plan) and isinstance(again, Plan)
    assert made.allocation == again.allocation


def test_grades_are_read_in_any_order_and_blank_stays_unknown() -> None:
    reading = read(("Grade 1", 200, 150, 0), ("grade k", 200, None, 0), ("Grade 9", 0, None, 900))
    assert [] == found(reading)
    assert reading.district is not None
    assert (("K", 200), ("1", 200), ("9", 0)) == reading.district.school_of["0412"].grades
    assert (("K", None), ("1", 150), ("9", None)) == reading.district.school_of["0413"].grades
    counts = dict(facts_of(reading.district).school_of["0413"].counts)
    assert (None, 150) == (counts["grade K"], counts["grade 1"])


@pytest.mark.parametrize(
    ("grades", "told"),
    [((200, 200), []), ((200, 199), ["grades-differ"]), ((201, 200), ["grades-differ"]), ((200, None), []),
     ((401, None), ["grades-differ"]), ((None, None), [])],
)  # fmt: skip
def test_grades_that_do_not_add_up_to_enrollment_are_told_and_not_repaired(grades, told) -> None:
    reading = read(("Grade K", grades[0], 300, 0), ("Grade 9", grades[1], 0, 900))
    assert told == found(reading)
    assert reading.district is not None
    assert (400, grades) == (
        reading.district.school_of["0412"].enrollment,
        tuple(count for _, count in reading.district.school_of["0412"].grades),
    )
    if told:
        place = next(finding.where for finding in reading.findings)
        assert place.startswith("Schools!") and place.endswith("2")


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ((("Grade K", 1, 1, 1), ("GRADE k", 1, 1, 1)), "column-twice"),
        ((("Grade K", 1.5, 1, 1),), "group-fraction"),
        ((("Yes/no: Year-round", "yes", "maybe", "no"),), "flag-unclear"),
        ((("Yes/no: Year-round", "yes"), ("Audit only yes/no: Year round", "no")), "column-twice"),
        ((("Yes/no: ", "yes"),), "flag-blank"),
        ((("Yes/no: Mostly Hispanic", "yes"),), "flag-protected"),
    ],
)
def test_columns_that_do_not_fit_are_refused(columns, code) -> None:
    reading = read(*columns)
    assert code in [finding.code for finding in reading.errors]
    assert reading.district is None


def test_a_grade_that_no_school_has_is_not_read_in_silence() -> None:
    assert ["column-unknown"] == found(read(("Grade 13", 1, 1, 1)))


def flagged(*answers: bool | None, use: GroupUse = GroupUse.NEED) -> District:
    schools = tuple(
        School(str(n), f"School {n}", "elementary", 100, flags=(("year-round", holds),))
        for n, holds in enumerate(answers)
    )
    return District("D", "2026-27", schools, flags=(SchoolFlag("year-round", "Year-round", use),))


@pytest.mark.parametrize(("field", "gets"), [("only_flags", (1000, 0, None)), ("not_flags", (0, 1000, None))])
def test_a_flag_decides_whom_a_component_concerns_and_unknown_is_not_no(field, gets) -> None:
    text = f'{HEAD}{LUMP}{field} = ["year-round"]\n'
    result = evaluate(formula_in(text), facts_of(flagged(True, False, None)))
    assert [None if dollars is None else dollars * 100 for dollars in gets] == [result.dollars(c) for c in "012"]
    assert "does not say whether it is 'year-round'" in str(result.findings[-1])


def test_a_flag_for_audit_only_is_refused_and_never_reaches_a_formula() -> None:
    district = flagged(True, False, use=GroupUse.AUDIT)
    assert [(), ()] == [school.flags for school in facts_of(district).schools]
    with pytest.raises(InvalidValue, match=r"flag-audit-only.*for audit only"):
        evaluate(formula_in(f'{HEAD}{LUMP}only_flags = ["year-round"]\n'), facts_of(district))


def test_a_school_that_title_one_serves_has_its_flag() -> None:
    statuses = (TitleOne.SERVED, TitleOne.ONE_MORE_YEAR, TitleOne.SKIPPED, None)
    schools = tuple(School(str(n), "S", "high", 1, title_one=status) for n, status in enumerate(statuses))
    facts = facts_of(District("D", "2026-27", schools))
    assert [("Title I",), ("Title I",), (), ()] == [school.flags for school in facts.schools]
    assert ("Title I",) == facts.schools[3].unknown_flags


def test_actual_costs_are_the_mean_of_a_schools_posts_where_all_are_known() -> None:
    column = ("Actual cost per FTE", "$96,000.00", 88_000, None, 41_000)
    reading = read(column, sheet="Staffing")
    assert [] == found(reading)
    assert reading.district is not None
    assert {"0412": (("PARA", 4_100_000), ("TCH", 9_600_000)), "0413": (("TCH", 8_800_000),), "0501": ()} == {
        school.code: school.actual_costs for school in facts_of(reading.district).schools
    }


def test_posts_of_two_funds_are_weighed_by_fte() -> None:
    district = random_district(1, 2)
    code = district.schools[0].code
    rows = (Staffing(code, "teacher", "general", 200, 90_000_00), Staffing(code, "teacher", "levy", 100, 60_000_00))
    both = dataclasses.replace(district, staffing=rows)
    # Two posts at 90,000 and one at 60,000 cost 80,000 each.
    assert (("teacher", 80_000_00),) == facts_of(both).schools[0].actual_costs
    half = dataclasses.replace(district, staffing=(rows[0], dataclasses.replace(rows[1], actual=None)))
    assert () == facts_of(half).schools[0].actual_costs


def test_the_salary_setting_pays_average_or_actual_cost() -> None:
    text = (
        HEAD + '[[component]]\nkind = "positions-per-school"\nname = "two"\nposition = "T"\nfte = 2\n'
        '[[component]]\nkind = "dollars-per-position"\nname = "pay"\nof = ["two"]\ncosted_as = "T"\n'
    )
    school = School("1", "One", "high", 1)
    district = District(
        "D", "2026-27", (school,), positions=(Position("T", "Teacher", 90_000_00),),
        staffing=(), funds=(),
    )  # fmt: skip
    facts = facts_of(district)
    paid = dataclasses.replace(
        facts, schools=(dataclasses.replace(facts.schools[0], actual_costs=(("T", 95_500_00),)),)
    )
    assert 180_000_00 == evaluate(formula_in(text, Salary.AVERAGE), paid).dollars("1")
    actual = evaluate(formula_in(text, Salary.ACTUAL), paid)
    assert 191_000_00 == actual.dollars("1")
    assert [Fraction(11_000)] == [each.difference for each in salary_differences(actual)]


def test_what_came_later_leaves_the_identity_of_older_districts_alone() -> None:
    plain = to_plain(School("1", "One", "high", 1))
    assert {"code", "name", "kind", "enrollment", "enrollment_last_year", "groups", "target"} == set(plain)
    assert ["school", "position", "fund", "fte"] == list(to_plain(Staffing("1", "T", "G", 1)))
    with_more = School("1", "One", "high", 1, grades=(("9", 1),), flags=(("year-round", None),))
    assert with_more == from_plain(School, to_plain(with_more))
