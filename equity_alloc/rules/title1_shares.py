"""What Title I-A gives each school: the cut-off in rank order, dollars per child, and private-school children's share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.district import District, Fund
from equity_alloc.domain.errors import CannotServe
from equity_alloc.domain.federal import Serving, TitleOne
from equity_alloc.domain.money import Cents, share_out
from equity_alloc.rules.title1_cuts import (
    Cut,
    Terms,
    band_of,
    cuts_of,
    pot_of,
    private_share_of,
    problem_of,
    reach_words,
    terms_of,
    whole_cents,
)
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
    left : Cents
        What the stated amounts leave over.
    least_per_child : Fraction, cents
        125 % of the district's allocation per low-income child; holds if a served school is below 35 %.
    needs_least : bool
    """

    order: tuple[Ranked, ...]
    areas: tuple[Area, ...]
    private_share: Cents
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
        chosen = [r for r in order if r.school.title_one in (TitleOne.SERVED, TitleOne.ONE_MORE_YEAR)]
        nobody = (
            f"{fund.title} serves the schools that are marked, and none is marked served in the column Title I of the "
            "sheet Schools. Mark them, or let it reach as far as the money goes."
        )
    else:
        chosen = [r for r in order if r.may_be_reached and fund.serves(r.school.code)]
        nobody = f"{fund.title}: no school here may be served. Check the grade spans and the eligibility."
    if not chosen:
        raise CannotServe(nobody)
    terms = terms_of(district, fund, order)
    cuts = cuts_of(district, chosen)
    if district.federal.serving is Serving.AS_MARKED:
        problem = problem_of(terms, cuts[-1])
        if problem:
            raise CannotServe(f"{problem} {reach_words(terms, cuts)}")
        return _served(terms, order, chosen, cuts[-1])
    for cut in reversed(cuts):
        if not problem_of(terms, cut):
            return _served(terms, order, chosen[: cut.schools], cut)
    raise CannotServe(problem_of(terms, cuts[0]))


def _served(terms: Terms, order: tuple[Ranked, ...], chosen: Sequence[Ranked], cut: Cut) -> Served:
    pot = pot_of(terms, cut)
    counts = [ranked.children if terms.by_area else ranked.public for ranked in chosen]
    rates = [Fraction(pot, cut.counted)] * len(chosen)
    if terms.bands:
        rates = [Fraction(band_of(terms.bands, ranked)) for ranked in chosen]
        totals = tuple(int(rate * count) for rate, count in zip(rates, counts, strict=True))
    else:
        totals = share_out(pot, [Fraction(count) for count in counts], [ranked.school.code for ranked in chosen])
    areas = []
    for ranked, rate, total, count in zip(chosen, rates, totals, counts, strict=True):
        apart = whole_cents(Fraction(total * ranked.private, count)) if terms.by_area and count else 0
        areas.append(Area(ranked, rate, total, total - apart, apart))
    private = sum(area.private for area in areas) if terms.by_area else private_share_of(terms, cut)
    left = pot - sum(totals)
    return Served(order, tuple(areas), private, left, terms.least, cut.needs_least)
