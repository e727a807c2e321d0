"""Commitments on the four-school district that can be checked on paper, and on the sample."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from equity_alloc.cli import app
from equity_alloc.commitment import Commitment, Drop
from equity_alloc.commitments.changes import bound, released, with_drop, with_test_setting, without_commitment
from equity_alloc.commitments.scoreboard import scoreboard
from equity_alloc.commitments.standing import State, drop_words, open_business
from equity_alloc.domain.errors import InvalidValue, StoredFormat
from equity_alloc.domain.shipped import DATA
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.reports.draft import draft_reasons
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.scenario import Scenario, scenario_from_plain
from equity_alloc.sources.csv_folder import read_csv_folder
from equity_alloc.sources.open_file import read_path
from equity_alloc.sources.sample import sample_reading
from equity_alloc.sources.write_csv import csv_files

WORDS = ("Every school has a teacher for ten pupils.", "Board", "2025-06-10")
DROP = Drop("Board", "5 to 2", "2026-04-14", "The levy failed.", "none stated", "2027-04-01", "none found")


@pytest.fixture(scope="module")
def tiny():
    return read_path(DATA / "tiny_district")


def teacher(tiny):
    return tiny.district.positions[0].code


def promise(tiny, ratio: str, **words) -> Commitment:
    """So many pupils for each full-time post of the first position."""
    test = StaffingLeast(position=teacher(tiny), pupils_per_fte=Decimal(ratio))
    return Commitment("C1", *WORDS, test=test, **words)


def made(tiny, *commitments: Commitment, scenario: Scenario | None = None) -> Plan:
    result = plan(tiny.district, dataclasses.replace(scenario or tiny.scenario, commitments=commitments))
    assert isinstance(result, Plan)
    return result


def standings(found: Plan):
    return scoreboard(found.district, found.scenario, found.allocation)


def test_what_no_school_can_miss_is_kept_and_what_none_can_reach_is_broken(tiny):
    [easy] = standings(made(tiny, promise(tiny, "1000")))
    [hard] = standings(made(tiny, promise(tiny, "1")))
    assert easy.state.is_kept
    assert State.BROKEN is hard.state
    for school in tiny.district.schools:
        posts = made(tiny, promise(tiny, "1")).allocation.fte_of.get((school.code, teacher(tiny)), 0)
        assert posts < 100 * school.enrollment
    assert len(tiny.district.schools) == len(hard.report.breaches)


def test_a_commitment_that_does_not_bind_changes_no_plan(tiny):
    assert made(tiny).allocation == made(tiny, promise(tiny, "1")).allocation


@pytest.mark.parametrize("ratio", ["13.3", "12.7", "12.1"])
def test_one_that_binds_is_kept_by_the_plan(tiny, ratio):
    free = promise(tiny, ratio)
    assert State.BROKEN is standings(made(tiny, free))[0].state
    held = plan(tiny.district, bound(dataclasses.replace(tiny.scenario, commitments=(free,)), "C1"))
    assert isinstance(held, Plan)
    [standing] = standings(held)
    assert standing.state.is_kept and standing.is_bound
    for school in tiny.district.schools:
        assert held.allocation.fte_of[school.code, teacher(tiny)] * Decimal(ratio) >= 100 * school.enrollment


def test_broken_without_a_decision_is_open_business_and_the_plan_leaves_as_a_draft(tiny):
    broken = made(tiny, promise(tiny, "1"))
    [sentence] = open_business(standings(broken))
    assert "C1 is broken, and nobody has decided to drop it" in sentence
    [reason] = [each for each in draft_reasons(broken) if "C1" in each]
    assert "nobody has decided to drop it" in reason


def test_with_a_decision_it_is_dropped_and_says_by_whom_and_why(tiny):
    dropped = made(tiny, promise(tiny, "1", drop=DROP))
    [standing] = standings(dropped)
    assert State.DROPPED is standing.state
    assert () == open_business(standings(dropped))
    assert not any("C1" in reason for reason in draft_reasons(dropped))
    said = drop_words(standing.commitment)
    assert all(
        word in said
        for word in ("Board", "5 to 2", "2026-04-14", "The levy failed.", "none stated", "2027-04-01", "none found")
    )


def test_reason_and_dissent_end_as_sentences_however_they_were_typed(tiny):
    drop = dataclasses.replace(DROP, reason="The levy failed", dissent="none stated")
    assert (
        "Commitment C1 was dropped by Board (5 to 2) on 2026-04-14. Reason: The levy failed. Dissent: none stated. "
        "Cheapest way to keep it that was looked at: none found. It is looked at again on 2027-04-01."
        == drop_words(promise(tiny, "1", drop=drop))
    )
    assert "failed. Dissent" in drop_words(promise(tiny, "1", drop=DROP))


def test_a_promise_that_shares_its_test_still_binds_when_the_other_leaves_the_list(tiny):
    first = promise(tiny, "1000")
    twins = (first, dataclasses.replace(first, code="C2"))
    scenario = bound(dataclasses.replace(tiny.scenario, commitments=twins), "C1")
    left = without_commitment(scenario, "C1")
    assert scenario.rules == left.rules
    assert tiny.scenario == without_commitment(left, "C2")


def test_without_a_test_it_counts_as_not_testable_and_never_as_kept(tiny):
    [standing] = standings(made(tiny, Commitment("C9", *WORDS)))
    assert State.NOT_TESTABLE is standing.state
    assert not standing.state.is_kept


def test_a_test_that_the_district_cannot_answer_is_not_testable(tiny):
    unknown = Commitment("C1", *WORDS, test=StaffingLeast(position="NOBODY", pupils_per_fte=Decimal(10)))
    [standing] = standings(made(tiny, unknown))
    assert State.NOT_TESTABLE is standing.state


def test_an_edited_test_is_tested_again_and_binds_where_the_old_one_did(tiny):
    scenario = bound(dataclasses.replace(tiny.scenario, commitments=(promise(tiny, "1000"),)), "C1")
    edited = with_test_setting(scenario, "C1", "pupils_per_fte", Decimal(900))
    assert edited.commitments[0].test in edited.rules
    assert scenario.commitments[0].test not in edited.rules
    assert released(edited, "C1").rules == tiny.scenario.rules
    assert without_commitment(edited, "C1") == tiny.scenario


def test_binding_takes_the_decision_to_drop_back(tiny):
    scenario = dataclasses.replace(tiny.scenario, commitments=(promise(tiny, "1000", drop=DROP),))
    assert bound(scenario, "C1").commitments[0].drop is None
    assert with_drop(scenario, "C1", None).rules == scenario.rules


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("who", " ", "Decided by is blank"),
        ("reason", "", "Reason is blank"),
        ("dissent", "", "Write 'none stated'"),
        ("day", "14 April", "year first"),
        ("review", "2026-04-14", "comes after the decision"),
        ("considered", " ", "Write 'none found'"),
    ],
)
def test_no_blank_is_allowed_where_a_promise_is_dropped(field, value, said):
    with pytest.raises(InvalidValue, match=said):
        dataclasses.replace(DROP, **{field: value})


def test_sixty_words_are_a_clause_and_sixty_one_are_two():
    assert Commitment("C1", "word " * 60, *WORDS[1:])
    with pytest.raises(InvalidValue, match="61 words"):
        Commitment("C1", "word " * 61, *WORDS[1:])


def test_it_goes_through_json_and_files_unchanged(tiny):
    promised = (
        promise(tiny, "12", drop=DROP, resolution="25-06", owner="Chief"),
        Commitment("C2", *WORDS, test=HoldHarmless(share=Decimal("0.97"))),
        Commitment("C3", *WORDS),
    )
    scenario = dataclasses.replace(tiny.scenario, commitments=promised)
    assert scenario == scenario_from_plain(scenario.plain)
    again = read_csv_folder(csv_files(tiny.district, scenario))
    assert () == again.errors
    assert promised == again.scenario.commitments


def test_without_commitments_a_scenario_keeps_its_identity(tiny):
    assert "commitments" not in tiny.scenario.plain


def test_a_commitment_that_cannot_be_read_is_refused(tiny):
    plain = dataclasses.replace(tiny.scenario, commitments=(promise(tiny, "12"),)).plain
    plain["commitments"][0]["colour"] = "red"
    with pytest.raises(StoredFormat, match="colour"):
        scenario_from_plain(plain)


HEADINGS = "Code,Clause,Adopted by,Adopted on,Dropped by,Role,Dropped on,Reason,Dissent,Looked at again on\n"


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("C1,Words,Board,spring,,,,,,", "commitments.csv!A2"),
        ("C1,Words,Board,2025-06-10,Board,,,,,", "commitments.csv!A2"),
        ("C1,Words,Board,2025-06-10,,,,,,\nC1,Words,Board,2025-06-10,,,,,,", "commitments.csv!A3"),
        (",Words,Board,2025-06-10,,,,,,", "commitments.csv!A2"),
    ],
)
def test_a_row_that_cannot_be_is_told_by_its_cell(row, where):
    files = {path.name: path.read_bytes() for path in (DATA / "tiny_district").glob("*.csv")}
    reading = read_csv_folder(files | {"commitments.csv": (HEADINGS + row + "\n").encode()})
    assert [where] == [error.where for error in reading.errors]


def test_a_test_of_no_commitment_is_told():
    files = {path.name: path.read_bytes() for path in (DATA / "tiny_district").glob("*.csv")}
    files["commitments.csv"] = (HEADINGS + "C1,Words,Board,2025-06-10,,,,,,\n").encode()
    files["commitment_tests.csv"] = b"Commitment,Rule,Setting,Value\nC2,hold-harmless,Share of last year,0.9\n"
    [error] = read_csv_folder(files).errors
    assert "commitment_tests.csv!A2" == error.where


def test_the_sample_holds_every_kind_and_nothing_undecided():
    reading = sample_reading()
    states = [each.state for each in standings(plan(reading.district, reading.scenario))]
    assert [True, True, False, False, True, False] == [state.is_kept for state in states]
    assert [State.DROPPED, State.NOT_TESTABLE, State.KEPT, State.NOT_DUE] == states[2:]


def test_the_command_says_how_each_stands():
    shown = CliRunner().invoke(app, ["commitments", "sample"])
    assert 0 == shown.exit_code
    assert "dropped by Board of Education" in shown.output
    assert "It counts as not testable, never as kept." in shown.output
