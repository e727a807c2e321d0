"""A run record and its input make the same plan again, byte for byte; anything else is told apart."""

from __future__ import annotations

import json
import platform
import re
import shutil
from pathlib import Path

import pytest

from tests.command_line import run
from tests.small_workbook import good_rows, put, workbook_bytes

FUND = "7000000"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    done = run("export", "sample", "--to", "workbook,run-record", "-o", folder, "--unfinished", "No hearing yet.")
    assert 0 == done.returncode, done.stderr
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run record of the small district, whose plan takes no time."""
    folder = tmp_path_factory.mktemp("small")
    done = run("export", "data/tiny_district", "--to", "run-record", "-o", folder)
    assert 0 == done.returncode, done.stderr
    return only(folder, ".json")


def only(folder: Path, ending: str) -> Path:
    [path] = folder.glob(f"*{ending}")
    return path


def test_the_record_makes_the_same_workbook_from_the_sample_and_from_the_workbook_itself(papers, tmp_path):
    record, workbook = only(papers, ".json"), only(papers, ".xlsx")
    for source in ("sample", workbook):
        again = tmp_path / "again.xlsx"
        done = run("reproduce", record, "--input", source, "-o", again)
        assert 0 == done.returncode, done.stderr
        assert "The same plan, byte for byte" in done.stdout
        assert workbook.read_bytes() == again.read_bytes()


def test_another_input_a_changed_record_and_no_record_are_refused(papers, tmp_path):
    record = only(papers, ".json")
    done = run("reproduce", record, "--input", "data/tiny_district")
    assert 2 == done.returncode
    assert "is not the input of this record" in done.stderr
    assert "It is of Larkspur Valley School District 2026-27." in done.stderr
    assert "input  Schools: 24 rows then, 4 rows here" in done.stderr
    spoilt = tmp_path / "spoilt.xlsx"
    rows = good_rows()
    put("Schools", "D2", "many")(rows)
    spoilt.write_bytes(workbook_bytes(rows))
    done = run("reproduce", record, "--input", spoilt)
    assert (2, True) == (done.returncode, "1 error: " in done.stderr)
    data = json.loads(record.read_bytes())
    data["scenario"]["tolerance"] += 1
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(data), encoding="utf-8")
    done = run("reproduce", changed, "--input", "sample")
    assert 2 == done.returncode
    assert "was changed after the export" in done.stderr
    done = run("reproduce", only(papers, ".xlsx"), "--input", "sample")
    assert 2 == done.returncode
    assert "not a run record" in done.stderr


def test_a_record_of_other_posts_is_another_plan(papers, tmp_path):
    data = json.loads(only(papers, ".json").read_bytes())
    data["allocation_digest"] = "0" * 64
    data["versions"]["highspy"] = "0.0"
    other = tmp_path / "other.json"
    other.write_text(json.dumps(data), encoding="utf-8")
    done = run("reproduce", other, "--input", "sample")
    assert 1 == done.returncode
    assert "Another plan" in done.stderr
    assert "version  highspy: 0.0 then" in done.stderr


def test_a_changed_input_is_named_by_its_sheet_wherever_the_folder_lies(small, tmp_path):
    moved = tmp_path / "elsewhere" / "our district"
    shutil.copytree("data/tiny_district", moved)
    # A record from before it told its sheets still makes the plan.
    data = json.loads(small.read_bytes())
    del data["inputs"]
    old = tmp_path / "old.json"
    old.write_text(json.dumps(data), encoding="utf-8")
    assert 0 == run("reproduce", old, "--input", moved).returncode
    funds = (moved / "funds.csv").read_text(encoding="utf-8")
    assert FUND in funds
    (moved / "funds.csv").write_text(funds.replace(FUND, f"{FUND[:-1]}1"), encoding="utf-8")
    done = run("reproduce", small, "--input", moved)
    assert 2 == done.returncode
    assert ["input  Funds: other values in as many rows"] == [
        line for line in done.stderr.splitlines() if line.startswith("input  ")
    ]


@pytest.mark.parametrize("missing", ["record", "input"])
def test_a_file_that_is_not_there_is_named(small, tmp_path, missing):
    gone = tmp_path / "gone.xlsx"
    record, source = (gone, "sample") if missing == "record" else (small, gone)
    done = run("reproduce", record, "--input", source)
    assert 2 == done.returncode
    assert str(gone) in done.stderr
    assert "Traceback" not in done.stderr


def test_the_record_tells_neither_a_path_nor_a_machine(small):
    text = small.read_text(encoding="utf-8")
    assert str(small.parent) not in text and str(Path.cwd()) not in text
    assert platform.node() not in text or len(platform.node()) < 4
    assert not re.search(r"(?:/home/|/tmp/|/Users/|[A-Z]:\\\\)", text)
