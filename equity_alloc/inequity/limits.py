"""When a difference may be told at all, and how many false alarms are put up with: dated, cited values."""

from __future__ import annotations

from equity_alloc.measures.disproportion.base import Counts
from equity_alloc.parameters.amount import Amount
from equity_alloc.parameters.library import parameters


def _value(name: str) -> Amount:
    return parameters("inequity")[name][-1]


def least_cases() -> Amount:
    """Fewest cases of a group for which its difference is told."""
    return _value("least-cases")


def least_pupils() -> Amount:
    """Fewest pupils of a group, and of everybody else, for which a difference is told."""
    return _value("least-pupils")


def ratio_line(*, more_is_better: bool) -> float:
    """Return the risk ratio from which a gap is called wide: over one for what is bad for pupils, under one for what is good."""
    return float(_value("ratio-line-good" if more_is_better else "ratio-line-bad").value)


def least_schools() -> Amount:
    """Fewest schools from which it is told how much whole schools differ."""
    return _value("least-schools")


def usual_change() -> Amount:
    """By what part the pupils of a school change from year to year, where a district's own counts do not tell."""
    return _value("usual-yearly-change")


def false_discovery_rate() -> float:
    """Return the share of gaps marked as standing out that may be chance."""
    return float(_value("false-discovery-rate").value)


def is_large_enough(counts: Counts, *, more_is_better: bool) -> bool:
    """Return whether the group and everybody else are large enough to be compared.

    The rule on cases counts what is bad for pupils: suspensions as they are, and where taking part is good, those who
    do not. Else a group that is shut out altogether would be too small to be seen.

    Examples
    --------
    Twelve of 40 suspended, then none of 40 in algebra, then 12 of 20 suspended.

    >>> is_large_enough(Counts(12, 40, 60, 600), more_is_better=False)
    True
    >>> is_large_enough(Counts(0, 40, 300, 600), more_is_better=True)
    True
    >>> is_large_enough(Counts(12, 20, 60, 600), more_is_better=False)
    False
    """
    if min(counts.pupils, counts.other_pupils) < int(least_pupils().value):
        return False
    adverse = counts.pupils - counts.cases if more_is_better else counts.cases
    return adverse >= int(least_cases().value)
