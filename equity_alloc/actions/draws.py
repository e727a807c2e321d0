"""How the order of interventions, and what the choice gives, changes over the ranges of effects and costs: 1,000 draws."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from equity_alloc.actions.choose import Chosen
from equity_alloc.actions.effects import bands_of
from equity_alloc.actions.prices import unit_costs
from equity_alloc.actions.settings import PARTS
from equity_alloc.domain.intervention import Effect, Intervention
from equity_alloc.domain.number import print_percent
from equity_alloc.evidence.catalog import benchmark
from equity_alloc.problem.arrays import Floats

DRAWS, SEED = 1_000, 20_261_101


@dataclass(frozen=True, slots=True)
class Ranked:
    """What $1,000 gives by one intervention, in the unit of its outcome times pupils.

    Parameters
    ----------
    intervention : Intervention
    low, cautious, middle : float
        Low: smallest effect at the highest cost.
    high : float or None
        Largest effect at the lowest cost; None where the lowest cost is nothing.
    first : float, share
        Of the draws in which it gives most per dollar among those with the same outcome.
    rivals : int
        How many share its outcome, itself among them.
    """

    intervention: Intervention
    low: float
    cautious: float
    middle: float
    high: float | None
    first: float
    rivals: int

    @property
    def first_words(self) -> str:
        """How often it comes first; the only one for an outcome would in every draw, which says nothing of it."""
        if self.rivals == 1:
            return "nothing to compare"
        return f"{print_percent(self.first, 0)} of draws, {self.rivals} compared"


@dataclass(frozen=True, slots=True)
class Likely:
    """What the choice gives for one outcome over the draws: effect times pupils.

    Parameters
    ----------
    outcome, unit : str
    fifth, middle, ninety_fifth : float
        Points below which 5, 50 and 95 of 100 draws lie.
    beats : float or None, share
        Of the draws in which it gives more than the same money spent as schools choose; None where that was measured on another
        outcome.
    swings : tuple of (str, float, float)
        Title of each intervention with the total at its low and its high end, the others in the middle; the widest first.
    """

    outcome: str
    unit: str
    fifth: float
    middle: float
    ninety_fifth: float
    beats: float | None
    swings: tuple[tuple[str, float, float], ...]


def ranked(chosen: Chosen) -> tuple[Ranked, ...]:
    """Return every intervention on the menu by outcome, the best on its cautious end first, with the yardstick among them.

    Notes
    -----
    Effects and costs are drawn from triangles over their ranges. The order of points in the middle is not fit to decide by where
    ranges overlap as much as they do here.
    """
    settings = chosen.choice.settings
    found = {option.intervention.code: option.intervention for option in chosen.menu.options}
    yardstick = benchmark()
    if _outcome(yardstick) in {_outcome(each) for each in found.values()}:
        found[yardstick.code] = yardstick
    random = np.random.default_rng(SEED)
    per_dollar: dict[str, Floats] = {}
    for code in sorted(found):
        effects, costs = _effects(found[code], random), _costs(found[code], random)
        per_dollar[code] = effects * _at_scale(found[code]) * _reach(chosen, code) / costs
    rows = []
    for code, intervention in sorted(found.items()):
        effect, unit = intervention.effect, unit_costs(intervention)
        if effect is None or unit is None:
            continue
        rivals = [other for other, each in found.items() if each.effect and each.effect.outcome == effect.outcome]
        best = np.max([per_dollar[other] for other in rivals], axis=0)
        reach, scale = _reach(chosen, code), _at_scale(intervention)
        low, middle, high = (end * scale for end in _ends(intervention))
        cautious = bands_of(intervention, settings)[-1][1] / PARTS
        rows.append(
            Ranked(
                intervention,
                low * reach / (max(unit) / 100_000),
                cautious * reach / (unit[1] / 100_000),
                middle * reach / (unit[1] / 100_000),
                high * reach / (min(unit) / 100_000) if min(unit) else None,
                float(np.mean(per_dollar[code] >= best)),
                len(rivals),
            )
        )
    return tuple(sorted(rows, key=lambda row: (_outcome(row.intervention), -row.cautious, row.intervention.code)))


def likely(chosen: Chosen) -> tuple[Likely, ...]:
    """Return what the choice gives for each outcome that it serves."""
    random = np.random.default_rng(SEED + 1)
    served, spent = _served(chosen), _spent(chosen)
    known = {option.intervention.code: option.intervention for option in chosen.menu.options}
    draws = {code: _effects(known[code], random) * _factor(known[code], served[code]) for code in sorted(served)}
    rivals = benchmark()
    found = []
    for goal in chosen.choice.goals:
        codes = [code for code in sorted(served) if _outcome(known[code]) == goal.outcome]
        if not codes:
            continue
        gains = np.sum([draws[code] * served[code] for code in codes], axis=0)
        beats = None
        if rivals.effect is not None and rivals.effect.outcome == goal.outcome:
            a_pupil = (unit_costs(rivals) or (0, 0, 0))[1]
            same = sum(spent[code] for code in codes) / a_pupil * _triangle(rivals.effect, random)
            beats = float(np.mean(gains > same))
        fifth, middle, high = (float(value) for value in np.quantile(gains, (0.05, 0.5, 0.95)))
        found.append(Likely(goal.outcome, goal.unit, fifth, middle, high, beats, _swings(codes, known, served)))
    return tuple(found)


def _swings(
    codes: list[str], known: dict[str, Intervention], served: dict[str, int]
) -> tuple[tuple[str, float, float], ...]:
    """Return the total with one intervention at an end of its range and the others in the middle."""
    ends = {}
    for code in codes:
        times = served[code] * _factor(known[code], served[code])
        ends[code] = tuple(end * times for end in _ends(known[code]))
    middle = sum(end[1] for end in ends.values())
    rows = [(known[c].title, middle - ends[c][1] + ends[c][0], middle - ends[c][1] + ends[c][2]) for c in codes]
    return tuple(sorted(rows, key=lambda row: (row[1] - row[2], row[0])))


def _served(chosen: Chosen) -> dict[str, int]:
    """Return the pupils whom each bought intervention reaches."""
    reach = {(o.school, o.intervention.code): o.reach for o in chosen.menu.options}
    served: dict[str, int] = defaultdict(int)
    for each in chosen.choice.bought:
        served[each.intervention] += each.steps * reach[each.school, each.intervention]
    return dict(served)


def _spent(chosen: Chosen) -> dict[str, int]:
    spent: dict[str, int] = defaultdict(int)
    for each in chosen.choice.bought:
        spent[each.intervention] += each.cost
    return dict(spent)


def _reach(chosen: Chosen, code: str) -> float:
    """Return the pupils whom one unit reaches; on average over schools where it reaches everybody of the group."""
    options = [option for option in chosen.menu.options if option.intervention.code == code]
    if not options:
        return benchmark().reach
    first = options[0].intervention
    return first.reach or sum(option.reach for option in options) / len(options)


def _factor(intervention: Intervention, pupils: int) -> float:
    """Return how a program of this size compares with the range as printed."""
    effect = intervention.effect
    if not intervention.bands or effect is None or effect.middle <= 0:
        return 1.0
    return float([band.middle for band in intervention.bands if band.pupils <= pupils][-1] / effect.middle)


def _at_scale(intervention: Intervention) -> float:
    return _factor(intervention, 10**9)


def _effects(intervention: Intervention, random: np.random.Generator) -> Floats:
    if intervention.effect is None:
        return np.zeros(DRAWS)
    return _triangle(intervention.effect, random)


def _triangle(effect: Effect, random: np.random.Generator) -> Floats:
    low, middle, high = float(effect.low), float(effect.middle), float(effect.high)
    return np.full(DRAWS, middle) if low == high else random.triangular(low, middle, high, DRAWS)


def _costs(intervention: Intervention, random: np.random.Generator) -> Floats:
    unit = unit_costs(intervention)
    if unit is None:
        return np.full(DRAWS, np.inf)
    low, middle, high = (max(1.0, float(cents)) for cents in unit)
    return np.full(DRAWS, middle) if low == high else random.triangular(low, middle, high, DRAWS)


def _ends(intervention: Intervention) -> tuple[float, float, float]:
    effect = intervention.effect
    return (float(effect.low), float(effect.middle), float(effect.high)) if effect else (0.0, 0.0, 0.0)


def _outcome(intervention: Intervention) -> str:
    return intervention.effect.outcome if intervention.effect else ""
