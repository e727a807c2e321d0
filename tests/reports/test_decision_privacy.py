"""The public record of a decision tells no more of small counts than the other public documents do."""

from __future__ import annotations

import dataclasses
import re
import subprocess

from equity_alloc.decisions.book import Book
from equity_alloc.decisions.case import Case, Told
from equity_alloc.decisions.compose import compose
from equity_alloc.decisions.look import look
from equity_alloc.decisions.options import LAST_YEAR, last_year, option_of
from equity_alloc.domain.district import GroupUse
from equity_alloc.planning.certify import certify
from equity_alloc.planning.plan import OutcomeKind, Plan
from equity_alloc.reports.document import Dossier
from equity_alloc.reports.family import documents_named
from tests.decisions.conftest import AT, SAID, VERSIONS, assessment_of
from tests.reports.attacker import twin
from tests.reports.read_public import read
from tests.reports.test_privacy import SPAN, counts_of


def record_words(plan, told, public):
    """Return the words of the public record of a decision on a plan, without what is a digest of everything."""
    book = Book(plan.district.name).with_record(assessment_of(plan), AT)
    found = look(plan.view)
    with_levels = told.levels
    options = [last_year(plan, look=found, with_levels=with_levels)]
    for number, name in enumerate(("The plan", "Another")):
        options.append(option_of(plan, name, is_chosen=not number, look=found, with_levels=with_levels))
    assert LAST_YEAR == options[0].name
    decision = compose(Case(plan, book, options=3, told=told), SAID, options, found, VERSIONS)
    dossier = Dossier(plan, book=book.with_record(decision, "2026-11-25T09:00:00+00:00"))
    # What is hidden follows from what is small; the very same places are hidden, so that only words can differ.
    dossier.__dict__["public"] = public
    [document] = documents_named(["decision-record"])
    done = subprocess.run(["pdftotext", "-", "-"], input=document.write(dossier), capture_output=True, check=True)
    return re.sub(r"\b[0-9a-f]{12,64}\b", "", " ".join(done.stdout.decode().split()))


def test_another_district_with_other_small_counts_has_the_very_same_record(sample_plan):
    scenario, allocation = sample_plan.scenario, sample_plan.allocation
    funds = tuple(
        dataclasses.replace(fund, shared_by="last-year" if fund.shared_by else "")
        for fund in sample_plan.district.funds
    )
    district = dataclasses.replace(sample_plan.district, funds=funds)
    plan = Plan(district, scenario, allocation, certify(district, scenario, allocation), OutcomeKind.BEST_FOUND)
    dossier = Dossier(plan)
    reading = read(dossier)
    need = {group.code for group in district.groups if group.use is GroupUse.NEED}
    counts = {place: count for place, count in counts_of(plan).items() if place[1] in need}
    exact = {school.code: float(plan.view.weighted_pupils[school.code]) for school in district.schools}
    reading.weighted = {school: (pupils, pupils) for school, pupils in exact.items()}
    place = next(place for place in sorted(dossier.public.hidden.small) if place[1] == "homeless")
    other = {**counts, **twin(reading, place, most=True)}
    assert abs(other[place] - counts[place]) >= SPAN // 2
    schools = tuple(
        dataclasses.replace(s, groups=tuple((g, other.get((s.code, g), n)) for g, n in s.groups))
        for s in district.schools
    )
    twins = dataclasses.replace(district, schools=schools)
    same = Plan(twins, scenario, allocation, certify(twins, scenario, allocation), OutcomeKind.BEST_FOUND)
    groups = {group.code for group in dossier.public.groups} - {code for _, code in dossier.public.hidden.places}
    told = Told(dossier.public.hidden.levels, frozenset(groups))
    assert record_words(plan, told, dossier.public) == record_words(same, told, dossier.public)
