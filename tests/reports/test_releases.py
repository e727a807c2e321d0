"""Two sets of public documents laid side by side give away no more than one: the ledger remembers what was public before."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from equity_alloc.domain.errors import InvalidValue, StoredFormat
from equity_alloc.domain.need import NeedWeight
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports.count_table import CountTable
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.hide_counts import hide_counts
from equity_alloc.reports.release import release_from_text
from equity_alloc.reports.releases import changed_by_earlier, is_new, release_of
from equity_alloc.rules.staffing_least import StaffingLeast
from tests.reports.attacker import ranges
from tests.reports.read_public import read
from tests.reports.test_privacy import NARROW, SMALLEST, SPAN, attacked, drawn, narrow, published, small_of, with_rules


def with_weights(plan, **weights):
    """The same dollars and posts under other need weights: every level changes."""
    needs = tuple(
        NeedWeight(need.group, Decimal(weights.get(need.group.replace("-", "_"), str(need.weight))), need.source)
        for need in plan.scenario.need_weights
    )
    scenario = dataclasses.replace(plan.scenario, need_weights=needs, name="Other weights")
    certificate = certify(plan.district, scenario, plan.allocation)
    return Plan(plan.district, scenario, plan.allocation, certificate, OutcomeKind.BEST_FOUND)


def side_by_side(*readings):
    """What anybody knows who holds several sets of public documents of the same counts."""
    first, *others = readings
    joint = dataclasses.replace(
        first, shown=dict(first.shown), totals=dict(first.totals), most=dict(first.most), least=dict(first.least)
    )
    for other in others:
        for place, count in other.shown.items():
            joint.shown[place] = count if joint.shown[place] is None else joint.shown[place]
        for group, total in other.totals.items():
            joint.totals[group] = total if joint.totals[group] is None else joint.totals[group]
        for place, most in other.most.items():
            joint.most[place] = min(most, joint.most.get(place, 1e9))
        for place, least in other.least.items():
            joint.least[place] = max(least, joint.least.get(place, 0))
        joint.more = (*joint.more, (other.weights, other.weighted))
    return joint


def test_the_same_set_again_is_nothing_new_and_hides_the_same(dossier):
    first = release_of(dossier)
    again = Dossier(dossier.plan, earlier=(first,))
    assert dossier.public.hidden == again.public.hidden
    assert not is_new(release_of(again), (first,))
    assert "" == changed_by_earlier(again) == changed_by_earlier(dossier)


def test_a_release_reads_back_from_its_text_and_holds_no_hidden_count(dossier):
    release = release_of(dossier)
    assert release == release_from_text(release.text)
    assert dossier.public.hidden.places == set(release.hidden)
    assert not {place for place, _ in release.shown} & set(release.hidden)
    with pytest.raises(StoredFormat):
        release_from_text('{"shown": 3}')


def test_levels_by_other_weights_beside_a_first_set_would_give_small_counts_away(sample_plan, dossier):
    """So that the attacker is known to find something: two levels of one school are two sums of its counts."""
    other = Dossier(with_weights(sample_plan, english_learners="0.5", homeless="0.7"))
    joint = side_by_side(read(dossier), read(other))
    assert attacked(sample_plan, joint, small_of(sample_plan, joint))


def test_beside_a_first_set_a_second_one_gives_nothing_away_whatever_its_weights(sample_plan, dossier):
    first, told = release_of(dossier), []
    for weights in ({"english_learners": "0.5", "homeless": "0.7"}, {"students_with_disabilities": "1.1"}):
        second = Dossier(with_weights(sample_plan, **weights), earlier=(first,))
        joint = side_by_side(read(dossier), read(second))
        assert {} == attacked(sample_plan, joint, small_of(sample_plan, joint))
        told.append(changed_by_earlier(second))
        third = Dossier(with_weights(sample_plan, homeless="0.3"), earlier=(first, release_of(second)))
        joint = side_by_side(read(dossier), read(second), read(third))
        assert {} == attacked(sample_plan, joint, small_of(sample_plan, joint))
    assert any(words.startswith("Beside 1 set of public documents made before") for words in told)


def test_a_ratio_told_before_and_one_told_now_are_read_together(sample_plan):
    """High schools: one social worker for every 30 homeless pupils at least, later for every 15 at most; alone neither narrows a count."""
    most = NARROW["least and most"][1]
    least = StaffingLeast(position="SW", counted="homeless", kind="high", pupils_per_fte=Decimal(30))
    first = Dossier(with_rules(sample_plan, least))
    assert not first.public.quiet
    release = release_of(first)
    assert [least] == [each.rule for each in release.told_rules(sample_plan.district) if each.rule.position == "SW"]
    plan = with_rules(sample_plan, most)
    assert not Dossier(plan).public.quiet
    second = Dossier(plan, earlier=(release,))
    assert {len(plan.scenario.rules)} == second.public.quiet
    assert "the ratio of a staffing rule" in changed_by_earlier(second)
    joint = side_by_side(read(first), read(second))
    assert {} == attacked(plan, joint, small_of(plan, joint))


@pytest.mark.parametrize("ratio", ["45.45", "40"])
def test_a_small_change_of_a_rule_that_counts_a_group_costs_at_most_its_ratio_and_not_the_second_set(
    sample_plan, ratio
):
    """Teachers of English learners: one for every 45 in the first set."""
    first = release_of(Dossier(sample_plan))
    rules = tuple(
        dataclasses.replace(rule, pupils_per_fte=Decimal(ratio)) if getattr(rule, "position", "") == "ELT" else rule
        for rule in sample_plan.scenario.rules
    )
    [number] = [
        n for n, pair in enumerate(zip(rules, sample_plan.scenario.rules, strict=True), 1) if pair[0] != pair[1]
    ]
    plan = make_plan(sample_plan.district, dataclasses.replace(sample_plan.scenario, rules=rules))
    second = Dossier(plan, earlier=(first,))
    assert second.public.quiet <= {number}
    assert bool(second.public.quiet) == ("the ratio of a staffing rule" in changed_by_earlier(second))
    joint = side_by_side(read(Dossier(sample_plan)), read(second))
    assert {} == attacked(plan, joint, small_of(plan, joint))


def test_a_rule_told_before_whose_kind_of_school_is_gone_bounds_nothing(sample_plan):
    rule = StaffingLeast(position="SW", pupils_per_fte=Decimal(30), counted="homeless", kind="middle")
    release = release_of(Dossier(with_rules(sample_plan, rule)))
    schools = tuple(dataclasses.replace(school, kind="K-12") for school in sample_plan.district.schools)
    changed = dataclasses.replace(sample_plan.district, schools=schools)
    kinds = [{each.rule.kind for each in release.told_rules(district)} for district in (sample_plan.district, changed)]
    assert [{"every school", "middle"}, {"every school"}] == kinds


@pytest.mark.parametrize("seed", range(8))
def test_what_was_public_before_covers_nothing_and_what_was_hidden_stays_hidden(seed):
    """A first table without levels; then the same counts with levels: the attacker holds both."""
    table = drawn(seed)
    first = hide_counts(table, smallest=SMALLEST, span=SPAN, levels=False)
    shown = frozenset(place for place in table.counts if place not in first.places)
    totals = frozenset({group for _, group in table.counts} - first.groups)
    later = dataclasses.replace(table, known=shown, kept=first.places, totals=totals)
    second = hide_counts(later, smallest=SMALLEST, span=SPAN)
    assert first.places <= second.places
    joint = side_by_side(
        published(table, first.places, first.groups, levels=False),
        published(table, second.places, second.groups, levels=second.levels),
    )
    joint = dataclasses.replace(joint, weighted={}, more=joint.more[:1] if second.levels else ())
    assert {} == narrow(ranges(joint, sorted(second.small)))


def test_where_everything_was_shown_before_but_one_count_the_sentence_says_so():
    table = CountTable({("a", "g"): 6, ("b", "g"): 50}, {"a": 100, "b": 100}, {}, known=frozenset({("b", "g")}),
                       kept=frozenset({("a", "g")}), totals=frozenset({"g"}))  # fmt: skip
    with pytest.raises(InvalidValue, match="what was public before would give away how many pupils of group g"):
        hide_counts(table, smallest=SMALLEST, span=SPAN)


def test_a_count_that_was_shown_a_pupil_off_covers_no_small_one():
    """School b would cover a, as the smaller of two; but it was shown as 51, and who knows that knows a to a pupil."""
    counts = {("a", "g"): 6, ("b", "g"): 50, ("c", "g"): 50}
    table = CountTable(counts, {"a": 100, "b": 90, "c": 100}, {})
    assert {("a", "g"), ("b", "g")} == hide_counts(table, smallest=SMALLEST, span=SPAN).places
    near = dataclasses.replace(table, near=frozenset({("b", "g")}))
    assert {("a", "g"), ("c", "g")} == hide_counts(near, smallest=SMALLEST, span=SPAN).places
