"""The audit on the command line."""

from __future__ import annotations

import csv

import pytest
from typer.testing import CliRunner

from equity_alloc.cli import app


def run(*words):
    return CliRunner().invoke(app, ["audit", *map(str, words)])


def test_the_sample_is_audited_with_what_the_plan_does(tmp_path):
    table = tmp_path / "gaps.csv"
    made = run("sample", "--plan", "--most", 1, "-o", table)
    assert 0 == made.exit_code
    assert "Takes an advanced course" in made.output or "Identified as gifted" in made.output
    assert "In the proposal" in made.output
    rows = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert {"resources", "access", "outcomes"} == {row["Area"] for row in rows}
    few = [row for row in rows if row["Certainty"] == "too few to say"]
    assert few and all("" == row["Group"] == row["Difference"] == row["Ratio"] for row in few)


def test_a_district_without_counts_is_told_what_to_add():
    made = run("data/tiny_district")
    assert 0 == made.exit_code
    assert "Add the sheets Indicators and Outcomes" in made.output


def test_what_cannot_be_read_is_unusable(tmp_path):
    assert 2 == run(tmp_path / "none.xlsx").exit_code


def test_causes_thresholds_and_drivers_are_told_on_request():
    run = CliRunner().invoke
    told = run(app, ["audit", "sample", "--causes", "english-learners", "--thresholds", "--drivers"])
    assert 0 == told.exit_code, told.output
    for words in (
        "English learners, compared with everybody else",
        "does most: -$",
        "schools close",
        "drive nothing",
        "Title III",
    ):
        assert words in told.output
    unknown = run(app, ["audit", "sample", "--causes", "nobody"])
    assert 2 == unknown.exit_code
    assert "There is no student group with code nobody" in unknown.output


def test_without_a_plan_causes_end_with_the_same_code_as_the_plan(monkeypatch):
    monkeypatch.setattr("equity_alloc.cli_audit.gap_causes", lambda *_: ())
    made = run("sample", "--causes", "english-learners")
    assert 1 == made.exit_code
    assert "There is no plan under these rules" in made.output


@pytest.mark.parametrize("beside", [("--by", "size"), ("--most", "2"), ("--plan",), ("-o", "gaps.csv")])
@pytest.mark.parametrize("instead", [("--causes", "english-learners"), ("--thresholds",), ("--drivers",)])
def test_an_option_of_the_list_of_gaps_is_refused_where_no_gaps_are_listed(tmp_path, monkeypatch, instead, beside):
    monkeypatch.chdir(tmp_path)
    told = run("sample", *instead, *beside)
    assert told.exit_code == 2
    assert f"{beside[0]} is about the list of gaps, and {instead[0]} tells something else" in told.stderr
    assert not list(tmp_path.iterdir())
