"""Tries to recover small counts of outcomes from printed shares. It reads the audit's public tables as any stranger does.

Unknown are the cases and the pupils counted at each school, of each group and of everybody. What is printed binds them: the shares and how
far they are apart, each as far as its rounding allows; enrollment; and the house's own rule of what is left out. All of it is linear, so
the least and the most of any count are found exactly.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import highspy
import numpy as np
import openpyxl

from tests.reports.attacker import Published, ranges
from tests.reports.read_public import shown_rows

ALL = ""
FEWEST = 10
SHARE = re.compile(r"^(?P<way>below |above |)(?P<percent>\d+) %$")
APART = re.compile(
    r"^(?P<side>at least |at most |)(?P<points>\d+) points? apart(?:, the group (?:fares|does not fare) worse)?$"
)

#: Least and most of a share.
Ends = tuple[float, float]
#: A column of the model: "cases" or "pupils", school, group.
Column = tuple[str, str, str]


@dataclass
class Shares:
    """What is printed of one indicator: ends of the shares of a group and of everybody else; None where left out."""

    told: dict[str, tuple[Ends, Ends] | None] = field(default_factory=dict)


def shares_of(tables: bytes, code: Mapping[str, str]) -> dict[str, Shares]:
    """Return the shares by indicator as the sheet Gaps prints them."""
    sheet = openpyxl.load_workbook(io.BytesIO(tables))["Gaps"]
    found: dict[str, Shares] = {}
    for area, title, group, own, others, apart, *_ in shown_rows(sheet, 3):
        if area in ("access", "outcomes"):
            told = None if own == "*" else told_by(own, others, apart)
            found.setdefault(title, Shares()).told[code[group]] = told
    return found


def told_by(own: str, others: str, apart: str) -> tuple[Ends, Ends]:
    """Return the ends of both shares by the words of a row; how far apart they are gives away a share that is not printed."""
    ends, printed = [_ends(own), _ends(others)], [SHARE.match(words)["way"] == "" for words in (own, others)]
    far = APART.match(apart)
    assert far or apart == "about the same", f"a gap in words that the attacker does not know: {apart}"
    if sorted(printed) == [False, True]:
        points, side = (int(far["points"]) / 100, far["side"]) if far else (0.0, "")
        known, hidden = ends[printed.index(True)], printed.index(False)
        # Rounding of the printed share cancels out: points are told between whole percents.
        middle = sum(known) / 2
        low, high = (0.0 if side == "at most " else points), (1.0 if side == "at least " else points)
        if (own, others)[hidden].startswith("below"):
            low, high = middle - high - 0.005, middle - low + 0.005
        else:
            low, high = middle + low - 0.005, middle + high + 0.005
        ends[hidden] = (max(low, ends[hidden][0]), min(high, ends[hidden][1]))
    return ends[0], ends[1]


def _ends(words: str) -> Ends:
    told = SHARE.match(words)
    assert told, f"a share in words that the attacker does not know: {words}"
    percent = int(told["percent"]) / 100
    if told["way"]:
        return (0.0, percent) if told["way"] == "below " else (percent, 1.0)
    return max(0.0, percent - 0.005), min(1.0, percent + 0.005)


def most_pupils(reading: Published) -> dict[tuple[str, str], int]:
    """Return how many pupils of each group a school can have, by everything that is public of enrollment."""
    hidden = sorted(place for place, count in reading.shown.items() if count is None)
    found = {place: count for place, count in reading.shown.items() if count is not None}
    found |= {place: int(high + 1e-6) for place, (_, high) in ranges(reading, hidden).items()}
    return found | {(school, ALL): count for school, count in reading.enrollment.items()}


class Attack:
    """A model of what can be known of one indicator.

    Parameters
    ----------
    shares : Shares
    schools : list of str
        Where it is counted.
    most : dict of (school, group) to int
        Pupils that can be at most.
    known : dict of (school, group) to int, optional
        Pupils counted, where the attacker has them from elsewhere: a state's report card prints them.
    few : dict of group to str, optional
        Which of "cases" or "rest" is few, for groups that are left out: an insider's hint.
    fewest : int
        With a case and without, on both sides, that the house says stand behind whatever is told.
    """

    def __init__(self, shares: Shares, schools, most, known=None, few=None, fewest=FEWEST):
        self.schools, self.groups = schools, sorted(shares.told)
        self._model = highspy.Highs()
        self._model.setOptionValue("output_flag", False)
        self._model.setOptionValue("threads", 1)
        self._column: dict[Column, int] = {}
        for school in schools:
            for group in (ALL, *self.groups):
                place = (school, group)
                low, high = (0, most[place]) if known is None else (known[place], known[place])
                self._add(("pupils", *place), low, high)
                self._add(("cases", *place), 0, high)
                self._bind({("pupils", *place): 1, ("cases", *place): -1}, 0)
            for group in self.groups:
                for what in ({"cases": 1}, {"pupils": 1, "cases": -1}):
                    self._bind(_outside(what, school, group), 0)
        for group, told in shares.told.items():
            if told is None:
                if few and group in few:
                    part = {"cases": 1} if few[group] == "cases" else {"pupils": 1, "cases": -1}
                    self._bind(self.all_schools(part, group), 0, fewest - 1)
                continue
            for (low, high), of in zip(told, (self.all_schools, self.all_outside), strict=True):
                self._bind(of({"cases": 1, "pupils": -low}, group), 0)
                self._bind(of({"cases": 1, "pupils": -high}, group), -1e9, 0)
                self._bind(of({"cases": 1}, group), fewest)
                self._bind(of({"pupils": 1, "cases": -1}, group), fewest)

    def all_schools(self, what: Mapping[str, float], group: str) -> dict[Column, float]:
        """Return an expression of a group, all schools together."""
        return {(kind, s, group): factor for s in self.schools for kind, factor in what.items()}

    def all_outside(self, what: Mapping[str, float], group: str) -> dict[Column, float]:
        """Return an expression of everybody outside a group, all schools together."""
        return {column: factor for s in self.schools for column, factor in _outside(what, s, group).items()}

    def ends(self, expression: Mapping[Column, float]) -> Ends:
        """Return the least and the most that a count can be."""
        cost = np.zeros(self._model.getNumCol())
        for column, factor in expression.items():
            cost[self._column[column]] = factor
        self._model.changeColsCost(len(cost), np.arange(len(cost)), cost)
        found = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            self._model.changeObjectiveSense(sense)
            self._model.run()
            assert self._model.getModelStatus() == highspy.HighsModelStatus.kOptimal, (
                "what is printed contradicts itself"
            )
            found.append(self._model.getInfo().objective_function_value)
        return found[0], found[1]

    def _add(self, column: Column, low: float, high: float) -> None:
        self._column[column] = len(self._column)
        self._model.addVar(float(low), float(high))

    def _bind(self, expression: Mapping[Column, float], low: float, high: float = 1e9) -> None:
        columns: Iterable[int] = [self._column[column] for column in expression]
        slack = 1e-6
        self._model.addRow(
            low - slack, high + slack, len(expression), list(columns), [float(f) for f in expression.values()]
        )


def _outside(what: Mapping[str, float], school: str, group: str) -> dict[Column, float]:
    everybody = {(kind, school, ALL): factor for kind, factor in what.items()}
    return everybody | {(kind, school, group): -factor for kind, factor in what.items()}
