"""The ledger knows the same pupils again under another name, and does not take one name for one district."""

from __future__ import annotations

import dataclasses

from equity_alloc.cli_ledger import open_ledger
from equity_alloc.domain.district import District, GroupUse
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.earlier_sets import called, identity_of_counts, is_about, told_of_sets
from equity_alloc.reports.family import documents_named
from equity_alloc.reports.releases import release_of
from tests.reports.read_public import read
from tests.reports.test_privacy import attacked, small_of
from tests.reports.test_releases import side_by_side, with_weights


def changed(district: District, name: str, *, more: int = 0, code: str = "") -> District:
    """The schools under another name, with so many more pupils in every group, and codes that begin so."""
    schools = tuple(
        dataclasses.replace(
            s, code=code + s.code, groups=tuple((g, None if n is None else n + more * (n > 0)) for g, n in s.groups)
        )
        for s in district.schools
    )
    return District(name, district.year, schools, district.groups)


def renamed(plan: Plan, name: str) -> Plan:
    district = dataclasses.replace(plan.district, name=name)
    certificate = certify(district, plan.scenario, plan.allocation)
    return Plan(district, plan.scenario, plan.allocation, certificate, OutcomeKind.BEST_FOUND)


def test_a_set_under_another_spelling_is_known_by_its_counts_and_the_reader_is_told_which(sample_plan, dossier):
    release, was = release_of(dossier), called(sample_plan.district)
    other = changed(sample_plan.district, "Larkspur Unified S.D.")
    assert is_about(release, was, other)
    words = told_of_sets([(was, release)], other)
    shown = sum(count > 0 for _, count in release.shown)
    assert f"A set made as {was} is about the same pupils: {shown} of the {shown} counts" in words
    assert "" == told_of_sets([(was, release)], sample_plan.district)


def test_counts_of_another_year_are_not_the_same_pupils_though_schools_and_name_are(sample_plan, dossier):
    """Every count is another one; under another name no set is about them, under the same name and year it stays one."""
    grown = changed(sample_plan.district, "Larkspur of next year", more=1)
    assert not is_about(release_of(dossier), called(sample_plan.district), grown)
    assert is_about(release_of(dossier), called(grown), grown)


def test_two_districts_with_one_name_are_told_apart_by_the_codes_of_their_schools(sample_plan, dossier):
    twin = changed(sample_plan.district, sample_plan.district.name, code="9")
    release, was = release_of(dossier), called(sample_plan.district)
    assert was == called(twin)
    assert not is_about(release, was, twin)
    assert "is of schools with other codes and left aside" in told_of_sets([(was, release)], twin)


def test_the_identity_of_counts_is_that_of_pupils_and_not_of_names_or_money(sample_plan):
    first = identity_of_counts(sample_plan.district)
    assert first == identity_of_counts(changed(sample_plan.district, "Other"))
    assert first != identity_of_counts(changed(sample_plan.district, "Other", more=1))
    audit = {group.code for group in sample_plan.district.groups if group.use is GroupUse.AUDIT}
    schools = tuple(
        dataclasses.replace(s, groups=tuple(each for each in s.groups if each[0] not in audit))
        for s in sample_plan.district.schools
    )
    assert first == identity_of_counts(dataclasses.replace(sample_plan.district, schools=schools))


def test_a_second_set_under_another_name_gives_nothing_away_beside_the_first(sample_plan, tmp_path, monkeypatch):
    monkeypatch.setenv("EQUITY_ALLOC_HOME", str(tmp_path))
    public = documents_named(["public-tables"])
    first = open_ledger(Dossier(sample_plan), public, published=True, forget=False)
    assert ("", "") == (first.told, first.withholds())
    other = renamed(with_weights(sample_plan, english_learners="0.5", homeless="0.7"), "The Larkspur schools")
    blind = side_by_side(read(first.dossier), read(Dossier(other)))
    assert attacked(sample_plan, blind, small_of(sample_plan, blind))
    second = open_ledger(Dossier(other), public, published=True, forget=False)
    assert f"A set made as {called(sample_plan.district)} is about the same pupils" in second.told
    joint = side_by_side(read(first.dossier), read(second.dossier))
    assert {} == attacked(sample_plan, joint, small_of(sample_plan, joint))
    taken = open_ledger(Dossier(other), public, published=True, forget=True)
    assert ("", ()) == (taken.told, taken.dossier.earlier)
