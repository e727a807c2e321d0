"""Sixty schools and seven promises that cannot all be kept, with the sets that a published study of them printed.

Numbers are drawn as in that study: shares of poor pupils, pupils, and what each school has today in dollars. This year's
money is 1.5 percent less. The promises are in the words of a district; none of them is a law.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from equity_alloc.domain.district import District, Fund, School, Spending
from equity_alloc.domain.finding import Unit
from equity_alloc.rules.base import Counted, Limit
from equity_alloc.scenario import Scenario
from tests.couplings import HeldTogether

N_SCHOOLS = 60
#: Cents are the unit of our limits; coefficients of dollars per pupil are whole in units of a millionth.
MILLION = 10**6


@dataclass(frozen=True)
class Drawn:
    """What the study drew.

    Parameters
    ----------
    poor : ndarray, share
    pupils : ndarray
    base : ndarray, cents
    total : int, cents
    """

    poor: np.ndarray
    pupils: np.ndarray
    base: np.ndarray
    total: int


def draw(seed: int = 11, n_schools: int = N_SCHOOLS) -> Drawn:
    """Return the study's draw; money in whole cents."""
    rng = np.random.default_rng(seed)
    poor = np.clip(rng.beta(1.6, 1.6, n_schools), 0.05, 0.97)
    pupils = rng.integers(220, 900, n_schools)
    dollars = np.where(poor < 0.5, 11800, 11200) * pupils * rng.normal(1, 0.03, n_schools)
    base = np.round(dollars * 100).astype(np.int64)
    return Drawn(poor, pupils, base, int(base.sum() * 985 // 1000))


@dataclass(frozen=True, slots=True)
class LeastHere(HeldTogether):
    """Sixty percent of today is the least that a school can run on; no promise is needed for that."""

    code: ClassVar[str] = "least-here"
    title: ClassVar[str] = "Sixty percent of today"
    always: ClassVar[bool] = True


def district_of(drawn: Drawn) -> District:
    """Return the draw as a district with one fund and one line."""
    codes = [f"{s:03d}" for s in range(len(drawn.pupils))]
    rows = list(zip(codes, drawn.pupils.tolist(), drawn.base.tolist(), strict=True))
    return District(
        "Seven promises",
        "2026-27",
        tuple(School(code, f"School {code}", "elementary", pupils, pupils) for code, pupils, _ in rows),
        funds=(Fund("general", "General", drawn.total, lines=("*",)),),
        spending=tuple(Spending(code, "All spending", "general", cents) for code, _, cents in rows),
    )


def floors(least: dict[int, int]) -> HeldTogether:
    """Return the promise of a floor for schools, by their place."""
    return HeldTogether(
        tuple(
            Limit("held-together", f"School {s:03d}", ((1, Counted(f"{s:03d}")),), c, None, Unit.CENTS)
            for s, c in least.items()
        )
    )


def seven_promises(drawn: Drawn) -> tuple[HeldTogether, ...]:
    """Return C1 to C7 of the study."""
    places = range(len(drawn.pupils))
    high = [s for s in places if drawn.poor[s] >= np.quantile(drawn.poor, 0.75)]
    low = [s for s in places if drawn.poor[s] <= np.quantile(drawn.poor, 0.25)]
    pupils, base = drawn.pupils.tolist(), drawn.base.tolist()
    n_high, n_low = sum(pupils[s] for s in high), sum(pupils[s] for s in low)
    # Dollars per pupil of the poorest quarter are at least 1.25 times those of the least poor quarter.
    ratio = tuple([(4 * n_low, Counted(f"{s:03d}")) for s in high] + [(-5 * n_high, Counted(f"{s:03d}")) for s in low])
    every = tuple((1, Counted(f"{s:03d}")) for s in places)
    most = tuple(
        Limit("held-together", f"School {s:03d}", ((1, Counted(f"{s:03d}")),), None, base[s] * 108 // 100, Unit.CENTS)
        for s in places
    )
    return (
        floors({s: math.ceil(base[s] * 99 / 100) for s in places}),
        HeldTogether((Limit("held-together", "poorest quarter", ratio, 0, None, Unit.CENTS),)),
        floors({s: 1_060_000 * pupils[s] for s in places}),
        floors({s: 1_290_000 * pupils[s] for s in places if drawn.poor[s] >= 0.6}),
        HeldTogether((Limit("held-together", "reserve", every, None, drawn.total * 99 // 100, Unit.CENTS),)),
        HeldTogether(most),
        floors({s: 1_128_000 * pupils[s] for s in high}),
    )


def scenario_of(drawn: Drawn) -> Scenario:
    """Return the scenario of all seven promises over the least that a school can run on."""
    least = {s: cents * 60 // 100 for s, cents in enumerate(drawn.base.tolist())}
    return Scenario(name="Seven promises", rules=(LeastHere(floors(least).limits), *seven_promises(drawn)))
