"""What is varied: one number of a rule, a need weight, a fund, the goal or the tolerance, over a list of values.

A choice is written as `target=values`. Targets: `hold-harmless.share` or `5.share` (a rule by its code or its number),
`weight.poor`, `fund.GEN`, `goal.aversion`, `tolerance`. Values: `0.9,0.95,1`, or `0.9:1:0.01` from first to last by a
step; percent signs are understood, and for a fund percent means of the district's own amount.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import product

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.domain.fund_change import FundChange
from equity_alloc.domain.need import NeedWeight
from equity_alloc.domain.number import count_words, typed_number
from equity_alloc.rules.setting import Member, typed_settings_of, with_setting
from equity_alloc.scenario import Scenario

#: A longer list of values, or a larger grid, is a slip of the pen.
MOST_VALUES, MOST_SCENARIOS = 10_000, 200_000

#: Before the point of a choice that is no rule's.
_NO_RULES = ("weight", "fund", "goal")


@dataclass(frozen=True, slots=True)
class Varied:
    """One choice and the values that it takes, as they were written.

    Parameters
    ----------
    target : str
    values : tuple of str
    """

    target: str
    values: tuple[str, ...]


def read_varied(text: str) -> Varied:
    """Return what `target=values` says.

    Raises
    ------
    InvalidValue
        With the text and what is expected.

    Examples
    --------
    >>> read_varied("hold-harmless.share=0.9:1:0.05")
    Varied(target='hold-harmless.share', values=('0.9', '0.95', '1'))
    >>> read_varied("fund.GEN=98%,100%").values
    ('98%', '100%')
    """
    target, equals, values = (part.strip() for part in text.partition("="))
    if not equals or not target or not values:
        raise InvalidValue(
            f"--vary {text}: write what is varied and its values, such as hold-harmless.share=0.9:1:0.01 or fund.GEN=98%,100%."
        )
    listed = _range(text, values) if ":" in values else [value.strip() for value in values.split(",")]
    if "" in listed:
        raise InvalidValue(f"--vary {text}: a value is missing between two commas.")
    if len(set(listed)) != len(listed):
        raise InvalidValue(f"--vary {text}: a value is named twice.")
    return Varied(target, tuple(listed))


def grid(varied: tuple[Varied, ...]) -> list[tuple[str, ...]]:
    """Return every combination of values, the last choice changing fastest; one empty combination without choices.

    Raises
    ------
    InvalidValue
        If a choice is named twice, or the grid is larger than any run.
    """
    targets = [each.target for each in varied]
    if len(set(targets)) != len(targets):
        raise InvalidValue("--vary: one choice is named twice. Write all its values in one list.")
    size = 1
    for each in varied:
        size *= len(each.values)
    if size > MOST_SCENARIOS:
        raise InvalidValue(
            f"The grid has {count_words(size, 'scenario')}; at most {MOST_SCENARIOS:,} are run at once. Take wider steps."
        )
    return list(product(*(each.values for each in varied)))


def with_value(scenario: Scenario, district: District, target: str, value: str) -> Scenario:
    """Return the scenario with one choice at one value.

    Raises
    ------
    UnknownCode, InvalidValue
        With the target, the value and what would do.
    """
    if target == "tolerance":
        if value.endswith("%"):
            raise InvalidValue(f"tolerance: '{value}' is not in dollars per weighted pupil, such as 5.")
        return dataclasses.replace(scenario, tolerance=_cents(target, value))
    head, dot, name = target.rpartition(".")
    if not dot:
        raise UnknownCode(
            f"There is no choice called {target}. Known: RULE.setting, weight.GROUP, fund.CODE, goal.setting, tolerance."
        )
    if head == "weight":
        return _with_weight(scenario, district, name, _number(target, value))
    if head == "fund":
        return _with_fund(scenario, district, target, name, value)
    if head == "goal":
        return dataclasses.replace(scenario, objective=_set(scenario.objective, target, name, value))
    number = rule_number(scenario, head)
    rules = list(scenario.rules)
    rules[number - 1] = _set(rules[number - 1], target, name, value)
    return dataclasses.replace(scenario, rules=tuple(rules))


def with_values(scenario: Scenario, district: District, targets: Sequence[str], values: Sequence[str]) -> Scenario:
    """Return the scenario with several choices, each at one value.

    Raises
    ------
    UnknownCode, InvalidValue
        As for one; also if one setting is named twice, by its rule's code and by its number.
    """
    meant = [_meant(scenario, target) for target in targets]
    for k, each in enumerate(meant):
        if each in meant[:k]:
            first = targets[meant.index(each)]
            raise InvalidValue(
                f"--vary: {first} and {targets[k]} are one and the same here. Write all its values in one list."
            )
    for target, value in zip(targets, values, strict=True):
        scenario = with_value(scenario, district, target, value)
    return scenario


def rule_number(scenario: Scenario, named: str) -> int:
    """Return the place of a rule that is named by its number or its code.

    Raises
    ------
    UnknownCode
        If there is none, or several have the code.
    """
    if named.isdecimal() and 1 <= int(named) <= len(scenario.rules):
        return int(named)
    places = [number for number, rule in enumerate(scenario.rules, start=1) if rule.code == named]
    if len(places) == 1:
        return places[0]
    if places:
        listed = ", ".join(str(number) for number in places)
        raise UnknownCode(f"{len(places)} rules are called {named}. Name one by its number: {listed}.")
    known = ", ".join(dict.fromkeys(rule.code for rule in scenario.rules))
    raise UnknownCode(
        f"There is no rule {named} in this scenario. Its {count_words(len(scenario.rules), 'rule')}: {known}."
    )


def varied_rules(scenario: Scenario, varied: tuple[Varied, ...]) -> frozenset[int]:
    """Return the places of the rules that are varied."""
    heads = [each.target.rpartition(".")[0] for each in varied]
    return frozenset(rule_number(scenario, head) for head in heads if head and head not in _NO_RULES)


def _with_weight(scenario: Scenario, district: District, group: str, weight: Decimal) -> Scenario:
    if group not in district.group_of:
        raise UnknownCode(
            f"There is no student group with code {group}. Known: {', '.join(district.group_of) or 'none'}."
        )
    known = {need.group: need for need in scenario.need_weights}
    source = known[group].source if group in known else ""
    known[group] = NeedWeight(group, weight, source)
    return dataclasses.replace(scenario, need_weights=tuple(known.values()))


def _with_fund(scenario: Scenario, district: District, target: str, code: str, value: str) -> Scenario:
    if code not in district.fund_of:
        raise UnknownCode(f"There is no fund with code {code}. Known: {', '.join(district.fund_of)}.")
    own = district.fund_of[code].amount
    number = _number(target, value)
    amount = round(own * number) if value.endswith("%") else _cents(target, value)
    changes = {change.fund: change for change in scenario.funds}
    changes[code] = dataclasses.replace(changes.get(code, FundChange(code)), amount=None if amount == own else amount)
    kept = tuple(change for change in changes.values() if change != FundChange(change.fund))
    return dataclasses.replace(scenario, funds=kept)


def _set(member: Member, target: str, name: str, value: str) -> Member:
    """Return a rule or goal with one setting changed, read as the kind of value that stands there."""
    settings = typed_settings_of(member)
    if name not in settings:
        known = ", ".join(settings) or "none"
        raise UnknownCode(f"{target}: there is no setting {name} here. Known: {known}.")
    before = getattr(member, name)
    if isinstance(before, Decimal):
        return with_setting(member, name, _number(target, value))
    if isinstance(before, Enum):
        try:
            return with_setting(member, name, type(before)(value))
        except ValueError as error:
            options = "; ".join(str(option.value) for option in type(before))
            raise InvalidValue(f"{target}: '{value}' is not one of: {options}.") from error
    if isinstance(before, str):
        return with_setting(member, name, value)
    raise InvalidValue(
        f"{target}: a list of schools or positions cannot be varied; vary a number or one of a few words."
    )


def _number(target: str, text: str) -> Decimal:
    number = typed_number(text.removesuffix("%").replace("$", ""))
    if number is None:
        raise InvalidValue(f"{target}: '{text}' is not a number.")
    return number / 100 if text.endswith("%") else number


def _cents(target: str, text: str) -> int:
    cents = _number(target, text) * 100
    if cents != int(cents):
        raise InvalidValue(f"{target}: '{text}' is not in whole cents.")
    return int(cents)


def _meant(scenario: Scenario, target: str) -> str:
    """Return a choice by the number of its rule, so that two names of one choice are the same."""
    head, dot, name = target.rpartition(".")
    return f"{rule_number(scenario, head)}.{name}" if dot and head not in _NO_RULES else target


def _range(text: str, values: str) -> list[str]:
    parts = values.split(":")
    percent = "%" if parts[0].endswith("%") else ""
    if len(parts) != 3 or any(part.strip().endswith("%") != bool(percent) for part in parts):
        raise InvalidValue(f"--vary {text}: a range is first:last:step, such as 0.9:1:0.01 or 95%:105%:1%.")
    first, last, step = (_number(text, part.strip().removesuffix("%")) for part in parts)
    if step <= 0 or last < first or (last - first) / step >= MOST_VALUES:
        raise InvalidValue(
            f"--vary {text}: from first up to last by a step above zero, and at most {MOST_VALUES:,} values."
        )
    return [f"{(first + k * step).normalize():f}{percent}" for k in range(int((last - first) / step) + 1)]
