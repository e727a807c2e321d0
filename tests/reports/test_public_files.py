"""Sets of public files attacked from the files alone: one set, a district without posts, two years, and a set with one pupil changed."""

from __future__ import annotations

import dataclasses

import pytest

from equity_alloc.domain.district import Decision, District
from equity_alloc.domain.errors import InvalidValue
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.planning.search import plan as make_plan
from equity_alloc.reports import public_counts as public_counts_module
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.earlier_sets import called, is_about
from equity_alloc.reports.hide_counts import hide_counts
from equity_alloc.reports.holding import Holds
from equity_alloc.reports.releases import before_publishing, release_of
from equity_alloc.scenario import default_scenario
from equity_alloc.sources.kentucky import read_kentucky
from tests.reports.attacker import knowing, ranges
from tests.reports.file_attacker import joined, read_files
from tests.reports.read_public import written
from tests.reports.test_privacy import SMALLEST, narrow

TABLES = {"public-tables": ".xlsx", "school-pages": ".zip"}


def files_of(dossier: Dossier, **more: str) -> dict[str, bytes]:
    wanted = TABLES | {code.replace("_", "-"): ending for code, ending in more.items()}
    return {f"{code}{ending}": written(dossier, code) for code, ending in wanted.items()}


def real(plan: Plan, shown) -> dict:
    titles = {group.title: group.code for group in plan.district.groups}
    return {place: plan.district.school_of[place[0]].group(titles[place[1]]) for place in shown}


def small(counts: dict) -> list:
    return [place for place in sorted(counts) if 0 < counts[place] < SMALLEST]


def replanned(plan: Plan, district: District) -> Plan:
    certificate = certify(district, plan.scenario, plan.allocation)
    return Plan(district, plan.scenario, plan.allocation, certificate, OutcomeKind.BEST_FOUND)


def changed(district: District, moves: dict, year: str = "") -> District:
    """The district with so many pupils more of a group at a school, in another year where one is given."""
    schools = tuple(
        dataclasses.replace(s, groups=tuple((g, None if n is None else n + moves.get((s.code, g), 0)) for g, n in s.groups))
        for s in district.schools
    )  # fmt: skip
    return dataclasses.replace(district, schools=schools, year=year or district.year)


def test_no_file_of_the_sample_narrows_a_small_count(dossier):
    reading = read_files(files_of(dossier, why_sheets=".pdf"))
    counts = real(dossier.plan, reading.shown)
    # The attacker has read weights, sums and rules, and every small count lies within what it found.
    assert 4 == len(reading.weights) and 24 == len(reading.weighted) and reading.most
    assert len(small(counts)) >= 10
    assert all(reading.shown[place] is None for place in small(counts))
    for told in (reading, knowing(reading, set(small(counts)), SMALLEST)):
        found = ranges(told, small(counts))
        assert all(low - 1e-6 <= counts[place] <= high + 1e-6 for place, (low, high) in found.items())
        assert {} == narrow(found)


def test_no_file_of_fayette_narrows_a_small_count(shared):
    table = (shared / "data" / "ky_schools_2016_17.csv").read_bytes()
    decision = Decision("Blank counts of English learners mean zero pupils", "the test", "2026-07-01")
    reading = read_kentucky(table, "Fayette County", blank_means_zero=decision)
    plan = make_plan(reading.district, reading.scenario or default_scenario(reading.district))
    told = read_files(files_of(Dossier(plan)))
    counts = real(plan, told.shown)
    assert 2 == len(small(counts))
    assert all(told.shown[place] is None for place in small(counts))
    assert {} == narrow(ranges(told, small(counts)))
    assert {} == narrow(ranges(knowing(told, set(small(counts)), SMALLEST), small(counts)))


def test_the_set_of_a_year_narrows_no_small_count_of_the_year_before(sample_plan, dossier):
    """Every second count is a few pupils more or fewer a year later, and the two sets share schools, weights and rules."""
    moves = {
        (s.code, group): way
        for number, s in enumerate(sample_plan.district.schools)
        for place, (group, count) in enumerate(s.groups)
        if count and count + (way := (2, -1, 0, 3)[(number + place) % 4]) > 0
    }
    later = Dossier(replanned(sample_plan, changed(sample_plan.district, moves, "2027-28")))
    assert not is_about(release_of(dossier), called(sample_plan.district), later.plan.district)
    first, second = read_files(files_of(dossier)), read_files(files_of(later))
    counts = [real(each.plan, first.shown) for each in (dossier, later)]
    asked = [(number, place) for number in (0, 1) for place in small(counts[number])]
    pupils = sum(abs(counts[1][place] - counts[0][place]) for place in counts[0])
    found = joined(first, second, asked, pupils)
    assert all(low - 1e-6 <= counts[number][place] <= high + 1e-6 for (number, place), (low, high) in found.items())
    assert {} == narrow(found)


@pytest.mark.parametrize(
    ("place", "more"), [(("0101", "english-learners"), 1), (("0105", "homeless"), 1), (("0104", "homeless"), 1)]
)
def test_a_set_published_again_with_one_pupil_changed_narrows_no_small_count(sample_plan, dossier, place, more):
    """A small count that grows, a shown one that grows, and one that stops being small, for who knows that one pupil changed."""
    again = Dossier(
        replanned(sample_plan, changed(sample_plan.district, {place: more})), earlier=(release_of(dossier),)
    )
    assert Holds.ALL is again.public.holds
    assert "" == again.public.holds_less
    first, second = read_files(files_of(dossier)), read_files(files_of(again))
    counts = [real(each.plan, first.shown) for each in (dossier, again)]
    asked = [(number, each) for number in (0, 1) for each in small(counts[number])]
    assert {} == narrow(joined(first, second, asked, 1))


def test_a_count_that_was_shown_and_is_small_now_cannot_be_hidden_and_is_named_before_publishing(sample_plan, dossier):
    """Homeless pupils at Millstone Elementary were shown as 10; with one fewer they are 9, and everybody can work it out."""
    district = changed(sample_plan.district, {("0110", "homeless"): -1})
    again = Dossier(replanned(sample_plan, district), earlier=(release_of(dossier),))
    first, second = read_files(files_of(dossier)), read_files(files_of(again))
    assert (10, None) == (first.shown["0110", "Homeless"], second.shown["0110", "Homeless"])
    [(low, high)] = joined(first, second, [(1, ("0110", "Homeless"))], 1).values()
    assert 9 == round(low) == round(high)
    told = before_publishing(again)
    assert "1 count is small now and left out" in told
    assert "Homeless at Millstone Elementary" in told
    assert "" == before_publishing(dossier)


def test_a_count_that_is_zero_now_and_was_left_out_before_is_named_too(sample_plan, dossier):
    district = changed(sample_plan.district, {("0301", "english-learners"): -7})
    again = Dossier(replanned(sample_plan, district), earlier=(release_of(dossier),))
    assert "1 count is zero now and shown" in before_publishing(again)


def test_where_earlier_sets_leave_no_other_way_every_public_paper_says_that_less_holds(
    sample_plan, dossier, monkeypatch
):
    district = changed(sample_plan.district, {("0302", "homeless"): 1})
    release = release_of(dossier)
    plan = replanned(sample_plan, district)

    def only_unknowing(table, *, alike, **asked):
        if alike:
            raise InvalidValue("As if nothing held against whoever knows the program.")
        return hide_counts(table, alike=alike, **asked)

    monkeypatch.setattr(public_counts_module, "hide_counts", only_unknowing)
    weaker = Dossier(plan, earlier=(release,))
    assert Holds.UNKNOWING is weaker.public.holds
    sentence = "knows how this program chooses what to leave out may be able to narrow a small count down to a range of fewer than 5 pupils"
    assert sentence in weaker.note
    assert "Documents that were public before leave no other way." in before_publishing(weaker)
    assert sentence not in dossier.note
