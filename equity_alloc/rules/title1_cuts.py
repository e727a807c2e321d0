"""How far Title I-A money reaches down the rank order: the sums at each cut-off, and why the money ends where it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from equity_alloc.domain.district import District, Fund
from equity_alloc.domain.federal import Band, PrivateShare, Purpose
from equity_alloc.domain.money import Cents, print_dollars
from equity_alloc.rules.federal_values import percent, threshold
from equity_alloc.rules.title1_ranking import Ranked


@dataclass(frozen=True, slots=True)
class Terms:
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
class Cut:
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


def terms_of(district: District, fund: Fund, order: Sequence[Ranked]) -> Terms:
    """Return what is the same for every cut-off of a fund."""
    budgeted = sum(
        block.amount
        for block in district.central
        if block.fund == fund.code and block.purpose is Purpose.PRIVATE_SCHOOLS
    )
    children = sum(ranked.children for ranked in order)
    return Terms(
        fund.title,
        fund.amount,
        district.school_pot(fund),
        budgeted,
        threshold("title-1-least-factor") * Fraction(fund.amount, children) if children else Fraction(0),
        district.federal.private_share is PrivateShare.AREA,
        district.federal.bands,
    )


def cuts_of(district: District, chosen: Sequence[Ranked]) -> list[Cut]:
    """Return the sums for every cut-off, the shortest first."""
    by_area = district.federal.private_share is PrivateShare.AREA
    below = threshold("title-1-eligible")
    found: list[Cut] = []
    last = Cut(0, 0, 0, 0, 0, 0, False)
    for ranked in chosen:
        count = ranked.children if by_area else ranked.public
        rate = band_of(district.federal.bands, ranked)
        last = Cut(
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


def pot_of(terms: Terms, cut: Cut) -> Cents:
    """Return what a cut-off leaves for schools once private-school children have theirs from the whole allocation."""
    return terms.pot - max(0, private_share_of(terms, cut) - terms.budgeted)


def private_share_of(terms: Terms, cut: Cut) -> Cents:
    """Return the part of the whole allocation that belongs to private-school children of the served areas."""
    if terms.by_area or not cut.children:
        return 0
    return whole_cents(Fraction(terms.allocation * cut.private, cut.children))


def problem_of(terms: Terms, cut: Cut) -> str:
    """Return the sentence that says why the money does not reach, blank where it does."""
    pot = pot_of(terms, cut)
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
        needed = whole_cents(terms.least * cut.counted)
        but = "" if needed > pot else ", but the stated dollars per child are lower"
        return (
            f"{terms.title}: a school below {percent('title-1-eligible')} would be served, so each of {who} "
            f"must get at least {print_dollars(whole_cents(terms.least), with_cents=True)} for each low-income child: "
            f"{print_dollars(needed)} in all, and {print_dollars(pot)} is there{but}. Serve fewer schools."
        )
    return ""


def reach_words(terms: Terms, cuts: Sequence[Cut]) -> str:
    """Return how many of the marked schools, in rank order, the money does reach."""
    reached = next((cut.schools for cut in reversed(cuts) if not problem_of(terms, cut)), 0)
    if not reached:
        return "It does not reach even the first of them."
    return f"It reaches the first {reached} of the {len(cuts)} marked schools in rank order."


def band_of(bands: Sequence[Band], ranked: Ranked) -> Cents:
    """Return the stated dollars per child of the school's band; the lowest band takes what no other does."""
    if not bands:
        return 0
    return next((band.per_child for band in bands if ranked.share > band.above), bands[-1].per_child)


def whole_cents(exact: Fraction) -> Cents:
    """Return whole cents, half a cent up."""
    return int(exact + Fraction(1, 2))
