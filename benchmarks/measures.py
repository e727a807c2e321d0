"""Equity measures against PySAL's inequality and plain NumPy: the same numbers where both define the same, and the time."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import numpy as np

from benchmarks.clock import Row, at_most, check, cpu_seconds, report, within
from equity_alloc.measures.atkinson import atkinson
from equity_alloc.measures.atkinson_half import atkinson_half
from equity_alloc.measures.base import Floats
from equity_alloc.measures.decomposition import split_theil_t
from equity_alloc.measures.gini import gini
from equity_alloc.measures.theil_l import theil_l
from equity_alloc.measures.theil_t import theil_t

SCHOOLS = 100_000
SEEDS = 20
PUPILS = 50_000_000


def rows(repeats: int) -> list[Row]:
    """Return Gini against brute force and sorting, and every measure that PySAL has too."""
    values, pupils = drawn(1, SCHOOLS)
    mine = 1e3 * cpu_seconds(lambda: gini(values, pupils), 5 * repeats)
    argsort = 1e3 * cpu_seconds(lambda: np.argsort(values), 5 * repeats)
    found = [
        check("Gini, weighted, equals all pairs", _equals_pairs(), "1e-12"),
        at_most("Gini, weighted, 100,000 schools", "np.argsort of the values", mine, argsort, 2.5),
    ]
    found += _every_pupil()
    for name, measure in (("Theil T", theil_t), ("Theil L", theil_l), ("Atkinson 0.5", atkinson_half)):
        found.append(report(f"{name}, weighted, 100,000 schools", _ms(measure, values, pupils, repeats), "ms"))
    return found + _against_pysal(values, repeats)


def _every_pupil() -> list[Row]:
    """Fifty million pupils one by one, as no school-level plan needs them: against sorting alone."""
    draw = np.random.default_rng(1)
    values, once = draw.lognormal(9, 0.3, PUPILS), np.ones(PUPILS)
    mine = 1e3 * cpu_seconds(lambda: gini(values, once), 1)
    sort = 1e3 * cpu_seconds(lambda: np.sort(values), 1)
    few = slice(0, 2_000_000)
    apart = abs(gini(values[few], once[few]) - _sorted_gini(values[few]))
    return [
        within("Gini, 50,000,000 pupils", mine, 1_500.0),
        at_most("Gini, 50,000,000 pupils", "np.sort of the values", mine, sort, 1),
        check("Gini of 2,000,000 pupils equals sorting", apart < 1e-11, "1e-11"),
    ]


def _sorted_gini(values: Floats) -> float:
    ascending, n = np.sort(values), len(values)
    return float(((2 * np.arange(1, n + 1) - n - 1) * ascending).sum() / (n * ascending.sum()))


def drawn(seed: int, count: int) -> tuple[Floats, Floats]:
    """Return dollars per pupil and whole pupils."""
    draw = np.random.default_rng(seed)
    return draw.lognormal(9, 0.3, count), draw.integers(1, 40, count).astype(float)


def _ms(measure: Callable[[Floats, Floats], float], values: Floats, pupils: Floats, repeats: int) -> float:
    return 1e3 * cpu_seconds(lambda: measure(values, pupils), 3 * repeats)


def _equals_pairs() -> bool:
    for seed in range(SEEDS):
        values, pupils = drawn(seed, 300)
        pairs = np.abs(values[:, None] - values[None, :]) * np.outer(pupils, pupils)
        brute = pairs.sum() / (2 * pupils.sum() * (pupils @ values))
        if abs(brute - gini(values, pupils)) > 1e-12:
            return False
    return True


def _against_pysal(values: Floats, repeats: int) -> list[Row]:
    """PySAL knows no weights: a school of 30 pupils is 30 rows there, and rows of schools measure something else."""
    try:
        import inequality.atkinson
        import inequality.gini
        import inequality.theil as theil
    except ImportError:
        return [Row("PySAL inequality: not installed", "requirements-benchmarks.txt", None, None, "", "", None)]
    pysal: ModuleType = inequality
    pairs: dict[str, tuple[Callable[[Floats], float], Callable[[Floats, Floats], float]]] = {
        "Gini": (lambda x: float(pysal.gini.Gini(x).g), gini),
        "Theil T": (lambda x: float(np.ravel(theil.Theil(x).T)[0]), theil_t),
        "Atkinson 0.5": (lambda x: float(pysal.atkinson.Atkinson(x, 0.5).A), atkinson_half),
        "Atkinson 1": (lambda x: float(pysal.atkinson.Atkinson(x, 1).A), atkinson),
    }
    found = []
    once = np.ones(len(values))
    for name, (theirs, ours) in pairs.items():
        equal = all(abs(theirs(np.repeat(x, w.astype(int))) - ours(x, w)) < 1e-12 for x, w in _samples())
        found.append(check(f"{name} equals PySAL over every pupil", equal, "1e-12"))
        taken = 1e3 * cpu_seconds(lambda f=theirs: f(values), repeats)  # type: ignore[misc]
        found.append(
            report(f"{name}, unweighted rows", _ms(ours, values, once, repeats), "ms", "PySAL inequality", taken)
        )
    split = all(_same_split(theil, x, w, seed) for seed, (x, w) in enumerate(_samples()))
    apart = all(abs(pairs["Gini"][0](x) - gini(x, w)) > 1e-6 for x, w in _samples())
    return [
        *found,
        check("Theil T between and within equals PySAL", split, "1e-12"),
        check("PySAL on rows of schools is not over pupils", apart, "differs"),
    ]


def _samples() -> list[tuple[Floats, Floats]]:
    return [drawn(seed, 40) for seed in range(SEEDS)]


def _same_split(theil: ModuleType, values: Floats, pupils: Floats, seed: int) -> bool:
    groups = np.random.default_rng(seed).integers(0, 3, len(values))
    counts = pupils.astype(int)
    theirs = theil.TheilD(np.repeat(values, counts), np.repeat(groups, counts))
    ours = split_theil_t(values, pupils, groups.tolist())
    return (
        abs(float(np.ravel(theirs.bg)[0]) - ours.between) < 1e-12
        and abs(float(np.ravel(theirs.wg)[0]) - ours.within) < 1e-12
    )
