"""A rule of a kind as the test of a commitment."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from equity_alloc.catalogue import rule_class
from equity_alloc.domain.district import District
from equity_alloc.domain.record import from_plain, to_plain
from equity_alloc.rules.base import Force, Rule
from equity_alloc.rules.setting import settings_of, typed_settings_of
from equity_alloc.scenario import Scenario
from equity_alloc.ui.changes import with_new_rule


def new_test(
    scenario: Scenario, code: str, district: District, settings: Mapping[str, str] | None = None
) -> Rule | None:
    """Return a rule of a kind as a test, its settings at their defaults but for those given; None for the blank code.

    Its authority is a promise where the kind of rule leaves that open.
    """
    if not code:
        return None
    rule: Any = with_new_rule(scenario, code, district).rules[-1]
    if "force" in settings_of(rule_class(code)):
        rule = dataclasses.replace(rule, force=Force.PROMISE)
    plain = {**to_plain(rule), **(settings or {})}
    typed = typed_settings_of(rule)
    made: Rule = from_plain(rule_class(code), {name: plain[name] for name in typed})
    return made
