"""Tries to recover hidden counts from what is published. It knows nothing of how counts are hidden.

Every hidden count is an unknown. What is published binds them: district totals, weighted pupils (which a level and core
dollars give), enrollment, and posts with the staffing rules that count pupils. For each unknown the least and the most
that all of this allows are found by linear programming, or in whole pupils.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

import highspy
import numpy as np


@dataclass
class Published:
    """What anybody can read.

    Parameters
    ----------
    shown : dict of (school, group) to pupils or None
        None for a hidden count.
    totals : dict of group to pupils or None
    enrollment : dict of school to pupils
    weights : dict of group to float
    weighted : dict of school to (float, float)
        Least and most weighted pupils that the printed level allows; empty without levels.
    least, most : dict of (school, group) to float
        What posts and staffing rules say.
    more : tuple of (weights, weighted)
        Levels of further documents, by other need weights.
    """

    shown: dict
    totals: dict
    enrollment: dict
    weights: dict
    weighted: dict = field(default_factory=dict)
    least: dict = field(default_factory=dict)
    most: dict = field(default_factory=dict)
    more: tuple = ()


def ranges(published: Published, places, *, whole: bool = False) -> dict:
    """Return the least and the most possible for each place, by everything that is published together."""
    model, column = _model(published, whole)
    found = {}
    for place in places:
        ends = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            _push(model, column[place], sense)
            ends.append(model.getInfo().objective_function_value)
        found[place] = tuple(ends)
    return found


def twin(published: Published, place, *, most: bool) -> dict:
    """Return whole counts that fit everything published, with one of them as low or as high as can be."""
    model, column = _model(published, whole=True)
    _push(model, column[place], highspy.ObjSense.kMaximize if most else highspy.ObjSense.kMinimize)
    values = model.getSolution().col_value
    return {hidden: round(values[j]) for hidden, j in column.items()}


def knowing(published: Published, small, smallest: int) -> Published:
    """Return what is left to find for who knows which counts are small: as a program's own ways of hiding can tell."""
    least, most = dict(published.least), dict(published.most)
    for place, count in published.shown.items():
        pupils = published.enrollment[place[0]]
        if count is not None or 2 * smallest > pupils:
            continue
        ends = (1, smallest - 1) if place in small else (smallest, pupils - smallest)
        least[place] = max(ends[0], least.get(place, 0))
        most[place] = min(ends[1], most.get(place, 1e9))
    return dataclasses.replace(published, least=least, most=most)


def nearest(published: Published, counts: dict, place, value: int) -> dict | None:
    """Return whole counts that fit everything published, one of them as asked, the others as near to some as can be."""
    model, column = _model(published, whole=True)
    model.changeColBounds(column[place], float(value), float(value))
    for hidden, j in column.items():
        away, now = model.getNumCol(), float(counts[hidden])
        model.addVar(0.0, 1e9)
        model.changeColCost(away, 1.0)
        model.addRow(-1e9, now, 2, [j, away], [1.0, -1.0])
        model.addRow(now, 1e9, 2, [j, away], [1.0, 1.0])
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    values = model.getSolution().col_value
    return {**counts, **{hidden: round(values[j]) for hidden, j in column.items()}}


def _push(model: highspy.Highs, column: int, sense) -> None:
    every = model.getNumCol()
    model.changeColsCost(every, np.arange(every), np.zeros(every))
    model.changeColCost(column, 1.0)
    model.changeObjectiveSense(sense)
    model.run()
    assert model.getModelStatus() == highspy.HighsModelStatus.kOptimal, "what is published contradicts itself"


def _model(published: Published, whole: bool):
    """Return a model of all that is published, and the column of each hidden place."""
    hidden = sorted(place for place, count in published.shown.items() if count is None)
    column = {place: j for j, place in enumerate(hidden)}
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    for place in hidden:
        low = max(1, published.least.get(place, 0))
        model.addVar(float(low), float(min(published.enrollment[place[0]], published.most.get(place, 1e9))))
    if whole:
        model.changeColsIntegrality(
            len(hidden), np.arange(len(hidden)), np.array([highspy.HighsVarType.kInteger] * len(hidden))
        )
    for group, total in published.totals.items():
        members = [place for place in hidden if place[1] == group]
        if total is None or not members:
            continue
        rest = total - sum(count for (_, g), count in published.shown.items() if g == group and count is not None)
        model.addRow(float(rest), float(rest), len(members), [column[p] for p in members], [1.0] * len(members))
    for weights, weighted in ((published.weights, published.weighted), *published.more):
        for school, (low, high) in weighted.items():
            members = [place for place in hidden if place[0] == school and weights.get(place[1])]
            known = published.enrollment[school] + sum(
                weights.get(g, 0) * count
                for (s, g), count in published.shown.items()
                if s == school and count is not None
            )
            if members:
                factors = [float(weights[g]) for _, g in members]
                model.addRow(
                    low - known - 1e-6, high - known + 1e-6, len(members), [column[p] for p in members], factors
                )
    return model, column
