"""What stands behind a rule is read under its present label and under the one that older files have."""

import pytest

from equity_alloc.rules.base import Force
from equity_alloc.rules.hold_harmless import HoldHarmless
from equity_alloc.sources.base import FindingList
from equity_alloc.sources.read_setting import Typed, build_member
from tests.districts import random_district


@pytest.mark.parametrize(("force", "basis"), [("Authority", "Where it is written"), ("Force", "Basis")])
def test_the_authority_of_a_rule_is_read_under_both_labels(force, basis):
    typed = (Typed("Rules!D2", force, "promise"), Typed("Rules!D3", basis, "Minutes of May 4"))
    findings = FindingList()
    rule = build_member(HoldHarmless, typed, "Rules!B2", random_district(1), findings)
    assert [] == findings.found
    assert (Force.PROMISE, "Minutes of May 4") == (rule.force, rule.basis)
