"""What the rules of a scenario are called here: titles that tell two rules of one kind apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from equity_alloc.domain.district import District
from equity_alloc.rules.base import Rule
from equity_alloc.rules.setting import Choice, print_setting, typed_settings_of

#: So many schools or positions are named; the others are counted.
NAMED = 3


def titles_of(rules: Sequence[Rule], district: District) -> tuple[str, ...]:
    """Return each rule's title with what it is for: its position, fund, line or schools.

    Where two would still be called the same, the settings in which they differ follow.

    Parameters
    ----------
    rules : sequence of Rule
    district : District
        Codes that it does not have stand as they are.

    Returns
    -------
    tuple of str
    """
    titles = [title_of(rule, district) for rule in rules]
    count = Counter(titles)
    return tuple(
        title
        if count[title] == 1
        else _with_settings(title, rule, [o for o, t in zip(rules, titles, strict=True) if t == title])
        for rule, title in zip(rules, titles, strict=True)
    )


def title_of(rule: Rule, district: District) -> str:
    """Return a rule's title with what it is for."""
    parts = list(_parts(rule, district))
    return f"{rule.title}: {', '.join(parts)}" if parts else rule.title


def _parts(rule: Rule, district: District) -> Iterator[str]:
    known = {
        Choice.POSITION: {position.code: position.title for position in district.positions},
        Choice.FUND: {fund.code: fund.title for fund in district.funds},
        Choice.SCHOOL: {school.code: school.name for school in district.schools},
        Choice.LINE: {line: line for line in district.lines},
        Choice.SCHOOL_KIND: {school.kind: f"{school.kind} schools" for school in district.schools},
    }
    known[Choice.ITEM] = known[Choice.POSITION] | known[Choice.LINE]
    for name, info in typed_settings_of(rule).items():
        if info.choice not in known:
            continue
        value, names = getattr(rule, name), known[info.choice]
        chosen = value if isinstance(value, tuple) else (value,)
        # "every position" and its like are no codes: such a rule is for all.
        found = [names[code] for code in chosen if code in names]
        if found:
            more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
            yield ", ".join(found[:NAMED]) + more


def _with_settings(title: str, rule: Rule, alike: Sequence[Rule]) -> str:
    """Return a title with the settings in which a rule differs from others called the same; none where none differs."""
    words = []
    for name, info in typed_settings_of(rule).items():
        values = {repr(getattr(other, name, None)) for other in alike}
        value = getattr(rule, name)
        if len(values) > 1 and value != "":
            shown = print_setting(value, info) if isinstance(value, Decimal) else _listed(value)
            words.append(f"{info.label.lower()} {shown}")
    return f"{title} ({'; '.join(words)})" if words else title


def _listed(value: object) -> str:
    return "; ".join(str(each) for each in value) if isinstance(value, tuple) else str(value)
