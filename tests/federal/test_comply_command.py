"""The command comply keeps its promises to scripts: exit codes, verdicts on standard output, gaps on standard error."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.command_line import run

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample_district"
FORMULA = ROOT / "data" / "templates" / "weighted-student-funding.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the sample district's files."""
    copy = tmp_path / "district"
    copy.mkdir()
    for file in SAMPLE.glob("*.csv"):
        shutil.copy(file, copy)
    return copy


def spoil(file: Path, row: str, column: str, value: str) -> None:
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    place = rows[0].index(column)
    for line in rows:
        if row in line:
            line[place] = value
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def test_what_cannot_be_tested_is_said_and_never_counted_as_passed() -> None:
    done = run("comply", "sample", "--last-year")
    assert 1 == done.returncode
    assert "9 tests: 8 pass, 1 not testable." in done.stdout
    assert "Traceback" not in done.stderr


def test_the_scenario_s_own_rules_are_told_beside_the_tests() -> None:
    done = run("comply", "sample", "--last-year")
    assert "Lakeshore Middle (code 0302) has 1.80 FTE of Counselor" in done.stdout
    assert "The scenario's own rules: 33 of 35 kept." in done.stdout


def test_a_blank_is_named_by_column_and_sheet(folder: Path) -> None:
    spoil(folder / "schools.csv", "0106", "Title I", "")
    done = run("comply", folder, "--last-year")
    assert 1 == done.returncode
    # It stands beside the verdict, and is not told a second time.
    assert "Enter Title I on the sheet Schools for Eastgate Elementary" not in done.stderr
    [line] = [
        each for each in done.stdout.splitlines() if each.startswith("not testable") and "comparab" in each.lower()
    ]
    assert "One entry is missing. Enter Title I on the sheet Schools for Eastgate Elementary" in line


def test_an_entry_that_several_tests_need_is_told_once_with_their_titles(folder: Path) -> None:
    """Without a Title I fund four tests cannot be carried out; no name of a test's file is printed."""
    spoil(folder / "federal.csv", "Title I fund", "Value", "")
    spoil(folder / "federal.csv", "ESEA spending, preceding year", "Value", "")
    spoil(folder / "federal.csv", "ESEA spending, second preceding year", "Value", "")
    done = run("comply", folder, "--last-year")
    told = [line for line in done.stderr.splitlines() if line.startswith("missing")]
    assert len(told) == len(set(told)) == 2 and all("Needed for: State and local effort" in line for line in told)
    assert "effort-esea" not in done.stderr + done.stdout


def test_a_failed_test_is_told_by_how_much(folder: Path) -> None:
    spoil(folder / "federal.csv", "ESEA spending, preceding year", "Value", "180000000")
    done = run("comply", folder, "--last-year")
    assert 1 == done.returncode
    [line] = [line for line in done.stdout.splitlines() if line.startswith("fail")]
    assert "State and local effort" in line
    assert "$8,876,160" in line  # 0.9 x 209,862,400 - 180,000,000.


def test_every_test_passes_where_the_plan_also_uses_a_neutral_formula(tmp_path: Path) -> None:
    workbook, sheets = tmp_path / "plan.xlsx", tmp_path / "tests.xlsx"
    made = run("plan", "sample", "--formula", FORMULA, "-o", workbook)
    assert 0 == made.returncode, made.stderr
    done = run("comply", workbook, "-o", sheets)
    assert 0 == done.returncode, done.stdout + done.stderr
    assert "9 tests: 9 pass." in done.stdout
    assert "Comparability" in openpyxl.load_workbook(sheets).sheetnames


def test_a_formula_named_beside_the_file_is_tested_for_title_1_flags() -> None:
    done = run("comply", "sample", "--last-year", "--formula", "weighted-student-funding")
    assert 0 == done.returncode, done.stdout + done.stderr
    assert "9 tests: 9 pass." in done.stdout
    done = run("comply", "sample", "--last-year", "--formula", "portland-like")
    assert 0 == done.returncode, done.stdout + done.stderr
    [line] = [line for line in done.stdout.splitlines() if line.startswith("look closer")]
    assert "Homeroom teachers, grades K to 5, Title I school" in line
    assert 2 == run("comply", "sample", "--last-year", "--formula", "no-such-template").returncode


def test_an_unusable_file_is_told_apart(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"no workbook")
    for path in (broken, tmp_path / "nothing.zip"):
        done = run("comply", path)
        assert 2 == done.returncode
        assert "" == done.stdout
        assert "Traceback" not in done.stderr
