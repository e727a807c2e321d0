"""The command export writes documents into a folder and says what it wrote."""

from __future__ import annotations

import csv
import dataclasses
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from equity_alloc.decisions.book import Book
from equity_alloc.decisions.chain import chain_bytes
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports.family import all_documents
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.sources.sample import sample_reading
from equity_alloc.sources.write_csv import csv_files
from tests.command_line import run
from tests.decisions.conftest import assessment_of
from tests.reports.totals import decided_book


def test_export_lists_its_documents() -> None:
    done = run("export", "--list")
    assert 0 == done.returncode, done.stderr
    assert [document.code for document in all_documents()] == [line.split()[0] for line in done.stdout.splitlines()]


def test_export_writes_what_was_asked_for_and_marks_a_draft(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    done = run("export", "sample", "--to", "federal-worksheets", "-o", folder, "--unfinished", "No hearing yet.")
    assert 0 == done.returncode, done.stderr
    [path] = folder.iterdir()
    assert path.name.startswith("DRAFT-")
    assert path.name.endswith("-federal-worksheets-internal.xlsx")
    assert "DRAFT  No hearing yet." in done.stderr
    assert "1 of 1" in done.stdout


def test_what_the_lenses_ask_for_stands_beside_the_plan_unless_it_is_left_out(tmp_path: Path) -> None:
    for wanted, folder in (([], tmp_path / "with"), (["--no-lenses"], tmp_path / "without")):
        done = run("export", "sample", "--to", "memo", *wanted, "-o", folder)
        assert 0 == done.returncode, done.stderr
        [path] = folder.iterdir()
        text = zipfile.ZipFile(path).read("word/document.xml").decode()
        assert ("The compromise between lenses" in text) == (not wanted)


def test_beside_a_plan_that_is_decided_nothing_is_called_rejected_that_nobody_looked_at(tmp_path: Path) -> None:
    reading, chain = sample_reading(), tmp_path / "chain.json"
    plan = make_plan(reading.district, reading.scenario)
    book = decided_book(plan, plan)
    chain.write_bytes(chain_bytes(book.chain, book.district))
    done = run("export", "sample", "--to", "memo", "--decision", chain, "-o", tmp_path / "papers")
    assert 0 == done.returncode, done.stderr
    [path] = (tmp_path / "papers").iterdir()
    assert "The compromise between lenses" not in zipfile.ZipFile(path).read("word/document.xml").decode()


def test_a_dropped_promise_without_a_reason_stops_the_export_and_nothing_is_written(tmp_path: Path) -> None:
    """Acceptance 5a (2)."""
    home, out = tmp_path / "district", tmp_path / "papers"
    home.mkdir()
    reading = sample_reading()
    for name, data in csv_files(reading.district, reading.scenario).items():
        (home / name).write_bytes(data)
    path = home / "commitments.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert any(row["Reason"] for row in rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "Reason": ""} for row in rows)
    done = run("export", home, "--to", "memo", "-o", out)
    assert 2 == done.returncode
    assert "Reason is blank" in done.stderr + done.stdout
    assert not out.exists()


def test_export_refuses_an_unknown_document_and_a_place_that_is_no_folder(tmp_path: Path) -> None:
    done = run("export", "sample", "--to", "poster", "-o", tmp_path)
    assert 2 == done.returncode
    assert "There is no document called poster" in done.stderr
    taken = tmp_path / "file"
    taken.write_text("x", encoding="utf-8")
    done = run("export", "sample", "--to", "federal-worksheets", "-o", taken)
    assert 2 == done.returncode
    assert "cannot be a folder" in done.stderr


def test_blanks_on_the_line_are_no_document_and_no_open_business(tmp_path: Path) -> None:
    done = run("export", "sample", "--to", "budget-lines,", "-o", tmp_path, "--unfinished", "")
    assert 0 == done.returncode, done.stderr
    assert 1 == done.stderr.count("DRAFT")  # Nobody has assessed it.
    assert "DRAFT  No assessment of this plan is complete" in done.stderr


def assessed_chain(path: Path, *, name: str = "") -> Path:
    """Write a chain in which the sample's plan is assessed."""
    reading = sample_reading()
    plan = make_plan(reading.district, reading.scenario)
    book = Book(name or reading.district.name).with_record(assessment_of(plan), "2026-11-20T15:00:00+00:00")
    path.write_bytes(chain_bytes(book.chain, book.district))
    return path


def test_a_plan_whose_assessment_is_on_record_leaves_as_no_draft(tmp_path: Path) -> None:
    chain, folder = assessed_chain(tmp_path / "chain.json"), tmp_path / "papers"
    done = run("export", "sample", "--to", "budget-lines,decision-record", "--decision", chain, "-o", folder)
    assert 0 == done.returncode, done.stderr
    assert "DRAFT" not in done.stderr
    assert 2 == len(list(folder.iterdir()))
    assert not any(path.name.startswith("DRAFT-") for path in folder.iterdir())


def test_a_chain_that_was_changed_or_is_another_districts_is_not_exported_with(tmp_path: Path) -> None:
    chain = assessed_chain(tmp_path / "chain.json")
    chain.write_bytes(chain.read_bytes().replace(b"Ann Lee", b"Ann Leo", 1))
    done = run("export", "sample", "--to", "budget-lines", "--decision", chain, "-o", tmp_path / "papers")
    assert 2 == done.returncode
    assert "the field by does not fit the seal" in done.stderr
    other = assessed_chain(tmp_path / "other.json", name="Other")
    done = run("export", "sample", "--to", "budget-lines", "--decision", other, "-o", tmp_path / "papers")
    assert 2 == done.returncode
    assert "holds the decisions of Other" in done.stderr
    bad = tmp_path / "bad.json"
    bad.write_text("{bad")
    done = run("export", "sample", "--to", "budget-lines", "--decision", bad, "-o", tmp_path / "papers")
    assert 2 == done.returncode
    assert f"{bad}: This is not a file of decision records" in done.stderr
    assert not (tmp_path / "papers").exists()


def test_a_pattern_that_cannot_be_read_is_named_with_what_to_do(tmp_path: Path) -> None:
    done = run("export", "sample", "--accounts", tmp_path / "none.toml", "-o", tmp_path)
    assert 2 == done.returncode
    assert "none.toml cannot be read: No such file or directory. Check the path" in done.stderr
    assert "Errno" not in done.stderr


def scenario_file(path: Path, **changes: str) -> Path:
    """The sample's own choices with other need weights, as a file."""
    scenario = sample_reading().scenario
    assert scenario is not None
    weights = tuple(
        dataclasses.replace(need, weight=Decimal(changes.get(need.group.replace("-", "_"), str(need.weight))))
        for need in scenario.need_weights
    )
    path.write_text(dataclasses.replace(scenario, need_weights=weights).json, encoding="utf-8")
    return path


def test_a_second_public_set_with_other_weights_is_made_in_view_of_the_first(tmp_path: Path) -> None:
    other = scenario_file(tmp_path / "other.json", homeless="0.9")
    tables = ("export", "sample", "--to", "public-tables", "-o", tmp_path)
    first = run(*tables, "--forget-published").stderr
    assert "LEDGER" not in first
    assert "texts that people wrote leave in public papers word for word." in first
    assert "READ  Note on the plan: First proposal of this invented district" in first
    again = run(*tables, "--scenario", other, "--not-published")
    assert 0 == again.returncode, again.stderr
    assert "LEDGER  Beside 1 set of public documents made before of this district and year" in again.stderr
    assert "LEDGER" not in run(*tables).stderr
    assert "LEDGER" not in run(*tables, "--scenario", other, "--forget-published").stderr


def test_where_no_school_gives_up_there_are_no_letters_and_that_is_no_failure(tmp_path: Path) -> None:
    reading = sample_reading()
    district, scenario = reading.district, reading.scenario
    assert district is not None
    assert scenario is not None
    today = Plan(
        district, scenario, district.today, certify(district, scenario, district.today), OutcomeKind.BEST_FOUND
    )
    (tmp_path / "plan.xlsx").write_bytes(plan_workbook(today))
    done = run("export", tmp_path / "plan.xlsx", "--to", "letters", "-o", tmp_path / "papers")
    assert 0 == done.returncode, done.stderr
    assert (
        "1 of 1  Letters to schools that give up: No school gives up core money in this plan: no letters."
        in done.stdout
    )
    assert [] == list((tmp_path / "papers").iterdir())


def test_nothing_public_is_written_where_the_ledger_cannot_be_and_the_way_out_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EQUITY_ALLOC_DATABASE_URL", f"sqlite:///{tmp_path}/no/such/folder/store.sqlite3")
    asked = ("export", "sample", "--to", "decision-record,journal", "-o", tmp_path / "papers")
    done = run(*asked)
    assert 1 == done.returncode
    assert "Decision record: not made: The ledger of public documents cannot be read or written just now" in done.stderr
    assert "--not-published" in done.stderr
    [only] = (tmp_path / "papers").iterdir()
    assert only.name.endswith("-journal-internal.csv")
    assert 0 == run(*asked, "--not-published").returncode
    assert 2 == len(list((tmp_path / "papers").iterdir()))


def test_the_form_of_account_codes_is_written_once_and_taken_as_it_is(tmp_path):
    form = tmp_path / "ours.toml"
    done = run("export", "data/tiny_district", "--accounts-form", form, "--accounts", "texas")
    assert 0 == done.returncode, done.stderr
    assert "fill in the rows without a code" in done.stdout
    assert '[fund."GEN"]' in form.read_text(encoding="utf-8")
    done = run("export", "data/tiny_district", "--to", "budget-lines", "-o", tmp_path / "papers", "--accounts", form)
    assert 0 == done.returncode, done.stderr
    form.write_text(form.read_text(encoding="utf-8") + '[fund."GEM"]\nfund = "1"\n', encoding="utf-8")
    done = run("export", "data/tiny_district", "--to", "budget-lines,journal", "-o", tmp_path / "p", "--accounts", form)
    assert (1, 1) == (done.returncode, done.stderr.count('Did you mean [fund."GEN"]'))
    assert "not made: for the same reason as Budget lines in account codes" in done.stderr
    done = run("export", "data/tiny_district", "--accounts-form", form)
    assert (2, True) == (done.returncode, "is there already and may hold codes of yours" in done.stderr)
    done = run("export", "data/tiny_district", "--accounts-form", tmp_path / "x.toml", "--accounts", "mars")
    assert (2, True) == (done.returncode, "Shipped: california-sacs, nces, texas" in done.stderr)
