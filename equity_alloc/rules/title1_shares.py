"""What Title I-A gives each school: the cut-off in rank order, dollars per child, and private-school children's share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.district import District, Fund
from equity_alloc.domain.errors import CannotServe
from equity_alloc.domain.federal import Band, PrivateShare, Purpose, Serving, TitleOne
from equity_alloc.domain.money import Cents, print_dollars, share_out
from equity_alloc.rules.federal_values import percent, threshold
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
    terms = _terms(district, fund, order)
    cuts = _cuts(district, chosen)
    if district.federal.serving is Serving.AS_MARKED:
        problem = _problem(terms, cuts[-1])
        if problem:
            raise CannotServe(f"{problem} {_reach(terms, cuts)}")
        return _served(terms, order, chosen, cuts[-1])
    for cut in reversed(cuts):
        if not _problem(terms, cut):
            return _served(terms, order, chosen[: cut.schools], cut)
    raise CannotServe(_problem(terms, cuts[0]))


@dataclass(frozen=True, slots=True)
class _Terms:
    """What is the same for every cut-off.

    Parameters
    ----------
    title : str
    allocation, pot, budgeted : Cents
        Before reservations; left for schools; budgeted centrally for private schools.
    least : Fraction, cents
        125 % of the allocation per low-income child.
    by_area : bool
        Whether the private-school share comes from each attendance area.
    bands : tuple of Band
        Stated dollars per child, highest share first; empty where all there is is spread evenly.
    """

    title: str
    allocation: Cents
    pot: Cents
    budgeted: Cents
    least: Fraction
    by_area: bool
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class _Cut:
    """Sums over the schools down to one in rank order.

    Parameters
    ----------
    schools : int
    counted, children, private : int
        Children that count for dollars; low-income children of the areas; those in private schools.
    cost : Cents
        At the stated dollars per child; zero where none are stated.
    lowest : Cents
        The lowest stated dollars per child.
    needs_least : bool
        Whether one of the schools is below 35 %.
    """

    schools: int
    counted: int
    children: int
    private: int
    cost: Cents
    lowest: Cents
    needs_least: bool


def _terms(district: District, fund: Fund, order: Sequence[Ranked]) -> _Terms:
    budgeted = sum(
        block.amount
        for block in district.central
        if block.fund == fund.code and block.purpose is Purpose.PRIVATE_SCHOOLS
    )
    children = sum(ranked.children for ranked in order)
    return _Terms(
        fund.title,
        fund.amount,
        district.school_pot(fund),
        budgeted,
        threshold("title-1-least-factor") * Fraction(fund.amount, children) if children else Fraction(0),
        district.federal.private_share is PrivateShare.AREA,
        district.federal.bands,
    )


def _cuts(district: District, chosen: Sequence[Ranked]) -> list[_Cut]:
    """Return the sums for every cut-off, the shortest first."""
    by_area = district.federal.private_share is PrivateShare.AREA
    below = threshold("title-1-eligible")
    found: list[_Cut] = []
    last = _Cut(0, 0, 0, 0, 0, 0, False)
    for ranked in chosen:
        count = ranked.children if by_area else ranked.public
        rate = _band(district.federal.bands, ranked)
        last = _Cut(
            last.schools + 1,
            last.counted + count,
            last.children + ranked.children,
            last.private + ranked.private,
            last.cost + rate * count,
            min(rate, last.lowest) if found else rate,
            last.needs_least or ranked.share < below,
        )
        found.append(last)
    return found


def _pot(terms: _Terms, cut: _Cut) -> Cents:
    """Return what a cut-off leaves for schools once private-school children have theirs from the whole allocation."""
    return terms.pot - max(0, _private_share(terms, cut) - terms.budgeted)


def _private_share(terms: _Terms, cut: _Cut) -> Cents:
    """Return the part of the whole allocation that belongs to private-school children of the served areas."""
    if terms.by_area or not cut.children:
        return 0
    return _cents(Fraction(terms.allocation * cut.private, cut.children))


def _problem(terms: _Terms, cut: _Cut) -> str:
    """Return the sentence that says why the money does not reach, blank where it does."""
    pot = _pot(terms, cut)
    who = f"{cut.schools} school{'' if cut.schools == 1 else 's'}"
    if pot <= 0 or not cut.counted:
        return (
            f"{terms.title} leaves {print_dollars(pot)} for schools after its reservations, so no school can be served. "
            "Lower the reservations."
        )
    if terms.bands and cut.cost > pot:
        return (
            f"{terms.title}: {who} at the stated dollars per child take {print_dollars(cut.cost)}, and "
            f"{print_dollars(pot)} is there. Serve fewer schools, or lower the dollars per child."
        )
    lowest = Fraction(cut.lowest) if terms.bands else Fraction(pot, cut.counted)
    if cut.needs_least and lowest < terms.least:
        needed = _cents(terms.least * cut.counted)
        but = "" if needed > pot else ", but the stated dollars per child are lower"
        return (
            f"{terms.title}: a school below {percent('title-1-eligible')} would be served, so each of {who} "
            f"must get at least {print_dollars(_cents(terms.least), with_cents=True)} for each low-income child: "
            f"{print_dollars(needed)} in all, and {print_dollars(pot)} is there{but}. Serve fewer schools."
        )
    return ""


def _reach(terms: _Terms, cuts: Sequence[_Cut]) -> str:
    """Return how many of the marked schools, in rank order, the money does reach."""
    reached = next((cut.schools for cut in reversed(cuts) if not _problem(terms, cut)), 0)
    if not reached:
        return "It does not reach even the first of them."
    return f"It reaches the first {reached} of the {len(cuts)} marked schools in rank order."


def _served(terms: _Terms, order: tuple[Ranked, ...], chosen: Sequence[Ranked], cut: _Cut) -> Served:
    pot = _pot(terms, cut)
    counts = [ranked.children if terms.by_area else ranked.public for ranked in chosen]
    rates = [Fraction(pot, cut.counted)] * len(chosen)
    if terms.bands:
        rates = [Fraction(_band(terms.bands, ranked)) for ranked in chosen]
        totals = tuple(int(rate * count) for rate, count in zip(rates, counts, strict=True))
    else:
        totals = share_out(pot, [Fraction(count) for count in counts], [ranked.school.code for ranked in chosen])
    areas = []
    for ranked, rate, total, count in zip(chosen, rates, totals, counts, strict=True):
        apart = _cents(Fraction(total * ranked.private, count)) if terms.by_area and count else 0
        areas.append(Area(ranked, rate, total, total - apart, apart))
    private = sum(area.private for area in areas) if terms.by_area else _private_share(terms, cut)
    left = pot - sum(totals)
    return Served(order, tuple(areas), private, left, terms.least, cut.needs_least)


def _band(bands: Sequence[Band], ranked: Ranked) -> Cents:
    """Return the stated dollars per child of the school's band; the lowest band takes what no other does."""
    if not bands:
        return 0
    return next((band.per_child for band in bands if ranked.share > band.above), bands[-1].per_child)


def _cents(exact: Fraction) -> Cents:
    return int(exact + Fraction(1, 2))
