"""Commitments in the documents: every one with its state, a dropped one on page one, and no count of pupils in public."""

from __future__ import annotations

import dataclasses
import io
import re
from decimal import Decimal

import openpyxl
import pytest

from equity_alloc.commitment import Commitment, Drop
from equity_alloc.commitments.standing import drop_words
from equity_alloc.measures.base import Reads
from equity_alloc.planning.plan import Impossible, Plan
from equity_alloc.planning.reason_words import counts_a_group
from equity_alloc.reports.document import Dossier
from equity_alloc.rules.staffing_least import StaffingLeast
from tests.reports.read_public import written
from tests.reports.test_papers import docx_words, pdf_pages, pptx_words

STATES = {
    "C1": "kept, with no room left",
    "C2": "kept, with no room left",
    "C3": "dropped",
    "C4": "not testable",
    "C5": "kept",
    "C6": "not kept yet, and not yet due",
}


def flat(text: str) -> str:
    return " ".join(text.split())


def with_commitments(plan: Plan, *commitments: Commitment) -> Plan:
    return dataclasses.replace(plan, scenario=dataclasses.replace(plan.scenario, commitments=commitments))


def of_the_sample(plan: Plan, code: str) -> Commitment:
    return next(each for each in plan.scenario.commitments if each.code == code)


@pytest.fixture(scope="module")
def packet(dossier):
    return [flat(page) for page in pdf_pages(written(dossier, "board-packet"))]


def test_page_one_names_what_is_dropped_with_body_day_reason_and_dissent(packet):
    for words in (
        "1 commitment is dropped",
        "C3: \u201cEvery school has a nurse in the building on every school day.\u201d",
        "Adopted by Board of Education of this invented district, May 14, 2024, resolution 24-08.",
        "was dropped by Board of Education of this invented district (Board, 4 to 3) on October 13, 2026.",
        "Reason: Too few nurses applied to staff every school on every day;",
        "Dissent: Two members: a promise about health is not kept by halves.",
        "It is 7.60 FTE short at 21 schools, which touches 10,028 pupils.",
        "It is looked at again on September 14, 2027.",
    ):
        assert words in packet[0]
    assert "Cheapest way to keep it that was looked at: A nurse at every school" in " ".join(packet[2:])
    assert "What it costs" in packet[1]


def test_packet_memo_slides_and_workbook_hold_every_commitment_with_its_state(sample_plan, dossier, packet):
    book = openpyxl.load_workbook(io.BytesIO(written(dossier, "workbook")), read_only=True)
    rows = {str(row[0]): row for row in book["Commitments checked"].iter_rows(min_row=4, values_only=True)}
    assert list(STATES) == list(rows)
    assert STATES == {code: row[2] for code, row in rows.items()}
    # The sheet is internal and holds the amounts; the nurses' breach is 21 schools in the scoreboard.
    assert "21 breaches, 7.60 FTE short in all" in rows["C3"][5]
    for words in (
        " ".join(packet[2:]),
        flat(docx_words(written(dossier, "memo"))),
        flat(pptx_words(written(dossier, "slides"))),
    ):
        for commitment in sample_plan.scenario.commitments:
            # A clause runs over lines in a cell, and the lines of other cells stand between.
            assert " ".join(commitment.clause.split()[:5]) in words
        assert "1 kept; 2 kept, with no room left; 1 not kept yet, and not yet due; 1 dropped; 1 not testable." in words
        # C6 rests on counts of a small group; its state may be told, its counts may not.
        assert "of everybody else" not in words
        assert "Dissent: Two members" in words


def test_a_scenario_without_commitments_has_no_section_and_no_sheet_and_the_first_sheet_says_why(sample_plan):
    bare = Dossier(with_commitments(sample_plan))
    assert not any("Commitments" in page for page in pdf_pages(written(bare, "board-packet")))
    book = openpyxl.load_workbook(io.BytesIO(written(bare, "workbook")), read_only=True)
    assert "Commitments checked" not in book.sheetnames
    said = ("Commitments checked", "No commitment is on the list of this scenario.")
    assert said in [*book["Read me"].iter_rows(max_col=2, values_only=True)]


def test_several_dropped_commitments_and_a_draft_still_leave_two_pages_first(sample_plan):
    dropped = of_the_sample(sample_plan, "C3")
    many = tuple(dataclasses.replace(dropped, code=f"N{number}") for number in range(4))
    plan = with_commitments(sample_plan, *many)
    pages = [flat(page) for page in pdf_pages(written(Dossier(plan, unfinished=("Schools wait.",)), "board-packet"))]
    assert "DRAFT." in pages[0]
    assert 4 == pages[0].count("Dissent: Two members")
    assert "What it costs" in pages[1]
    # There is no room for the picture beside so many words, so it begins the details.
    assert "The picture shows the" in pages[2]


def test_a_broken_commitment_about_a_group_makes_a_public_draft_without_counts(sample_plan):
    clause = "One teacher for each five English learners."
    test = StaffingLeast(position="ELT", pupils_per_fte=Decimal(5), counted="english-learners")
    plan = with_commitments(sample_plan, Commitment("E1", clause, "Board", "2025-01-14", test=test))
    dossier = Dossier(plan)
    assert any("; 5 pupils call for at least" in each.words for each in dossier.standings)
    for code in ("board-packet", "memo", "slides"):
        data = written(dossier, code)
        words = {"board-packet": lambda d: " ".join(pdf_pages(d)), "memo": docx_words, "slides": pptx_words}[code](data)
        assert f"Commitment E1 (\u201c{clause}\u201d) is broken, and nobody has decided to drop it." in flat(words)
        assert "pupils call for at least" not in words


def test_a_reason_without_a_stop_does_not_run_into_the_dissent():
    drop = Drop("Board", "5 to 2", "2026-04-14", "The levy failed", "none stated", "2027-04-01", "none found")
    said = drop_words(Commitment("C1", "Small classes.", "Board", "2025-06-10", drop=drop))
    assert "Reason: The levy failed. Dissent: none stated. Cheapest way to keep it" in said
    assert said.endswith("was looked at: none found. It is looked at again on 2027-04-01.")


def test_public_words_of_a_rule_that_counts_a_group_hold_no_posts_in_all(sample_plan, packet):
    """With one school of a kind "1 school needs 0.40 FTE in all" tells its count to within a step of posts."""
    counted = [rule for rule in sample_plan.scenario.rules if counts_a_group(rule)]
    assert counted
    table = " ".join(packet)
    table = table[table.index("Rules of the plan") :]
    assert "one for every 45 English" in table
    for rule in counted:
        told = rule.explain(sample_plan.district)
        total = re.search(r"need ([\d.]+) FTE in all", told).group(1)
        assert total not in table
    assert "for each low-income child" not in table


def test_why_a_school_gains_never_names_a_rule_that_counts_a_group(sample_plan):
    from equity_alloc.planning.reason import reasons
    from equity_alloc.planning.reason_words import public_reason, reason_sentence

    place = next(n for n, rule in enumerate(sample_plan.scenario.rules, start=1) if counts_a_group(rule))
    gains = next(each for each in reasons(sample_plan) if each.change > 0)
    told = dataclasses.replace(gains, forced=(place,), holder=place, room=0)
    assert f"rule {place} (" in reason_sentence(sample_plan, told)
    assert f"rule {place} (" not in public_reason(sample_plan, told, with_levels=True)


def test_a_rejected_scenario_that_has_no_plan_names_its_rules_without_amounts(sample_plan):
    scenario = dataclasses.replace(sample_plan.scenario, name="All at once", note="Too much.")
    place = next(n for n, rule in enumerate(scenario.rules, start=1) if counts_a_group(rule))
    other = Impossible(sample_plan.district, scenario, "Lincoln has 7 English learners.", (1, place), ())
    second = flat(pdf_pages(written(Dossier(sample_plan, (other,)), "board-packet"))[1])
    assert "All at once no plan" in second
    assert "These cannot all hold: No fund pays more than its" in second
    assert "call for: Special education teacher. Too much." in second
    assert "7 English learners" not in second


def test_one_rule_that_cannot_be_kept_is_not_told_as_several(sample_plan):
    other = Impossible(sample_plan.district, sample_plan.scenario, "None.", (5,), ())
    second = flat(pdf_pages(written(Dossier(sample_plan, (other,)), "board-packet"))[1])
    assert "This cannot be kept, even alone: No school falls below a share of last year." in second


def test_rules_of_one_title_are_told_apart_by_what_they_are_for(sample_plan):
    """Rules 13 and 25 of the sample share a title: one is for classroom teachers, one for counselors."""
    other = Impossible(sample_plan.district, sample_plan.scenario, "None.", (13, 25), ())
    second = flat(pdf_pages(written(Dossier(sample_plan, (other,)), "board-packet"))[1])
    told = second[second.index("These cannot all hold:") :]
    assert "call for: Classroom teacher" in told
    assert "call for: Counselor" in told


def test_a_plan_in_which_the_lowest_school_falls_does_not_say_that_it_rises(sample_plan):
    from equity_alloc.reports.story import first_pages

    dossier = Dossier(sample_plan)
    sums = dossier.totals
    assert "rises from" in " ".join(first_pages(dossier)[0].sentences)
    turned = dataclasses.replace(sums, lowest_today=sums.lowest_plan, lowest_plan=sums.lowest_today)
    dossier.__dict__["totals"] = turned
    assert "The lowest school falls from" in " ".join(first_pages(dossier)[0].sentences)


def test_measures_stand_in_the_order_of_their_names(dossier):
    titles = [row.measure.title for row in dossier.measures]
    assert titles == sorted(titles)
    atkinson = [title for title in titles if title.startswith("Atkinson")]
    assert ["Atkinson index (aversion 0.5)", "Atkinson index (aversion 1)", "Atkinson index (aversion 2)"] == atkinson


def test_measures_are_numbers_in_the_public_tables_and_have_commas_on_paper(dossier, packet):
    book = openpyxl.load_workbook(io.BytesIO(written(dossier, "public-tables")), read_only=True)
    rows = [row for row in book["Measures"].iter_rows(min_row=2, values_only=True) if row[0]]
    assert all(isinstance(value, int | float) for row in rows for value in row[1:3])
    [mean] = [row for row in rows if row[0] == "Mean level"]
    assert f"{mean[2]:,.0f}" in " ".join(packet)
    assert "," in f"{mean[2]:,.0f}"


def test_a_measure_of_levels_in_dollars_says_that_it_is_per_weighted_pupil(dossier):
    """Whoever divides core dollars by pupils finds another mean: the sample has more weighted pupils than pupils."""
    core = sum(row.counted_plan for row in dossier.rows) / 100
    weighted = sum(row.weighted_pupils for row in dossier.rows)
    levels = [row.level_plan for row in dossier.rows if row.level_plan is not None]
    told = {row.measure.title: (row.plan, row.measure.unit) for row in dossier.measures}
    for title, expected in (("Mean level", core / weighted), ("Range", max(levels) - min(levels))):
        value, unit = told[title]
        assert round(expected, 6) == round(value, 6)
        assert dossier.plan.view.levels.unit == unit == "dollars per weighted pupil"
    of_levels = [row.measure for row in dossier.measures if row.measure.of_spread and row.measure.reads is Reads.LEVEL]
    assert {"dollars per weighted pupil"} == {each.unit for each in of_levels if each.unit.startswith("dollars")}
