"""Every measure keeps what it claims, claims nothing it does not keep, and refuses what cannot be."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from equity_alloc import measures
from equity_alloc.domain.errors import EmptyDistribution, InvalidValue
from equity_alloc.measures.base import Axiom, Better, Measure, Reads
from equity_alloc.measures.gini import gini_of_bins
from equity_alloc.measures.quantile import weighted_quantile

Floats = NDArray[np.float64]
SEEDS = range(40)
MODULES = [
    importlib.import_module(f"{measures.__name__}.{info.name}") for info in pkgutil.iter_modules(measures.__path__)
]
MEASURES: list[Measure] = [module.MEASURE for module in MODULES if hasattr(module, "MEASURE")]

every_measure = pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.code)
every_seed = pytest.mark.parametrize("seed", SEEDS)


@dataclass(frozen=True, slots=True)
class Spread:
    """A random district as a measure sees it."""

    values: Floats
    weights: Floats
    need: Floats

    def read(self, measure: Measure) -> float:
        """Return the measure; dollars become shares of a target of 10,000 where it reads funded shares."""
        scale = 1.0 if measure.reads is Reads.LEVEL else 1e-4
        return measure.value(self.values * scale, self.weights, self.need)

    def taken(self, rows: NDArray[np.int64]) -> Spread:
        return Spread(self.values[rows], self.weights[rows], self.need[rows])


def random_spread(random: np.random.Generator) -> Spread:
    """Return 3 to 12 schools with whole pupils, some values tied, need shares anywhere in (0, 1)."""
    count = int(random.integers(3, 13))
    values = np.round(random.uniform(3000, 20000, count), int(random.integers(-3, 3)))
    return Spread(values, random.integers(1, 900, count).astype(float), random.uniform(0.02, 0.98, count))


def transferred(spread: Spread, random: np.random.Generator) -> Spread | None:
    """Return the spread after dollars moved from a higher to a lower school, or None where all are equal."""
    low, high = random.permutation(len(spread.values))[:2]
    if spread.values[low] > spread.values[high]:
        low, high = high, low
    distance = spread.values[high] - spread.values[low]
    if distance < 1:
        return None
    dollars = random.uniform(0.2, 0.9) * distance / (1 / spread.weights[low] + 1 / spread.weights[high])
    values = spread.values.copy()
    values[low] += dollars / spread.weights[low]
    values[high] -= dollars / spread.weights[high]
    return replace(spread, values=values)


def same(first: float, second: float) -> bool:
    return first == pytest.approx(second, rel=1e-9, abs=1e-9)


def keeps_anonymity(measure: Measure, spread: Spread, random: np.random.Generator) -> bool:
    return same(spread.read(measure), spread.taken(random.permutation(len(spread.values))).read(measure))


def keeps_scale(measure: Measure, spread: Spread, random: np.random.Generator) -> bool:
    larger = replace(spread, values=spread.values * random.uniform(1.5, 9))
    return same(spread.read(measure), larger.read(measure))


def keeps_replication(measure: Measure, spread: Spread, random: np.random.Generator) -> bool:
    school = int(random.integers(len(spread.values)))
    split = spread.taken(np.append(np.arange(len(spread.values)), school))
    weights = split.weights.copy()
    weights[-1] = weights[school] * random.uniform(0.1, 0.9)
    weights[school] -= weights[-1]
    doubled = replace(spread, weights=spread.weights * 2)
    before = spread.read(measure)
    return same(before, replace(split, weights=weights).read(measure)) and same(before, doubled.read(measure))


def keeps_transfer(measure: Measure, spread: Spread, random: np.random.Generator) -> bool:
    after = transferred(spread, random)
    if after is None:
        return True
    gain = after.read(measure) - spread.read(measure)
    return gain > 1e-9 if measure.better is Better.HIGHER else gain < -1e-9


def keeps_zero_at_equality(measure: Measure, spread: Spread, random: np.random.Generator) -> bool:
    equal = replace(spread, values=np.full_like(spread.values, random.uniform(3000, 20000)))
    return abs(equal.read(measure)) < 1e-9


def keeps_one_at_equality(measure: Measure, spread: Spread, random: np.random.Generator) -> bool:
    equal = replace(spread, values=np.full_like(spread.values, random.uniform(3000, 20000)))
    return abs(equal.read(measure) - 1) < 1e-9


KEEPS: dict[Axiom, Callable[[Measure, Spread, np.random.Generator], bool]] = {
    Axiom.ANONYMITY: keeps_anonymity,
    Axiom.SCALE: keeps_scale,
    Axiom.REPLICATION: keeps_replication,
    Axiom.TRANSFER: keeps_transfer,
    Axiom.ZERO_AT_EQUALITY: keeps_zero_at_equality,
    Axiom.ONE_AT_EQUALITY: keeps_one_at_equality,
}


def kept(measure: Measure, axiom: Axiom, seed: int) -> bool:
    """Whether an axiom holds on one draw; a measure that is not defined at equality keeps no value there."""
    random = np.random.default_rng(seed)
    try:
        return KEEPS[axiom](measure, random_spread(random), random)
    except InvalidValue:
        return False


def test_every_axiom_has_a_proof() -> None:
    assert set(Axiom) == set(KEEPS)


def test_the_family_has_the_measures_that_reports_name() -> None:
    codes = {
        "adequacy-index", "atkinson", "atkinson-half", "atkinson-two", "coefficient-of-variation", "equivalent-level",
        "federal-range-ratio", "funded-share-gap", "gini", "hoover", "jain", "kolm-pollak-loss", "lowest-funded-share",
        "mcloone", "mean-per-pupil", "need-correlation", "need-elasticity", "need-gap", "need-slope",
        "poor-to-non-poor-ratio", "quintile-ratio", "range", "restricted-range", "share-at-target", "shortfall",
        "shortfall-severity", "theil-l", "theil-t", "verstegen", "wealth-correlation", "wealth-elasticity", "wealth-slope",
    }  # fmt: skip
    assert codes <= {measure.code for measure in MEASURES}


@every_seed
@every_measure
def test_a_measure_keeps_every_axiom_it_claims(measure: Measure, seed: int) -> None:
    for axiom in sorted(measure.axioms):
        assert kept(measure, axiom, seed), f"{measure.code} breaks {axiom}"


@every_measure
def test_a_measure_breaks_every_axiom_it_does_not_claim(measure: Measure) -> None:
    for axiom in set(Axiom) - measure.axioms:
        assert not all(kept(measure, axiom, seed) for seed in SEEDS), f"{measure.code} may claim {axiom}"


@every_seed
def test_all_measures_that_claim_transfer_move_the_same_way(seed: int) -> None:
    random = np.random.default_rng(seed)
    spread = random_spread(random)
    after = transferred(spread, random)
    claiming = [measure for measure in MEASURES if Axiom.TRANSFER in measure.axioms]
    sign = {Better.LOWER: -1, Better.HIGHER: 1}
    moves = {np.sign(after.read(m) - spread.read(m)) * sign[m.better] for m in claiming} if after else {1}
    assert len(claiming) >= 5
    assert {1} == moves


@every_seed
@every_measure
def test_a_measure_over_schools_agrees_with_one_over_every_pupil_written_out(measure: Measure, seed: int) -> None:
    random = np.random.default_rng(seed)
    count = int(random.integers(2, 9))
    pupils = random.integers(0, 12, count)
    pupils[:2] += 1
    spread = Spread(
        100 * random.integers(1, 30, count).astype(float), pupils.astype(float), random.uniform(0.02, 0.98, count)
    )
    written_out = spread.taken(np.repeat(np.arange(count), pupils))
    expected = replace(written_out, weights=np.ones(int(pupils.sum()))).read(measure)
    assert expected == pytest.approx(spread.read(measure), rel=1e-9, abs=1e-9)


@every_seed
def test_a_weighted_quantile_is_the_pupil_in_that_place_of_the_line(seed: int) -> None:
    random = np.random.default_rng(seed)
    pupils, values = random.integers(1, 40, 7), 100 * random.integers(1, 30, 7).astype(float)
    line = np.sort(np.repeat(values, pupils))
    for percent in (1, 5, 25, 50, 75, 95, 100):
        place = -(-percent * len(line) // 100)
        assert line[place - 1] == weighted_quantile(values, pupils.astype(float), percent / 100)


@every_seed
def test_the_gini_is_half_the_mean_difference_over_all_pairs(seed: int) -> None:
    spread = random_spread(np.random.default_rng(seed))
    pairs = np.abs(spread.values[:, None] - spread.values[None, :]) * np.outer(spread.weights, spread.weights)
    expected = pairs.sum() / (2 * spread.weights.sum() * (spread.weights @ spread.values))
    gini = next(measure for measure in MEASURES if measure.code == "gini")
    assert expected == pytest.approx(spread.read(gini), abs=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_the_gini_of_very_many_rows_counted_in_bins_is_that_of_sorting(seed: int) -> None:
    draw = np.random.default_rng(seed)
    values, pupils = draw.lognormal(9, 0.3, 300_000), draw.integers(1, 5, 300_000).astype(float)
    sorted_ = next(measure for measure in MEASURES if measure.code == "gini").value(values, pupils)
    assert sorted_ == pytest.approx(gini_of_bins(values, pupils), abs=1e-11)


def test_bins_that_one_far_value_makes_too_wide_are_not_used() -> None:
    values = np.append(np.random.default_rng(1).uniform(9_000, 9_001, 10_000), 1e12)
    assert gini_of_bins(values, np.ones(10_001)) is None


@every_measure
def test_a_school_without_pupils_changes_nothing(measure: Measure) -> None:
    spread = random_spread(np.random.default_rng(1))
    with_empty = Spread(np.append(spread.values, 99_000.0), np.append(spread.weights, 0.0), np.append(spread.need, 0.5))
    assert spread.read(measure) == with_empty.read(measure)


@every_measure
def test_no_pupils_or_no_schools_is_an_empty_distribution(measure: Measure) -> None:
    for values, weights in (([], []), ([8000.0, 9000.0], [0.0, 0.0])):
        with pytest.raises(EmptyDistribution):
            measure.value(values, weights, [0.5] * len(values))


@pytest.mark.parametrize(
    ("values", "weights"),
    [
        ([8000.0, float("nan")], [1.0, 1.0]),
        ([8000.0, float("inf")], [1.0, 1.0]),
        ([8000.0, 9000.0], [1.0, float("nan")]),
        ([8000.0, 9000.0], [1.0, -1.0]),
        ([8000.0, 9000.0], [1.0]),
        ([[8000.0, 9000.0]], [[1.0, 1.0]]),
        ([8000.0, float("nan")], [1.0, 0.0]),
    ],
    ids=["unknown", "infinite", "weight-unknown", "weight-negative", "short", "table", "unknown-without-pupils"],
)
@every_measure
def test_a_number_that_cannot_be_is_refused(measure: Measure, values: list[float], weights: list[float]) -> None:
    with pytest.raises(InvalidValue):
        measure.value(values, weights, [0.2, 0.6])


@every_measure
def test_a_negative_value_is_refused_or_measured_but_never_repaired(measure: Measure) -> None:
    any_number = {
        "mean-per-pupil", "range", "restricted-range", "coefficient-of-variation", "need-slope", "need-correlation",
        "need-elasticity", "need-gap", "kolm-pollak-loss", "wealth-slope", "wealth-correlation", "wealth-elasticity",
    }  # fmt: skip
    if measure.code in any_number:
        assert np.isfinite(measure.value([-1000, 8000, 9000], [10, 10, 10], [0.1, 0.2, 0.3]))
        return
    with pytest.raises(InvalidValue, match="Number 1 of the 3 values is -1000"):
        measure.value([-1000, 8000, 9000], [10, 10, 10], [0.1, 0.2, 0.3])


@every_measure
def test_a_measure_that_divides_refuses_to_divide_by_nothing(measure: Measure) -> None:
    of_nothing = {"kolm-pollak-loss": None, "shortfall": 20.0, "shortfall-severity": 1.0}
    expected = of_nothing.get(measure.code, 0.0)
    if Axiom.SCALE not in measure.axioms and expected is not None:
        assert expected == measure.value([0, 0], [10, 10], [0.1, 0.3])
        return
    with pytest.raises(InvalidValue):
        measure.value([0, 0], [10, 10], [0.1, 0.3])


@pytest.mark.parametrize("code", ["theil-l", "atkinson", "atkinson-two"])
def test_a_measure_of_logarithms_refuses_a_school_with_nothing(code: str) -> None:
    measure = next(measure for measure in MEASURES if measure.code == code)
    with pytest.raises(InvalidValue, match="Number 2 of the 2 values is 0"):
        measure.value([8000, 0], [10, 10])


@pytest.mark.parametrize("need", [None, [0.2], [0.2, 1.2], [-0.1, 0.2], [0.2, float("nan")]])
def test_a_measure_of_need_asks_for_a_need_share_of_every_school(need: list[float] | None) -> None:
    for measure in (measure for measure in MEASURES if measure.needs_share):
        with pytest.raises(InvalidValue):
            measure.value([8000, 9000], [10, 10], need)


def test_need_that_does_not_vary_has_no_slope_and_a_missing_group_no_ratio() -> None:
    found = {measure.code: measure for measure in MEASURES}
    with pytest.raises(InvalidValue, match="same need share"):
        found["need-slope"].value([8000, 9000], [10, 10], [0.3, 0.1 + 0.2])
    with pytest.raises(InvalidValue, match="same need share"):
        found["need-correlation"].value([8000, 9000], [10, 10], [0.3, 0.1 + 0.2])
    for share, code in ((s, c) for s in (0, 1) for c in ("poor-to-non-poor-ratio", "need-gap")):
        with pytest.raises(EmptyDistribution):
            found[code].value([8000, 9000], [10, 10], [share, share])


@every_measure
def test_a_measure_says_what_it_is_in_plain_words(measure: Measure) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", measure.code)
    assert not measure.title.endswith(".")
    assert measure.unit and "\n" not in measure.formula
    for sentence in (measure.definition, measure.misleads):
        assert re.fullmatch(r"[A-Z][^.]*(\.\d[^.]*)*\.", sentence), sentence
    assert measure.source.locator


def test_codes_are_unique_and_need_shares_are_asked_where_need_is_measured() -> None:
    assert len(MEASURES) == len({measure.code for measure in MEASURES})
    of_need = {
        "need-correlation",
        "need-elasticity",
        "need-gap",
        "need-slope",
        "poor-to-non-poor-ratio",
        "quintile-ratio",
    }
    assert of_need == {measure.code for measure in MEASURES if measure.needs_share}


def test_a_measure_has_exactly_one_function() -> None:
    with pytest.raises(InvalidValue, match="one function"):
        replace(MEASURES[0], of_spread=None, of_need=None)
    with pytest.raises(InvalidValue, match="one function"):
        replace(MEASURES[0], of_wealth=lambda values, weights, wealth: 0.0)


@pytest.mark.parametrize("wealth", [None, [90_000], [90_000, -1], [90_000, float("nan")]])
def test_a_measure_of_wealth_asks_for_the_wealth_of_every_school(wealth: list[float] | None) -> None:
    of_wealth = {measure.code: measure for measure in MEASURES if measure.needs_wealth}
    assert {"wealth-slope", "wealth-correlation", "wealth-elasticity"} == set(of_wealth)
    for measure in of_wealth.values():
        with pytest.raises(InvalidValue):
            measure.value([8000, 9000], [10, 10], wealth)


@every_seed
def test_wealth_neutrality_is_the_line_through_every_pupil_written_out(seed: int) -> None:
    """NumPy's own straight line and correlation over one row a pupil."""
    random = np.random.default_rng(seed)
    dollars, pupils = random.uniform(5000, 20000, 6), random.integers(1, 30, 6)
    wealth = random.uniform(50_000, 900_000, 6)
    x, v = np.repeat(dollars, pupils), np.repeat(wealth, pupils)
    slope = np.polyfit(v / 1000, x, 1)[0]
    found = {m.code: m.value(dollars, pupils, wealth) for m in MEASURES if m.needs_wealth}
    assert slope == pytest.approx(found["wealth-slope"], rel=1e-9)
    assert np.corrcoef(v, x)[0, 1] == pytest.approx(found["wealth-correlation"], rel=1e-9)
    assert slope / 1000 * v.mean() / x.mean() == pytest.approx(found["wealth-elasticity"], rel=1e-9)


def test_wealth_that_does_not_vary_has_no_line() -> None:
    for measure in (m for m in MEASURES if m.needs_wealth):
        with pytest.raises(InvalidValue, match=r"same wealth per pupil|same dollars"):
            measure.value([8000, 9000], [10, 10], [250_000, 250_000])
