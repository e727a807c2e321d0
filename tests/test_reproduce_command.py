"""A run record and its input make the same plan again, byte for byte; anything else is told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import run
from tests.small_workbook import good_rows, put, workbook_bytes


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    done = run("export", "sample", "--to", "workbook,run-record", "-o", folder, "--unfinished", "No hearing yet.")
    assert 0 == done.returncode, done.stderr
    return folder


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
