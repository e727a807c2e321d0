"""One year of a course in one sentence, and its figures side by side."""

from __future__ import annotations

from dataclasses import dataclass

from equity_alloc.domain.fte import Hundredths, print_fte
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.planning.summary import totals
from equity_alloc.years.course import YearOf


@dataclass(frozen=True, slots=True)
class YearFigures:
    """The figures of one year; None where no plan exists.

    Parameters
    ----------
    pupils : int
    pot, keeping : Cents
        What counted funds leave schools; what last year's posts and lines cost.
    fte : Hundredths or None
    lowest : float or None
        Lowest level, in `unit`.
    unit : str
    kept, rules : int
        How many rules are kept, of how many.
    """

    pupils: int
    pot: Cents
    keeping: Cents
    fte: Hundredths | None
    lowest: float | None
    unit: str
    kept: int
    rules: int


def figures_of(year: YearOf) -> YearFigures:
    """Return a year's figures."""
    plan = year.plan
    certificate = None if plan is None else plan.certificate
    return YearFigures(
        year.pupils,
        year.counted_pot,
        year.keeping,
        None if plan is None else sum(plan.allocation.by_school_fte.values()),
        None if plan is None else totals(plan).lowest_plan,
        year.view.levels.unit,
        0 if certificate is None else sum(rule.is_kept for rule in certificate.rules),
        len(year.scenario.rules),
    )


def knows_posts(year: YearOf) -> bool:
    """Return whether a year's data hold posts at all; unknown is not zero."""
    return bool(year.district.staffing or (year.plan is not None and year.plan.allocation.fte))


def year_sentence(year: YearOf) -> str:
    """Return the sentence that says how a year stands."""
    seen = figures_of(year)
    start = (
        f"{year.year}: {seen.pupils:,} pupils. Core funds leave schools {print_dollars(seen.pot)}; last year's "
        f"{'posts and lines' if knows_posts(year) else 'lines of spending'} take {print_dollars(seen.keeping)}."
    )
    if seen.fte is None or seen.lowest is None:
        return f"{start} No plan exists."
    level = (
        f"{seen.lowest * 100:.2f} % of its target"
        if seen.unit.startswith("share")
        else f"{print_dollars(round(seen.lowest * 100), with_cents=True)} in {seen.unit}"
    )
    held = f"{print_fte(seen.fte)} FTE" if knows_posts(year) else "Posts are not known"
    return f"{start} {held}; lowest school {level}. Certified: {seen.kept} of {seen.rules} rules kept."
