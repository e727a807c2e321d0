"""The command that traces lines keeps the promises of the command line, and what it writes is what it says."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import openpyxl

from tests.command_line import run


def test_the_line_against_moves_is_written_with_its_corners_and_plans(tmp_path: Path) -> None:
    place = tmp_path / "line.csv"
    done = run("frontier", "sample", "--points", "4", "-o", place)
    assert 0 == done.returncode, done.stderr
    rows = list(csv.DictReader(place.read_text(encoding="utf-8").splitlines()))
    corners = [row for row in rows if row["What"].startswith("Best possible")]
    plans = [row for row in rows if row["What"] == "Certified plan"]
    assert 4 == len(plans) == len(re.findall(r"^ +[\d.]+ FTE  lowest level", done.stdout, re.MULTILINE))
    for a, b in pairwise(corners):
        moved = Decimal(b["FTE added or given up"]) - Decimal(a["FTE added or given up"])
        rise = Decimal(b["Level"]) - Decimal(a["Level"])
        assert abs(rise / moved - Decimal(a["One more unit buys"])) < Decimal("0.01")
    for plan in plans:
        assert Decimal(plan["Level"]) <= Decimal(plan["No plan above"])
        assert 64 == len(plan["Fingerprint of the posts and dollars"])


def test_the_line_against_cost_is_written_as_a_workbook(tmp_path: Path) -> None:
    place = tmp_path / "line.xlsx"
    done = run("frontier", "sample", "--against", "cost", "--points", "2", "-o", place)
    assert 0 == done.returncode, done.stderr
    sheet = openpyxl.load_workbook(place)["Frontier"]
    assert "Dollars at schools" == sheet["C3"].value
    assert isinstance(sheet["C4"].value, int | float)


def test_an_ending_that_cannot_be_written_and_a_file_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    assert 2 == run("frontier", "sample", "-o", tmp_path / "line.pdf").returncode
    assert 2 == run("frontier", tmp_path / "missing.xlsx").returncode
