"""The commands that explain keep the promises of the command line: exit codes, and amounts that add up."""

from __future__ import annotations

import json
import re
from pathlib import Path

from equity_alloc.sources.sample import sample_reading
from tests.command_line import run


def cents(text: str) -> int:
    return int(text.replace("$", "").replace(",", "").replace(".", ""))


def test_explain_says_for_every_school_why() -> None:
    done = run("explain", "sample")
    assert 0 == done.returncode, done.stderr
    money, *schools = done.stdout.splitlines()
    assert money.startswith("Schools have $2,175,533 more than last year's posts and lines")
    assert 24 == len(schools)
    assert all(re.match(r"\d{4}  .* (gains|gives up|keeps) ", line) for line in schools)


def test_explain_against_another_school_prints_parts_that_add_up() -> None:
    done = run("explain", "sample", "--school", "0101", "--against", "0401")
    assert 0 == done.returncode, done.stderr
    *parts, total = [cents(found) for found in re.findall(r"^ +(-?\$[\d,]+\.\d\d)  ", done.stdout, re.MULTILINE)]
    assert len(parts) >= 3
    # Each is printed to its nearest cent.
    assert abs(sum(parts) - total) <= len(parts)


def test_explain_refuses_what_cannot_be_asked(tmp_path: Path) -> None:
    # What would be ignored is refused, so nobody takes an answer about all schools for one about theirs.
    ignored = (
        ("--prices", "--causes"),
        ("--prices", "--school", "0101"),
        ("--causes", "--per-pupil"),
        ("--school", "0101", "--per-pupil"),
        ("--school", "0101", "--against", "0102", "--lines"),
    )
    for words in (("--school", "zz"), ("--against", "0101"), ("--school", "0101", "--against", "0101"), *ignored):
        done = run("explain", "sample", *words)
        assert 2 == done.returncode
        assert "" == done.stdout
        assert "Traceback" not in done.stderr


def test_explain_without_a_plan_says_why_there_is_none(tmp_path: Path) -> None:
    scenario = sample_reading().scenario
    assert scenario is not None
    data = json.loads(scenario.json)
    for rule in data["rules"]:
        if rule["code"] == "hold-harmless":
            rule["settings"]["share"] = "1.5"
    chosen = tmp_path / "scenario.json"
    chosen.write_text(json.dumps(data), encoding="utf-8")
    done = run("explain", "sample", "--scenario", chosen)
    assert 1 == done.returncode
    assert "cannot all hold" in done.stderr.lower()
    assert "" == done.stdout


def test_explain_prices_money_and_rules() -> None:
    done = run("explain", "sample", "--prices")
    assert 0 == done.returncode, done.stderr
    general = next(line for line in done.stdout.splitlines() if line.startswith("Any of General fund"))
    # By hand: 13 schools with 9,746.55 weighted pupils share $10,000.
    assert "$10,000 more raises 13 schools" in general
    assert "by $1.03 per weighted pupil" in general
    assert "Rule 5 (Every school keeps at least 97 %" in done.stdout


def test_explain_causes_prints_shares_that_add_up_to_the_cent() -> None:
    done = run("explain", "sample", "--causes")
    assert 0 == done.returncode, done.stderr
    rows = [line for line in done.stdout.splitlines() if re.match(r" +[+-]\$", line)]
    *shares, total = [cents(line.split()[0].replace("+", "")) for line in rows]
    assert len(shares) >= 2
    assert sum(shares) == total
    without, with_all = (cents(found) for found in re.findall(r"\$[\d,]+\.\d\d", done.stdout)[:2])
    assert with_all - without == total


def test_explain_says_of_every_position_and_line_what_holds_it() -> None:
    done = run("explain", "sample", "--school", "0105", "--lines")
    assert 0 == done.returncode, done.stderr
    assert "Psychologist: 0.30 FTE last year, 1.30 FTE in the proposal" in done.stdout
    assert "at the most that is allowed by rule 10" in done.stdout
    assert "    Rule 10: " in done.stdout
    assert 2 == run("explain", "sample", "--lines").returncode


def test_one_more_post_is_priced_and_what_others_give_is_its_price() -> None:
    """A counselor of the sample costs $111,500 (data/sample_district/posts.py); on top others give up just that."""
    done = run("explain", "sample", "--school", "0105", "--one-more", "COUN", "--by", "1")
    assert 0 == done.returncode, done.stderr
    assert "costs $111,500 in 2026-27" in done.stdout
    on_top = done.stdout.split("On top:")[1].split("In its place:")[0]
    given = [-cents(found) for found in re.findall(r"^ +(-\$[\d,]+)  ", on_top, re.MULTILINE)]
    # Each is printed to its nearest dollar.
    assert abs(sum(given) - 111_500) <= len(given)
    assert "State bilingual education: no: it may not pay for Counselor" in done.stdout


def test_one_more_refuses_what_it_cannot_answer() -> None:
    for asked, words in (
        (("--one-more", "COUN"), "needs --school"),
        (("--school", "0105", "--by", "1"), "needs --one-more"),
        (("--school", "0105", "--one-more", "COUNSELOR"), "COUN (Counselor)"),
        (("--school", "0105", "--one-more", "COUN", "--by", "0.3"), "steps of 0.20 FTE"),
        (("--school", "0105", "--one-more", "COUN", "--lines"), "leave out --lines"),
    ):
        done = run("explain", "sample", *asked)
        assert 2 == done.returncode and words in done.stderr, asked
