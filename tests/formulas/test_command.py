"""The formula command prints amounts, arithmetic and cliffs, and its exit code says how it went."""

from __future__ import annotations

import csv
import dataclasses
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from equity_alloc.cli import app as whole
from equity_alloc.cli_formula import formula
from equity_alloc.formulas.templates import template_text
from equity_alloc.formulas.use import FormulaUse
from equity_alloc.sources.sample import sample_reading
from equity_alloc.sources.write_csv import csv_files

STAFFING = Path(__file__).parents[2] / "data" / "sample_district" / "staffing.csv"

app = typer.Typer()
app.command()(formula)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_a_template_is_worked_out_for_every_school_of_the_sample() -> None:
    done = run("weighted-student-funding", "sample")
    assert 0 == done.exit_code
    assert "together" in done.output
    assert "24 schools" in done.output


def test_one_schools_arithmetic_is_printed_with_its_sources() -> None:
    done = run("weighted-student-funding", "sample", "--school", "0101")
    assert 0 == done.exit_code
    # 574 pupils at 6,000, as the sample's enrollment and the template's base say.
    assert "Base for every pupil: $3,444,000.00" in done.output
    # Three weights, a base and a foundation have one source, which stands there once.
    assert 1 == done.output.count("invented round numbers, to be replaced by the district's own (unverified default)")
    [number] = re.findall(r"^  (\[\d+\]) Equity Alloc, plain weighted", done.output, flags=re.MULTILINE)
    assert f"base: 6,000 dollars per pupil  {number}" in done.output


@pytest.mark.parametrize(
    ("template", "file", "school"),
    [("atlantis", "sample", ""), ("lcff-like", "sample", ""), ("weighted-student-funding", "nowhere", ""),
     ("weighted-student-funding", "sample", "101")],
)  # fmt: skip
def test_what_cannot_be_used_exits_with_2(template: str, file: str, school: str) -> None:
    assert 2 == run(template, file, *(("--school", school) if school else ())).exit_code


def test_a_spoilt_formula_file_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text('format = 1\nname = "ours"\n[[component]]\nkind = "lump-sum"\nname = "a"\namuont = 1\n')
    done = run(str(file), "sample")
    assert 2 == done.exit_code
    assert "ours.toml:6" in done.output


def test_cliffs_name_the_pupils_and_the_worth(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(
        'format = 1\nname = "ours"\n[[component]]\nkind = "ratio-staffing"\nname = "counselor"\nposition = "COUN"\n'
        'count = "enrollment"\npupils = 250\nrounding = "up to 1"\n'
    )
    done = run(str(file), "sample", "--school", "0102", "--cliffs")
    assert 0 == done.exit_code
    # 541 pupils ask for a third counselor, and 41 fewer would be out of the map's reach of 40.
    assert "0102  counselor" not in done.output
    wide = run(str(file), "sample", "--cliffs")
    assert "more in enrollment: +1.00 FTE" in wide.output


def test_a_print_that_differs_exits_with_1(tmp_path: Path) -> None:
    file, printed = tmp_path / "ours.toml", tmp_path / "printed.csv"
    file.write_text('format = 1\nname = "ours"\n[[component]]\nkind = "lump-sum"\nname = "a"\namount = 5\n')
    printed.write_text('school,amount,item\n0101,"$5.00",\n0102,6,\n')
    done = run(str(file), "sample", "--printed", str(printed))
    assert 1 == done.exit_code
    assert "1 of 2 printed amounts are met exactly." in done.output
    printed.write_text("code,dollars\n0101,5\n")
    assert 2 == run(str(file), "sample", "--printed", str(printed)).exit_code


def test_lines_of_a_print_that_cannot_be_compared_are_named_and_exit_with_2(tmp_path: Path) -> None:
    file, printed = tmp_path / "ours.toml", tmp_path / "printed.csv"
    file.write_text('format = 1\nname = "ours"\n[[component]]\nkind = "lump-sum"\nname = "a"\namount = 5\n')
    printed.write_text("school,amount,item\n0101,5,\n9999,5,\n0102,5,b\n0101,6,\n")
    done = run(str(file), "sample", "--printed", str(printed))
    assert 2 == done.exit_code
    assert "1 of 1 printed amounts are met exactly." in done.output
    assert "print-unknown  printed.csv:3 [9999]" in done.output
    assert "print-unknown  printed.csv:4 [0102 b]" in done.output
    assert (
        "print-twice  printed.csv:5 [0101]  School 0101 has an amount for its dollars in line 2 already." in done.output
    )
    assert "3 lines of" in done.output


def test_templates_are_listed_with_what_nobody_has_checked() -> None:
    done = run("--templates")
    assert 0 == done.exit_code
    assert "portland-like" in done.output and "unverified defaults" in done.output
    # Boston's weight for vision alone is of another year.
    assert "(1 unverified default)" in done.output


@pytest.mark.parametrize(("ending", "start"), [(".csv", b"\xef\xbb\xbfSchool,Name"), (".xlsx", b"PK")])
def test_the_arithmetic_of_every_school_is_written(tmp_path: Path, ending: str, start: bytes) -> None:
    written = tmp_path / f"trace{ending}"
    assert 0 == run("weighted-student-funding", "sample", "-o", str(written)).exit_code
    assert written.read_bytes().startswith(start)


def test_a_place_that_is_neither_csv_nor_a_workbook_exits_with_2(tmp_path: Path) -> None:
    assert 2 == run("weighted-student-funding", "sample", "-o", str(tmp_path / "trace.pdf")).exit_code
    assert 2 == run("weighted-student-funding", "sample", "-o", str(tmp_path / "none" / "trace.csv")).exit_code


def test_a_file_that_holds_its_formula_needs_no_other(tmp_path: Path) -> None:
    assert 2 == run("sample").exit_code
    assert 2 == run().exit_code
    reading = sample_reading()
    assert reading.district is not None and reading.scenario is not None
    chosen = dataclasses.replace(reading.scenario, formula=FormulaUse(template_text("weighted-student-funding")))
    for name, data in csv_files(reading.district, chosen).items():
        (tmp_path / name).write_bytes(data)
    done = run(str(tmp_path), "--school", "0101")
    assert 0 == done.exit_code
    assert "Base for every pupil: $3,444,000.00" in done.output


def test_actual_salaries_are_an_option() -> None:
    text = Path(__file__).parent / "teachers.toml"
    assert "Dollars together: $3,341,800.00" in run(str(text), "sample", "--school", "0101").output
    # The same 31 posts at what the sample's file says that they cost at this school.
    rows = [row for row in csv.DictReader(STAFFING.open(encoding="utf-8")) if row["School"] == "0101"]
    cost = next(int(row["Actual cost per FTE"]) for row in rows if row["Position"] == "TCH")
    done = run(str(text), "sample", "--school", "0101", "--salaries", "actual")
    assert f"Dollars together: ${31 * cost:,}.00" in done.output


@pytest.mark.parametrize(
    ("use", "code", "words"),
    [("target", 0, "is the target of every school: $109,563,900"), ("fixed amount", 1, "Use the formula as each school's target"),
     ("roof", 2, "")],
)  # fmt: skip
def test_a_plan_takes_a_formula_and_says_what_it_is(tmp_path: Path, use: str, code: int, words: str) -> None:
    written = tmp_path / "plan.xlsx"
    done = CliRunner().invoke(
        whole, ["plan", "sample", "-o", str(written), "--formula", "weighted-student-funding", "--formula-use", use]
    )
    assert code == done.exit_code
    assert words in done.output
    assert written.exists() is (code == 0)


def test_a_component_that_stands_there_twice_hides_no_count_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    lump = '[[component]]\nkind = "lump-sum"\nname = "a"\namount = 1\n'
    file.write_text(
        f'format = 1\nname = "ours"\n{lump}{lump}[[component]]\nkind = "per-pupil"\nname = "b"\ncount = "martians"\namount = 1\n'
    )
    done = run(str(file), "sample")
    assert 2 == done.exit_code
    assert "ours.toml:9" in done.output
    assert "ours.toml:14" in done.output
    assert "2 errors: this formula cannot be used." in done.output


def test_a_count_that_is_not_there_is_told_with_the_files_name_and_line(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(
        'format = 1\nname = "ours"\n[[component]]\nkind = "per-pupil"\nname = "b"\ncount = "martians"\namount = 1\n'
    )
    planned = CliRunner().invoke(whole, ["plan", "sample", "-o", str(tmp_path / "p.xlsx"), "--formula", str(file)])
    for done in (run(str(file), "sample"), planned):
        assert 2 == done.exit_code
        assert "count-unknown  ours.toml:6 [martians]" in done.output
        assert "1 error: this formula does not fit this file." in done.output


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--formula-use", "fixed"], "There is no formula that could be fixed."),
        (["--formula", "weighted-student-funding", "--formula-use", "cap"], "Choose one of: target, floor, fixed."),
    ],
)
def test_a_use_that_cannot_be_is_refused_before_anything_is_planned(options, told, tmp_path: Path) -> None:
    written = tmp_path / "p.xlsx"
    done = CliRunner().invoke(whole, ["plan", "sample", "-o", str(written), *options])
    assert 2 == done.exit_code
    assert told in done.output
    assert not written.exists()
