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
from equity_alloc.problem.cells import NO_LIMIT, Cells, Ints, build_cells
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
    has_all_money: bool = False,
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
    has_all_money : bool
        Leave the reserve's fund without an end, to ask how much would do.
    """
    problem = build_problem(view, rules)
    reserve = terms.reserve
    for fund in view.district.funds:
        if fund.shared_by:
            continue
        own = reserve is not None and reserve.fund == fund.code
        more = reserve.amount if own and reserve is not None else 0
        problem.cap_fund(fund.code, allocation.fund_dollars(fund.code) + more)
        if own and has_all_money:
            problem.caps[fund.code] = NO_LIMIT // 1000
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
    held = np.minimum(np.maximum(least[:, :n], adopted[:, :n]), most[:, :n])
    least[:, :n] = np.where(gives[:, None], least[:, :n], np.maximum(least[:, :n], held))
    return FallProblem(replace(cells, least=least, most=most), adopted, lacking)


def fewest_possible(problem: FallProblem, money: Cents) -> int:
    """Return what no plan can pass, in hundredths of an FTE: posts that must come from schools, whatever is done.

    No position loses posts in all and lines stay, so money beyond the plan's is the only way to have more posts. The
    posts that lack, less the most of them that this money could pay for, cheapest first and in any fraction, must come
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
    >>> cells = One(n_positions=1, price=np.array([100_00]), step=np.array([50]))
    >>> fewest_possible(One(cells=cells, lacking=np.array([[150], [50]])), 120_00)
    100
    """
    cells, n = problem.cells, problem.cells.n_positions
    lacking = problem.lacking[:, :n].sum(0).tolist()
    wanted = sorted((int(cells.price[i]), lacks, int(cells.step[i])) for i, lacks in enumerate(lacking) if lacks)
    left, moved = Fraction(money), Fraction(0)
    for price, lacks, _ in wanted:
        bought = Fraction(lacks) if not price else min(Fraction(lacks), left * 100 / price)
        left -= bought * price / 100
        moved += lacks - bought
    step = int(np.gcd.reduce([step for *_, step in wanted])) if wanted else 1
    return int(-(-moved // step) * step)
