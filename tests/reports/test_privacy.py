"""Nobody can work out a small count from all that is public together; the attacker is independent of what hides."""

from __future__ import annotations

import dataclasses
import io
import random
from fractions import Fraction

import openpyxl
import pytest

from equity_alloc.domain.district import GroupUse
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import all_documents
from equity_alloc.reports.hide_counts import CountTable, hide_counts
from tests.reports.attacker import Published, ranges

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
    [document] = [each for each in all_documents() if each.code == "public-tables"]
    return openpyxl.load_workbook(io.BytesIO(document.write(dossier)))


def rows_of(sheet):
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_the_attacker_reads_the_public_tables_of_the_sample_and_finds_no_small_count(dossier, tables):
    plan = dossier.plan
    code = {group.title: group.code for group in plan.district.groups}
    *schools, all_schools = rows_of(tables["Student groups"])
    titles = [title for title in schools[0] if title in code]
    shown = {
        (row["Code"], code[title]): None if row[title] == "*" else int(row[title])
        for row in schools
        for title in titles
    }
    reading = Published(
        shown,
        {code[title]: None if all_schools[title] == "*" else int(all_schools[title]) for title in titles},
        {row["Code"]: int(row["Enrollment"]) for row in schools},
        {need.group: float(need.weight) for need in plan.scenario.need_weights},
    )
    for row in rows_of(tables["Schools"])[:-1]:
        level, core = float(row["Level in the plan"]), float(row["Core dollars in the plan"])
        reading.weighted[row["Code"]] = (core / (level + 0.005), core / (level - 0.005))
    for row in rows_of(tables["Posts"])[:-1]:
        # Rules 17 and 18 of the sample, as printed on the sheet Rules.
        reading.most[row["Code"], code["English learners"]] = float(row["EL teacher"] or 0) * 45
        reading.most[row["Code"], code["Students with disabilities"]] = float(row["Special education teacher"]) * 22
    real = {(s.code, g): s.group(g) for s in plan.district.schools for g in code.values()}
    small = [place for place in shown if real[place] and real[place] < SMALLEST]
    assert len(small) >= 10
    assert all(shown[place] is None for place in small)
    found = ranges(reading, small)
    assert {} == narrow(found)
    assert all(low - 1e-6 <= real[place] <= high + 1e-6 for place, (low, high) in found.items())
    assert {} == narrow(ranges(reading, small[:6], whole=True))


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
