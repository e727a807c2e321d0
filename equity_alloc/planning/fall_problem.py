"""The problem of a fall re-allocation as arrays: lines stay, no position loses posts in all, and only the reserve is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from equity_alloc.domain.allocation import Allocation
from equity_alloc.domain.district import District
from equity_alloc.domain.finding import Unit
from equity_alloc.domain.money import Cents
from equity_alloc.planning.fall_terms import FallTerms, Givers
from equity_alloc.problem.arrays import Ints
from equity_alloc.problem.build_cells import build_cells
from equity_alloc.problem.cells import Cells
from equity_alloc.problem.problem import build_problem
from equity_alloc.rules.base import Limit, Posts, Rule
from equity_alloc.scenario import ScenarioView

CODE = "fall-counts"


@dataclass(frozen=True, eq=False)
class FallProblem:
    """What the new counts ask for, beside what the adopted plan has.

    Parameters
    ----------
    cells : Cells
        With the limits of the rules, and what the terms allow.
    adopted : ndarray, shape (n_schools, n_items), hundredths of FTE or cents
    lacking : ndarray, shape (n_schools, n_items), hundredths of FTE
        Posts that a school must have now and does not.
    """

    cells: Cells
    adopted: Ints
    lacking: Ints

    def relaxed(self) -> Cells:
        """Return cells in which nobody must have more than was adopted, and nobody more than is lacking."""
        cells, n = self.cells, self.cells.n_positions
        least = np.minimum(cells.least, np.minimum(self.adopted, cells.most))
        most = cells.most.copy()
        wanted = self.adopted[:, :n] + self.lacking[:, :n]
        most[:, :n] = np.where(self.lacking[:, :n] > 0, np.minimum(most[:, :n], wanted), most[:, :n])
        return replace(cells, least=np.minimum(least, most), most=most)


def fall_problem(
    view: ScenarioView,
    planned: District,
    allocation: Allocation,
    rules: Sequence[Rule],
    terms: FallTerms,
    *,
    more: Cents = 0,
) -> FallProblem:
    """Return the problem of some rules.

    Parameters
    ----------
    view : ScenarioView
        Of the district with the new counts, its reserve released.
    planned : District
        As it was planned.
    allocation : Allocation
        The plan that is adopted.
    rules : sequence of Rule
    terms : FallTerms
    more : Cents
        Money supposed in the reserve's fund beyond the reserve, to ask how much would do.
    """
    problem = build_problem(view, rules)
    reserve = terms.reserve
    for fund in view.district.funds:
        if fund.shared_by:
            continue
        spent = allocation.fund_dollars(fund.code)
        if reserve is None or reserve.fund != fund.code:
            problem.cap_fund(fund.code, spent)
        elif more:
            problem.caps[fund.code] = spent + reserve.amount + more
        else:
            problem.cap_fund(fund.code, spent + reserve.amount)
    for position in view.district.positions:
        posts = tuple((1, Posts(school.code, position.code)) for school in view.district.schools)
        least = allocation.position_fte(position.code)
        if least and len(posts) > 1:
            problem.require(Limit(CODE, position.title, posts, least, None, Unit.FTE))
    cells = build_cells(problem)
    adopted = _amounts(cells, allocation)
    return _as_allowed(cells, adopted, planned, view.district, terms)


def _amounts(cells: Cells, allocation: Allocation) -> Ints:
    row = {code: s for s, code in enumerate(cells.schools)}
    column = {code: i for i, code in enumerate(cells.items)}
    adopted = np.zeros((len(row), len(column)), np.int64)
    for (school, position), fte in allocation.fte:
        adopted[row[school], column[position]] = fte
    for (school, line), cents in allocation.by_school_line.items():
        adopted[row[school], column[line]] = cents
    return adopted


def _as_allowed(cells: Cells, adopted: Ints, planned: District, counted: District, terms: FallTerms) -> FallProblem:
    """Fix lines where they are, and posts of schools that give nothing."""
    n = cells.n_positions
    least, most = cells.least.copy(), cells.most.copy()
    lacking = np.zeros_like(adopted)
    lacking[:, :n] = np.maximum(0, np.minimum(least, most)[:, :n] - adopted[:, :n])
    lines = np.clip(adopted[:, n:], least[:, n:], np.maximum(least[:, n:], most[:, n:]))
    least[:, n:], most[:, n:] = lines, lines
    before = {school.code: school.enrollment for school in planned.schools}
    fewer = np.array([before[s.code] - s.enrollment for s in counted.schools])
    gives = {
        Givers.ANY: np.ones(len(fewer), bool),
        Givers.FALLEN: fewer >= max(1, terms.fewer),
        Givers.NONE: np.zeros(len(fewer), bool),
    }[terms.givers]
    if len(fewer) == 1:  # nobody to take what it gives, and no position loses posts in all
        gives[:] = False
    held = np.minimum(np.maximum(least[:, :n], adopted[:, :n]), most[:, :n])
    least[:, :n] = np.where(gives[:, None], least[:, :n], np.maximum(least[:, :n], held))
    return FallProblem(replace(cells, least=least, most=most), adopted, lacking)


def fewest_possible(problem: FallProblem, money: Cents) -> int:
    """Return what no plan can pass, in hundredths of an FTE: posts that must come from schools, whatever is done.

    No position loses posts in all, so money beyond the plan's, and what a line must give up to a rule, are the only ways
    to have more posts. The posts that lack, less the most of them that this money could pay for, cheapest first and in any fraction, must come
    from other schools. No solver is asked.

    Parameters
    ----------
    problem : FallProblem
    money : Cents
        All that could be spent beyond the adopted plan.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace as One
    >>> had = np.array([[200], [100]])
    >>> cells = One(n_positions=1, price=np.array([100_00]), step=np.array([50]), least=had)
    >>> fewest_possible(One(cells=cells, adopted=had, lacking=np.array([[150], [50]])), 120_00)
    100
    """
    cells, n = problem.cells, problem.cells.n_positions
    lacking = problem.lacking[:, :n].sum(0).tolist()
    # Posts that were adopted in other parts than the step can move in those parts too.
    parts = np.gcd(cells.step[:n], np.gcd.reduce(problem.adopted[:, :n], axis=0)).tolist()
    wanted = sorted((int(cells.price[i]), lacks, parts[i]) for i, lacks in enumerate(lacking) if lacks)
    freed = int(np.maximum(0, problem.adopted[:, n:] - cells.least[:, n:]).sum())
    left, moved = Fraction(money + freed), Fraction(0)
    for price, lacks, _ in wanted:
        bought = Fraction(lacks) if not price else min(Fraction(lacks), left * 100 / price)
        left -= bought * price / 100
        moved += lacks - bought
    step = int(np.gcd.reduce([step for *_, step in wanted])) if wanted else 1
    return int(-(-moved // step) * step)
