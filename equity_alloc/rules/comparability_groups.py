"""Which schools the comparability test holds against which: grade spans, exemptions, districts that serve every school."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from equity_alloc.domain.district import District, Fund, School
from equity_alloc.domain.federal import FundSource, TitleOne
from equity_alloc.domain.finding import Gap
from equity_alloc.domain.number import count_words
from equity_alloc.domain.source import Source
from equity_alloc.rules.federal_values import value_of
from equity_alloc.rules.setting import setting

#: Smallest enrollment of a school that is compared.
LEAST_PUPILS = value_of("comparability-least-pupils")


class Basis(StrEnum):
    """Among whom schools are compared."""

    SPANS = "grade spans"
    DISTRICT = "the whole district"


def source_with(locator: str) -> Source:
    """Return the source of a comparability rule; the locator says where its number stands."""
    return Source(
        "Elementary and Secondary Education Act as amended by ESSA",
        f"section 1118(c), 20 U.S.C. 6321(c); {locator} in Title I Fiscal Issues (February 2008)",
        "https://www.law.cornell.edu/uscode/text/20/6321",
    )


def among_setting() -> Any:
    """Return the field that says among whom schools are compared."""
    return setting(Basis.SPANS, label="Compared within", options=tuple(Basis))


def least_pupils_setting() -> Any:
    """Return the field of the smallest school that is compared."""
    return setting(
        LEAST_PUPILS,
        label="Smallest school compared",
        least="0",
        most="1000",
        step="10",
        hint="Pupils; smaller schools are left out.",
    )


@dataclass(frozen=True, slots=True)
class Group:
    """Schools that are tested, and the schools they are held against.

    Parameters
    ----------
    name : str
        The grade span.
    tested, against : tuple of School
        Title I and skipped schools; schools without Title I, or the lower-poverty half where all are served.
    why : str
        What the comparison is, for sentences; where nothing is tested, why not.
    """

    name: str
    tested: tuple[School, ...]
    against: tuple[School, ...]
    why: str

    @property
    def pupils(self) -> int:
        """Pupils of the schools that the tested ones are held against."""
        return sum(school.enrollment for school in self.against)

    def weights(self, school: School, most: Fraction) -> tuple[int, int]:
        """Return whole weights of a tested school and of the others.

        The school has enough where its posts or dollars, times the first, are at least the others' times the second:
        then its pupils per post or dollar are at most `most` times theirs.

        Examples
        --------
        >>> from equity_alloc.domain.school import School
        >>> tested, other = School("A", "A", "high", 300), School("B", "B", "high", 200)
        >>> Group("high", (tested,), (other,), "").weights(tested, Fraction(11, 10))
        (11, 15)
        """
        weight = most * self.pupils / school.enrollment
        return weight.numerator, weight.denominator


def tested_words(district: District, basis: Basis, least_pupils: Decimal) -> str:
    """Return how many schools are tested, to begin a sentence with."""
    found = groups(district, basis, least_pupils)
    tested, spans = sum(len(group.tested) for group in found), sum(1 for group in found if group.tested)
    return f"{count_words(tested, 'school')} in {spans} groups"


def groups(district: District, basis: Basis, least_pupils: Decimal) -> tuple[Group, ...]:
    """Return every grade span with its tested schools, those that are exempt included with the reason.

    Parameters
    ----------
    district : District
        Without gaps; see `status_gaps`.
    basis : Basis
    least_pupils : Decimal, pupils
        Smaller schools are left out on both sides.

    References
    ----------
    ESEA section 1118(c), 20 U.S.C. 6321(c); U.S. Department of Education, Title I Fiscal Issues (February 2008).
    """
    spans: dict[str, list[School]] = {}
    for school in district.schools:
        if school.enrollment and school.enrollment >= least_pupils:
            name = school.grade_span if basis is Basis.SPANS else "all schools"
            spans.setdefault(name, []).append(school)
    return tuple(_group(name, members) for name, members in sorted(spans.items()))


def _group(name: str, members: list[School]) -> Group:
    tested = tuple(s for s in members if s.title_one is not TitleOne.NOT_SERVED)
    others = tuple(s for s in members if s.title_one is TitleOne.NOT_SERVED)
    if len(members) == 1:
        return Group(name, (), (), "the only school of its grade span, so it is exempt")
    if not tested:
        return Group(name, (), (), "no Title I school")
    if others:
        return Group(name, tested, others, "schools without Title I")
    order = sorted(members, key=lambda s: ((s.low_income or 0) / s.enrollment, s.code))
    half = len(order) // 2
    return Group(name, tuple(order[half:]), tuple(order[:half]), "the half with less poverty, because all are served")


def status_gaps(district: District, basis: Basis, least_pupils: Decimal) -> Iterator[Gap]:
    """Yield what lacks before schools can be grouped."""
    members: dict[str, list[School]] = {}
    for school in district.schools:
        if not school.enrollment or school.enrollment < least_pupils:
            continue
        if school.title_one is None:
            yield Gap("Schools", "Title I", school.label)
        members.setdefault(school.grade_span if basis is Basis.SPANS else "", []).append(school)
    for span in members.values():
        if len(span) > 1 and all(s.title_one not in (TitleOne.NOT_SERVED, None) for s in span):
            for school in span:
                if school.low_income is None:
                    yield Gap("Schools", "Title I low-income children", school.label)


def is_own(fund: Fund) -> bool:
    """Whether a fund holds state or local money."""
    return fund.source in (FundSource.STATE, FundSource.LOCAL, FundSource.STATE_AND_LOCAL)


def source_gaps(funds: Iterator[Fund]) -> Iterator[Gap]:
    """Yield funds whose source is unknown."""
    for fund in funds:
        if fund.source is None:
            yield Gap("Funds", "Source of money", f"{fund.title} (code {fund.code})")
