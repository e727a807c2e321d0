"""The mark of a rule: a short text that changes when any of its settings does."""

from __future__ import annotations

from equity_alloc.domain.record import digest
from equity_alloc.rules.base import Rule
from equity_alloc.rules.setting import typed_settings_of


def rule_mark(rule: Rule) -> str:
    """Return the code of a rule with eight digits of what its settings are.

    Examples
    --------
    >>> from equity_alloc.rules.gain_cap import GainCap
    >>> rule_mark(GainCap()) == rule_mark(GainCap()), rule_mark(GainCap()).startswith("gain-cap ")
    (True, True)
    """
    return f"{rule.code} {digest(tuple(getattr(rule, name) for name in typed_settings_of(rule)))[:8]}"
