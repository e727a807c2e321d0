"""The formula command prints amounts, arithmetic and cliffs, and its exit code says how it went."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from equity_alloc.cli_formula import formula

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
    assert "unverified default" in done.output


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
