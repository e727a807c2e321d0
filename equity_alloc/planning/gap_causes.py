"""Which rule causes how much of a gap between schools or student groups.

The best plan in dollars and fractions of posts, the lowest level raised first, is found with no rule but those that always
hold, with all rules, and with sets of them; each time the gap is measured. One figure alone misleads (a rule may narrow
the gap between quarters of schools and leave schools without enough), so three stand side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from equity_alloc.domain.district import District
from equity_alloc.domain.errors import SolverFailed
from equity_alloc.planning.causes import Cause, rules_up_for_choice, shares_by_rule
from equity_alloc.planning.possibility import Possibility
from equity_alloc.planning.relaxation import relax
from equity_alloc.planning.shapley import ORDERS, shares_of
from equity_alloc.problem.arrays import Floats
from equity_alloc.scenario import Scenario, ScenarioView

#: Dollars of a school are taken to the cent, so that two sets of rules with one plan are seen as one.
CENTS = 0
#: A gap in dollars is taken to a thousandth of a cent.
SCALE = 100_000


@dataclass(frozen=True)
class GapFigure:
    """A figure that rules are held against.

    Parameters
    ----------
    title, unit : str
        The unit is blank for a number of schools.
    of : callable (core cents by school, in order of codes) -> float
    """

    title: str
    unit: str
    of: Callable[[Floats], float]


@dataclass(frozen=True)
class GapCauses:
    """A gap without and with rules, and which rule causes how much of the difference.

    Parameters
    ----------
    figure : GapFigure
    without, with_all : Fraction
        With only the rules that always hold, and with all.
    causes : tuple of Cause
        Their shares add up to `with_all - without` exactly.
    orders, judged : int
        Orders of the rules that were drawn, zero where every set was judged; plans that were made.
    """

    figure: GapFigure
    without: Fraction
    with_all: Fraction
    causes: tuple[Cause, ...]
    orders: int
    judged: int

    @property
    def total(self) -> Fraction:
        """What all rules together do to the gap."""
        return self.with_all - self.without


class _Plans:
    """Core cents by school for sets of rules, each made once.

    More rules never raise the lowest level, then the second lowest and so on; so where a smaller and a larger set of rules
    lead to one plan, every set between them does.
    """

    def __init__(self, make: Callable[[int], Floats]) -> None:
        self._make = make
        self._known: dict[int, int] = {}
        self._plans: list[Floats] = []
        self._number: dict[bytes, int] = {}

    def of(self, members: int) -> Floats:
        number = self._known.get(members)
        if number is None:
            above = {plan for known, plan in self._known.items() if known & members == members}
            shared = above and above & {plan for known, plan in self._known.items() if known & members == known}
            number = shared.pop() if shared else self._new(members)
            self._known[members] = number
        return self._plans[number]

    @property
    def made(self) -> int:
        """How many plans were made."""
        return self._count

    _count = 0

    def _new(self, members: int) -> int:
        self._count += 1
        cents = self._make(members)
        key = np.round(cents, CENTS).tobytes()
        if key not in self._number:
            self._number[key] = len(self._plans)
            self._plans.append(cents)
        return self._number[key]


def gap_figures(view: ScenarioView, group: str = "") -> tuple[GapFigure, ...]:
    """Return the figures: quarters of need, the exposure of a student group where one is named, and schools without enough.

    Parameters
    ----------
    view : ScenarioView
    group : str
        Code of a student group. It is looked at and drives nothing, so it may be for audit only.
    """
    schools = view.district.schools
    pupils = np.array([school.enrollment for school in schools], float)
    weighted = np.array([float(view.weighted_pupils[school.code]) for school in schools])
    found = [*_quarters(pupils, weighted)]
    counts = [school.group(group) for school in schools]
    if group and None not in counts:
        inside = np.array(counts, float)
        outside = pupils - inside
        if inside.sum() and outside.sum():
            share = inside / inside.sum() - outside / outside.sum()
            title = view.district.group_of[group].title
            found.append(
                GapFigure(
                    f"{title}, compared with everybody else",
                    "dollars per weighted pupil",
                    lambda cents: float(share @ _level(cents, weighted)) / 100,
                )
            )
    targets = dict(view.targets)
    target = np.array([float(targets.get(school.code, 0)) for school in schools])
    # A cent below the target is the arithmetic's, not the plan's.
    found.append(GapFigure("Schools below their target", "", lambda cents: float((cents < target - 1).sum())))
    return tuple(found)


def gap_causes(
    district: District, scenario: Scenario, group: str = "", *, orders: int = ORDERS
) -> tuple[GapCauses, ...] | None:
    """Return for each figure what each rule does to it, or None where the rules cannot all hold.

    Parameters
    ----------
    district : District
    scenario : Scenario
    group : str
        Student group whose gap is one of the figures.
    orders : int
        How many orders are drawn where there are more than ten rules.

    Raises
    ------
    SolverFailed
        If without some of the rules no plan was found.
    """
    view = scenario.view(district)
    if not Possibility(view).is_kept(scenario.rules):
        return None
    base, numbers, _ = rules_up_for_choice(view)
    start = relax(view)
    if start is None:
        return None
    weights = np.array([float(weight) for weight in start.weights])
    place = {code: s for s, code in enumerate(start.cells.schools)}
    order = [place[school.code] for school in view.district.schools]

    def make(members: int) -> Floats:
        rules = [*base, *(scenario.rules[number - 1] for k, number in enumerate(numbers) if members >> k & 1)]
        made = relax(view, rules, weights=start.weights)
        if made is None:
            raise SolverFailed("With some of the rules left out, no plan was found that keeps the rest.")
        found: Floats = (np.nan_to_num(made.levels) * weights)[order]
        return found

    plans = _Plans(make)
    return tuple(_causes_of(figure, plans, numbers, orders) for figure in gap_figures(view, group))


def _causes_of(figure: GapFigure, plans: _Plans, numbers: list[int], orders: int) -> GapCauses:
    scale = SCALE if figure.unit else 1

    def value(members: tuple[int, ...]) -> int:
        return round(figure.of(plans.of(sum(1 << k for k in members))) * scale)

    found = shares_of(len(numbers), value, orders=orders, falls=False)
    without = Fraction(value(()), scale)
    return GapCauses(
        figure,
        without,
        without + Fraction(found.total, scale),
        shares_by_rule(found, numbers, scale),
        found.orders,
        plans.made,
    )


def _quarters(pupils: Floats, weighted: Floats) -> list[GapFigure]:
    """Return the gap between quarters of schools by weighted pupils per pupil; none where all schools need alike."""
    there = np.flatnonzero(pupils > 0)
    need = weighted[there] / pupils[there]
    if len(there) < 4 or np.ptp(need) < 1e-12:
        return []
    low, high = np.quantile(need, 0.25), np.quantile(need, 0.75)
    if low == high:
        # Most schools need alike: they stand on one side, and those that need more (or else less) on the other.
        is_most = need > low if (need > low).any() else need >= high
        least, most = there[~is_most], there[is_most]
    else:
        least, most = there[need <= low], there[need >= high]

    def gap(cents: Floats) -> float:
        return float(cents[most].sum() / weighted[most].sum() - cents[least].sum() / weighted[least].sum()) / 100

    return [GapFigure("Neediest quarter of schools, less the least needy", "dollars per weighted pupil", gap)]


def _level(cents: Floats, weighted: Floats) -> Floats:
    return np.divide(cents, weighted, out=np.zeros(len(weighted)), where=weighted > 0)
