"""Rules that tighten or loosen from year to year: a setting of a rule with another number in a year ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from equity_alloc.domain.ahead import Assumption, What
from equity_alloc.domain.errors import InvalidValue, UnknownCode
from equity_alloc.rules.base import Rule
from equity_alloc.rules.setting import typed_settings_of, with_setting


def phased_rules(rules: Sequence[Rule], assumptions: Iterable[Assumption]) -> tuple[Rule, ...]:
    """Return rules with the settings that are assumed for a year: first what holds for every year, then what is its own.

    Raises
    ------
    UnknownCode, InvalidValue
        If a rule or setting is named that is not there, or the value is out of its range.
    """
    found = list(rules)
    for assumption in sorted((a for a in assumptions if a.what is What.RULE), key=lambda a: bool(a.year)):
        for place in _places(rules, assumption):
            found[place] = _changed(found[place], assumption)
    return tuple(found)


def phased_names(rules: Sequence[Rule]) -> tuple[str, ...]:
    """Return how each number of each rule is named in an assumption."""
    return tuple(
        f"{name}: {label}" for rule, name in zip(rules, _names(rules), strict=True) for label in _numbers(rule).values()
    )


def _places(rules: Sequence[Rule], assumption: Assumption) -> tuple[int, ...]:
    """Return where the rules stand that an assumption names: all of a code, or the second of a code as "code 2"."""
    name = assumption.of.partition(":")[0].strip().lower()
    found = tuple(i for i, own in enumerate(_names(rules)) if name in (own, rules[i].code))
    if not found:
        raise UnknownCode(
            f"{assumption.label}: there is no rule {name or 'with a blank name'} in this scenario. Write its code, a "
            "colon and the setting, for example hold-harmless: Share of last year; of several rules with one code the "
            "second is for example staffing-least 2."
        )
    return found


def _names(rules: Sequence[Rule]) -> tuple[str, ...]:
    """Return each rule's code, with its place among the rules of this code where there are several."""
    codes = [rule.code for rule in rules]
    return tuple(c if codes.count(c) == 1 else f"{c} {codes[: i + 1].count(c)}" for i, c in enumerate(codes))


def _changed(rule: Rule, assumption: Assumption) -> Rule:
    label, numbers = assumption.of.partition(":")[2].strip(), _numbers(rule)
    name = next((n for n, known in numbers.items() if label.lower() in (n, known.lower())), None)
    if name is None:
        known = ", ".join(numbers.values()) or "none"
        raise InvalidValue(
            f"{assumption.label}: {rule.title} has no number called {label or 'blank'}. Numbers that can change from year "
            f"to year: {known}."
        )
    try:
        return with_setting(rule, name, assumption.value)
    except InvalidValue as error:
        raise InvalidValue(f"{assumption.label}: {error}") from error


def _numbers(rule: Rule) -> dict[str, str]:
    """Return labels of the settings that are numbers, by name."""
    return {n: info.label for n, info in typed_settings_of(rule).items() if isinstance(getattr(rule, n), Decimal)}
