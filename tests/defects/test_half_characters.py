"""Half a character, which JSON lets stand alone, is told at the door with its place; no digest and no file could hold it."""

from __future__ import annotations

import json

import pytest

from equity_alloc.decisions.chain import added, chain_bytes, read_chain
from equity_alloc.domain.errors import StoredFormat
from equity_alloc.domain.record import refuse_halves
from equity_alloc.reports.run_record import read_record
from equity_alloc.scenario import Scenario, scenario_from_plain
from equity_alloc.sources.mapped.open_tables import open_tables
from tests.command_line import run

HALF = "Caf\ud83d"


def test_a_scenario_is_refused_with_the_place_of_the_text(tmp_path):
    plain = Scenario().plain | {"note": f"Read by {HALF}"}
    with pytest.raises(StoredFormat, match=r"^scenario\.note holds half a character \(U\+D83D, character 12\)"):
        scenario_from_plain(plain)
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps(plain), encoding="utf-8")
    done = run("plan", "sample", "--scenario", file, "-o", tmp_path / "plan.xlsx")
    assert 2 == done.returncode
    assert f"{file}: scenario.note holds half a character" in done.stderr


def test_whole_characters_beyond_the_first_plane_are_read(tmp_path):
    """JSON writes an emoji as two halves that belong together."""
    text = json.dumps(Scenario().plain | {"note": "\U0001f3eb"})
    assert "\\ud83c\\udfeb" in text
    scenario = scenario_from_plain(json.loads(text))
    assert 64 == len(scenario.digest)


def test_so_are_a_run_record_a_file_of_decisions_and_a_list_of_records():
    record = {"format": 1, "workbook_sha256": "", "unfinished": ["no hearing", HALF]}
    with pytest.raises(StoredFormat, match=r"record\.unfinished\[1\] holds half a character"):
        read_record(json.dumps(record).encode())
    chain = chain_bytes(
        added((), "decision", {"title": "Plan A"}, "2026-11-27T15:00:00+00:00", district="Larkspur"), "L"
    )
    with pytest.raises(StoredFormat, match=r"records\[0\]\.content\.title holds half a character"):
        read_chain(chain.replace(b"Plan A", b"Plan \\ud83d"))
    finding = open_tables("schools.json", b'[{"school": "Lincoln"}, {"school": "Caf\\ud83d"}]')
    assert "record[1].school holds half a character (U+D83D, character 4)" in finding.what


def test_text_that_is_nested_more_deeply_than_calls_can_be_is_looked_at_as_well():
    """Newer Pythons read JSON that is nested thousands of times; looking at it must not end in a traceback."""
    deep: list[object] = [HALF]
    for _ in range(5_000):
        deep = [deep]
    with pytest.raises(StoredFormat, match="holds half a character"):
        refuse_halves(deep, "record")
