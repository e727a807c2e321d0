"""How likely a difference as wide as this is where group and others have one and the same risk."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from equity_alloc.measures.base import Floats
from equity_alloc.measures.disproportion.base import Counts

#: Tables whose probability is equal on paper differ in the last digits of a float.
SAME = 1e-7


def fisher_exact(counts: Counts) -> float:
    """Return the two-sided probability of Fisher's exact test.

    All tables with the same margins that are no likelier than this one are added up. Few pupils make it large, so that
    small groups raise few alarms.

    Returns
    -------
    float, probability
        In (0, 1]; small where chance alone hardly gives such a difference.

    References
    ----------
    Fisher, R. A. (1935), The Design of Experiments, section II: the lady who tastes tea.

    Examples
    --------
    Three of four cups named rightly: 34 of the 70 ways to choose four cups are no likelier than this.

    >>> round(fisher_exact(Counts(3, 4, 1, 4)), 9)
    0.485714286
    """
    cases, pupils = counts.cases + counts.other_cases, counts.pupils + counts.other_pupils
    low, high = max(0, cases - counts.other_pupils), min(cases, counts.pupils)
    logs = _log_factorials(_rounded_up(pupils))
    k = np.arange(low, high + 1)
    ways = _log_choose(logs, counts.pupils, k) + _log_choose(logs, counts.other_pupils, cases - k)
    chances = np.exp(ways - ways.max())
    own = chances[counts.cases - low]
    return float(min(1.0, chances[chances <= own * (1 + SAME)].sum() / chances.sum()))


def _log_choose(logs: Floats, n: int, k: np.ndarray) -> Floats:
    found: Floats = logs[n] - logs[k] - logs[n - k]
    return found


def _rounded_up(pupils: int) -> int:
    """Return the next power of two, so that few tables of factorials are kept."""
    return 1 << max(10, pupils.bit_length())


@lru_cache(maxsize=4)
def _log_factorials(most: int) -> Floats:
    found = np.zeros(most + 1)
    np.cumsum(np.log(np.arange(1, most + 1)), out=found[1:])
    found.setflags(write=False)
    return found
