"""A measure of adequacy says whose target it is taken against: the formula's, the district's, or nobody's."""

from __future__ import annotations

import dataclasses

from equity_alloc.measures.base import Reads
from equity_alloc.planning.plan import Plan
from equity_alloc.planning.search import plan
from equity_alloc.planning.summary import measure_rows
from equity_alloc.planning.whose_target import target_words
from equity_alloc.reports.live_words import measures
from tests.districts import plain_scenario, random_district

DISTRICT = random_district(2, 4)


def test_without_a_target_the_words_do_not_call_need_weights_enough():
    words = target_words(plain_scenario().view(DISTRICT))
    assert "nobody has said how much is enough" in words
    assert "not that it is enough" in words


def test_a_target_of_the_district_is_named_with_its_column():
    schools = tuple(dataclasses.replace(school, target=5_000_000_00) for school in DISTRICT.schools)
    words = target_words(plain_scenario().view(dataclasses.replace(DISTRICT, schools=schools)))
    assert "column Target of the sheet Schools" in words


def test_the_words_stand_beside_every_measure_of_adequacy_and_beside_no_other():
    made = plan(DISTRICT, plain_scenario())
    assert isinstance(made, Plan)
    rows = measure_rows(made)
    assert {True, False} == {bool(row.basis) for row in rows}
    assert all(bool(row.basis) == (row.measure.reads is not Reads.LEVEL) for row in rows)
    told = [cells for cells in measures(made).rows if "Whose target" in str(cells[5])]
    assert len(told) == sum(1 for row in rows if row.basis)
