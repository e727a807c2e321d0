"""The command that names conflicts keeps the promises of the command line: exit codes, and ways out that work."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from pathlib import Path

from equity_alloc.rules.protected_schools import ProtectedSchools
from equity_alloc.scenario import Scenario
from equity_alloc.sources.sample import sample_reading
from tests.command_line import run


def with_promise(share: str) -> Scenario:
    """Return the sample's choices and one promise more, for its first two schools."""
    reading = sample_reading()
    assert reading.district is not None and reading.scenario is not None
    schools = tuple(school.code for school in reading.district.schools[:2])
    promise = ProtectedSchools(schools, Decimal(share))
    return dataclasses.replace(reading.scenario, rules=(*reading.scenario.rules, promise))


def test_conflicts_are_named_with_what_can_be_kept_and_the_ways_out(tmp_path: Path) -> None:
    """The promise of 120 percent stands against the ceiling of 108 percent, rule 6; 108 is where both can be."""
    file = tmp_path / "scenario.json"
    file.write_text(with_promise("1.2").json, encoding="utf-8")
    done = run("conflicts", "sample", "--scenario", file)
    assert 1 == done.returncode, done.stderr
    assert "1. rule 36, Protected schools" in done.stdout
    assert "; rule 6, No school gains more" in done.stdout
    assert "     This set would be settled so: Rule 36. Protected schools" in done.stdout
    assert "     This set would be settled so: Rule 6. No school gains more" in done.stdout
    assert "gives up rule 36; keeps 31 of 32 rules, in whole steps of posts" in done.stdout
    assert "set share of last year to 108 % (now 120 %)" in done.stdout
    assert "Planned and certified: 36 of 36 rules kept" in done.stdout
    assert "These are all there are" in done.stdout


def test_rules_that_can_be_kept_together_end_with_zero() -> None:
    done = run("conflicts", "sample")
    assert 0 == done.returncode, done.stderr
    assert "All 31 rules up for choice can be kept together." in done.stdout


def test_a_search_with_a_small_limit_says_that_more_may_exist(tmp_path: Path) -> None:
    file = tmp_path / "scenario.json"
    file.write_text(with_promise("1.2").json, encoding="utf-8")
    done = run("conflicts", "sample", "--scenario", file, "--most-questions", "5")
    assert 1 == done.returncode
    assert "More may exist: the search stopped after its limit (5 combinations of rules were tested)." in done.stdout


def test_a_file_that_is_not_there_is_unusable(tmp_path: Path) -> None:
    done = run("conflicts", tmp_path / "none.xlsx")
    assert 2 == done.returncode
    assert "Traceback" not in done.stderr
