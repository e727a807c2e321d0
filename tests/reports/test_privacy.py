"""Nobody can work out a small count from all that is public together; the attacker is independent of what hides."""

from __future__ import annotations

import dataclasses
import io
import random
import zipfile
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest

from equity_alloc.commitment import Commitment
from equity_alloc.domain.district import GroupUse
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.objectives.smallest_load import SmallestLargestLoad
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.reason_words import public_reason
from equity_alloc.reports import public_counts as public_counts_module
from equity_alloc.reports.count_table import CountTable
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import all_documents
from equity_alloc.reports.hide_counts import hide_counts
from equity_alloc.rules.ratio import ratio_fte, up_to_step
from equity_alloc.rules.staffing_least import StaffingLeast
from equity_alloc.rules.staffing_most import StaffingMost
from equity_alloc.rules.staffing_target import StaffingTarget
from tests.reports.attacker import Published, knowing, nearest, ranges, twin
from tests.reports.read_public import read, rows_of, text_of, written

SMALLEST, SPAN = 10, 5


def published(table: CountTable, places, groups=frozenset(), *, levels: bool) -> Published:
    names = {group for _, group in table.counts}
    weighted = {}
    if levels:
        for school, pupils in table.enrollment.items():
            weight = pupils + sum(
                float(w) * table.counts[school, g] for g, w in table.weights.items() if (school, g) in table.counts
            )
            weighted[school] = (weight, weight)
    return Published(
        {place: None if place in places else count for place, count in table.counts.items()},
        {
            group: None if group in groups else sum(count for (_, g), count in table.counts.items() if g == group)
            for group in names
        },
        dict(table.enrollment),
        {group: float(weight) for group, weight in table.weights.items()},
        weighted,
        {place: ends[0] for place, ends in table.limits.items()},
        {place: ends[1] for place, ends in table.limits.items()},
    )


def drawn(seed: int) -> CountTable:
    """A district with many small counts: groups rare at some schools and common at others."""
    rng = random.Random(seed)
    groups = [f"g{i}" for i in range(rng.randint(2, 6))]
    schools = [f"s{i:02}" for i in range(rng.choice([4, 9, 25, 60]))]
    enrollment = {school: rng.randint(60, 900) for school in schools}
    counts = {}
    for school in schools:
        for place, group in enumerate(groups):
            share = rng.betavariate(0.5, 4 + 12 * place) if rng.random() < 0.9 else 0.0
            counts[school, group] = min(enrollment[school], round(share * enrollment[school]))
    weights = {group: Fraction(rng.choice(["0.25", "0.2", "0.9", "0.1", "0.4", "0.135"])) for group in groups[:-1]}
    return CountTable(counts, enrollment, weights)


def narrow(found: dict) -> dict:
    return {place: ends for place, ends in found.items() if ends[1] - ends[0] < SPAN - 1e-6}


@pytest.mark.parametrize("seed", range(12))
def test_no_small_count_of_a_drawn_district_can_be_narrowed_down(seed):
    table = drawn(seed)
    hidden = hide_counts(table, smallest=SMALLEST, span=SPAN)
    found = ranges(published(table, hidden.places, hidden.groups, levels=hidden.levels), sorted(hidden.small))
    assert {} == narrow(found)
    assert all(low - 1e-6 <= table.counts[place] <= high + 1e-6 for place, (low, high) in found.items())


@pytest.mark.parametrize("seed", range(12))
def test_not_even_by_who_knows_which_counts_are_small(seed):
    """Which of the hidden counts are small ones, and which only cover them, can be told from what the program hides."""
    table = drawn(seed)
    hidden = hide_counts(table, smallest=SMALLEST, span=SPAN)
    few = {place for place in hidden.small if table.counts[place] < SMALLEST}
    reading = knowing(published(table, hidden.places, hidden.groups, levels=hidden.levels), few, SMALLEST)
    plain = [place for place in sorted(few) if 2 * SMALLEST <= table.enrollment[place[0]]]
    assert {} == narrow(ranges(reading, plain))


def test_who_runs_the_program_on_every_table_that_fits_is_left_in_doubt(sample_plan, monkeypatch):
    """In the sample pupils without a home at 0107 had been told by five alone: any other number would have been hidden otherwise."""
    tables = []

    def seen(table, **asked):
        tables.append(table)
        return hide_counts(table, **asked)

    monkeypatch.setattr(public_counts_module, "hide_counts", seen)
    _ = Dossier(sample_plan).public
    table = tables[-1]
    hidden = hide_counts(table, smallest=SMALLEST, span=SPAN)
    assert hidden.levels
    told = published(table, hidden.places, hidden.groups, levels=True)
    reading = knowing(told, hidden.small, SMALLEST)
    for place in (("0107", "homeless"), ("0110", "english-learners"), ("0103", "homeless")):
        possible = set()
        for value in range(1, SMALLEST):
            other = nearest(reading, dict(table.counts), place, value)
            if other is not None and hidden == hide_counts(
                dataclasses.replace(table, counts=other), smallest=SMALLEST, span=SPAN
            ):
                possible.add(value)
        assert max(possible) - min(possible) >= SPAN, place


@pytest.mark.parametrize("seed", [0, 3, 5])
def test_not_even_in_whole_pupils(seed):
    table = drawn(seed)
    hidden = hide_counts(table, smallest=SMALLEST, span=SPAN)
    some = sorted(hidden.small)[:12]
    reading = published(table, hidden.places, hidden.groups, levels=hidden.levels)
    assert {} == narrow(ranges(reading, some, whole=True))


def test_hiding_the_small_counts_alone_gives_many_of_them_away():
    """So that the attacker is known to find something where there is something to find."""
    found = {}
    for seed in range(12):
        table = drawn(seed)
        small = {place for place, count in table.counts.items() if 0 < count < SMALLEST}
        found |= {(seed, *place): e for place, e in ranges(published(table, small, levels=True), sorted(small)).items()}
    assert len(narrow(found)) > len(found) / 3


def test_a_count_that_leaves_few_outside_the_group_is_small_too():
    table = CountTable({("a", "g"): 97, ("b", "g"): 50}, {"a": 100, "b": 100}, {})
    hidden = hide_counts(table, smallest=SMALLEST, span=SPAN)
    assert {("a", "g")} == hidden.small
    assert {("a", "g"), ("b", "g")} == hidden.places or hidden.groups


def test_one_weighted_group_hides_levels_because_they_would_tell_it():
    table = CountTable({("a", "g"): 6, ("b", "g"): 40}, {"a": 100, "b": 100}, {"g": Fraction(1, 4)})
    hidden = hide_counts(table, smallest=SMALLEST, span=SPAN)
    assert not hidden.levels
    assert {("a", "g"), ("b", "g")} == hidden.places


def test_a_group_that_nothing_covers_is_not_shown_at_all():
    table = CountTable({("a", "g"): 6, ("b", "g"): 0}, {"a": 100, "b": 100}, {})
    hidden = hide_counts(table, smallest=SMALLEST, span=SPAN)
    assert frozenset({"g"}) == hidden.groups


def test_posts_that_tell_a_count_by_a_rule_refuse_public_documents_in_words():
    table = CountTable({("a", "g"): 6, ("b", "g"): 6}, {"a": 100, "b": 100}, {}, {("a", "g"): (5, 7)})
    with pytest.raises(InvalidValue, match="would give away how many pupils of group g school a has"):
        hide_counts(table, smallest=SMALLEST, span=SPAN)


@pytest.fixture(scope="module")
def tables(dossier):
    return openpyxl.load_workbook(io.BytesIO(written(dossier, "public-tables")))


def counts_of(plan):
    return {(s.code, g.code): s.group(g.code) for s in plan.district.schools for g in plan.district.groups}


def small_of(plan, reading):
    real = counts_of(plan)
    return [place for place in reading.shown if real[place] and real[place] < SMALLEST]


def attacked(plan, reading, places):
    """The ranges that are too narrow, after making sure that the true counts lie within every range."""
    found = ranges(reading, [place for place in places if reading.shown[place] is None])
    real = counts_of(plan)
    assert all(low - 1e-6 <= real[place] <= high + 1e-6 for place, (low, high) in found.items())
    return narrow(found)


def test_the_attacker_reads_the_public_tables_of_the_sample_and_finds_no_small_count(dossier):
    reading = read(dossier)
    small = small_of(dossier.plan, reading)
    assert len(small) >= 10
    assert all(reading.shown[place] is None for place in small)
    # Rules 21 and 22 of the sample bound pupils with disabilities and English learners by the posts beside them.
    assert {"students-with-disabilities", "english-learners"} == {group for _, group in reading.most}
    assert {} == attacked(dossier.plan, reading, small)
    assert {} == narrow(ranges(reading, small[:6], whole=True))


def with_rules(plan, *rules):
    """The plan under further rules, with posts that keep them: each school has what its pupils call for."""
    scenario = dataclasses.replace(plan.scenario, rules=(*plan.scenario.rules, *rules))
    held, pay = dict(plan.allocation.fte), dict(plan.allocation.pay)
    for rule in rules:
        position = plan.district.position_of[rule.position]
        step = position.step
        for school in plan.district.schools:
            called = up_to_step(ratio_fte(school.group(rule.counted), rule.pupils_per_fte), step)
            had = plan.view.district.today.fte_of.get((school.code, rule.position), 0)
            if isinstance(rule, StaffingTarget) and called > had:
                called = up_to_step(had + Fraction(rule.way) * (called - had), step)
            held[school.code, rule.position] = called
            pay = {key: cents for key, cents in pay.items() if key[:2] != (school.code, rule.position)}
            pay[school.code, rule.position, "GEN"] = called * position.cost // 100
    posts, paid = (tuple(sorted((key, amount) for key, amount in each.items() if amount)) for each in (held, pay))
    allocation = dataclasses.replace(plan.allocation, fte=posts, pay=paid)
    certificate = certify(plan.district, scenario, allocation)
    return Plan(plan.district, scenario, allocation, certificate, OutcomeKind.BEST_FOUND)


HOMELESS = {"position": "SW", "counted": "homeless"}
NARROW = {
    "least": (StaffingLeast(pupils_per_fte=Decimal(10), **HOMELESS),),
    "target": (StaffingTarget(pupils_per_fte=Decimal(8), way=Decimal(1), **HOMELESS),),
    "least and most": (
        StaffingLeast(pupils_per_fte=Decimal("17.5"), kind="high", **HOMELESS),
        StaffingMost(pupils_per_fte=Decimal(15), kind="high", **HOMELESS),
    ),
}


@pytest.mark.parametrize("name", NARROW)
def test_a_rule_whose_ratio_would_narrow_a_small_count_is_told_without_it(sample_plan, name):
    rules = NARROW[name]
    plan = with_rules(sample_plan, *rules)
    dossier = Dossier(plan)
    numbers = range(len(plan.scenario.rules) - len(rules) + 1, len(plan.scenario.rules) + 1)
    assert set(numbers) == dossier.public.quiet
    reading = read(dossier, way=1)
    assert {} == attacked(plan, reading, small_of(plan, reading))
    sheet = rows_of(openpyxl.load_workbook(io.BytesIO(written(dossier, "public-tables")))["Rules"])
    for number, rule in zip(numbers, rules, strict=True):
        [told] = [row["Here"] for row in sheet if row["Rule"] == str(number)]
        assert "Its numbers are left out" in told
        assert f"every {rule.pupils_per_fte}" not in told


@pytest.mark.parametrize("name", NARROW)
def test_told_with_its_ratio_the_same_rule_would_give_small_counts_away(sample_plan, name, monkeypatch):
    """So that the attacker is known to read rules where there is something to read."""
    monkeypatch.setattr(public_counts_module, "quiet_rules", lambda *_: frozenset())
    monkeypatch.setattr(public_counts_module, "limits", lambda *_: {})
    plan = with_rules(sample_plan, *NARROW[name])
    reading = read(Dossier(plan), way=1)
    assert attacked(plan, reading, small_of(plan, reading))


def test_a_commitment_whose_words_are_public_and_whose_ratio_tells_a_count_refuses_in_words(sample_plan):
    """Its adopted words cannot be left out, so nothing public can be made of a plan that keeps it with so few posts."""
    [rule] = NARROW["least"]
    plan = with_rules(sample_plan, rule)
    told = Commitment("E1", "One social worker for each ten homeless pupils.", "Board", "2025-01-14", test=rule)
    scenario = dataclasses.replace(plan.scenario, commitments=(told,))
    with pytest.raises(InvalidValue, match="change the commitment or rule that counts this group"):
        _ = Dossier(dataclasses.replace(plan, scenario=scenario)).public


def test_a_load_that_counts_a_group_extra_stands_in_no_public_reason(sample_plan):
    """Pupils for each post, times the posts beside it, less enrollment, is the extra share times the count."""
    goal = SmallestLargestLoad(position="COUN", group="english-learners", extra=Decimal(1))
    scenario = dataclasses.replace(sample_plan.scenario, objective=goal)
    plan = dataclasses.replace(sample_plan, scenario=scenario)
    told = [public_reason(plan, reason, with_levels=True) for reason in Dossier(plan).reasons]
    assert not [words for words in told if "upils for each full-time post" in words]
    plain = dataclasses.replace(scenario, objective=dataclasses.replace(goal, group="enrollment"))
    plan = dataclasses.replace(sample_plan, scenario=plain)
    assert any("upils for each" in public_reason(plan, each, with_levels=True) for each in Dossier(plan).reasons)


def public_words(dossier):
    """Every public document as words and cells, the identity of the plan among them: it is one of what everybody reads."""
    told = {}
    for document in all_documents():
        if document.is_public:
            data = document.write(dossier)
            told[document.code] = text_of(document.ending, data)
    return told


@pytest.mark.parametrize(("group", "most"), [("english-learners", True), ("homeless", True)])
def test_another_district_with_other_small_counts_has_the_very_same_public_documents(sample_plan, group, most):
    """Whole counts that fit all that is public, found by the attacker, change no word: the documents tell no more than it reads.

    Funds are shared out as last year here: money that is shared out by counts is public for the district only.
    """
    scenario, allocation = sample_plan.scenario, sample_plan.allocation
    funds = tuple(
        dataclasses.replace(fund, shared_by="last-year" if fund.shared_by else "")
        for fund in sample_plan.district.funds
    )
    district = dataclasses.replace(sample_plan.district, funds=funds)
    plan = Plan(district, scenario, allocation, certify(district, scenario, allocation), OutcomeKind.BEST_FOUND)
    dossier = Dossier(plan)
    reading = read(dossier)
    need = {g.code for g in district.groups if g.use is GroupUse.NEED}
    counts = {place: count for place, count in counts_of(plan).items() if place[1] in need}
    exact = {s.code: float(plan.view.weighted_pupils[s.code]) for s in district.schools}
    reading.weighted = {school: (pupils, pupils) for school, pupils in exact.items()}
    place = next(place for place in sorted(dossier.public.hidden.small) if place[1] == group)
    other = {**counts, **twin(reading, place, most=most)}
    assert abs(other[place] - counts[place]) >= SPAN // 2
    schools = tuple(
        dataclasses.replace(s, groups=tuple((g, other.get((s.code, g), n)) for g, n in s.groups))
        for s in district.schools
    )
    twins = dataclasses.replace(district, schools=schools)
    same = Plan(twins, scenario, allocation, certify(twins, scenario, allocation), OutcomeKind.BEST_FOUND)
    theirs = Dossier(same)
    # What is hidden follows from what is small; the very same places are hidden, so that only words can differ.
    theirs.__dict__["public"] = dataclasses.replace(dossier.public, counts=other)
    ours, others = public_words(dossier), public_words(theirs)
    assert [] == [code for code, words in ours.items() if words != others[code]]


def test_the_district_as_the_public_can_rebuild_it_keeps_every_total_and_every_shown_count(dossier):
    """Figures of the audit are worked out on it, so they tell nothing that is not public already."""
    told = dossier.as_public.plan.district
    public = dossier.public
    for group in public.groups:
        counts = {school.code: school.group(group.code) for school in told.schools}
        assert public.total(group.code) == sum(counts.values())
        for school in told.schools:
            shown = public.shown(school.code, group.code)
            assert shown in (None, counts[school.code])
            assert shown is not None or 1 <= counts[school.code] <= school.enrollment
    assert told != dossier.plan.district
    assert dossier.as_public.draft == dossier.draft


def test_where_a_group_is_left_out_altogether_no_figure_of_the_audit_is_made_up(sample_plan):
    """One school alone has homeless pupils, so not even their total can be shown."""
    schools = tuple(
        dataclasses.replace(
            s, groups=tuple((g, (6 if s.code == "0101" else 0) if g == "homeless" else n) for g, n in s.groups)
        )
        for s in sample_plan.district.schools
    )
    district = dataclasses.replace(sample_plan.district, schools=schools)
    certificate = certify(district, sample_plan.scenario, sample_plan.allocation)
    dossier = Dossier(Plan(district, sample_plan.scenario, sample_plan.allocation, certificate, OutcomeKind.BEST_FOUND))
    assert frozenset({"homeless"}) == dossier.public.hidden.groups
    with pytest.raises(InvalidValue, match="rest on counts of Homeless, which are left out altogether"):
        _ = dossier.as_public


def test_two_plans_of_one_district_hide_the_same_counts(dossier):
    """Else a count that one of them shows would give away what the other hides."""
    plan = dossier.plan
    last_year = dataclasses.replace(plan, allocation=plan.view.district.today)
    assert dossier.public.hidden == Dossier(last_year).public.hidden
    fewer = tuple(rule for rule in plan.scenario.rules if rule.code not in ("hold-harmless", "gain-cap"))
    other = dataclasses.replace(plan, scenario=dataclasses.replace(plan.scenario, rules=fewer, tolerance=900))
    assert dossier.public.hidden == Dossier(other).public.hidden


def test_the_public_tables_tie_to_the_certificate_in_cents(dossier, tables):
    funds = {row["Fund"]: row for row in rows_of(tables["Funds"])}
    for fund in dossier.plan.certificate.funds:
        row = funds[fund.code]
        amounts = [round(float(row[name]) * 100) for name in ("Appropriation", "Budgeted centrally", "Schools")]
        assert [fund.appropriation, fund.central, fund.schools] == amounts
    *schools, total = rows_of(tables["Schools"])
    cents = sum(round(float(row["Core dollars in the plan"]) * 100) for row in schools)
    counted = set(dossier.plan.view.district.counted_funds)
    assert cents == sum(fund.schools for fund in dossier.plan.certificate.funds if fund.code in counted)
    assert cents == round(float(total["Core dollars in the plan"]) * 100)


def test_what_is_for_audit_only_changes_no_byte_of_a_public_document(dossier):
    plan = dossier.plan
    audit = {group.code for group in plan.district.groups if group.use is GroupUse.AUDIT}
    assert audit
    schools = tuple(
        dataclasses.replace(school, groups=tuple((g, 7 if g in audit else n) for g, n in school.groups))
        for school in plan.district.schools
    )
    other = dataclasses.replace(plan, district=dataclasses.replace(plan.district, schools=schools))
    changed = Dossier(other)
    for document in all_documents():
        if document.is_public:
            assert document.write(dossier) == document.write(changed), document.code


def test_no_file_of_a_public_set_holds_more_digits_than_its_documents_show_nor_a_digest_of_the_data(dossier):
    """A chart on a slide brings a workbook of its own; 16 digits of a level would be its weighted pupils to the last part."""
    plan, levels = dossier.plan, []
    secret = (plan.digest, plan.certificate.district_digest, plan.certificate.allocation_digest)
    for document in all_documents():
        if not document.is_public:
            continue
        data = written(dossier, document.code)
        told = text_of(document.ending, data)
        assert [] == [each for each in secret if each[:12] in told], document.code
        if document.ending == ".pptx":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for name in archive.namelist():
                    if name.endswith(".xlsx"):
                        book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
                        levels += [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    numbers = [each for each in levels if isinstance(each, float)]
    assert numbers
    assert [] == [each for each in numbers if abs(each - round(each, 2)) > 1e-9]
