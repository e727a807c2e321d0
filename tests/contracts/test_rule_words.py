"""A rule reads the same after it was stored: 400 pupils never come back as 4e+2."""

from __future__ import annotations

import dataclasses
import random
from decimal import Decimal
from typing import Any

import pytest

from equity_alloc.catalogue import rule_classes
from equity_alloc.domain.errors import EquityAllocError
from equity_alloc.domain.record import canonical, from_plain, to_plain
from equity_alloc.sources.sample import sample_district, sample_reading
from tests.draws import draw_member


def stored(rule: Any) -> Any:
    """Return the rule as it comes back from a scenario's text."""
    assert canonical(to_plain(rule))
    return from_plain(type(rule), to_plain(rule))


def without_zeros(rule: Any) -> Any:
    changes = {
        item.name: getattr(rule, item.name).normalize()
        for item in dataclasses.fields(rule)
        if isinstance(getattr(rule, item.name), Decimal)
    }
    return dataclasses.replace(rule, **changes)


def test_the_rules_of_the_sample_read_the_same_after_they_were_stored() -> None:
    scenario = sample_reading().scenario
    assert scenario is not None
    district = scenario.apply(sample_district())
    for rule in scenario.rules:
        words = rule.explain(district)
        assert stored(rule).explain(district) == words
        assert without_zeros(rule).explain(district) == words
        assert "e+" not in words.lower()


@pytest.mark.parametrize("code", sorted(rule_classes()))
def test_any_rule_reads_the_same_without_the_zeros_of_its_numbers(code: str) -> None:
    district = sample_district()
    for seed in range(6):
        try:
            rule = draw_member(random.Random(seed), rule_classes()[code], district)
            if rule is None:
                continue
            words = rule.explain(district)
        except EquityAllocError:
            continue  # A draw that is refused says so, which other contracts test.
        assert without_zeros(rule).explain(district) == words
