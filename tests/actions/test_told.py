"""Chosen interventions as they leave: command line, document and workbook tell the same, from the gap to the stop rule."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from equity_alloc.actions.choose import choose
from equity_alloc.actions.trace import PARTS_OF_TRACE, traces
from equity_alloc.cli import app
from equity_alloc.domain.ingredients import Ingredients
from equity_alloc.planning.search import plan
from equity_alloc.reports.action_rows import action_sections, catalog_rows, trace_rows
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.documents.interventions import DOCUMENT
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.sources.sample import sample_reading
from equity_alloc.sources.tables import ACTED, REASONED
from tests.reports.test_papers import pdf_pages

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sample():
    reading = sample_reading()
    return reading.district, reading.scenario, choose(reading.district, reading.scenario)


def test_every_dollar_of_the_sample_is_traced_from_gap_to_stop_rule(sample):
    district, _, found = sample
    told = traces(district, found)
    assert found.choice.spent == sum(trace.cost for trace in told)
    for trace in told:
        assert all(getattr(trace, part).strip() for part, _ in PARTS_OF_TRACE)
        assert trace.cause.status.value in trace.why
        assert "Decide on" in trace.stop
        assert 2 <= len(trace.places) <= 6


def test_the_sample_spends_within_each_line_and_shows_every_way_a_cause_opens_nothing(sample):
    district, _, found = sample
    for pot in found.menu.pots:
        assert found.choice.spent_in(pot.money.fund) <= district.central_of(pot.money.fund, pot.money.line)
    assert 0 == found.choice.spent_in("GRANT"), "one-time money without an exit plan buys nothing that recurs"
    closed = {each.cause.code: each.words for each in found.menu.standings if not each.opens}
    assert ["K5", "K6", "K7"] == sorted(closed)
    assert "audit only" in closed["K5"] and "the rule" in closed["K6"] and "suspected" in closed["K7"]


def test_the_money_part_says_what_the_cost_of_a_unit_is_made_of(sample):
    district, scenario, _ = sample
    own = tuple(
        dataclasses.replace(each, ingredients=Ingredients(150_000, 25_000, 0, 15_000))
        if each.code == "tutor_hd"
        else each
        for each in scenario.actions.own
    )
    made = dataclasses.replace(scenario, actions=dataclasses.replace(scenario.actions, own=own))
    [tutoring] = [each for each in traces(district, choose(district, made)) if each.intervention.code == "tutor_hd"]
    says = "$1,900 a unit, the district's own cost: salaries $1,500, materials $250, space $0, transport $150."
    assert tutoring.money.endswith(says)


def test_actions_leave_the_plan_as_it_is(sample):
    district, scenario, _ = sample
    without = dataclasses.replace(scenario, actions=type(scenario.actions)())
    assert plan(district, scenario).allocation == plan(district, without).allocation


def test_the_command_prints_gap_cause_action_money_measure_and_stop_and_writes_the_table(tmp_path):
    result = CliRunner().invoke(app, ["interventions", "sample", "-o", str(tmp_path / "out.csv")])
    assert 0 == result.exit_code, result.output
    for words in (
        "Gap: ",
        "Cause: ",
        "Action: ",
        "Money: ",
        "Measure: ",
        "Stop: ",
        "Not chosen",
        "Certificate",
        "Harm: ",
    ):
        assert words in result.output
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"))))
    assert {"Cause code", "Cause", "Dollars", "Stop"} <= set(rows[0])
    assert "BROKEN" not in result.output


#: Letters to the families of one school, and the fund that pays them.
PAID = r"4000\.00,(\w+) 4000\.00"


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    path = tmp_path_factory.mktemp("table") / "chosen.csv"
    assert 0 == CliRunner().invoke(app, ["interventions", "sample", "-o", str(path)]).exit_code
    return path


def test_the_table_is_checked_again_as_it_left(table):
    result = CliRunner().invoke(app, ["interventions", "sample", "--check", str(table)])
    assert 0 == result.exit_code, result.output
    assert 11 == result.output.count("kept"), "a table of purchases counts no gain that could be checked"
    assert "What pupils gain" not in result.output


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        (PAID, r"4000.01,\1 4000.01", 1, "BROKEN  Every price"),
        (PAID, "4000.00,GRANT 4000.00", 1, "BROKEN  No one-time money"),
        (PAID, "4000.00,OURS 4000.00", 1, "There is no fund OURS"),
        (PAID, r"4000.00,\1 3000.00", 2, "add up to 3000.00"),
        ("K2,nudge", "K5,nudge", 1, "BROKEN  A named cause"),
        ("K2,nudge", "K2,wish", 1, "wish for cause K2"),
        ("Cause code,", "Reason,", 2, "no column Cause code"),
    ],
)
def test_what_somebody_changes_in_the_table_is_found(table, tmp_path, old, new, code, said):
    text = table.read_text(encoding="utf-8-sig")
    changed, count = re.subn(old, new, text, count=1)
    assert 1 == count
    (tmp_path / "changed.csv").write_text(changed, encoding="utf-8")
    result = CliRunner().invoke(app, ["interventions", "sample", "--check", str(tmp_path / "changed.csv")])
    assert code == result.exit_code
    assert said in result.output


def test_a_check_writes_no_table_and_says_so(table, tmp_path):
    command = ["interventions", "sample", "--check", str(table)]
    for more in (["-o", str(tmp_path / "more.csv")], ["--catalog"]):
        refused = CliRunner().invoke(app, [*command, *more])
        assert 2 == refused.exit_code and "reads a table and writes none" in refused.output
    assert [] == list(tmp_path.iterdir())


def test_the_command_lists_the_catalog_with_marks_and_says_what_it_cannot_read(tmp_path):
    listed = CliRunner().invoke(app, ["interventions", "sample", "--catalog"])
    assert 0 == listed.exit_code
    assert 19 == len(listed.output.strip().splitlines())
    assert "unverified" in listed.output
    missing = CliRunner().invoke(app, ["interventions", str(tmp_path / "nowhere.xlsx")])
    assert 2 == missing.exit_code


def test_a_district_without_causes_is_told_so():
    result = CliRunner().invoke(app, ["interventions", "data/tiny_district"])
    assert 0 == result.exit_code
    assert "No cause is named, so no money follows." in result.output


def test_the_document_holds_every_trace_and_the_harm_warning(sample):
    district, scenario, found = sample
    sections = action_sections(district, found)
    words = " ".join(" ".join(s.sentences) + " ".join(map(" ".join, s.table.rows if s.table else ())) for s in sections)
    for trace in traces(district, found):
        assert trace.stop in words and trace.evidence in words
    assert "Scores in middle schools got worse." in words
    told = " ".join(" ".join(pdf_pages(DOCUMENT.write(Dossier(plan(district, scenario))))).split())
    assert "Scores in middle schools got worse." in told and "Harm: never chosen at middle schools." in told
    assert not DOCUMENT.is_public, "gaps name small counts"


def test_the_workbook_shows_the_same_rows(sample):
    district, scenario, found = sample
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(plan(district, scenario))), data_only=True)
    sheet = book[ACTED]
    shown = {tuple(str(cell.value or "") for cell in row[:4]) for row in sheet.iter_rows()}
    _, rows = trace_rows(traces(district, found))
    assert {row[:4] for row in rows} <= shown
    reasons = {(row[1].value, row[3].value, row[4].value) for row in book[REASONED].iter_rows()}
    for trace in traces(district, found):
        stop = trace.stop.replace("2027-06-15", "June 15, 2027").replace("2027-05-20", "May 20, 2027")  # days in words
        assert {(trace.intervention.code, "Gap", trace.gap), (trace.intervention.code, "Stop", stop)} <= reasons
    assert {"Causes", "Interventions", "Action money"} <= set(book.sheetnames)


def test_the_catalog_marks_what_nobody_has_checked(sample):
    headings, rows = catalog_rows(sample[1].actions)
    source = headings.index("Source")
    unverified = [row[0] for row in rows if "unverified" in row[source]]
    assert {"comm_school", "tutor_hd", "counselor"} <= set(unverified)
    assert "ace" not in unverified


def test_the_auditor_runs_where_no_solver_can_be_imported():
    code = (
        "import sys; sys.modules['pulp'] = sys.modules['highspy'] = None; "
        "import equity_alloc.actions.certify, equity_alloc.actions.menu; print('fine')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "fine" == done.stdout.strip(), done.stderr


@pytest.mark.parametrize("beside", [("--effect", "middle"), ("--no-limits",)])
def test_the_catalog_refuses_what_only_a_choice_could_heed(beside):
    result = CliRunner().invoke(app, ["interventions", "sample", "--catalog", *beside])
    assert result.exit_code == 2
    assert "--catalog chooses nothing" in result.stderr
