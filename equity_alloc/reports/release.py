"""What a set of public documents has told of student groups: kept in a ledger, so that two sets give away no more than one.

It holds what was public and the places that were hidden there; never a hidden count.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from equity_alloc.catalogue import rule_class
from equity_alloc.domain.district import District
from equity_alloc.domain.errors import EquityAllocError, StoredFormat
from equity_alloc.domain.record import canonical, digest, from_plain, to_plain
from equity_alloc.reports.count_table import Place, Tied
from equity_alloc.reports.group_rules import GroupRule, ToldRule
from equity_alloc.reports.public_shares import ToldCore
from equity_alloc.rules.setting import typed_settings_of


@dataclass(frozen=True)
class ReleasedRule:
    """A staffing rule that was told with its ratio.

    Parameters
    ----------
    code, settings : str
        Its settings as JSON.
    is_kept, is_broken : bool
    """

    code: str
    settings: str
    is_kept: bool
    is_broken: bool


@dataclass(frozen=True)
class Release:
    """One set of public documents.

    Parameters
    ----------
    title : str
        The scenario.
    shown : tuple of ((school, group), pupils)
    hidden : tuple of (school, group)
    totals : tuple of str
        Groups whose total in the district is shown.
    levels : bool
        Whether levels per weighted pupil are shown, with these weights.
    weights : tuple of (group, weight)
    rules : tuple of ReleasedRule
    tied : Tied
        Schools whose core money follows counts, where levels are hidden.
    core : ToldCore
        Core dollars beside funds that counts share out.
    """

    title: str
    shown: tuple[tuple[Place, int], ...]
    hidden: tuple[Place, ...]
    totals: tuple[str, ...]
    levels: bool
    weights: tuple[tuple[str, Decimal], ...]
    rules: tuple[ReleasedRule, ...] = ()
    tied: Tied = Tied()
    core: ToldCore = ToldCore()

    @property
    def need_weights(self) -> Mapping[str, Fraction]:
        """The weights behind the levels, exact."""
        return {group: Fraction(weight) for group, weight in self.weights}

    @property
    def digest(self) -> str:
        """Identity of what was told; two plans that tell the same of counts share it."""
        return digest(
            (self.shown, self.hidden, self.totals, self.levels, self.weights, self.rules, self.tied, self.core)
        )

    @property
    def text(self) -> str:
        """As JSON."""
        return canonical(to_plain(self))

    def told_rules(self, district: District) -> tuple[ToldRule, ...]:
        """Return the rules that were told, as far as the district still has their position and kind of school."""
        return tuple(
            ToldRule(rule, each.is_kept, each.is_broken)
            for each in self.rules
            if (rule := _rule(each)) is not None
            and rule.position in district.position_of
            and (rule.kind in {school.kind for school in district.schools} or rule.kind == type(rule)().kind)
        )


def release_from_text(text: str) -> Release:
    """Return the release that a text stands for.

    Raises
    ------
    StoredFormat
    """
    try:
        data: Any = json.loads(text)
    except ValueError as error:
        raise StoredFormat(f"A line of the ledger of public documents is not JSON: {error}.") from error
    return from_plain(Release, data)


def released_rule(told: ToldRule) -> ReleasedRule:
    """Return a rule as the ledger keeps it."""
    settings = to_plain(told.rule)
    named = {name: settings[name] for name in typed_settings_of(told.rule)}
    return ReleasedRule(told.rule.code, canonical(named), told.is_kept, told.is_broken)


def _rule(each: ReleasedRule) -> GroupRule | None:
    try:
        rule = from_plain(rule_class(each.code), json.loads(each.settings))
    except EquityAllocError:
        return None
    return rule if isinstance(rule, GroupRule) else None
