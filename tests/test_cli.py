"""The command line keeps its promises to scripts: exit codes, and answers on standard output only."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from equity_alloc.cli import app
from equity_alloc.reports.recertify import recertify
from equity_alloc.sources.sample import sample_reading
from tests.command_line import run, run_anew
from tests.small_workbook import good_rows, workbook_bytes

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    done = run_anew("plan", "sample", "-o", path)
    assert 0 == done.returncode, done.stderr
    return path


def test_check_of_the_sample_is_done_with_one_line_of_answer() -> None:
    done = run_anew("check", "sample")
    assert 0 == done.returncode, done.stderr
    assert "24 schools" in done.stdout
    assert 1 == len(done.stdout.splitlines())


def test_check_of_a_missing_file_is_unusable_and_says_so() -> None:
    done = run_anew("check", "no_such_file.xlsx")
    assert 2 == done.returncode
    assert "no_such_file.xlsx" in done.stderr
    assert "Traceback" not in done.stderr
    assert "" == done.stdout


def test_a_district_without_name_and_year_is_told_without_an_empty_place(tmp_path: Path) -> None:
    rows = good_rows()
    del rows["District"]
    path = tmp_path / "nameless.xlsx"
    path.write_bytes(workbook_bytes(rows))
    done = run("check", path)
    assert "Unnamed district, (no year): 3 schools" in done.stdout
    assert "does not say which year the plan is for" in done.stderr
    done = run("years", path)
    assert (2, True) == (done.returncode, "Write it like 2026-27 on the sheet District" in done.stderr)


def test_a_plan_that_nobody_has_assessed_leaves_marked_as_a_draft_with_the_reason(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook, read_only=True)
    for sheet in ("Read me", "Overview"):
        words = [str(cell) for row in book[sheet].iter_rows(max_row=8, values_only=True) for cell in row if cell]
        assert any(word.startswith("DRAFT.") and "No assessment of this plan is complete" in word for word in words), (
            sheet
        )


def test_a_plan_certifies_again_from_its_file_alone(workbook: Path) -> None:
    done = run("certify", workbook)
    assert 0 == done.returncode, done.stderr
    assert "Certified" in done.stdout


def test_one_changed_cent_is_found_and_its_cell_named(workbook: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    sheet = book["Plan dollars"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Dollars")
    sealed = sheet.cell(5, column).value
    sheet.cell(5, column).value = round(sealed + 0.01, 2)
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    done = run("certify", changed)
    assert 1 == done.returncode, done.stdout
    cell = f"Plan dollars!{sheet.cell(5, column).coordinate}"
    assert f"{cell} was changed: it held {sealed:.12g} at the export, and now holds {sealed + 0.01:.2f}." in done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith(f"Not certified: changed since the export: {cell}. ")
    named = [line.split()[1] for line in done.stderr.splitlines() if line.startswith("error ")]
    assert ["row-changed"] == named
    told = next(line for line in done.stderr.splitlines() if "Add --all to see each of them." in line)
    every = [line for line in run("certify", changed, "--all").stderr.splitlines() if line.startswith("error ")]
    assert told.startswith(f"{len(every) - 1} further figures and texts follow from it")
    assert "What the file holds now breaks rule " in last


def test_certify_says_how_each_sheet_was_checked_and_passes_over_none(workbook: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    done = run("certify", workbook)
    assert 0 == done.returncode, done.stderr
    sealed, again = done.stdout.splitlines()[-1].split("Worked out again from the plan, cell by cell: ")
    told = {*sealed[sealed.index("(") + 1 : sealed.rindex(")")].split(", "), *again.rstrip(".").split(", ")}
    assert {*book.sheetnames} - {"Seals"} == told
    for name in ("Overview", "Commitments checked", "Summary"):
        before = book[name]["B5"].value
        book[name]["B5"].value = "typed over"
        changed = tmp_path / f"{name}.xlsx"
        book.save(changed)
        book[name]["B5"].value = before
        found = recertify(changed.read_bytes(), changed.name)
        assert f"{name}!B5" in [finding.where for finding in found.findings]
        assert not found.is_unchanged


def test_certify_of_a_file_without_a_plan_is_unusable(tmp_path: Path) -> None:
    template = tmp_path / "template.xlsx"
    assert 0 == run("template", "-o", template).returncode
    done = run("certify", template)
    assert 2 == done.returncode
    assert "Traceback" not in done.stderr


def test_a_template_does_not_take_the_place_of_a_file_unless_told_to(tmp_path: Path) -> None:
    filled = tmp_path / "template.xlsx"
    filled.write_bytes(b"a day's work")
    done = run("template", "-o", filled)
    assert 2 == done.returncode
    assert "stays as it is" in done.stderr
    assert b"a day's work" == filled.read_bytes()
    assert 0 == run("template", "-o", filled, "--force").returncode
    assert b"PK" == filled.read_bytes()[:2]


def test_a_plan_does_not_take_the_place_of_its_own_input(workbook: Path) -> None:
    before = workbook.read_bytes()
    done = run("plan", workbook, "-o", workbook)
    assert 2 == done.returncode
    assert "is what the plan is made from" in done.stderr
    assert before == workbook.read_bytes()


def test_levels_are_told_in_dollars(tmp_path: Path) -> None:
    done = run("plan", "sample", "-o", tmp_path / "plan.xlsx")
    assert re.search(r"Lowest school: \$\d,\d{3}\.\d\d last year, \$\d,\d{3}\.\d\d proposed", done.stdout), done.stdout
    proven = r"no plan under these rules brings the lowest school more than \$\d+\.\d\d higher, in dollars per weighted pupil"
    assert re.search(proven, done.stdout), done.stdout


def test_an_impossible_scenario_breaks_and_writes_nothing(tmp_path: Path) -> None:
    scenario = sample_reading().scenario
    assert scenario is not None
    data = json.loads(scenario.json)
    for rule in data["rules"]:
        if rule["code"] == "hold-harmless":
            rule["settings"]["share"] = "1.5"
    chosen, output = tmp_path / "scenario.json", tmp_path / "plan.xlsx"
    chosen.write_text(json.dumps(data), encoding="utf-8")
    done = run("plan", "sample", "--scenario", chosen, "-o", output)
    assert 1 == done.returncode
    assert "cannot all hold" in done.stderr.lower()
    assert not output.exists()


def test_a_scenario_that_is_not_json_is_unusable(tmp_path: Path) -> None:
    broken = tmp_path / "scenario.json"
    broken.write_text("not json", encoding="utf-8")
    done = run("plan", "sample", "--scenario", broken, "-o", tmp_path / "plan.xlsx")
    assert 2 == done.returncode
    assert "Traceback" not in done.stderr


def test_a_state_table_asks_which_district_and_then_plans_it(shared: Path, tmp_path: Path) -> None:
    table, output = shared / "data" / "ky_schools_2016_17.csv", tmp_path / "fayette.xlsx"
    unnamed = run("check", table)
    assert 2 == unnamed.returncode
    assert "177 districts" in unnamed.stderr
    choices = ("--district", "Fayette County", "--pot", "$300,000,000", "--blank-means-zero", "Finance office")
    done = run("plan", table, *choices, "-o", output)
    assert 0 == done.returncode, done.stderr
    assert "$0.00 unallocated" in done.stdout
    assert 0 == run("certify", output).returncode


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["plan", "sample", "-o", "plan.csv"], "does not end in .xlsx"),
        (["plan", "sample", "-o", "nowhere/plan.xlsx"], "there is no folder nowhere"),
        (["template", "-o", "t.pdf"], "does not end in .xlsx"),
        (["comply", "sample", "-o", "c.csv"], "does not end in .xlsx"),
        (["formula", "weighted-student-funding", "sample", "-o", "f.pdf"], "does not end in .csv or .xlsx"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_before_any_work(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, arguments)
    assert 2 == done.exit_code
    assert told in done.output
    assert "Certified" not in done.output
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["check", "comply", "years", "explain"])
def test_every_command_tells_a_finding_with_its_value_and_why_it_matters(command, tmp_path):
    broken = tmp_path / "Schools.csv"
    broken.write_text("Code,Name,Enrollment\n0412,Lincoln,-3\n", encoding="utf-8")
    (tmp_path / "Funds.csv").write_text("Code,Title,Appropriation\nGEN,General fund,1000\n", encoding="utf-8")
    extra = ["-o", str(tmp_path / "years.xlsx")] if command == "years" else []
    shown = run(command, str(tmp_path), *extra)
    assert 2 == shown.returncode
    told = next(line for line in shown.stderr.splitlines() if "enrollment-negative" in line)
    assert "Schools.csv!C2 [-3]" in told
    assert told.count(". ") >= 2


def test_a_table_of_promises_that_cannot_be_written_says_what_to_do(tmp_path):
    shown = run("commitments", "sample", "--last-year", "--ledger", str(tmp_path / "none" / "ledger.csv"))
    assert 2 == shown.returncode
    assert "cannot be written: No such file or directory. Choose another place with --ledger." in shown.stderr


def test_a_table_or_record_in_another_encoding_is_told_by_its_byte(tmp_path):
    file = tmp_path / "latin.csv"
    file.write_bytes(b"Cause,\xe9")
    for words in (("interventions", "sample", "--check", file), ("reproduce", file, "--input", "sample")):
        shown = run(*words)
        assert 2 == shown.returncode
        assert "byte 7 is no text in UTF-8" in shown.stderr


def test_a_folder_in_the_place_of_a_table_is_told_in_words(tmp_path):
    shown = run("interventions", "sample", "--check", tmp_path)
    assert 2 == shown.returncode
    assert f"{tmp_path} cannot be read: Is a directory." in shown.stderr
