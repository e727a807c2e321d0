"""What Title I-A gives each school: the cut-off in rank order, dollars per child, and private-school children's share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.district import District, Fund
from equity_alloc.domain.errors import CannotServe
from equity_alloc.domain.federal import PrivateShare, Purpose, Serving, TitleOne
from equity_alloc.domain.money import Cents, print_dollars, share_out
from equity_alloc.rules.federal_values import threshold
from equity_alloc.rules.title1_ranking import Ranked, rank

TITLE_ONE = "title-1"


@dataclass(frozen=True, slots=True)
class Area:
    """What a served school's attendance area gets.

    Parameters
    ----------
    ranked : Ranked
    per_child : Fraction, cents
    total : Cents
        For all low-income children that count.
    public : Cents
        The school's own share.
    private : Cents
        For private-school children of the area; zero where their share comes from the whole allocation.
    """

    ranked: Ranked
    per_child: Fraction
    total: Cents
    public: Cents
    private: Cents


@dataclass(frozen=True)
class Served:
    """How Title I-A is shared out.

    Parameters
    ----------
    order : tuple of Ranked
        All schools, in rank order.
    areas : tuple of Area
        The served ones, in rank order.
    private_share : Cents
        For all private-school children together.
    private_budgeted : Cents
        The part of it that stands among the central lines already.
    left : Cents
        What the stated amounts leave over.
    least_per_child : Fraction, cents
        125 % of the district's allocation per low-income child; holds if a served school is below 35 %.
    needs_least : bool
    """

    order: tuple[Ranked, ...]
    areas: tuple[Area, ...]
    private_share: Cents
    private_budgeted: Cents
    left: Cents
    least_per_child: Fraction
    needs_least: bool

    @property
    def shares(self) -> dict[str, Cents]:
        """Each served school's share by code."""
        return {area.ranked.school.code: area.public for area in self.areas}


def serve(district: District, fund: Fund) -> Served:
    """Return how a fund is shared out under the law of Title I-A.

    The schools served are a beginning of the rank order, so trying every cut-off from the longest to the shortest finds
    the plan that serves the most schools, exactly. Schools that the district marked are taken as they are marked.

    Parameters
    ----------
    district : District
    fund : Fund

    Returns
    -------
    Served

    Raises
    ------
    UnknownNeed
        If a low-income count is unknown.
    CannotServe
        If the money does not reach as the law asks; the sentence says what is missing.

    Notes
    -----
    Dollars per child may fall with rank and never rise. If a served school is below 35 % poverty, each served school gets
    at least 1.25 times (allocation before reservations / low-income children of the district) for each child.

    References
    ----------
    ESEA section 1113(c), 20 U.S.C. 6313(c); section 1117(a)(4), 20 U.S.C. 6320(a)(4); 34 CFR 200.78.
    """
    order = rank(district)
    if district.federal.serving is Serving.AS_MARKED:
        marked = [ranked for ranked in order if ranked.school.title_one in (TitleOne.SERVED, TitleOne.ONE_MORE_YEAR)]
        if not marked:
            raise CannotServe(
                f"{fund.title} serves the schools that are marked, and none is marked served in the column Title I of the "
                "sheet Schools. Mark them, or let it reach as far as the money goes."
            )
        found = _try(district, fund, order, marked)
        if isinstance(found, str):
            raise CannotServe(f"{found} {_reach(district, fund, order, marked)}")
        return found
    reachable = [ranked for ranked in order if ranked.may_be_reached and fund.serves(ranked.school.code)]
    if not reachable:
        raise CannotServe(f"{fund.title}: no school here may be served. Check the grade spans and the eligibility.")
    first = ""
    for count in range(len(reachable), 0, -1):
        found = _try(district, fund, order, reachable[:count])
        if isinstance(found, Served):
            return found
        first = found
    raise CannotServe(first)


def _try(district: District, fund: Fund, order: tuple[Ranked, ...], chosen: Sequence[Ranked]) -> Served | str:
    """Return how the chosen schools are served, or the sentence that says why the money does not reach."""
    by_area = district.federal.private_share is PrivateShare.AREA
    private = 0 if by_area else _private_share(fund.amount, chosen)
    budgeted = sum(
        block.amount
        for block in district.central
        if block.fund == fund.code and block.purpose is Purpose.PRIVATE_SCHOOLS
    )
    pot = district.school_pot(fund) - max(0, private - budgeted)
    counts = [ranked.children if by_area else ranked.public for ranked in chosen]
    least = _least_per_child(fund.amount, order)
    needs_least = any(ranked.share < threshold("title-1-eligible") for ranked in chosen)
    children = sum(counts)
    if pot <= 0 or not children:
        return (
            f"{fund.title} leaves {print_dollars(pot)} for schools after its reservations, so no school can be served. "
            "Lower the reservations."
        )
    if district.federal.bands:
        rates = [Fraction(_band(district, ranked)) for ranked in chosen]
    else:
        rates = [Fraction(pot, children)] * len(chosen)
    cost = sum((rate * count for rate, count in zip(rates, counts, strict=True)), Fraction(0))
    if cost > pot:
        return (
            f"{fund.title}: {_schools(chosen)} at the stated dollars per child take {print_dollars(_cents(cost))}, and "
            f"{print_dollars(pot)} is there. Serve fewer schools, or lower the dollars per child."
        )
    if needs_least and min(rates) < least:
        needed = _cents(least * children)
        return (
            f"{fund.title}: a school below {_percent(threshold('title-1-eligible'))} would be served, so each of "
            f"{_schools(chosen)} must get at least {print_dollars(_cents(least), with_cents=True)} for each low-income "
            f"child: {print_dollars(needed)} in all, and {print_dollars(pot)} is there"
            f"{'' if needed > pot else ' but the stated dollars per child are lower'}. Serve fewer schools."
        )
    return _served(order, chosen, rates, counts, pot, (private, budgeted, least, needs_least), by_area)


def _reach(district: District, fund: Fund, order: tuple[Ranked, ...], marked: Sequence[Ranked]) -> str:
    """Return how many of the marked schools, in rank order, the money does reach."""
    for count in range(len(marked) - 1, 0, -1):
        if isinstance(_try(district, fund, order, marked[:count]), Served):
            return f"It reaches the first {count} of the {len(marked)} marked schools in rank order."
    return "It does not reach even the first of them."


def _schools(chosen: Sequence[Ranked]) -> str:
    return f"{len(chosen)} school{'' if len(chosen) == 1 else 's'}"


def _served(
    order: tuple[Ranked, ...],
    chosen: Sequence[Ranked],
    rates: list[Fraction],
    counts: list[int],
    pot: Cents,
    known: tuple[Cents, Cents, Fraction, bool],
    by_area: bool,
) -> Served:
    private, budgeted, least, needs_least = known
    is_even = len(set(rates)) == 1 and rates[0] * sum(counts) == pot
    if is_even:
        totals = share_out(pot, [Fraction(count) for count in counts], [ranked.school.code for ranked in chosen])
    else:
        totals = tuple(int(rate * count) for rate, count in zip(rates, counts, strict=True))
    areas = []
    for ranked, rate, total, count in zip(chosen, rates, totals, counts, strict=True):
        apart = _cents(Fraction(total * ranked.private, count)) if by_area and count else 0
        areas.append(Area(ranked, rate, total, total - apart, apart))
    if by_area:
        private = sum(area.private for area in areas)
    return Served(order, tuple(areas), private, budgeted, pot - sum(totals), least, needs_least)


def _private_share(amount: Cents, chosen: Sequence[Ranked]) -> Cents:
    """Return the part of the whole allocation that belongs to private-school children of the served areas."""
    private, children = sum(r.private for r in chosen), sum(r.children for r in chosen)
    return _cents(Fraction(amount * private, children)) if children else 0


def _least_per_child(amount: Cents, order: Sequence[Ranked]) -> Fraction:
    children = sum(ranked.children for ranked in order)
    return threshold("title-1-least-factor") * Fraction(amount, children) if children else Fraction(0)


def _band(district: District, ranked: Ranked) -> Cents:
    """Return the stated dollars per child of the school's band; the lowest band takes what no other does."""
    bands = district.federal.bands
    return next((band.per_child for band in bands if ranked.share > band.above), bands[-1].per_child)


def _cents(exact: Fraction) -> Cents:
    return int(exact + Fraction(1, 2))


def _percent(share: Fraction) -> str:
    return f"{float(share):.0%}"
