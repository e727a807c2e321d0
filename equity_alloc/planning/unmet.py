"""An exact amount that whole steps of posts cannot add up to, where no line may take the rest."""

from __future__ import annotations

from math import gcd

from equity_alloc.domain.money import print_dollars
from equity_alloc.formulas.use import Use
from equity_alloc.planning.plan import Impossible, Repair
from equity_alloc.problem.cells import Cells
from equity_alloc.rules.formula_entitlement import FormulaEntitlement
from equity_alloc.scenario import ScenarioView


def unmet_amount(view: ScenarioView, cells: Cells) -> Impossible | None:
    """Return the news that a school cannot have its exact core dollars, proven by division; None where nothing shows it.

    Parameters
    ----------
    view : ScenarioView
    cells : Cells

    Returns
    -------
    Impossible or None
    """
    entitled = next((rule for rule in view.scenario.rules if isinstance(rule, FormulaEntitlement)), None)
    if entitled is None or entitled.use is not Use.FIXED:
        return None
    for s, code in enumerate(cells.schools):
        exact = int(cells.floor[s])
        unit = _unit(cells, s)
        if exact == int(cells.ceiling[s]) and unit is not None and (exact % unit if unit else exact):
            label = view.district.school_of[code].label
            words = (
                f"{label} would have exactly {print_dollars(exact, with_cents=True)} of core dollars ({entitled.title}), "
                "and whole steps of its posts do not add up to that: no line there may take the rest. Let a core fund "
                "pay a line at the school, or use the formula in another way."
            )
            number = view.scenario.rules.index(entitled) + 1
            way = Repair("Use the formula as each school's target.", number, "use", Use.TARGET.value)
            return Impossible(view.district, view.scenario, words, (number,), (way,))
    return None


def _unit(cells: Cells, school: int) -> int | None:
    """Return the cents of which a school's core dollars are a multiple, 0 where it can have none; None where any will do."""
    counts = sum(1 << bit for bit, counted in enumerate(cells.local_counts) if counted)
    core = (cells.pooled_mask[school] > 0) | (cells.local_mask[school] & counts > 0)
    other = (cells.local_mask[school] & ~counts) > 0
    is_open = cells.most[school] > 0
    if (core & is_open)[cells.n_positions :].any() or (core & other & is_open).any():
        return None
    return gcd(*(int(cells.step_cents[i]) for i in range(cells.n_positions) if core[i] and is_open[i]))
