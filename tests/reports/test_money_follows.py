"""Money that is held level, or shared out by a count, tells the count: an attacker who reads only dollars and shown counts."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from html import unescape

import openpyxl
import pytest

from equity_alloc.domain.errors import InvalidValue
from equity_alloc.domain.fund_change import FundChange
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports import document as document_module
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.public_money import ESTIMATE, NOTE
from equity_alloc.reports.public_shares import ToldCore, told_by_shares
from equity_alloc.reports.release import release_from_text
from equity_alloc.reports.releases import release_of
from tests.reports.read_public import read, rows_of, text_of, written
from tests.reports.test_privacy import attacked, counts_of, small_of
from tests.reports.test_record_in_public import with_all_told

#: Dollars per weighted pupil within which two levels are the same to whoever looks for a plateau.
SAME = 0.02


def recovered(dossier):
    """Counts that a reader works out: the one count at which a school stands where schools with every count shown stand."""
    reading = read(dossier)
    tables = openpyxl.load_workbook(io.BytesIO(written(dossier, "public-tables")))
    core = {row["Code"]: float(row["Core dollars in the plan"]) for row in rows_of(tables["Schools"])[:-1]}
    weights = {group: weight for group, weight in reading.weights.items() if weight}

    def pupils(school, guess=0.0):
        return reading.enrollment[school] + sum(w * (reading.shown[school, g] or guess) for g, w in weights.items())

    unknown = {school: [g for g in weights if reading.shown[school, g] is None] for school in core}
    plateaus = [core[school] / pupils(school) for school, groups in unknown.items() if not groups]
    found = {}
    for school, groups in unknown.items():
        if len(groups) == 1:
            fits = [
                guess
                for guess in range(1, 60)
                if any(abs(core[school] / pupils(school, guess) - level) < SAME for level in plateaus)
            ]
            if len(fits) == 1:
                found[school, groups[0]] = fits[0]
    return found


@pytest.fixture(scope="module", params=["english-learners", "homeless"])
def one_weight(request, sample_plan):
    """The sample with one need weight, so that levels cannot be shown."""
    needs = tuple(need for need in sample_plan.scenario.need_weights if need.group == request.param)
    found = make_plan(sample_plan.district, dataclasses.replace(sample_plan.scenario, need_weights=needs))
    assert isinstance(found, Plan)
    return found


def test_core_dollars_held_level_would_tell_small_counts_where_levels_are_left_out(one_weight, monkeypatch):
    monkeypatch.setattr(document_module, "told_money", lambda *_: {})
    dossier = Dossier(one_weight)
    assert not dossier.public.hidden.levels
    real = counts_of(one_weight)
    right = {place for place, count in recovered(dossier).items() if real[place] == count}
    assert right & dossier.public.hidden.places


def test_as_they_are_told_they_tell_none(one_weight):
    dossier = Dossier(one_weight)
    real = counts_of(one_weight)
    assert len(dossier.estimated) >= 2
    assert set() == {place for place, count in recovered(dossier).items() if real[place] == count}


def test_estimates_add_up_to_the_true_sums_and_keep_who_gains(one_weight):
    dossier = Dossier(one_weight)
    true = {row.code: row for row in Dossier(one_weight)._own and [each.row for each in dossier._own]}
    assert sum(row.counted_plan for row in dossier.rows) == dossier.totals.counted_plan
    for row in dossier.rows:
        sign = (row.counted_change > 0) - (row.counted_change < 0)
        exact = true[row.code].counted_change
        assert sign == (exact > 0) - (exact < 0)
        assert row.code in dossier.estimated or row.counted_plan == true[row.code].counted_plan


def test_no_public_document_holds_the_exact_amount_of_a_school_that_is_told_as_an_estimate(one_weight):
    dossier = Dossier(one_weight)
    exact = [reason.row for reason in dossier._own if reason.row.code in dossier.estimated]
    secrets = {f"{round(row.counted_plan / 100):,}" for row in exact} | {
        f"{round(abs(row.counted_change) / 100):,}" for row in exact if abs(row.counted_change) >= 1_000_000
    }
    for code, ending in (("public-tables", ".xlsx"), ("letters", ".docx"), ("school-pages", ".zip"), ("memo", ".docx")):
        words = text_of(ending, written(dossier, code))
        assert set() == {amount for amount in secrets if amount in words or amount.replace(",", "") in words}, code


def bare(ending, data):
    """A document's words without marks, line ends and no-break spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text_of(ending, data))).replace("\u00a0", " ").split())


def test_every_public_document_that_tells_an_estimate_says_so_before_and_after_the_decision(one_weight):
    book, _, _ = with_all_told(one_weight)
    open_case, decided = Dossier(one_weight), Dossier(one_weight, book=book)
    for dossier in (open_case, decided):
        losers = [row.code for row in dossier.rows if row.counted_change < 0 and row.code in dossier.estimated]
        assert len(losers) == bare(".docx", written(dossier, "letters")).count(ESTIMATE)
        assert losers
        # Letters to other schools tell what schools give up together, which rests on the estimates.
        letters = sum(1 for row in dossier.rows if row.counted_change < 0)
        assert letters == bare(".docx", written(dossier, "letters")).count(NOTE) > len(losers)
    pages = bare(".zip", written(decided, "school-pages"))
    assert 1 + len(decided.rows) == pages.count(NOTE)
    for code, ending in (("memo", ".docx"), ("slides", ".pptx"), ("school-pages", ".zip"), ("decision-record", ".pdf")):
        assert NOTE in bare(ending, written(decided, code)), code
    index = zipfile.ZipFile(io.BytesIO(written(decided, "school-pages"))).read("index.html").decode()
    assert NOTE in unescape(" ".join(index.split()))
    rows = rows_of(openpyxl.load_workbook(io.BytesIO(written(decided, "public-tables")))["Schools"])
    marked = {row["Code"] for row in rows if row["Core dollars in the plan are"] == "an estimate"}
    assert set(decided.estimated) == marked


def test_the_note_calls_no_sum_exact_that_rests_on_estimates(one_weight):
    dossier = Dossier(one_weight)
    exact = [reason.row for reason in dossier._own]
    assert sum(row.counted_plan for row in exact) == sum(row.counted_plan for row in dossier.rows)
    given = [-sum(min(row.counted_change, 0) for row in rows) for rows in (exact, dossier.rows)]
    gained = [sum(max(row.counted_change, 0) for row in rows) for rows in (exact, dossier.rows)]
    assert (given[0], gained[0]) != (given[1], gained[1])
    assert "what some of them gain or give up together rests on the estimates" in NOTE


def test_what_options_that_were_not_chosen_give_up_is_left_out_beside_estimates(one_weight):
    book, _, decision = with_all_told(one_weight)
    dossier = Dossier(one_weight, book=book)
    words = bare(".pdf", written(dossier, "decision-record"))
    others = [each.given_up for each in decision.options if not each.is_chosen and each.given_up]
    assert others
    assert [] == [cents for cents in others if f"${round(cents / 100):,}" in words]


def with_title_three(plan, cents):
    """The plan made again with another amount of Title III, which English learners share out."""
    change = FundChange("T3", amount=cents)
    found = make_plan(plan.district, dataclasses.replace(plan.scenario, funds=(change,)))
    assert isinstance(found, Plan)
    return found


def test_two_amounts_of_a_fund_that_counts_share_out_tell_counts_by_core_dollars_and_cover_nothing(sample_plan):
    """$20 less for each of 831 English learners: posts stay, and core dollars go up by $20 for each pupil there."""
    fund = sample_plan.district.fund_of["T3"]
    other = with_title_three(sample_plan, fund.amount - 2_000 * 831)
    before, after = ({row.code: row.counted_plan for row in Dossier(plan).rows} for plan in (sample_plan, other))
    real = counts_of(sample_plan)
    by_hand = {
        (code, "english-learners")
        for code in before
        if (after[code] - before[code]) / 2_000 == real[code, "english-learners"] > 0
    }
    assert {("0104", "english-learners"), ("0401", "english-learners")} <= by_hand
    first = release_of(Dossier(sample_plan))
    need = {place: count for place, count in real.items() if place in Dossier(sample_plan).public.counts}
    assert by_hand <= told_by_shares(other, [first.core], need, frozenset())
    with pytest.raises(InvalidValue, match="Take the earlier set out if nobody was given it"):
        told_by_shares(other, [first.core], need, frozenset(by_hand))
    # Whoever holds both sets knows these counts, and still works out no small one.
    reading = read(Dossier(other, earlier=(first,)))
    for place in by_hand:
        reading.shown[place] = real[place]
    assert {} == attacked(other, reading, small_of(other, reading))
    assert Dossier(sample_plan, earlier=(first,)).public.hidden == Dossier(sample_plan).public.hidden


def test_a_shared_fund_that_counts_as_core_money_in_one_set_and_not_in_another_is_refused(sample_plan):
    first = release_of(Dossier(sample_plan))
    funds = (FundChange("T3", counts=True),)
    other = dataclasses.replace(sample_plan, scenario=dataclasses.replace(sample_plan.scenario, funds=funds))
    with pytest.raises(InvalidValue, match="not as core money from Title III"):
        _ = Dossier(other, earlier=(first,)).public


def test_what_a_set_told_of_core_dollars_is_read_back_from_the_ledger(sample_plan):
    release = release_of(Dossier(sample_plan))
    assert release.core.funds
    assert release == release_from_text(release.text)
    assert frozenset() == told_by_shares(sample_plan, [ToldCore()], {}, frozenset())
