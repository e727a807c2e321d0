"""The command fall keeps the promises of the command line: exit codes, files that certify, refusals with the cell."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.reports.workbook import plan_workbook
from equity_alloc.sources.sample import sample_reading
from tests.command_line import run

#: Two elementary schools take pupils, a third loses as many.
CHANGED = {"0104": 40, "0108": 35, "0113": -60}


def adopted(folder: Path) -> Path:
    reading = sample_reading()
    assert reading.district is not None and reading.scenario is not None
    made = plan(reading.district, reading.scenario)
    assert isinstance(made, Plan)
    path = folder / "adopted.xlsx"
    path.write_bytes(plan_workbook(made))
    return path


def test_fall_writes_a_plan_that_certifies_and_the_moves(tmp_path: Path) -> None:
    book, form, counts = adopted(tmp_path), tmp_path / "form.csv", tmp_path / "counts.csv"
    done = run("fall", str(book), "--form", str(form))
    assert 0 == done.returncode, done.stderr
    rows = list(csv.reader(form.read_text(encoding="utf-8").splitlines()))
    for row in rows[1:]:
        row[3] = str(int(row[3]) + CHANGED.get(row[0], 0))
    with counts.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows)
    refused = run("fall", str(book), "--form", str(tmp_path))
    assert 2 == refused.returncode
    assert "Choose another place with --form." in refused.stderr
    new, moves = tmp_path / "new.xlsx", tmp_path / "moves.csv"
    done = run("fall", str(book), str(counts), "--reserve", "150000", "-o", str(new), "--moves", str(moves))
    assert 0 == done.returncode, done.stderr
    assert "No plan can do with fewer moves" in done.stdout
    assert "Certified without a solver" in done.stdout
    listed = list(csv.DictReader(moves.read_text(encoding="utf-8").splitlines()))
    assert {"0104", "0108"} <= {row["To code"] for row in listed}
    assert 0 == run("certify", str(new)).returncode
    nobody = run("fall", str(book), str(counts), "--reserve", "0", "--from", "none")
    assert 1 == nobody.returncode
    assert re.search(r"\$[\d,]+ more in .+ would repair the rest", nobody.stdout), nobody.stdout
    assert "No reserve is used." in nobody.stdout
    assert "$0" not in nobody.stdout.replace("Spent beyond the adopted plan: $0.00", ""), nobody.stdout
    certified = run("certify", str(new)).stdout
    assert "no plan under these rules brings the lowest school more than" in certified
    assert "Proven within" not in certified


def test_fall_refuses_what_it_cannot_use(tmp_path: Path) -> None:
    book, bad = adopted(tmp_path), tmp_path / "bad.csv"
    bad.write_text("Code,Enrollment\n0101,many\n", encoding="utf-8")
    done = run("fall", str(book), str(bad))
    assert 2 == done.returncode
    assert "bad.csv!B2" in done.stderr
    good = tmp_path / "good.csv"
    good.write_text("Code,Enrollment\n0101,574\n", encoding="utf-8")
    for words in (("--fund", "T1A", "--reserve", "5"), ("--reserve", "99000000"), ("--from", "everyone")):
        done = run("fall", str(book), str(good), *words)
        assert 2 == done.returncode, words
        assert "Traceback" not in done.stderr
    typo = run("fall", str(book), str(good), "--line", "Contingncy")
    assert 2 == typo.returncode
    assert "no money in a central line Contingncy. Its central lines with money: " in typo.stderr
    assert 2 == run("fall", str(good), str(good)).returncode
    assert 2 == run("fall", str(book)).returncode
