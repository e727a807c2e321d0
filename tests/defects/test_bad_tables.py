"""One defective table for each finding about tables of other programs: the finding is met, and names where and what to do."""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path

import pytest

from equity_alloc.sources.mapped import take_in as take_in_module
from equity_alloc.sources.mapped.answers import Answers
from equity_alloc.sources.mapped.cut import cut_to_district
from equity_alloc.sources.mapped.open_tables import open_tables, without_names
from equity_alloc.sources.mapped.table_map import Category, CodeParts, MoneyColumn, RowKind, RowTest, TableMap
from equity_alloc.sources.mapped.take_in import take_in
from tests.sources.mapped.tables import MONEY, SCHOOLS, public, read
from tests.sources.mapped.test_take_in import MONEY_ROWS, SCHOOL_ROWS, SIGNED

FOLDER = Path(take_in_module.__file__).parent
HEAD = "Code,Name,Pupils,Poor,Dollars\n"
ACCOUNTS = TableMap(
    "a", "A", RowKind.MONEY, (("dollars", ("Amount",)),), account=CodeParts("Account", ("fund", "school"), "-")
)
CATEGORIES = TableMap(
    "c", "C", RowKind.COUNT, (("school", ("Code",)), ("pupils", ("Count",))),
    categories=(Category("enrollment", (RowTest("Kind", ("All",)),)),),
)  # fmt: skip
PUPILS = TableMap("p", "P", RowKind.PUPIL, (("school", ("School",)), ("pupil", ("Key",))))
WIDE = dataclasses.replace(SCHOOLS, widths=(("school", 4),))

#: Code of the finding, the table, and the map that reads it.
TABLES = (
    ("table-empty", "Code,Pupils\n", SCHOOLS),
    ("column-not-found", "Name,Pupils\nAsh,4\n", SCHOOLS),
    ("district-not-chosen", "Code,District,Pupils\n1,a,4\n2,b,4\n", SCHOOLS),
    ("rows-none", HEAD + "1,Ash,40,10,5\n", dataclasses.replace(SCHOOLS, keep=(RowTest("Name", ("Elm",)),))),
    ("school-code-blank", HEAD + ",Ash,40,10,5\n", SCHOOLS),
    ("school-twice", HEAD + "1,Ash,40,10,5\n1,Ash,41,10,5\n", SCHOOLS),
    ("code-scientific", HEAD + "1.2E+11,Ash,40,10,5\n", SCHOOLS),
    ("zeros-put-back", HEAD + "12,Ash,40,10,5\n", WIDE),
    ("cells-beyond-heading", HEAD + "1,Ash,40,10,5,6\n", SCHOOLS),
    ("cell-unreadable", HEAD + "1,Ash,many,10,5\n", SCHOOLS),
    ("number-scientific", HEAD + "1,Ash,4E+2,10,5\n", SCHOOLS),
    ("pupils-negative", HEAD + "1,Ash,-4,10,5\n", SCHOOLS),
    ("pupils-fraction", HEAD + "1,Ash,4.5,10,5\n", SCHOOLS),
    ("pupils-too-large", HEAD + "1,Ash,99999999999,10,5\n", SCHOOLS),
    ("share-out-of-range", "Code,Pupils,EL share\n1,10,120%\n", SCHOOLS),
    ("year-by-end", "Code,Year,Pupils\n1,2020-21,4\n1,2021-22,5\n", SCHOOLS),
    ("titles-unverified", "Account,Amount\n1-2,5\n", dataclasses.replace(ACCOUNTS, unverified=("fund",))),
    ("posts-unknown", "School,Position,FTE,Amount\n1,Teacher,N/A,5\n", MONEY),
    ("dollars-unknown", HEAD + "1,Ash,40,10,*\n", dataclasses.replace(SCHOOLS, money=(MoneyColumn("Dollars", "g", "All"),))),
    ("amount-too-large", "School,Amount\n1,999999999999999\n", MONEY),
    ("amount-rounded", "School,Amount\n1,10.005\n", MONEY),
    ("dollars-blank", "School,Amount\n1,\n2,5\n", MONEY),
    ("account-unreadable", "Account,Amount\n1-2-3,5\n", ACCOUNTS),
    ("row-sum-differs", "Code,A,B,Dollars\n" + "".join(f"{n},{n},{n},{2 * n}\n" for n in range(1, 8)) + "9,9,9,9\n", SCHOOLS),
    ("category-twice", "Code,Kind,Count\n1,All,5\n1,All,6\n", CATEGORIES),
    ("heading-twice", "Code,Pupils,Pupils\n1,40,41\n", SCHOOLS),
    ("amounts-in-thousands", "Adopted budget ($000),,,,\n" + HEAD + "1,Ash,40,10,5\n", SCHOOLS),
    ("cells-slipped", HEAD + "".join(f"{n},Ash,40,10,5\n" for n in range(9)) + "9,40,10,5\n", SCHOOLS),
    ("cells-too-few", HEAD.replace("Dollars", "Note") + "".join(f"{n},Ash,40,10,\n" for n in range(9)) + "9,Elm,40,10\n", SCHOOLS),
    ("share-scale-unsaid", "Code,Pupils,EL share\n1,40,0.25\n2,50,0.5\n", SCHOOLS),
    (
        "share-scale-by-counts",
        "Code,Pupils,EL share\n" + "".join(f"{n},{90 + n},{(40 + n) / (90 + n):.4f}\n" for n in range(9)), SCHOOLS,
    ),
    (
        "count-like-percent",
        HEAD + "".join(f"{n},Ash,{400 + 90 * n},{(71, 40, 88, 23, 65, 12, 50, 34, 44)[n]},5\n" for n in range(9)), SCHOOLS,
    ),
    ("pupils-at-two-schools", "School,Key\n1,u\n2,u\n", PUPILS),
)  # fmt: skip


@pytest.mark.parametrize(("code", "text", "table_map"), TABLES, ids=[case[0] for case in TABLES])
def test_a_defective_table_gives_its_finding(code, text, table_map):
    wanted = {"year": "2021"} if code == "year-by-end" else {}
    [*found] = [finding for finding in read(text, table_map, **wanted).findings if finding.code == code]
    assert found
    assert all(finding.where and finding.what and finding.why and finding.remedy for finding in found)


GROUPED = TableMap(
    "g", "G", RowKind.SCHOOL,
    (("school", ("Code",)), ("enrollment", ("Pupils",)), ("need:Hispanic", ("H",)), ("spending", ("D",))),
)  # fmt: skip
FEDERAL = "School,Fund,Amount\n0012,Title I,5\n0013,General,9\n0501,General,9\n"
MANY = "School,Fund,Amount\n" + "".join(f"0012,Fund {n},5\n" for n in range(20)) + "0013,Fund 1,1\n0501,Fund 1,1\n"
LUNCH = dataclasses.replace(
    SCHOOLS, columns=(*SCHOOLS.columns, ("free_lunch", ("Free",)), ("reduced_lunch", ("Reduced",)))
)
RATES = dataclasses.replace(
    SCHOOLS, columns=(("school", ("Code",)), ("school_name", ("Name",))),
    money=(MoneyColumn("Each", "g", "All money", per_pupil=True),),
)  # fmt: skip
OF_DISTRICTS = TableMap(
    "d", "D", RowKind.DISTRICT, (("district", ("District",)), ("district_name", ("Name",)), ("enrollment", ("Pupils",)))
)
UNSIGNED = dataclasses.replace(SIGNED, who="", accepts=False)

#: Code, tables with their maps, and what was answered.
DISTRICTS = (
    ("enrollment-missing", [(MONEY_ROWS, MONEY)], SIGNED),
    ("money-missing", [(SCHOOL_ROWS, SCHOOLS)], SIGNED),
    ("school-without-money", [(SCHOOL_ROWS, SCHOOLS), (FEDERAL.replace("0501", "0013"), MONEY)], SIGNED),
    ("school-without-enrollment", [(SCHOOL_ROWS, SCHOOLS), (MONEY_ROWS + "99,G,,,X,5\n", MONEY)], SIGNED),
    ("school-without-pupils", [(SCHOOL_ROWS.replace(",400,100", ",0,0"), SCHOOLS), (MONEY_ROWS, MONEY)], SIGNED),
    (
        "match-unconfirmed",
        [(SCHOOL_ROWS, SCHOOLS), (MONEY_ROWS, MONEY), ("Code,Name\nz,Cedar High\n", SCHOOLS)],
        SIGNED,
    ),
    ("differences-undecided", [(SCHOOL_ROWS + ",Total,9,9\n", SCHOOLS), (MONEY_ROWS, MONEY)], UNSIGNED),
    (
        "decision-unsigned",
        [(SCHOOL_ROWS, SCHOOLS), (MONEY_ROWS, MONEY)],
        dataclasses.replace(UNSIGNED, middle_of_bounds=True),
    ),
    (
        "control-unreadable",
        [(SCHOOL_ROWS, SCHOOLS), (MONEY_ROWS, MONEY)],
        dataclasses.replace(SIGNED, control={"table.csv": "much"}),
    ),
    ("enrollment-unknown", [(SCHOOL_ROWS + "0600,Elm,*,\n", SCHOOLS), (MONEY_ROWS, MONEY)], SIGNED),
    ("posts-negative", [(SCHOOL_ROWS, SCHOOLS), (MONEY_ROWS + "0012,General,Nurse,-1,,5\n", MONEY)], SIGNED),
    ("central-negative", [(SCHOOL_ROWS, SCHOOLS), (MONEY_ROWS + "9,General,,,Taxes,-5\n", MONEY)], SIGNED),
    (
        "years-differ",
        [("Code,Year,Pupils,Dollars\n1,2021-22,9,5\n", SCHOOLS), ("Code,Year,Poor\n1,2020-21,4\n", SCHOOLS)],
        SIGNED,
    ),
    ("group-unknown", [(SCHOOL_ROWS.replace(",200\n", ",*\n"), SCHOOLS), (MONEY_ROWS, MONEY)], SIGNED),
    ("group-over-enrollment", [(SCHOOL_ROWS.replace(",200\n", ",2000\n"), SCHOOLS), (MONEY_ROWS, MONEY)], SIGNED),
    (
        "group-over-enrollment-more",
        [("Code,Pupils,Poor,Dollars\n" + "".join(f"{n},5,9,7\n" for n in range(5)), SCHOOLS)],
        SIGNED,
    ),
    ("group-protected", [("Code,Pupils,H,D\n1,9,4,5\n", GROUPED)], SIGNED),
    ("files-differ", [(SCHOOL_ROWS, SCHOOLS), (MONEY_ROWS, MONEY), ("Code,Pupils\n0012,401\n", SCHOOLS)], SIGNED),
    ("line-negative", [(SCHOOL_ROWS, SCHOOLS), (MONEY_ROWS + "0012,General,,,Fees,-5\n", MONEY)], SIGNED),
    ("funds-federal", [(SCHOOL_ROWS, SCHOOLS), (FEDERAL, MONEY)], SIGNED),
    ("funds-joined", [(SCHOOL_ROWS, SCHOOLS), (MANY, MONEY)], SIGNED),
    ("lunches-added", [("Code,Pupils,Free,Reduced\n0012,9,1,1\n", LUNCH)], dataclasses.replace(SIGNED, typical=True)),
    ("dollars-by-pupils", [(SCHOOL_ROWS, SCHOOLS), ("Code,Name,Each\n0012,Ash,900\n0013,Birch,800\n", RATES)], SIGNED),
    ("dollars-without-pupils", [(SCHOOL_ROWS, SCHOOLS), ("Code,Each\n0012,900\n77,800\n", RATES)], SIGNED),
    ("only-districts", [("District,Name,Pupils\n1,A,9\n2,B,8\n", OF_DISTRICTS)], SIGNED),
    ("district-unnamed", [(SCHOOL_ROWS, SCHOOLS), (MONEY_ROWS, MONEY)], dataclasses.replace(SIGNED, name="")),
    ("district-undated", [(SCHOOL_ROWS, SCHOOLS), (MONEY_ROWS, MONEY)], dataclasses.replace(SIGNED, year="")),
    ("typical-costs", [(SCHOOL_ROWS, SCHOOLS)], dataclasses.replace(SIGNED, typical=True)),
)


@pytest.mark.parametrize(("code", "tables", "answers"), DISTRICTS, ids=[case[0] for case in DISTRICTS])
def test_a_defect_between_tables_gives_its_finding(code, tables, answers):
    found = take_in([read(text, table_map) for text, table_map in tables], answers).reading.findings
    told = [finding for finding in found if finding.code == code]
    assert told, [finding.code for finding in found]
    assert all(finding.what and finding.why and finding.remedy for finding in told)


#: Met by files or by public data, in the tests that are named.
ELSEWHERE = {
    "file-not-table": "test_a_file_that_is_no_table_is_refused",
    "file-names-pupils": "test_a_file_with_names_is_refused",
    "file-not-cut": "test_a_file_that_cannot_be_cut_is_refused",
    "teachers-by-schedule": "test_a_schedule_that_does_not_fit_is_told",
    "teachers-over-spending": "test_a_schedule_that_does_not_fit_is_told",
    "district-differs": "tests/sources/mapped/test_dirtier.py",
    "poverty-of-district": "tests/sources/mapped/test_public_start.py",
    "district-unfit": "a guard for what no table is known to bring about",
}


def test_a_file_that_is_no_table_is_refused():
    assert "file-not-table" == open_tables("a.json", b"{}").code


def test_a_file_with_names_is_refused():
    assert "file-names-pupils" == without_names("u.csv", b"sourcedId,givenName,familyName\n1,A,B\n").code


def test_a_file_that_cannot_be_cut_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n")
    assert "file-not-cut" == cut_to_district(path, "1").code


def test_a_schedule_that_does_not_fit_is_told(shared):
    schedule = public(shared, "ky_jefferson_salary_schedule_2016_17.csv")
    schools = public(shared, "ky_schools_2016_17.csv", district="275")
    poor = dataclasses.replace(
        schools,
        money=tuple(dataclasses.replace(row, cents=100) if n == 0 else row for n, row in enumerate(schools.money)),
    )
    codes = [finding.code for finding in take_in([poor, schedule], Answers()).reading.findings]
    assert {"teachers-over-spending", "teachers-by-schedule"} <= set(codes)


def test_every_finding_of_this_room_has_a_defective_file_of_its_own():
    told: set[str] = set()
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_telling(node):
                told |= {a.value for a in node.args if isinstance(a, ast.Constant) and _is_code(a.value)}
    proven = {case[0] for case in (*TABLES, *DISTRICTS)} | set(ELSEWHERE)
    assert told - proven == set()
    assert 35 < len(told)


def _is_telling(node: ast.Call) -> bool:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in ("error", "warn", "note", "told", "tell", "Finding", "_tell", "_tell_at")


def _is_code(value: object) -> bool:
    return isinstance(value, str) and "-" in value and value.replace("-", "").isalnum() and value.islower()
